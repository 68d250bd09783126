// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <optional>

namespace embedscope::projection {

/// Where the points of a UMAP picture begin: the first principal components, scaled so that the
/// farthest coordinate is 10, and a little noise (deviation 10⁻⁴) that parts equal rows.
///
/// umap-learn begins with a spectral layout by default and offers this as init="pca". It keeps the
/// large-scale shape as well (Kobak, Linderman 2021, doi:10.1038/s41587-020-00809-z), costs less,
/// and does not care whether the neighbor graph falls into parts.
///
/// @param rows  n × d, finite. Components beyond d are noise alone; rows that are all equal begin
///              at random places.
/// @param dims  2 or 3.
/// @return n × dims; nothing when stopped. The same bits for any thread count.
std::optional<base::RowMatrix> umapStart(const Eigen::Ref<const base::RowMatrix>& rows,
                                         Eigen::Index dims, std::uint64_t seed,
                                         const base::TaskContext& context = {});

/// Where the points of a t-SNE picture begin: the same components, scaled so that the deviation of
/// the first is 10⁻⁴ as in scikit-learn and openTSNE, with noise of 10⁻⁹.
std::optional<base::RowMatrix> tsneStart(const Eigen::Ref<const base::RowMatrix>& rows,
                                         Eigen::Index dims, std::uint64_t seed,
                                         const base::TaskContext& context = {});

}  // namespace embedscope::projection
