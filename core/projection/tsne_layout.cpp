// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne_layout.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr float kFirstMomentum = 0.5F;
constexpr float kMomentum = 0.8F;
constexpr float kGainStep = 0.2F;
constexpr float kGainFactor = 0.8F;
constexpr float kLeastGain = 0.01F;
constexpr float kLongestMove = 5;
constexpr Eigen::Index kPointsPerBlock = 256;
constexpr Eigen::Index kMovesPerBlock = 4096;

template <typename Body>
void forEachBlock(Eigen::Index rows, Eigen::Index perBlock, const Body& body) {
  base::parallelBlocks((rows + perBlock - 1) / perBlock, [&](std::int64_t block) {
    body(block * perBlock, std::min(rows, (block + 1) * perBlock));
  });
}

/// Four numbers, a vector register of any x86-64; Eigen's arrays cannot be put together from pairs.
using Four = float __attribute__((vector_size(16)));

Four four(float value) {
  return Four{value, value, value, value};
}

float sumOf(Four lanes) {
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

/// The coordinates of four points, axis by axis.
template <int kDims>
std::array<Four, kDims> coordinatesOf(const float* points, const std::int32_t* rows) {
  const auto at = [&](int i) { return points + static_cast<std::ptrdiff_t>(rows[i]) * kDims; };
  if constexpr (kDims == 2) {
    // Both coordinates of a point move as one number of twice the size.
    using Two = double __attribute__((vector_size(16)));
    std::array<double, 4> pairs;
    for (int i = 0; i < 4; ++i) {
      std::memcpy(&pairs[static_cast<std::size_t>(i)], at(i), sizeof(double));
    }
    const auto first = std::bit_cast<Four>(Two{pairs[0], pairs[1]});
    const auto second = std::bit_cast<Four>(Two{pairs[2], pairs[3]});
    return {__builtin_shufflevector(first, second, 0, 2, 4, 6),
            __builtin_shufflevector(first, second, 1, 3, 5, 7)};
  } else {
    std::array<Four, kDims> all;
    for (int axis = 0; axis < kDims; ++axis) {
      all[static_cast<std::size_t>(axis)] =
          Four{at(0)[axis], at(1)[axis], at(2)[axis], at(3)[axis]};
    }
    return all;
  }
}

/// Σ weight·q·(point − other) over some edges.
template <int kDims>
std::array<float, kDims> pullOf(const float* point, const float* points,
                                std::span<const std::int32_t> others,
                                std::span<const float> weights) {
  std::array<Four, kDims> sums{};
  const auto add = [&](const std::int32_t* rows, Four weight) {
    std::array<Four, kDims> away = coordinatesOf<kDims>(points, rows);
    Four squared = four(1);
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      away[axis] = four(point[axis]) - away[axis];
      squared += away[axis] * away[axis];
    }
    const Four factor = weight / squared;
    for (std::size_t axis = 0; axis < kDims; ++axis) {
      sums[axis] += factor * away[axis];
    }
  };
  std::size_t edge = 0;
  for (; edge + 4 <= others.size(); edge += 4) {
    Four weight;
    std::memcpy(&weight, weights.data() + edge, sizeof(weight));
    add(others.data() + edge, weight);
  }
  if (const std::size_t left = others.size() - edge; left > 0) {
    std::array<std::int32_t, 4> rows{others[edge], others[edge], others[edge], others[edge]};
    Four weight = four(0);
    for (std::size_t i = 0; i < left; ++i) {
      rows[i] = others[edge + i];
      weight[i] = weights[edge + i];
    }
    add(rows.data(), weight);
  }
  std::array<float, kDims> sum;
  std::transform(sums.begin(), sums.end(), sum.begin(), sumOf);
  return sum;
}

}  // namespace

TsneLayout::TsneLayout(SymmetricEdges affinities, base::RowMatrix start,
                       const TsneLayoutOptions& options)
    : m_affinities(std::move(affinities)),
      m_options(options),
      m_points(std::move(start)),
      m_speeds(base::RowMatrix::Zero(m_points.rows(), m_points.cols())),
      m_gains(base::RowMatrix::Ones(m_points.rows(), m_points.cols())),
      m_pulls(m_points.rows(), m_points.cols()) {}

bool TsneLayout::push(GridRepulsion& grid, Repulsion& out, const base::TaskContext& context) const {
  return m_points.rows() <= m_options.exactUpTo ? exactRepulsion(m_points, out, context)
                                                : grid.measure(m_points, out, context);
}

template <int kDims>
bool TsneLayout::pull(const base::TaskContext& context) {
  forEachBlock(m_points.rows(), kPointsPerBlock, [&](Eigen::Index first, Eigen::Index end) {
    if (context.stopRequested()) {
      return;
    }
    for (Eigen::Index row = first; row < end; ++row) {
      const std::size_t begin = m_affinities.begins[static_cast<std::size_t>(row)];
      const std::size_t count = m_affinities.begins[static_cast<std::size_t>(row) + 1] - begin;
      const auto sum = pullOf<kDims>(m_points.row(row).data(), m_points.data(),
                                     std::span(m_affinities.others).subspan(begin, count),
                                     std::span(m_affinities.weights).subspan(begin, count));
      std::copy(sum.begin(), sum.end(), m_pulls.row(row).data());
    }
  });
  return !context.stopRequested();
}

void TsneLayout::move() {
  const Eigen::Index n = m_points.rows();
  const Eigen::Index dims = m_points.cols();
  const auto count = static_cast<double>(n);
  const auto pulling = static_cast<float>((isExaggerated() ? m_options.exaggeration : 1) / count);
  const auto pushing = static_cast<float>(1 / std::max(m_repulsion.sum, 1e-300));
  const auto rate = static_cast<float>(m_options.learningRate);
  const float momentum = isExaggerated() ? kFirstMomentum : kMomentum;
  const Eigen::RowVectorXf mean = m_points.cast<double>().colwise().mean().cast<float>();
  forEachBlock(n, kMovesPerBlock, [&](Eigen::Index first, Eigen::Index end) {
    for (Eigen::Index row = first; row < end; ++row) {
      float squared = 0;
      for (Eigen::Index axis = 0; axis < dims; ++axis) {
        const float slope = pulling * m_pulls(row, axis) - pushing * m_repulsion.forces(row, axis);
        float& speed = m_speeds(row, axis);
        float& gain = m_gains(row, axis);
        gain = speed * slope < 0 ? gain + kGainStep : std::max(gain * kGainFactor, kLeastGain);
        speed = momentum * speed - rate * gain * slope;
        squared += speed * speed;
      }
      if (!std::isfinite(squared)) {
        m_speeds.row(row).setZero();  // rather stay than leave for infinity
      } else if (squared > kLongestMove * kLongestMove) {
        m_speeds.row(row) *= kLongestMove / std::sqrt(squared);
      }
      m_points.row(row) += m_speeds.row(row) - mean;
    }
  });
}

bool TsneLayout::advance(std::int64_t count, const base::TaskContext& context) {
  const std::int64_t begin = m_iteration;
  const std::int64_t end =
      std::min(m_options.iterations, m_iteration + std::max<std::int64_t>(count, 0));
  while (m_iteration < end) {
    if (m_iteration == m_options.exaggeratedIterations) {
      m_speeds.setZero();
      m_gains.setOnes();
    }
    if (!push(m_grid, m_repulsion, context) ||
        !(m_points.cols() == 2 ? pull<2>(context) : pull<3>(context))) {
      return false;
    }
    move();
    ++m_iteration;
    context.report(static_cast<double>(m_iteration - begin) / static_cast<double>(end - begin));
  }
  return true;
}

std::optional<double> TsneLayout::divergence(const base::TaskContext& context) const {
  GridRepulsion grid;
  Repulsion repulsion;
  if (!push(grid, repulsion, context)) {
    return {};
  }
  const Eigen::Index n = m_points.rows();
  std::vector<double> sums(static_cast<std::size_t>((n + kPointsPerBlock - 1) / kPointsPerBlock));
  forEachBlock(n, kPointsPerBlock, [&](Eigen::Index first, Eigen::Index end) {
    if (context.stopRequested()) {
      return;
    }
    double sum = 0;
    for (Eigen::Index row = first; row < end; ++row) {
      for (std::size_t edge = m_affinities.begins[static_cast<std::size_t>(row)];
           edge < m_affinities.begins[static_cast<std::size_t>(row) + 1]; ++edge) {
        const double p = static_cast<double>(m_affinities.weights[edge]) / static_cast<double>(n);
        const auto squared = static_cast<double>(
            (m_points.row(row) - m_points.row(m_affinities.others[edge])).squaredNorm());
        sum += p * std::log(p * (1 + squared) * repulsion.sum);
      }
    }
    sums[static_cast<std::size_t>(first / kPointsPerBlock)] = sum;
  });
  if (context.stopRequested()) {
    return {};
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace embedscope::projection
