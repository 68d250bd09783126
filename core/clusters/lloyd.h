// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/graph_rows.h"

#include <cstdint>
#include <vector>

namespace embedscope::clusters {

/// The iterations of k-means from given centres on, with the bounds of Hamerly 2010: every row
/// keeps a distance that its own centre is not beyond, and one that no other centre is within; as
/// long as the first is not above the second, the row stays where it is without being looked at.
class Lloyd {
 public:
  /// @param rows     n × d; must outlive this object. Of cosine rows the centres are kept at
  ///                 length 1.
  /// @param centers  rows to begin with, k of them.
  Lloyd(const neighbors::GraphRows& rows, const std::vector<Eigen::Index>& centers,
        bool isSpherical);

  /// Gives every row to the nearest centre. @return false when stopped.
  bool assign(const base::TaskContext& context);

  /// How many rows the last assign() moved.
  std::int64_t moved() const { return static_cast<std::int64_t>(m_moves.size()); }

  /// Moves every centre to the mean of its rows. @return the sum of their squared moves.
  double update();

  /// The cluster of each row.
  const std::vector<std::int32_t>& clusters() const { return m_clusters; }

 private:
  struct Move {
    std::int32_t row;
    std::int32_t from;  ///< −1: it had none
  };

  void prepare(const base::TaskContext& context);
  void measureGaps(const base::TaskContext& context);
  void assignBlock(Eigen::Index first, Eigen::Index count, std::vector<Move>& moves);
  bool staysUnseen(Eigen::Index row);
  void compare(const std::vector<Eigen::Index>& rows, std::vector<Move>& moves);
  void refillEmpty();
  void addMoves();

  const neighbors::GraphRows& m_rows;
  bool m_isSpherical;
  base::RowMatrix m_centers;        ///< k × d
  Eigen::VectorXf m_centerSquares;  ///< k
  Eigen::VectorXf m_halfGaps;       ///< k, half the distance to the nearest other
  std::vector<float> m_drift;       ///< k, how far the last update moved each
  float m_largestDrift = 0;
  float m_secondDrift = 0;
  std::int32_t m_driftiest = -1;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> m_sums;  ///< k × d
  std::vector<std::int64_t> m_counts;                                             ///< k
  std::vector<std::int32_t> m_clusters;                                           ///< n
  std::vector<float> m_upper;                                                     ///< n
  std::vector<float> m_lower;                                                     ///< n
  std::vector<Move> m_moves;  ///< of the last assignment, by row
};

}  // namespace embedscope::clusters
