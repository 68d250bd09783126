// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/model_numbers.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <cstddef>

namespace embedscope::training {

namespace {

/// Whether training changes the table: max-norm shortens rows of frozen ones too.
bool changes(const Model<float>& model, std::size_t feature) {
  return model.embedding(feature) && (model.embedding(feature)->isTrainable() ||
                                      model.shape().features[feature].lookup.maxNorm);
}

/// Calls `visit(values)` for every matrix that belongs to `ModelNumbers::others`, in their order.
template <typename AnyModel, typename Visit>
void forEachOther(AnyModel& model, const Visit& visit) {
  for (std::size_t f = 0; f < model.shape().features.size(); ++f) {
    if (auto& oneHot = model.oneHot(f)) {
      visit(oneHot->weights().value());
    }
  }
  for (auto& layer : model.linearLayers()) {
    visit(layer.weights().value());
    visit(layer.bias().value());
  }
}

void requireShape(const base::RowMatrix& numbers, const base::RowMatrix& place) {
  if (numbers.rows() != place.rows() || numbers.cols() != place.cols()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      fmt::format("the checkpoint has {} × {} numbers where the model has {} × {}: "
                                  "it is of another model",
                                  numbers.rows(), numbers.cols(), place.rows(), place.cols()));
  }
}

void requireCount(std::size_t has, std::size_t wants) {
  if (has != wants) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      fmt::format("the checkpoint has {} matrices where the model has {}: it is of "
                                  "another model",
                                  has, wants));
  }
}

void requireFit(const ModelNumbers& numbers, const Model<float>& model) {
  requireCount(numbers.tables.size(), model.shape().features.size());
  for (std::size_t f = 0; f < numbers.tables.size(); ++f) {
    requireShape(numbers.tables[f],
                 changes(model, f) ? model.embedding(f)->table().value() : base::RowMatrix{});
  }
  std::size_t others = 0;
  forEachOther(model, [&](const base::RowMatrix& place) {
    if (others < numbers.others.size()) {
      requireShape(numbers.others[others], place);
    }
    ++others;
  });
  requireCount(numbers.others.size(), others);
}

}  // namespace

std::int64_t ModelNumbers::bytes() const {
  std::int64_t count = 0;
  for (const auto* matrices : {&tables, &others}) {
    for (const base::RowMatrix& matrix : *matrices) {
      count += matrix.size();
    }
  }
  return count * static_cast<std::int64_t>(sizeof(float));
}

ModelNumbers numbersOf(const Model<float>& model) {
  ModelNumbers numbers;
  for (std::size_t f = 0; f < model.shape().features.size(); ++f) {
    numbers.tables.push_back(changes(model, f) ? model.embedding(f)->table().value()
                                               : base::RowMatrix{});
  }
  forEachOther(model, [&](const base::RowMatrix& values) { numbers.others.push_back(values); });
  return numbers;
}

std::int64_t numberBytes(const Model<float>& model) {
  std::int64_t count = 0;
  for (std::size_t f = 0; f < model.shape().features.size(); ++f) {
    count += changes(model, f) ? model.embedding(f)->table().value().size() : 0;
  }
  forEachOther(model, [&](const base::RowMatrix& values) { count += values.size(); });
  return count * static_cast<std::int64_t>(sizeof(float));
}

void setNumbers(const ModelNumbers& numbers, Model<float>& model) {
  requireFit(numbers, model);
  for (std::size_t f = 0; f < numbers.tables.size(); ++f) {
    if (changes(model, f)) {
      model.embedding(f)->table().value() = numbers.tables[f];
    }
  }
  auto next = numbers.others.begin();
  forEachOther(model, [&](base::RowMatrix& values) { values = *next++; });
}

}  // namespace embedscope::training
