// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/parallel.h"
#include "core/base/task_context.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::base {

/// How many of the first `count` elements of two merged rows come from `a`; both are sorted.
template <typename Entry, typename Less>
std::int64_t takenFromFirst(std::span<const Entry> a, std::span<const Entry> b, std::int64_t count,
                            const Less& less) {
  std::int64_t low = std::max<std::int64_t>(0, count - std::ssize(b));
  std::int64_t high = std::min(count, std::ssize(a));
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    if (less(a[static_cast<std::size_t>(middle)],
             b[static_cast<std::size_t>(count - middle - 1)])) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Sorts entries of which no two are equal, so that the result is one, for any thread count.
///
/// @param less  a strict total order; called by several threads.
/// @return false when stopped: the entries are in no order then.
/// Merge sort: pieces of fixed size are sorted, then merged by twos, every merge cut into pieces as
/// well. Cost O(n·log n), memory for n more entries.
template <typename Entry, typename Less>
bool parallelSort(std::vector<Entry>& entries, const Less& less, const TaskContext& context = {}) {
  constexpr std::int64_t kPiece = 32'768;
  const std::int64_t n = std::ssize(entries);
  const std::int64_t pieces = (n + kPiece - 1) / kPiece;
  int levels = 1;
  for (std::int64_t width = kPiece; width < n; width *= 2) {
    ++levels;
  }
  parallelBlocks(pieces, [&](std::int64_t piece) {
    if (!context.stopRequested()) {
      std::sort(entries.begin() + piece * kPiece,
                entries.begin() + std::min(n, (piece + 1) * kPiece), less);
    }
  });
  std::vector<Entry> merged(levels > 1 ? entries.size() : 0);
  int level = 1;
  for (std::int64_t width = kPiece; width < n; width *= 2) {
    context.report(static_cast<double>(level++) / levels);
    parallelBlocks(pieces, [&](std::int64_t piece) {
      if (context.stopRequested()) {
        return;
      }
      const std::int64_t begin = piece * kPiece;
      const std::int64_t end = std::min(n, begin + kPiece);
      const std::int64_t first = begin / (2 * width) * (2 * width);
      const std::int64_t second = std::min(n, first + width);
      const std::int64_t last = std::min(n, first + 2 * width);
      const std::span<const Entry> all(entries);
      const auto a =
          all.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(second - first));
      const auto b =
          all.subspan(static_cast<std::size_t>(second), static_cast<std::size_t>(last - second));
      const std::int64_t fromA = takenFromFirst(a, b, begin - first, less);
      const std::int64_t toA = takenFromFirst(a, b, end - first, less);
      std::merge(a.begin() + fromA, a.begin() + toA, b.begin() + (begin - first - fromA),
                 b.begin() + (end - first - toA), merged.begin() + begin, less);
    });
    entries.swap(merged);
  }
  context.report(1);
  return !context.stopRequested();
}

}  // namespace embedscope::base
