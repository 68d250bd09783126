// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap_layout.h"

#include "core/base/parallel.h"
#include "core/base/split_mix.h"

#include <algorithm>
#include <utility>

namespace embedscope::projection {

namespace {

constexpr std::size_t kPasses = 4;
constexpr std::size_t kPointsPerBlock = 512;

/// Leaves out edges too weak to be sampled even once, and gives the others' rates.
std::vector<std::uint32_t> prune(SymmetricEdges& set, std::int64_t epochs) {
  std::vector<std::uint32_t> rates;
  const float largest =
      set.weights.empty() ? 1.0F : *std::max_element(set.weights.begin(), set.weights.end());
  const double least = 1 / static_cast<double>(epochs);
  std::size_t kept = 0;
  for (std::size_t row = 0; row + 1 < set.begins.size(); ++row) {
    const std::size_t begin = std::exchange(set.begins[row], kept);
    for (std::size_t edge = begin; edge < set.begins[row + 1]; ++edge) {
      const double share = static_cast<double>(set.weights[edge] / largest);
      if (share >= least) {
        set.others[kept++] = set.others[edge];
        rates.push_back(umapRate(share));
      }
    }
  }
  set.begins.back() = kept;
  set.others.resize(kept);
  set.weights = {};
  return rates;
}

}  // namespace

UmapLayout::UmapLayout(SymmetricEdges set, base::RowMatrix start, const UmapLayoutOptions& options)
    : m_set(std::move(set)),
      m_options(options),
      m_rates(prune(m_set, options.epochs)),
      m_forces(options.curve),
      m_points(std::move(start)),
      m_moved(m_points) {}

/// Calls `body` with the other end of every edge of a row that is sampled in this epoch.
template <typename Body>
void UmapLayout::forEachSampled(std::size_t row, const Body& body) const {
  for (std::size_t edge = m_set.begins[row]; edge < m_set.begins[row + 1]; ++edge) {
    if (isSampled(m_rates[edge], m_epoch)) {
      body(m_points.row(m_set.others[edge]).data());
    }
  }
}

/// Works out where a point goes in this epoch: first with all its edges as those at whose other end
/// umap-learn would list them, then as those at its own, where random points push it away.
template <int kDims>
void UmapLayout::movePoint(std::size_t row, float rate) {
  UmapPoint<kDims> point;
  std::copy_n(m_points.data() + row * kDims, kDims, point.begin());
  forEachSampled(row, [&](const float* other) {
    addTo<kDims>(point, umapForce<kDims>(point, other, m_forces.attraction), rate);
  });
  const auto count = static_cast<std::uint32_t>(m_points.rows());
  base::SplitMix random(m_options.seed, static_cast<std::uint64_t>(m_epoch), row);
  forEachSampled(row, [&](const float* other) {
    // Forces from one place do not wait for each other.
    UmapPoint<kDims> sum = umapForce<kDims>(point, other, m_forces.attraction);
    for (int sample = 0; sample < m_options.negativeSamples; ++sample) {
      const std::size_t chosen = random.below(count);
      if (chosen != row) {
        addTo<kDims>(sum,
                     umapForce<kDims>(point, m_points.data() + chosen * kDims, m_forces.repulsion));
      }
    }
    addTo<kDims>(point, sum, rate);
  });
  std::copy_n(point.begin(), kDims, m_moved.data() + row * kDims);
}

template <int kDims>
bool UmapLayout::runEpoch(const base::TaskContext& context) {
  const auto n = static_cast<std::size_t>(m_points.rows());
  const auto rate =
      static_cast<float>(m_options.learningRate * (1 - static_cast<double>(m_epoch) /
                                                           static_cast<double>(m_options.epochs)));
  constexpr std::size_t kStride = kPasses * kPointsPerBlock;
  for (std::size_t pass = 0; pass < kPasses; ++pass) {
    base::parallelBlocks(static_cast<std::int64_t>((n + kStride - 1) / kStride),
                         [&](std::int64_t block) {
                           if (context.stopRequested()) {
                             return;
                           }
                           const std::size_t first = static_cast<std::size_t>(block) * kStride;
                           const std::size_t end = std::min(n, first + kStride);
                           for (std::size_t row = first + pass; row < end; row += kPasses) {
                             movePoint<kDims>(row, rate);
                           }
                         });
    if (context.stopRequested()) {
      return false;
    }
    for (std::size_t row = pass; row < n; row += kPasses) {
      std::copy_n(m_moved.data() + row * kDims, kDims, m_points.data() + row * kDims);
    }
  }
  return true;
}

bool UmapLayout::advance(std::int64_t count, const base::TaskContext& context) {
  const std::int64_t end = std::min(m_options.epochs, m_epoch + std::max<std::int64_t>(count, 0));
  const std::int64_t begin = m_epoch;
  while (m_epoch < end) {
    const base::RowMatrix before = m_points;
    if (!(m_points.cols() == 2 ? runEpoch<2>(context) : runEpoch<3>(context))) {
      m_points = before;
      return false;
    }
    ++m_epoch;
    context.report(static_cast<double>(m_epoch - begin) / static_cast<double>(end - begin));
  }
  return true;
}

}  // namespace embedscope::projection
