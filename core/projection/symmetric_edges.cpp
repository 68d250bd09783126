// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/symmetric_edges.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace embedscope::projection {

namespace {

constexpr Eigen::Index kRowsPerBlock = 1024;

/// One end's view of an edge.
struct View {
  std::int32_t other;
  float weight;
};

/// For every row its own views and those of the rows that list it, one row's after the other's.
struct Views {
  std::vector<std::size_t> begins;  ///< n + 1
  std::vector<View> all;
};

Views viewsOfBothEnds(const neighbors::RowNumbers& rows, const base::RowMatrix& weights,
                      const base::TaskContext& context) {
  const auto n = static_cast<std::size_t>(rows.rows());
  Views views;
  views.begins.assign(n + 1, 0);
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    ++views.begins[static_cast<std::size_t>(rows.data()[i]) + 1];
  }
  for (std::size_t row = 0; row < n; ++row) {
    views.begins[row + 1] += views.begins[row] + static_cast<std::size_t>(rows.cols());
  }
  views.all.resize(views.begins.back());
  std::vector<std::size_t> ends(views.begins.begin(), views.begins.end() - 1);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    if (row % kRowsPerBlock == 0 && context.stopRequested()) {
      return views;
    }
    for (Eigen::Index i = 0; i < rows.cols(); ++i) {
      const std::int32_t other = rows(row, i);
      const float weight = weights(row, i);
      views.all[ends[static_cast<std::size_t>(row)]++] = {other, weight};
      views.all[ends[static_cast<std::size_t>(other)]++] = {static_cast<std::int32_t>(row), weight};
    }
  }
  return views;
}

/// Joins the two views of an edge, where there are two. @return how many edges the row has; they
/// stand first.
std::size_t unite(View* begin, View* end, JoinViews join) {
  std::sort(begin, end, [](const View& a, const View& b) { return a.other < b.other; });
  View* kept = begin;
  for (const View* view = begin; view != end; ++view) {
    const bool hasBoth = view + 1 != end && view[1].other == view->other;
    const float weight = join(view->weight, hasBoth ? view[1].weight : 0.0F);
    if (weight > 0) {
      *kept++ = {view->other, weight};
    }
    view += hasBoth ? 1 : 0;
  }
  return static_cast<std::size_t>(kept - begin);
}

template <typename Body>
void forEachRow(std::size_t n, const base::TaskContext& context, const Body& body) {
  constexpr auto kBlock = static_cast<std::size_t>(kRowsPerBlock);
  base::parallelBlocks(static_cast<std::int64_t>((n + kBlock - 1) / kBlock),
                       [&](std::int64_t block) {
                         if (context.stopRequested()) {
                           return;
                         }
                         const std::size_t first = static_cast<std::size_t>(block) * kBlock;
                         const std::size_t end = std::min(n, first + kBlock);
                         for (std::size_t row = first; row < end; ++row) {
                           body(row);
                         }
                       });
}

}  // namespace

std::optional<SymmetricEdges> symmetricEdges(const neighbors::RowNumbers& rows,
                                             const base::RowMatrix& weights, JoinViews join,
                                             const base::TaskContext& context) {
  Views views = viewsOfBothEnds(rows, weights, context);
  const auto n = static_cast<std::size_t>(rows.rows());
  SymmetricEdges edges;
  edges.begins.assign(n + 1, 0);
  forEachRow(n, context, [&](std::size_t row) {
    View* all = views.all.data();
    edges.begins[row + 1] = unite(all + views.begins[row], all + views.begins[row + 1], join);
  });
  if (context.stopRequested()) {
    return {};
  }
  for (std::size_t row = 0; row < n; ++row) {
    edges.begins[row + 1] += edges.begins[row];
  }
  edges.others.resize(edges.begins.back());
  edges.weights.resize(edges.begins.back());
  forEachRow(n, context, [&](std::size_t row) {
    const View* view = views.all.data() + views.begins[row];
    for (std::size_t edge = edges.begins[row]; edge < edges.begins[row + 1]; ++edge, ++view) {
      edges.others[edge] = view->other;
      edges.weights[edge] = view->weight;
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  return edges;
}

}  // namespace embedscope::projection
