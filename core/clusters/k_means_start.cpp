// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/k_means_start.h"

#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::clusters {

namespace {

constexpr Eigen::Index kRowsPerBlock = 1024;

/// Products lose digits where a row is so near; its distance is then taken from the differences.
constexpr float kNear = 1e-4F;

/// The squared distance of every row to the nearest chosen one, and sums of that by blocks.
class Potential {
 public:
  explicit Potential(const neighbors::GraphRows& rows)
      : m_rows(rows),
        m_blocks((rows.count() + kRowsPerBlock - 1) / kRowsPerBlock),
        m_nearest(static_cast<std::size_t>(rows.count()), std::numeric_limits<float>::max()),
        m_sums(static_cast<std::size_t>(m_blocks)) {}

  double total() const { return std::accumulate(m_sums.begin(), m_sums.end(), 0.0); }

  /// A row with a probability that goes by its squared distance. @param share  in [0, 1).
  Eigen::Index draw(double share) const {
    double left = share * total();
    std::size_t block = 0;
    while (block + 1 < m_sums.size() && left >= m_sums[block]) {
      left -= m_sums[block++];
    }
    Eigen::Index last = 0;
    const Eigen::Index first = static_cast<Eigen::Index>(block) * kRowsPerBlock;
    const Eigen::Index end = std::min(m_rows.count(), first + kRowsPerBlock);
    for (Eigen::Index row = first; row < end; ++row) {
      const auto weight = static_cast<double>(m_nearest[static_cast<std::size_t>(row)]);
      if (weight > 0) {
        last = row;
        if (left < weight) {
          return row;
        }
        left -= weight;
      }
    }
    return last;
  }

  /// Takes of some rows the one that leaves the least sum. @return false when stopped.
  bool takeBest(const std::vector<Eigen::Index>& candidates, std::vector<Eigen::Index>& chosen,
                const base::TaskContext& context) {
    const auto count = static_cast<Eigen::Index>(candidates.size());
    base::RowMatrix vectors(count, m_rows.values().cols());
    for (Eigen::Index i = 0; i < count; ++i) {
      vectors.row(i) = m_rows.values().row(candidates[static_cast<std::size_t>(i)]);
    }
    m_distances.resize(m_rows.count(), count);
    Eigen::MatrixXd sums(m_blocks, count);
    base::parallelBlocks(m_blocks, [&](std::int64_t block) {
      if (!context.stopRequested()) {
        sums.row(block) = measure(block, candidates, vectors);
      }
    });
    if (context.stopRequested()) {
      return false;
    }
    Eigen::Index best = 0;
    Eigen::RowVectorXd(sums.colwise().sum()).minCoeff(&best);
    for (Eigen::Index row = 0; row < m_rows.count(); ++row) {
      m_nearest[static_cast<std::size_t>(row)] = m_distances(row, best);
    }
    for (std::size_t block = 0; block < m_sums.size(); ++block) {
      m_sums[block] = sums(static_cast<Eigen::Index>(block), best);
    }
    chosen.push_back(candidates[static_cast<std::size_t>(best)]);
    return true;
  }

 private:
  /// What each candidate would leave of one block, row by row in `m_distances`, and in sum.
  Eigen::RowVectorXd measure(std::int64_t block, const std::vector<Eigen::Index>& candidates,
                             const base::RowMatrix& vectors) {
    const Eigen::Index first = block * kRowsPerBlock;
    const Eigen::Index rows = std::min(kRowsPerBlock, m_rows.count() - first);
    const base::RowMatrix products = m_rows.values().middleRows(first, rows) * vectors.transpose();
    Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(vectors.rows());
    for (Eigen::Index i = 0; i < rows; ++i) {
      const Eigen::Index row = first + i;
      const float before = m_nearest[static_cast<std::size_t>(row)];
      for (Eigen::Index j = 0; j < vectors.rows(); ++j) {
        const Eigen::Index candidate = candidates[static_cast<std::size_t>(j)];
        const float sizes = m_rows.offsets()(row) + m_rows.offsets()(candidate);
        float squared = sizes - 2 * products(i, j);
        if (squared < kNear * sizes) {
          squared = neighbors::squaredDistance(m_rows.values().row(row).data(),
                                               m_rows.values().row(candidate).data(),
                                               static_cast<std::size_t>(vectors.cols()));
        }
        const float left = std::min(before, squared);
        m_distances(row, j) = left;
        sums(j) += static_cast<double>(left);
      }
    }
    return sums;
  }

  const neighbors::GraphRows& m_rows;
  Eigen::Index m_blocks;
  std::vector<float> m_nearest;
  std::vector<double> m_sums;   ///< of each block
  base::RowMatrix m_distances;  ///< n × candidates
};

}  // namespace

std::optional<std::vector<Eigen::Index>> kMeansStart(const neighbors::GraphRows& rows,
                                                     Eigen::Index k, base::RandomStream& random,
                                                     const base::TaskContext& context) {
  base::useOneBlasThread();
  const int trials = 2 + static_cast<int>(std::log(static_cast<double>(k)));
  Potential potential(rows);
  std::vector<Eigen::Index> chosen;
  chosen.reserve(static_cast<std::size_t>(k));
  std::vector<Eigen::Index> candidates = {
      static_cast<Eigen::Index>(random.uniform() * static_cast<double>(rows.count()))};
  while (potential.takeBest(candidates, chosen, context)) {
    context.report(static_cast<double>(chosen.size()) / static_cast<double>(k));
    if (static_cast<Eigen::Index>(chosen.size()) == k || potential.total() <= 0) {
      return chosen;
    }
    candidates.clear();
    for (int i = 0; i < trials; ++i) {
      candidates.push_back(potential.draw(random.uniform()));
    }
  }
  return {};
}

}  // namespace embedscope::clusters
