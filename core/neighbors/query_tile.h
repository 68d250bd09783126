// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <vector>

namespace embedscope::neighbors {

/// Queries in the form in which blocks of rows are multiplied with them.
class QueryTile {
 public:
  /// @param queries  q × d, prepared by the index.
  QueryTile(const ExactIndex& index, const base::RowMatrix& queries);

  const ExactIndex& index() const { return *m_index; }

  const base::RowMatrix& values() const { return m_values; }

  /// True where products tell nothing: the query is zeros or of extreme length.
  bool isExtreme(Eigen::Index query) const;

  /// q; of the values.
  const std::vector<double>& lengths() const { return m_lengths; }

  /// d; what was subtracted from the queries and has to be from the rows. Zeros but for Euclidean.
  const Eigen::RowVectorXf& centre() const { return m_centre; }

 private:
  const ExactIndex* m_index;
  base::RowMatrix m_values;
  Eigen::RowVectorXf m_centre;
  std::vector<double> m_lengths;
};

/// Estimates of how near a block of rows is to every query of a tile, larger being nearer (of
/// distances the square, with its sign turned), and how far they may be off.
class BlockEstimates {
 public:
  /// Looks at the rows from `first` on.
  void compute(const QueryTile& queries, Eigen::Index first, Eigen::Index count);

  /// count numbers; NaN for rows that have no score or are in specialRows().
  const float* of(Eigen::Index query) const { return m_values.row(query).data(); }

  /// How far an estimate for the query may be from the true number.
  double error(const QueryTile& queries, Eigen::Index query) const;

  /// Places within the block of finite rows that float32 cannot estimate as well as the others:
  /// they are scored one by one.
  const std::vector<Eigen::Index>& specialRows() const { return m_special; }

 private:
  void judgeRows(const ExactIndex& index, Eigen::Index first,
                 const Eigen::Ref<const base::RowMatrix>& rows);
  void combine(Metric metric, const QueryTile& queries);

  base::RowMatrix m_centred;
  base::RowMatrix m_values;  ///< q × count
  std::vector<float> m_squares;
  std::vector<float> m_factors;
  std::vector<float> m_offsets;
  std::vector<Eigen::Index> m_special;
  double m_longest = 0;  ///< of the rows that are not special
};

}  // namespace embedscope::neighbors
