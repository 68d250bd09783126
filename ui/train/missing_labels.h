// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"
#include "core/data/dataset.h"
#include "ui/document/document.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace embedscope::train {

/// Labels that the data has and a feature lacks.
struct MissingLabels {
  QString feature;
  QStringList labels;  ///< in order of first appearance
};

/// Compares every selected categorical column with its feature's vocabulary.
///
/// @return one entry for each feature that lacks something. Cost: one pass over these columns.
std::vector<MissingLabels> missingLabels(const data::DataTable& table,
                                         const data::DatasetSelection& selection);

/// The data set of a selection. @throws what data::makeDataset throws; labels that features lack
/// are then listed in `missing`.
data::DatasetPtr datasetOrMissing(const data::DataTable& table,
                                  const data::DatasetSelection& selection,
                                  std::vector<MissingLabels>& missing);

/// Gives the features what they lack, as one undo step. @return how many categories were added.
int addMissingLabels(document::Document& document, const std::vector<MissingLabels>& missing);

}  // namespace embedscope::train
