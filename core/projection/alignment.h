// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <optional>

namespace embedscope::projection {

/// The shift and the rotation or reflection that lay one table over another, as near as it goes
/// without stretching anything: distances within the table stay what they are.
struct Alignment {
  Eigen::RowVectorXd fromMean;  ///< 1 × d, of the rows that were aligned
  Eigen::RowVectorXd toMean;    ///< 1 × d, of those they were aligned to
  Eigen::MatrixXd rotation;     ///< d × d, orthogonal

  /// n × d rows, moved: (rows − fromMean) · rotation + toMean. O(n·d²).
  base::RowMatrix apply(const Eigen::Ref<const base::RowMatrix>& rows) const;
};

/// Orthogonal Procrustes on centred tables: the R that minimizes ‖(from − mean) R − (to − mean)‖.
/// Schönemann 1966, doi:10.1007/BF02289451.
///
/// @param from, to  n × d each, row i of one belongs to row i of the other. Rows with NaN or
///                  infinity in either stay out; without any row left, nothing is turned.
/// @return nothing when stopped.
/// @throws Error InvalidArgument when the shapes differ or d is 0.
/// Cost O(n·d² + d³), accumulated in double; one thread.
std::optional<Alignment> align(const Eigen::Ref<const base::RowMatrix>& from,
                               const Eigen::Ref<const base::RowMatrix>& to,
                               const base::TaskContext& context = {});

}  // namespace embedscope::projection
