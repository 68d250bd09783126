// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/supervision.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr double kUnknownDistance = 1;
constexpr double kFarDistance = 2.5;  ///< at weight 0
constexpr std::size_t kRowsPerBlock = 1024;

/// What is left of an edge between two categories that differ.
float remainder(double weight) {
  return weight < 1 ? static_cast<float>(std::exp(-kFarDistance / (1 - weight))) : 0.0F;
}

template <typename Body>
void forEachRow(std::size_t n, const base::TaskContext& context, const Body& body) {
  base::parallelBlocks(static_cast<std::int64_t>((n + kRowsPerBlock - 1) / kRowsPerBlock),
                       [&](std::int64_t block) {
                         if (context.stopRequested()) {
                           return;
                         }
                         const std::size_t first = static_cast<std::size_t>(block) * kRowsPerBlock;
                         const std::size_t end = std::min(n, first + kRowsPerBlock);
                         for (std::size_t row = first; row < end; ++row) {
                           body(row);
                         }
                       });
}

void dropEmptyEdges(SymmetricEdges& set) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row + 1 < set.begins.size(); ++row) {
    const std::size_t begin = std::exchange(set.begins[row], kept);
    for (std::size_t edge = begin; edge < set.begins[row + 1]; ++edge) {
      if (set.weights[edge] > 0) {
        set.others[kept] = set.others[edge];
        set.weights[kept++] = set.weights[edge];
      }
    }
  }
  set.begins.back() = kept;
  set.others.resize(kept);
  set.weights.resize(kept);
}

}  // namespace

std::optional<SymmetricEdges> supervised(SymmetricEdges set,
                                         std::span<const std::int32_t> categories, double weight,
                                         const base::TaskContext& context) {
  const std::size_t n = categories.size();
  const float apart = remainder(weight);
  const auto unknown = static_cast<float>(std::exp(-kUnknownDistance));
  std::vector<float> strongest(n, 0.0F);
  forEachRow(n, context, [&](std::size_t row) {
    for (std::size_t edge = set.begins[row]; edge < set.begins[row + 1]; ++edge) {
      const std::int32_t own = categories[row];
      const std::int32_t other = categories[static_cast<std::size_t>(set.others[edge])];
      set.weights[edge] *= own < 0 || other < 0 ? unknown : own != other ? apart : 1.0F;
      strongest[row] = std::max(strongest[row], set.weights[edge]);
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  forEachRow(n, context, [&](std::size_t row) {
    for (std::size_t edge = set.begins[row]; edge < set.begins[row + 1]; ++edge) {
      float& joined = set.weights[edge];
      if (joined > 0) {
        const float p = joined / strongest[row];
        const float q = joined / strongest[static_cast<std::size_t>(set.others[edge])];
        joined = p + q - p * q;
      }
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  dropEmptyEdges(set);
  return set;
}

}  // namespace embedscope::projection
