// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/neighbor_history.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::train {

namespace {

double cosine(const base::RowMatrix& values, std::int64_t a, std::int64_t b) {
  const auto left = values.row(a).cast<double>();
  const auto right = values.row(b).cast<double>();
  const double lengths = std::sqrt(left.squaredNorm() * right.squaredNorm());
  if (!std::isfinite(lengths)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return lengths > 0 ? std::clamp(left.dot(right) / lengths, -1.0, 1.0) : 0;
}

/// The rows most similar to `row`, at most so many.
std::vector<std::int64_t> nearest(const base::RowMatrix& values, std::int64_t row,
                                  std::size_t most) {
  std::vector<double> scores(static_cast<std::size_t>(values.rows()));
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < values.rows(); ++i) {
    const double score = cosine(values, row, i);
    scores[static_cast<std::size_t>(i)] = score;
    if (i != row && !std::isnan(score)) {
      rows.push_back(i);
    }
  }
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, rows.size()));
  std::partial_sort(rows.begin(), rows.begin() + count, rows.end(),
                    [&](std::int64_t a, std::int64_t b) {
                      const double left = scores[static_cast<std::size_t>(a)];
                      const double right = scores[static_cast<std::size_t>(b)];
                      return left > right || (left == right && a < b);
                    });
  rows.resize(static_cast<std::size_t>(count));
  return rows;
}

}  // namespace

NeighborHistory followNeighbors(const FilmedTable& film, std::int64_t row, std::size_t mostAtEnd,
                                std::size_t mostAtStart, const base::TaskContext& context) {
  NeighborHistory history;
  if (film.frames.empty() || row < 0 || row >= film.frames.back()->rows()) {
    return history;
  }
  for (const std::int64_t other : nearest(*film.frames.back(), row, mostAtEnd)) {
    history.lines.push_back({.row = other, .atEnd = true, .cosine = {}});
  }
  for (const std::int64_t other : nearest(*film.frames.front(), row, mostAtStart)) {
    if (std::ranges::find(history.lines, other, &NeighborHistory::Line::row) ==
        history.lines.end()) {
      history.lines.push_back({.row = other, .atEnd = false, .cosine = {}});
    }
  }
  history.steps = film.steps;
  for (const auto& frame : film.frames) {
    if (context.stopRequested()) {
      return {};
    }
    for (NeighborHistory::Line& line : history.lines) {
      line.cosine.push_back(cosine(*frame, row, line.row));
    }
  }
  return history;
}

}  // namespace embedscope::train
