// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <algorithm>

namespace embedscope::projection {

/// How n rows are cut into groups of whole blocks, one partial sum for each group. A function of n
/// and d alone, so that sums are added up in the same order for any thread count.
class RowGroups {
 public:
  static constexpr Eigen::Index kRowsPerBlock = 1024;

  /// Few enough groups that a d × d matrix of doubles for each of them fits into 256 MB.
  RowGroups(Eigen::Index rows, Eigen::Index dimension) : m_rows(rows) {
    const Eigen::Index blocks = (rows + kRowsPerBlock - 1) / kRowsPerBlock;
    const Eigen::Index matrixBytes =
        dimension * dimension * static_cast<Eigen::Index>(sizeof(double));
    const Eigen::Index fit = std::clamp<Eigen::Index>(kGroupBytes / matrixBytes, 1, kMostGroups);
    const Eigen::Index blocksPerGroup = (blocks + fit - 1) / fit;
    m_rowsPerGroup = blocksPerGroup * kRowsPerBlock;
    m_count = (rows + m_rowsPerGroup - 1) / m_rowsPerGroup;
  }

  /// Of groups.
  Eigen::Index count() const { return m_count; }

  Eigen::Index rows() const { return m_rows; }

  /// Calls `body(first row, row count)` for every block of a group.
  template <typename Body>
  void forEachBlock(Eigen::Index group, const Body& body) const {
    const Eigen::Index end = std::min(m_rows, (group + 1) * m_rowsPerGroup);
    for (Eigen::Index row = group * m_rowsPerGroup; row < end; row += kRowsPerBlock) {
      body(row, std::min(kRowsPerBlock, end - row));
    }
  }

 private:
  static constexpr Eigen::Index kMostGroups = 16;
  static constexpr Eigen::Index kGroupBytes = Eigen::Index{256} << 20;

  Eigen::Index m_rows;
  Eigen::Index m_rowsPerGroup = 1;
  Eigen::Index m_count = 1;
};

}  // namespace embedscope::projection
