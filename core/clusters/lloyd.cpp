// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/lloyd.h"

#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::clusters {

namespace {

constexpr Eigen::Index kRowsPerBlock = 1024;
constexpr Eigen::Index kColumnsPerSlice = 32;
constexpr float kFar = std::numeric_limits<float>::max();

}  // namespace

Lloyd::Lloyd(const neighbors::GraphRows& rows, const std::vector<Eigen::Index>& centers,
             bool isSpherical)
    : m_rows(rows),
      m_isSpherical(isSpherical),
      m_centers(static_cast<Eigen::Index>(centers.size()), rows.values().cols()),
      m_drift(centers.size()),
      m_counts(centers.size()),
      m_clusters(static_cast<std::size_t>(rows.count()), -1),
      m_upper(static_cast<std::size_t>(rows.count()), kFar),
      m_lower(static_cast<std::size_t>(rows.count()), 0) {
  base::useOneBlasThread();
  for (std::size_t i = 0; i < centers.size(); ++i) {
    m_centers.row(static_cast<Eigen::Index>(i)) = rows.values().row(centers[i]);
  }
  m_sums.setZero(m_centers.rows(), m_centers.cols());
}

/// What all rows need to know about the centres.
void Lloyd::prepare(const base::TaskContext& context) {
  m_centerSquares = m_centers.rowwise().squaredNorm();
  measureGaps(context);
  m_largestDrift = 0;
  m_secondDrift = 0;
  m_driftiest = -1;
  for (std::size_t i = 0; i < m_drift.size(); ++i) {
    if (m_drift[i] > m_largestDrift) {
      m_secondDrift = m_largestDrift;
      m_largestDrift = m_drift[i];
      m_driftiest = static_cast<std::int32_t>(i);
    } else {
      m_secondDrift = std::max(m_secondDrift, m_drift[i]);
    }
  }
}

/// Half the distance of every centre to the nearest other one, by blocks of centres: all pairs at
/// once would need k² numbers.
void Lloyd::measureGaps(const base::TaskContext& context) {
  const Eigen::Index k = m_centers.rows();
  m_halfGaps.resize(k);
  base::parallelBlocks((k + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const Eigen::Index first = block * kRowsPerBlock;
    const Eigen::Index count = std::min(kRowsPerBlock, k - first);
    base::RowMatrix gaps = -2 * (m_centers.middleRows(first, count) * m_centers.transpose());
    gaps.rowwise() += m_centerSquares.transpose();
    gaps.colwise() += m_centerSquares.segment(first, count);
    for (Eigen::Index i = 0; i < count; ++i) {
      gaps(i, first + i) = kFar;
    }
    m_halfGaps.segment(first, count) = gaps.rowwise().minCoeff().cwiseMax(0).cwiseSqrt() / 2;
  });
}

bool Lloyd::assign(const base::TaskContext& context) {
  prepare(context);
  const Eigen::Index n = m_rows.count();
  const Eigen::Index blocks = (n + kRowsPerBlock - 1) / kRowsPerBlock;
  std::vector<std::vector<Move>> moves(static_cast<std::size_t>(blocks));
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (!context.stopRequested()) {
      const Eigen::Index first = block * kRowsPerBlock;
      assignBlock(first, std::min(kRowsPerBlock, n - first),
                  moves[static_cast<std::size_t>(block)]);
    }
  });
  if (context.stopRequested()) {
    return false;
  }
  m_moves.clear();
  for (const std::vector<Move>& part : moves) {
    m_moves.insert(m_moves.end(), part.begin(), part.end());
  }
  for (const Move& move : m_moves) {
    ++m_counts[static_cast<std::size_t>(m_clusters[static_cast<std::size_t>(move.row)])];
    if (move.from >= 0) {
      --m_counts[static_cast<std::size_t>(move.from)];
    }
  }
  refillEmpty();
  return true;
}

void Lloyd::assignBlock(Eigen::Index first, Eigen::Index count, std::vector<Move>& moves) {
  std::vector<Eigen::Index> seen;
  seen.reserve(static_cast<std::size_t>(count));
  for (Eigen::Index row = first; row < first + count; ++row) {
    if (!staysUnseen(row)) {
      seen.push_back(row);
    }
  }
  if (!seen.empty()) {
    compare(seen, moves);
  }
}

/// Brings the bounds of a row up to date. @return true when they tell that it keeps its centre.
bool Lloyd::staysUnseen(Eigen::Index row) {
  const auto place = static_cast<std::size_t>(row);
  const std::int32_t own = m_clusters[place];
  if (own < 0) {
    return false;
  }
  m_upper[place] += m_drift[static_cast<std::size_t>(own)];
  m_lower[place] -= own == m_driftiest ? m_secondDrift : m_largestDrift;
  const float limit = std::max(m_lower[place], m_halfGaps(own));
  if (m_upper[place] <= limit) {
    return true;
  }
  m_upper[place] = std::sqrt(
      neighbors::squaredDistance(m_rows.values().row(row).data(), m_centers.row(own).data(),
                                 static_cast<std::size_t>(m_centers.cols())));
  return m_upper[place] <= limit;
}

/// Compares rows with every centre.
void Lloyd::compare(const std::vector<Eigen::Index>& rows, std::vector<Move>& moves) {
  const auto count = static_cast<Eigen::Index>(rows.size());
  const Eigen::Index k = m_centers.rows();
  base::RowMatrix products(count, k);
  if (rows.back() - rows.front() + 1 == count) {
    products.noalias() = m_rows.values().middleRows(rows.front(), count) * m_centers.transpose();
  } else {
    base::RowMatrix gathered(count, m_centers.cols());
    for (Eigen::Index i = 0; i < count; ++i) {
      gathered.row(i) = m_rows.values().row(rows[static_cast<std::size_t>(i)]);
    }
    products.noalias() = gathered * m_centers.transpose();
  }
  for (Eigen::Index i = 0; i < count; ++i) {
    float nearest = kFar;
    float second = kFar;
    std::int32_t best = 0;
    for (Eigen::Index j = 0; j < k; ++j) {
      const float value = m_centerSquares(j) - 2 * products(i, j);
      if (value < nearest) {
        second = nearest;
        nearest = value;
        best = static_cast<std::int32_t>(j);
      } else if (value < second) {
        second = value;
      }
    }
    const Eigen::Index row = rows[static_cast<std::size_t>(i)];
    const auto place = static_cast<std::size_t>(row);
    const auto lengthOf = [&](float value) {
      return std::sqrt(std::max(0.0F, value + m_rows.offsets()(row)));
    };
    m_upper[place] = lengthOf(nearest);
    m_lower[place] = k > 1 ? lengthOf(second) : kFar;
    if (best != m_clusters[place]) {
      moves.push_back({static_cast<std::int32_t>(row), m_clusters[place]});
      m_clusters[place] = best;
    }
  }
}

/// Gives each cluster without rows the row that is farthest from its centre.
void Lloyd::refillEmpty() {
  if (std::ranges::find(m_counts, 0) == m_counts.end()) {
    return;
  }
  std::vector<float> squares(m_clusters.size());
  const auto blocks = (m_rows.count() + kRowsPerBlock - 1) / kRowsPerBlock;
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const Eigen::Index end = std::min(m_rows.count(), (block + 1) * kRowsPerBlock);
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      const auto place = static_cast<std::size_t>(row);
      squares[place] = neighbors::squaredDistance(m_rows.values().row(row).data(),
                                                  m_centers.row(m_clusters[place]).data(),
                                                  static_cast<std::size_t>(m_centers.cols()));
    }
  });
  std::vector<std::int32_t> order(m_clusters.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::int32_t row) {
    return squares[static_cast<std::size_t>(row)];
  });
  auto next = order.begin();
  for (std::size_t empty = 0; empty < m_counts.size(); ++empty) {
    if (m_counts[empty] > 0) {
      continue;
    }
    while (next != order.end() &&
           m_counts[static_cast<std::size_t>(m_clusters[static_cast<std::size_t>(*next)])] < 2) {
      ++next;
    }
    if (next == order.end() || squares[static_cast<std::size_t>(*next)] <= 0) {
      return;  // fewer rows differ than there are clusters
    }
    const auto place = static_cast<std::size_t>(*next);
    const auto known = std::ranges::find(m_moves, *next, &Move::row);
    if (known == m_moves.end()) {
      m_moves.push_back({*next, m_clusters[place]});
    }
    --m_counts[static_cast<std::size_t>(m_clusters[place])];
    ++m_counts[empty];
    m_clusters[place] = static_cast<std::int32_t>(empty);
    m_upper[place] = kFar;
    m_lower[place] = 0;
    ++next;
  }
}

/// Takes the rows that moved from the sums of their old clusters to those of the new ones. Slices
/// of columns go to different threads, so that every sum has one order.
void Lloyd::addMoves() {
  const Eigen::Index slices = (m_sums.cols() + kColumnsPerSlice - 1) / kColumnsPerSlice;
  base::parallelBlocks(slices, [&](std::int64_t slice) {
    const Eigen::Index first = slice * kColumnsPerSlice;
    const Eigen::Index columns = std::min(kColumnsPerSlice, m_sums.cols() - first);
    for (const Move& move : m_moves) {
      const auto values = m_rows.values().row(move.row).segment(first, columns).cast<double>();
      m_sums.row(m_clusters[static_cast<std::size_t>(move.row)]).segment(first, columns) += values;
      if (move.from >= 0) {
        m_sums.row(move.from).segment(first, columns) -= values;
      }
    }
  });
}

double Lloyd::update() {
  addMoves();
  double total = 0;
  for (Eigen::Index i = 0; i < m_centers.rows(); ++i) {
    const std::int64_t count = m_counts[static_cast<std::size_t>(i)];
    Eigen::RowVectorXd center = m_centers.row(i).cast<double>();
    if (count > 0) {
      center = m_sums.row(i) / static_cast<double>(count);
    }
    if (m_isSpherical && center.norm() > 0) {
      center.normalize();
    }
    const Eigen::RowVectorXf rounded = center.cast<float>();
    const double squared = (rounded - m_centers.row(i)).cast<double>().squaredNorm();
    m_centers.row(i) = rounded;
    m_drift[static_cast<std::size_t>(i)] = static_cast<float>(std::sqrt(squared));
    total += squared;
  }
  return total;
}

}  // namespace embedscope::clusters
