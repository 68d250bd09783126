// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/training/checkpoint.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace embedscope::jobs {

class TrainingTask;

/// What one feature's table looked like at the step of a snapshot.
struct FeatureSnapshot {
  /// Tables of up to so many numbers (n · d) are copied whole, larger ones are sampled.
  static constexpr std::int64_t kMaxNumbers = std::int64_t{1} << 20;

  std::string name;
  std::int64_t tableRows = 0;      ///< n of the table itself
  std::vector<std::int64_t> rows;  ///< empty: every row; otherwise the rows of the sample, rising
  base::RowMatrix values;          ///< one row for each of them, d columns

  bool isSample() const { return !rows.empty(); }

  /// Row number in the table of row `i` of `values`.
  std::int64_t tableRow(Eigen::Index i) const {
    return isSample() ? rows[static_cast<std::size_t>(i)] : i;
  }
};

/// An immutable copy of what a run looks like at a step. The sampled rows are the same in every
/// snapshot of a run.
struct Snapshot {
  std::int64_t step = 0;                  ///< steps taken
  std::int64_t epoch = 0;                 ///< whole epochs done
  std::vector<FeatureSnapshot> features;  ///< in the order of the recipe
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// The rows of an n × d table that snapshots show: none (that is, all of them) when n · d ≤
/// kMaxNumbers, otherwise as many evenly spaced rows as fit, at least one.
std::vector<std::int64_t> snapshotRows(std::int64_t tableRows, std::int64_t dimension);

/// A frame of a film as a snapshot.
/// @param like  any snapshot of the same run: names, sampled rows, and the tables that do not
/// change.
SnapshotPtr snapshotOf(const training::Checkpoint& frame, const Snapshot& like);

/// Copies the tables as they are now. Cost: O(numbers copied), at most kMaxNumbers per feature.
SnapshotPtr takeSnapshot(const TrainingTask& task);

}  // namespace embedscope::jobs
