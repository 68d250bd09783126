// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/pca.h"
#include "core/projection/preparation.h"

namespace embedscope::projection {

/// The principal components of rows that were prepared first, and the way of any row to them.
struct PreparedPca {
  Preparer preparer;  ///< what a row goes through before it is projected
  PcaModel model;

  /// As PcaModel::project, of rows as they are in the table, or of new ones.
  ///
  /// @return n × k; nothing when stopped. Prepares block by block, without a copy of all rows.
  std::optional<base::RowMatrix> project(const Eigen::Ref<const base::RowMatrix>& rows,
                                         const base::TaskContext& context = {}) const;
};

/// fitPca of the rows as `preparation` makes them.
///
/// Without unit rows no row has to be touched: centring changes nothing in components, and once
/// the first ones are removed, the next are the first.
///
/// @param k  1 ≤ k; clipped to d.
/// @return nothing when stopped. The same bits for any thread count.
/// @throws Error as fitPreparer and fitPca.
/// Memory n × d floats while it runs with unit rows.
std::optional<PreparedPca> fitPreparedPca(const Eigen::Ref<const base::RowMatrix>& rows,
                                          const Preparation& preparation, Eigen::Index k,
                                          const base::TaskContext& context = {});

}  // namespace embedscope::projection
