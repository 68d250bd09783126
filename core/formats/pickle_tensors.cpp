// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_tensors.h"

#include "core/base/text.h"
#include "core/formats/pickle_array.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostTensors = 100'000;

/// Gathers while the pickle is walked through.
class Collector {
 public:
  Collector(const Source& source, const Pickle& pickle, const MakeTensor& make,
            const std::shared_ptr<const void>& owner)
      : m_source(source), m_pickle(pickle), m_make(make), m_owner(owner) {}

  /// @return true to go on into the value.
  bool visit(const std::string& path, PickleValue value) {
    const bool isObject = value.is(PickleKind::Object);
    if (isObject && addTensor(path, value)) {
      return false;
    }
    if (!isObject || m_offered.insert(value.integer()).second) {
      m_out.words.offer(m_pickle, path, value);
    }
    return true;
  }

  PickleContents take() { return std::move(m_out); }

 private:
  bool addTensor(const std::string& path, PickleValue value) {
    if (m_out.tensors.size() >= kMostTensors) {
      throw Error(ErrorCode::BadData, fmt::format("holds more than {} tensors", kMostTensors),
                  placeOf(m_source));
    }
    try {
      std::optional<Tensor> tensor = m_make(path, value);
      if (!tensor) {
        tensor = arrayOf(path, value);
      }
      if (!tensor) {
        return false;
      }
      if (!tensor->fill && tensor->shape.size() == 2) {
        noteUnread(*tensor);
      }
      m_out.tensors.push_back(std::move(*tensor));
    } catch (const Error& error) {
      if (!error.place().path.empty()) {
        throw;
      }
      m_out.leaveOut(m_source, tensorName(path), error.sentence());
    }
    return true;
  }

  std::optional<Tensor> arrayOf(const std::string& path, PickleValue value) {
    if (!isPickledArray(m_pickle, value) || !m_arrays.insert(value.integer()).second) {
      return {};
    }
    const std::optional<PickledArray> array = pickledArray(m_pickle, value);
    return array && array->type
               ? std::optional(arrayTensor(tensorName(path), *array, m_source, m_owner))
               : std::nullopt;
  }

  void noteUnread(const Tensor& tensor) {
    const bool isEmpty = std::ranges::find(tensor.shape, 0) != tensor.shape.end();
    if (!isEmpty) {
      m_out.problems.push_back(
          {tensor.name, fmt::format("{}: element type {} is not supported",
                                    base::repairedUtf8(tensor.name), tensor.dtype)});
    }
  }

  const Source& m_source;
  const Pickle& m_pickle;
  const MakeTensor& m_make;
  const std::shared_ptr<const void>& m_owner;
  std::unordered_set<std::int64_t> m_arrays;
  std::unordered_set<std::int64_t> m_offered;
  PickleContents m_out;
};

}  // namespace

void PickleContents::leaveOut(const Source& source, const std::string& name,
                              const std::string& sentence) {
  constexpr std::size_t kMostTold = 20;
  problems.push_back({name, sentence});
  if (warnings.size() < kMostTold) {
    warnings.push_back(
        {placeOf(source), fmt::format("{} is left out: {}", base::repairedUtf8(name), sentence)});
  }
}

std::string tensorName(const std::string& path) {
  return path.empty() ? "tensor" : path;
}

PickleContents pickleContents(const Source& source, const Pickle& pickle, const MakeTensor& make,
                              const std::shared_ptr<const void>& owner) {
  Collector collector(source, pickle, make, owner);
  const std::optional<std::string> problem = pickle.walk(
      [&](const std::string& path, PickleValue value) { return collector.visit(path, value); });
  if (problem) {
    throw Error(ErrorCode::BadData, *problem, placeOf(source));
  }
  return collector.take();
}

void throwProblem(const Source& source, const PickleContents& contents) {
  const auto refuse = [&](const TensorProblem& problem) {
    throw Error(ErrorCode::BadData, problem.sentence, placeOf(source));
  };
  if (source.options.tensor) {
    const auto found =
        std::ranges::find(contents.problems, *source.options.tensor, &TensorProblem::name);
    if (found != contents.problems.end()) {
      refuse(*found);
    }
  } else if (!contents.problems.empty() &&
             std::ranges::none_of(contents.tensors, &Tensor::isTable)) {
    refuse(contents.problems.front());
  }
}

bool firstRowIsZero(const Tensor& tensor) {
  base::RowMatrix row(1, tensor.shape[1]);
  return tensor.fill(row, {}) && (row.array() == 0).all();
}

}  // namespace embedscope::formats
