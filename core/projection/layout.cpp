// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/layout.h"

namespace embedscope::projection {

namespace {

std::int64_t stepOf(const Umap& umap) {
  return umap.epoch();
}

std::int64_t stepOf(const Tsne& tsne) {
  return tsne.iteration();
}

std::int64_t stepsOf(const Umap& umap) {
  return umap.epochs();
}

std::int64_t stepsOf(const Tsne& tsne) {
  return tsne.iterations();
}

}  // namespace

neighbors::Metric layoutMetric(const LayoutOptions& options) {
  return std::visit([](const auto& own) { return own.metric; }, options);
}

std::uint64_t layoutSeed(const LayoutOptions& options) {
  return std::visit([](const auto& own) { return own.seed; }, options);
}

Eigen::Index layoutDims(const LayoutOptions& options) {
  return std::visit([](const auto& own) { return own.dims; }, options);
}

void setLayoutDims(LayoutOptions& options, Eigen::Index dims) {
  std::visit([dims](auto& own) { own.dims = dims; }, options);
}

std::optional<Layout> Layout::begin(const Eigen::Ref<const base::RowMatrix>& rows,
                                    const LayoutOptions& options,
                                    const base::TaskContext& context) {
  if (const auto* umap = std::get_if<UmapOptions>(&options)) {
    std::optional<Umap> run = Umap::begin(rows, *umap, context);
    return run ? std::optional(Layout(std::move(*run))) : std::nullopt;
  }
  std::optional<Tsne> run = Tsne::begin(rows, std::get<TsneOptions>(options), context);
  return run ? std::optional(Layout(std::move(*run))) : std::nullopt;
}

std::int64_t Layout::step() const {
  return std::visit([](const auto& run) { return stepOf(run); }, m_run);
}

std::int64_t Layout::steps() const {
  return std::visit([](const auto& run) { return stepsOf(run); }, m_run);
}

const base::RowMatrix& Layout::points() const {
  return std::visit([](const auto& run) -> const base::RowMatrix& { return run.points(); }, m_run);
}

bool Layout::advance(std::int64_t count, const base::TaskContext& context) {
  return std::visit([&](auto& run) { return run.advance(count, context); }, m_run);
}

std::optional<double> Layout::divergence(const base::TaskContext& context) const {
  const auto* tsne = std::get_if<Tsne>(&m_run);
  return tsne != nullptr ? tsne->divergence(context) : std::nullopt;
}

}  // namespace embedscope::projection
