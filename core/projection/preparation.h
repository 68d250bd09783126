// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <Eigen/Core>

#include <optional>

namespace embedscope::projection {

/// What is done to the rows of a table before a projection, in this order; nothing by default.
///
/// Removing the first principal components is the postprocessing of Mu, Viswanath,
/// "All-but-the-Top", ICLR 2018, arXiv:1702.01417: word vectors share a mean and a few directions
/// that tell little of what they mean.
struct Preparation {
  bool centre = false;                 ///< the mean of all rows becomes 0
  Eigen::Index removedComponents = 0;  ///< 0 ≤ k < d: rows keep nothing along the first k of them
  bool unitRows = false;               ///< every row becomes one of length 1; zeros stay zeros

  /// Whether rows are centred: they are, too, before components are removed.
  bool centres() const { return centre || removedComponents > 0; }

  /// Whether rows stay as they are.
  bool isNone() const { return !centres() && !unitRows; }

  /// Whether both do the same to rows.
  bool operator==(const Preparation& other) const {
    return centres() == other.centres() && removedComponents == other.removedComponents &&
           unitRows == other.unitRows;
  }
};

/// A preparation with the numbers that it takes from a table, so that other rows can be prepared
/// in the same way.
struct Preparer {
  Eigen::RowVectorXd mean;     ///< 1 × d, subtracted; empty: nothing is
  Eigen::MatrixXd components;  ///< d × k, orthonormal; what rows hold along them is taken away
  bool unitRows = false;

  bool isNone() const { return mean.size() == 0 && !unitRows; }

  /// @param rows  n × d, of the table or new ones. One that holds NaN or infinity holds some
  ///              afterwards.
  /// @return n × d; nothing when stopped. Worked out in double. A row of which the first steps
  ///         leave nothing but rounding (10⁻¹⁰ of it and the mean) counts as zeros.
  /// @throws Error InvalidArgument when the rows do not have d columns.
  /// Cost O(n·d·(k + 1)), parallel; polls the stop request once per block of rows. The same bits
  /// for any thread count, and for a row alone or among others.
  std::optional<base::RowMatrix> apply(const Eigen::Ref<const base::RowMatrix>& rows,
                                       const base::TaskContext& context = {}) const;
};

/// Takes from a table what the preparation needs.
///
/// @param rows  n × d, n ≥ 1, d ≥ 1. Rows holding NaN or infinity count neither for the mean nor
///              for the components.
/// @return nothing when stopped. The same bits for any thread count.
/// @throws Error InvalidArgument: an empty table, or k < 0 or k ≥ d components to remove.
/// Cost O(n·d) for the mean alone, that of fitPca for components.
std::optional<Preparer> fitPreparer(const Eigen::Ref<const base::RowMatrix>& rows,
                                    const Preparation& preparation,
                                    const base::TaskContext& context = {});

/// The rows of a table as a projection takes them: a copy, or the table's own where nothing is to
/// be done.
class PreparedRows {
 public:
  using View = Eigen::Map<const base::RowMatrix, Eigen::Unaligned, Eigen::OuterStride<>>;

  /// fitPreparer, and the preparer applied to the rows it was fitted to.
  /// @param rows  as fitPreparer takes them; they must outlive the object. Memory n × d floats
  ///              unless the preparation is none.
  static std::optional<PreparedRows> of(const Eigen::Ref<const base::RowMatrix>& rows,
                                        const Preparation& preparation,
                                        const base::TaskContext& context = {});

  PreparedRows(PreparedRows&&) = default;
  PreparedRows& operator=(PreparedRows&&) = delete;  // would write through the view

  /// n × d. Valid as long as this object and the rows it was made of.
  View values() const { return m_values; }

  const Preparer& preparer() const { return m_preparer; }

 private:
  PreparedRows(Preparer preparer, base::RowMatrix copy);
  PreparedRows(Preparer preparer, const Eigen::Ref<const base::RowMatrix>& rows);

  Preparer m_preparer;
  base::RowMatrix m_copy;  ///< empty: the rows are the table's own
  View m_values;
};

}  // namespace embedscope::projection
