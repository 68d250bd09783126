// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/tsne.h"
#include "core/projection/umap.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace embedscope::projection {

using LayoutOptions = std::variant<UmapOptions, TsneOptions>;

/// What near means to a layout.
neighbors::Metric layoutMetric(const LayoutOptions& options);

std::uint64_t layoutSeed(const LayoutOptions& options);

/// How many dimensions the picture has, 2 or 3.
Eigen::Index layoutDims(const LayoutOptions& options);
void setLayoutDims(LayoutOptions& options, Eigen::Index dims);

/// One way to run Umap and Tsne, step by step: both move all rows of a table until neighbors lie
/// near each other. A step is an epoch of UMAP and an iteration of t-SNE. What holds for them holds
/// here.
class Layout {
 public:
  /// As Umap::begin and Tsne::begin.
  static std::optional<Layout> begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                     const LayoutOptions& options,
                                     const base::TaskContext& context = {});

  std::int64_t step() const;
  std::int64_t steps() const;

  bool isDone() const { return step() == steps(); }

  /// n × dims, after the steps so far.
  const base::RowMatrix& points() const;

  /// Runs up to `count` further steps. @return false when stopped.
  bool advance(std::int64_t count, const base::TaskContext& context = {});

  /// The Kullback-Leibler divergence of t-SNE's picture; nothing for UMAP, and when stopped.
  std::optional<double> divergence(const base::TaskContext& context = {}) const;

 private:
  explicit Layout(std::variant<Umap, Tsne> run) : m_run(std::move(run)) {}

  std::variant<Umap, Tsne> m_run;
};

}  // namespace embedscope::projection
