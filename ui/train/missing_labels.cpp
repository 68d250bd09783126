// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/missing_labels.h"

#include "core/base/error.h"
#include "ui/document/table_text.h"

#include <QCoreApplication>

namespace embedscope::train {

namespace {

QStringList labelsLackedBy(const table::Vocabulary& known, const data::DataTable& table,
                           std::int64_t column) {
  table::Vocabulary lacked;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    const std::string_view label = data::isMissing(cell) ? "(missing)" : cell;
    if (!known.find(label)) {
      lacked.findOrAppend(label);
    }
  }
  QStringList out;
  for (std::int64_t i = 0; i < lacked.size(); ++i) {
    out += document::shownText(lacked.label(i));
  }
  return out;
}

}  // namespace

std::vector<MissingLabels> missingLabels(const data::DataTable& table,
                                         const data::DatasetSelection& selection) {
  std::vector<MissingLabels> out;
  for (const data::DatasetSelection::Categorical& feature : selection.categorical) {
    const auto column = table.findColumn(feature.column);
    if (!column || feature.vocabulary.empty()) {
      continue;
    }
    QStringList labels = labelsLackedBy(feature.vocabulary, table, *column);
    if (!labels.isEmpty()) {
      out.push_back({QString::fromStdString(feature.column), std::move(labels)});
    }
  }
  return out;
}

data::DatasetPtr datasetOrMissing(const data::DataTable& table,
                                  const data::DatasetSelection& selection,
                                  std::vector<MissingLabels>& missing) {
  try {
    return data::makeDataset(table, selection);
  } catch (const base::Error& error) {
    if (error.code() == base::ErrorCode::BadData) {
      missing = missingLabels(table, selection);
    }
    throw;
  }
}

int addMissingLabels(document::Document& document, const std::vector<MissingLabels>& missing) {
  int added = 0;
  document.undoStack().beginMacro(
      QCoreApplication::translate("MissingLabels", "add missing categories"));
  for (const MissingLabels& lack : missing) {
    if (const document::FeaturePtr feature = document.featureNamed(lack.feature)) {
      document::LabelsAdded result = document::withLabels(*feature, lack.labels);
      added += result.added;
      document.changeFeature(std::move(result.feature),
                             QCoreApplication::translate("MissingLabels", "add categories"));
    }
  }
  document.undoStack().endMacro();
  return added;
}

}  // namespace embedscope::train
