// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/training/model.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope::training {

/// The numbers of a model that training changes.
struct ModelNumbers {
  /// n × d of each feature, in the order of the recipe; empty where nothing changes (one-hot rows
  /// have no table, frozen tables stay).
  std::vector<base::RowMatrix> tables;
  /// One-hot weights by feature, then weights and bias of each linear layer.
  std::vector<base::RowMatrix> others;

  std::int64_t bytes() const;
};

using ModelNumbersPtr = std::shared_ptr<const ModelNumbers>;

/// Copies them out of a model. O(numbers).
ModelNumbers numbersOf(const Model<float>& model);

/// What bytes() of those copies would be, without making them.
std::int64_t numberBytes(const Model<float>& model);

/// Puts them back.
/// @throws Error InvalidArgument when the shapes are not those of the model; it is unchanged then.
void setNumbers(const ModelNumbers& numbers, Model<float>& model);

}  // namespace embedscope::training
