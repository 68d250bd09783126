// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::explain {

/// Vectors with a single 1 that are longer than this are kept as their length and the place of
/// the 1.
inline constexpr std::int64_t kMostWrittenNumbers = 4096;

/// One category in front of every approach. A plain value.
struct ApproachQuestion {
  table::TablePtr table;         ///< n × d; the pretrained one, and the size of the random one
  std::int64_t row = 0;          ///< the category, 0 ≤ row < n
  std::int64_t headOutputs = 1;  ///< h ≥ 1 of the linear layer behind
  std::uint64_t seed = 1;        ///< of the random table
};

/// What enters the head for one category: `width` numbers.
struct EnteringVector {
  std::int64_t width = 0;
  std::optional<std::int64_t> index;  ///< one-hot and identity: where its 1 is, zeros elsewhere
  std::vector<float> numbers;         ///< all of them; empty for an index in a width above
                                      ///< kMostWrittenNumbers
};

/// What training can change about what the head makes of a category.
enum class WhatCanChange {
  HeadOnly,      ///< what enters stays as it is
  TableAndHead,  ///< the row that enters learns, too
};

/// What an approach puts in front of the head, and what it costs.
struct ApproachInput {
  training::Approach approach = training::Approach::OneHot;
  bool frozen = true;  ///< one-hot has nothing to learn, and counts as frozen
  EnteringVector entering;
  std::int64_t tableParameters = 0;      ///< numbers of the table; 0 for one-hot, which has none
  std::int64_t trainableParameters = 0;  ///< those of the table that learn; 0 when frozen
  std::int64_t headParameters = 0;       ///< width · h weights and h biases
  bool equalsOneHot = false;  ///< width n, and every bit that of the one-hot; by its index where
                              ///< the numbers are not written out
  WhatCanChange whatCanChange = WhatCanChange::HeadOnly;
};

/// What enters the head before any training: the one-hot row; the row of the identity, n × n; that
/// of a table n × d from N(0, 1), which is the table that training starts from for the first
/// feature of a recipe with this seed; or that of the given table.
///
/// @param frozen  no matter for one-hot.
/// @throws base::Error InvalidArgument: no table, no such row, h < 1, or too many parameters to
/// count. Cost: O(min(n, kMostWrittenNumbers) + d); random O(row·d), about a second for 50,000,000
/// numbers. Same arguments, same bits.
ApproachInput approachInput(const ApproachQuestion& question, training::Approach approach,
                            bool frozen);

/// One-hot; identity, random, pretrained, each frozen and then learning: seven in this order.
std::vector<ApproachInput> approachInputs(const ApproachQuestion& question);

}  // namespace embedscope::explain
