// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/embedding_bag_layer.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace embedscope::training {

namespace {

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

}  // namespace

void EmbeddingBagOptions::check(const std::string& name, std::int64_t categories) const {
  lookup.check(name, categories);
  if (mode == BagMode::Max && lookup.scaleGradientByFrequency) {
    refuse(
        fmt::format("table \"{}\": the gradient of a maximum cannot be scaled by frequency; "
                    "choose sum or mean",
                    name));
  }
}

std::vector<std::int64_t> offsetsOfEqualBags(std::int64_t bags, std::int64_t size,
                                             bool includeLast) {
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(bags + (includeLast ? 1 : 0)));
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    offsets[i] = static_cast<std::int64_t>(i) * size;
  }
  return offsets;
}

template <typename Scalar>
EmbeddingBagLayer<Scalar>::EmbeddingBagLayer(const std::string& name, Eigen::Index categories,
                                             Eigen::Index dimension, bool trainable,
                                             EmbeddingBagOptions options)
    : m_table(name, categories, dimension, trainable, options.lookup),
      m_options(std::move(options)) {
  m_options.check(name, categories);
}

template <typename Scalar>
EmbeddingBagLayer<Scalar> EmbeddingBagLayer<Scalar>::fromPretrained(const std::string& name,
                                                                    ConstMatrixRef<Scalar> table,
                                                                    bool freeze,
                                                                    EmbeddingBagOptions options) {
  if (table.size() == 0) {
    refuse(
        fmt::format("table \"{}\": {} × {} numbers to start from, but a table needs at least "
                    "one row and one column",
                    name, table.rows(), table.cols()));
  }
  EmbeddingBagLayer layer(name, table.rows(), table.cols(), !freeze, std::move(options));
  layer.table().value() = table;
  return layer;
}

template <typename Scalar>
Eigen::Index EmbeddingBagLayer<Scalar>::bagCount(const Bags<Scalar>& bags) const {
  const auto offsets = static_cast<Eigen::Index>(bags.offsets.size());
  return m_options.includeLastOffset ? std::max<Eigen::Index>(offsets - 1, 0) : offsets;
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::check(const Bags<Scalar>& bags) const {
  for (const std::int32_t code : bags.codes) {
    if (code < 0 || code >= m_table.categories()) {
      refuse(fmt::format("code {} is not one of the {} categories of table \"{}\"", code,
                         m_table.categories(), table().name()));
    }
  }
  if (!bags.weights.empty() && m_options.mode != BagMode::Sum) {
    refuse("weights of the codes in a bag: only a sum has them, not a mean or a maximum");
  }
  if (!bags.weights.empty() && bags.weights.size() != bags.codes.size()) {
    refuse(fmt::format("{} weights for {} codes in bags", bags.weights.size(), bags.codes.size()));
  }
  checkOffsets(bags);
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::checkOffsets(const Bags<Scalar>& bags) const {
  const auto codes = static_cast<std::int64_t>(bags.codes.size());
  if (bags.offsets.empty()) {
    if (m_options.includeLastOffset) {
      refuse("the offsets of bags are to end with the number of codes, but there are none");
    }
    if (codes > 0) {
      refuse(fmt::format("{} codes, but no bag to put them in", codes));
    }
    return;
  }
  if (bags.offsets.front() != 0) {
    refuse(fmt::format("the first bag begins at code {}: must be 0", bags.offsets.front()));
  }
  const auto descent = std::ranges::is_sorted_until(bags.offsets);
  if (descent != bags.offsets.end()) {
    refuse(fmt::format("bag {} begins at code {}, before the bag in front of it",
                       descent - bags.offsets.begin(), *descent));
  }
  if (bags.offsets.back() > codes) {
    refuse(fmt::format("the last offset of bags is {}, but there are {} codes", bags.offsets.back(),
                       codes));
  }
  if (m_options.includeLastOffset && bags.offsets.back() != codes) {
    refuse(fmt::format("the last offset of bags is {}: must be the number of codes, {}",
                       bags.offsets.back(), codes));
  }
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::checkRows(const char* what, Eigen::Index rows, Eigen::Index columns,
                                          const Bags<Scalar>& bags) const {
  if (rows != bagCount(bags) || columns != dimension()) {
    refuse(fmt::format("the {} of {} bags has {} × {} numbers: must be {} × {}", what,
                       bagCount(bags), rows, columns, bagCount(bags), dimension()));
  }
}

template <typename Scalar>
typename EmbeddingBagLayer<Scalar>::Range EmbeddingBagLayer<Scalar>::rangeOf(
    const Bags<Scalar>& bags, Eigen::Index bag) const {
  const auto index = static_cast<std::size_t>(bag);
  const std::size_t end = index + 1 < bags.offsets.size()
                              ? static_cast<std::size_t>(bags.offsets[index + 1])
                              : bags.codes.size();
  return {static_cast<std::size_t>(bags.offsets[index]), end};
}

/// Codes of the bag that are not padding; 1 where there are none, to divide by.
template <typename Scalar>
std::size_t EmbeddingBagLayer<Scalar>::countReduced(const Bags<Scalar>& bags, Range range) const {
  std::size_t count = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    count += m_table.isPadding(bags.codes[i]) ? 0 : 1;
  }
  return std::max<std::size_t>(count, 1);
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::applyMaxNorm(const Bags<Scalar>& bags) {
  check(bags);
  m_table.applyMaxNorm(bags.codes);
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::forward(const Bags<Scalar>& bags, MatrixRef<Scalar> output) const {
  check(bags);
  checkRows("output", output.rows(), output.cols(), bags);
  output.setZero();
  for (Eigen::Index bag = 0; bag < bagCount(bags); ++bag) {
    const Range range = rangeOf(bags, bag);
    Scalar* reduced = output.data() + bag * output.outerStride();
    if (m_options.mode == BagMode::Max) {
      reduceMax(bags, range, reduced);
      continue;
    }
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (m_table.isPadding(bags.codes[i])) {
        continue;
      }
      if (bags.weights.empty()) {
        addRow(m_table.row(bags.codes[i]), dimension(), reduced);
      } else {
        addScaledRow(m_table.row(bags.codes[i]), bags.weights[i], dimension(), reduced);
      }
    }
    if (m_options.mode == BagMode::Mean) {
      output.row(bag) /= static_cast<Scalar>(countReduced(bags, range));
    }
  }
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::reduceMax(const Bags<Scalar>& bags, Range range,
                                          Scalar* output) const {
  bool isFirst = true;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (m_table.isPadding(bags.codes[i])) {
      continue;
    }
    const Scalar* row = m_table.row(bags.codes[i]);
    for (Eigen::Index j = 0; j < dimension(); ++j) {
      output[j] = isFirst || row[j] > output[j] ? row[j] : output[j];
    }
    isFirst = false;
  }
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::backward(const Bags<Scalar>& bags,
                                         ConstMatrixRef<Scalar> outputGradient) {
  check(bags);
  checkRows("gradient", outputGradient.rows(), outputGradient.cols(), bags);
  if (!isTrainable()) {
    return;
  }
  m_table.startGradient(bags.codes);
  for (Eigen::Index bag = 0; bag < bagCount(bags); ++bag) {
    const Range range = rangeOf(bags, bag);
    const Scalar* gradient = outputGradient.data() + bag * outputGradient.outerStride();
    if (m_options.mode == BagMode::Max) {
      backwardMax(bags, range, gradient);
      continue;
    }
    const Scalar share = m_options.mode == BagMode::Mean
                             ? Scalar{1} / static_cast<Scalar>(countReduced(bags, range))
                             : Scalar{1};
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (m_table.learns(bags.codes[i])) {
        m_table.addGradient(bags.codes[i], bags.weights.empty() ? share : bags.weights[i],
                            gradient);
      }
    }
  }
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::backwardMax(const Bags<Scalar>& bags, Range range,
                                            const Scalar* outputGradient) {
  Parameter<Scalar>& table = m_table.parameter();
  for (Eigen::Index j = 0; j < dimension(); ++j) {
    std::size_t best = range.end;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (!m_table.isPadding(bags.codes[i]) &&
          (best == range.end || m_table.row(bags.codes[i])[j] > m_table.row(bags.codes[best])[j])) {
        best = i;
      }
    }
    if (best < range.end && m_table.learns(bags.codes[best])) {
      table.gradientRow(table.touch(bags.codes[best]))[j] += outputGradient[j];
    }
  }
}

template <typename Scalar>
void EmbeddingBagLayer<Scalar>::weightGradient(const Bags<Scalar>& bags,
                                               ConstMatrixRef<Scalar> outputGradient,
                                               std::span<Scalar> gradient) const {
  check(bags);
  checkRows("gradient", outputGradient.rows(), outputGradient.cols(), bags);
  if (bags.weights.empty()) {
    refuse("the gradient at the weights of bags was asked for, but they have none");
  }
  if (gradient.size() != bags.codes.size()) {
    refuse(fmt::format("room for {} gradients of {} weights", gradient.size(), bags.codes.size()));
  }
  for (Eigen::Index bag = 0; bag < bagCount(bags); ++bag) {
    const Range range = rangeOf(bags, bag);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const auto row = table().value().row(bags.codes[i]);
      gradient[i] = m_table.isPadding(bags.codes[i]) ? Scalar{0} : row.dot(outputGradient.row(bag));
    }
  }
}

template class EmbeddingBagLayer<float>;
template class EmbeddingBagLayer<double>;

}  // namespace embedscope::training
