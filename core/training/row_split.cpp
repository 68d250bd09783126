// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/row_split.h"

#include "core/training/random_streams.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace embedscope::training {

namespace {

/// Fisher and Yates, from the end.
void shuffle(std::vector<std::int64_t>& rows, base::RandomStream random) {
  for (std::size_t i = rows.size(); i > 1; --i) {
    std::swap(rows[i - 1], rows[random.below(static_cast<std::uint32_t>(i))]);
  }
}

}  // namespace

std::int64_t validationRowCount(std::int64_t rows, double share) {
  return std::min<std::int64_t>(std::llround(share * static_cast<double>(rows)), rows - 1);
}

RowSplit splitRows(std::int64_t rows, double share, std::uint64_t seed) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), 0);
  const std::int64_t validation = validationRowCount(rows, share);
  RowSplit split;
  if (validation == 0) {
    split.training = std::move(order);
    return split;
  }
  shuffle(order, randomStream(seed, RandomUse::Split));
  split.validation.assign(order.begin(), order.begin() + validation);
  split.training.assign(order.begin() + validation, order.end());
  std::sort(split.validation.begin(), split.validation.end());
  std::sort(split.training.begin(), split.training.end());
  return split;
}

void shuffleForEpoch(std::vector<std::int64_t>& rows, std::uint64_t seed, std::int64_t epoch) {
  shuffle(rows, randomStream(seed, RandomUse::Shuffle, static_cast<std::uint64_t>(epoch)));
}

}  // namespace embedscope::training
