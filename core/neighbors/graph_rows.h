// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <vector>

namespace embedscope::neighbors {

/// A copy of a table's rows in the form in which all of them are compared with each other.
///
/// Cosine: every row has length 1, zeros stay zeros. Euclidean: the mean is subtracted, so that
/// products lose few digits, and the largest magnitude is 1, so that squares stay finite. In both
/// cases `offset(i) + offset(j) − 2·rowᵢ·rowⱼ` rises with the distance.
class GraphRows {
 public:
  /// @param rows    n × d, finite.
  /// @param metric  Cosine or Euclidean.
  /// @throws Error NonFinite: a row holds NaN or infinity (the message names the first);
  ///         InvalidArgument: another metric.
  /// Cost O(n·d), parallel, the same bits for any thread count.
  GraphRows(const Eigen::Ref<const base::RowMatrix>& rows, Metric metric);

  Eigen::Index count() const { return m_values.rows(); }

  /// n × d.
  const base::RowMatrix& values() const { return m_values; }

  /// n.
  const Eigen::VectorXf& offsets() const { return m_offsets; }

  /// The length of 1 of these rows, in the unit of the table's; 1 for cosine.
  double unit() const { return m_unit; }

  /// The distance of two rows by the table's metric, 1 − cosine in [0, 2] or a length, from their
  /// differences. A zero row has cosine 0 with every row. Symmetric in its arguments.
  float distance(Eigen::Index i, Eigen::Index j) const;

 private:
  void normalize(const Eigen::Ref<const base::RowMatrix>& rows);
  void centre(const Eigen::Ref<const base::RowMatrix>& rows);

  Metric m_metric;
  base::RowMatrix m_values;
  Eigen::VectorXf m_offsets;
  std::vector<char> m_isZero;  ///< cosine only
  double m_unit = 1;           ///< length of 1 in `m_values`, in the table's own unit
};

}  // namespace embedscope::neighbors
