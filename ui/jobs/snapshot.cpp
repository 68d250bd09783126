// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/snapshot.h"

#include "ui/jobs/training_task.h"

#include <algorithm>

namespace embedscope::jobs {

namespace {

FeatureSnapshot copyFeature(const std::string& name, const base::RowMatrix& table) {
  FeatureSnapshot copy;
  copy.name = name;
  copy.tableRows = table.rows();
  copy.rows = snapshotRows(table.rows(), table.cols());
  if (!copy.isSample()) {
    copy.values = table;
    return copy;
  }
  copy.values.resize(static_cast<Eigen::Index>(copy.rows.size()), table.cols());
  for (Eigen::Index i = 0; i < copy.values.rows(); ++i) {
    copy.values.row(i) = table.row(copy.tableRow(i));
  }
  return copy;
}

}  // namespace

std::vector<std::int64_t> snapshotRows(std::int64_t tableRows, std::int64_t dimension) {
  const std::int64_t fitting = std::max<std::int64_t>(
      1, FeatureSnapshot::kMaxNumbers / std::max<std::int64_t>(1, dimension));
  if (tableRows <= fitting) {
    return {};
  }
  std::vector<std::int64_t> rows(static_cast<std::size_t>(fitting));
  for (std::int64_t i = 0; i < fitting; ++i) {
    rows[static_cast<std::size_t>(i)] = i * tableRows / fitting;
  }
  return rows;
}

SnapshotPtr snapshotOf(const training::Checkpoint& frame, const Snapshot& like) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->step = frame.step;
  snapshot->epoch = static_cast<std::int64_t>(frame.epochs.size());
  snapshot->features.reserve(like.features.size());
  for (std::size_t i = 0; i < like.features.size(); ++i) {
    const base::RowMatrix& table = frame.numbers.tables[i];
    snapshot->features.push_back(table.size() == 0 ? like.features[i]
                                                   : copyFeature(like.features[i].name, table));
  }
  return snapshot;
}

SnapshotPtr takeSnapshot(const TrainingTask& task) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->step = task.step();
  snapshot->epoch = static_cast<std::int64_t>(task.epochs().size());
  const auto& features = task.recipe().features;
  snapshot->features.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    snapshot->features.push_back(copyFeature(features[i].name, task.tableValues(i)));
  }
  return snapshot;
}

}  // namespace embedscope::jobs
