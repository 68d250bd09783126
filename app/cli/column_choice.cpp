// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/column_choice.h"

#include "app/cli/named_values.h"
#include "core/base/text.h"
#include "core/formats/label_file.h"
#include "core/training/target_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

namespace embedscope::cli {

namespace {

/// A column of more labels than this is an identifier or free text, unless each label has
/// kLeastDefaultRows rows on average.
constexpr std::int64_t kMostDefaultCategories = 1000;
constexpr std::int64_t kLeastDefaultRows = 10;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> columnNames(const data::DataTable& table) {
  std::vector<std::string> names;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    names.push_back(table.columnName(column));
  }
  return names;
}

std::vector<std::string> namesAt(const std::vector<std::size_t>& places,
                                 const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  for (const std::size_t place : places) {
    names.push_back(columns[place]);
  }
  return names;
}

bool looksLikeIdentifier(const data::ColumnSummary& summary, const data::DataTable& table) {
  return summary.distinct > kMostDefaultCategories &&
         summary.distinct > table.rowCount() / kLeastDefaultRows;
}

/// Columns of one kind that nothing else was said about; those in `also` are labels whatever they
/// hold.
std::vector<std::string> defaultColumns(const data::DataTable& table, data::ColumnKind kind,
                                        const std::vector<std::string>& taken,
                                        const std::vector<std::string>& also,
                                        std::vector<std::string>& notes) {
  std::vector<std::string> names;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    const std::string& name = table.columnName(column);
    if (contains(taken, name)) {
      continue;
    }
    if (contains(also, name)) {
      if (kind == data::ColumnKind::Labels) {
        names.push_back(name);
      }
      continue;
    }
    const data::ColumnSummary summary = data::summarize(table, column);
    if (summary.kind != kind || summary.distinct == 0) {
      continue;
    }
    if (kind == data::ColumnKind::Labels && looksLikeIdentifier(summary, table)) {
      notes.push_back(fmt::format(
          "column \"{}\" is left out: {} labels in {} rows look like an identifier or free text; "
          "name it with --categorical to use it",
          name, base::groupedDigits(summary.distinct), base::groupedDigits(table.rowCount())));
      continue;
    }
    names.push_back(name);
  }
  return names;
}

data::UnknownLabels unknownRule(const std::string& name) {
  if (name == "refuse") {
    return data::UnknownLabels::Refuse;
  }
  if (name == "own-row") {
    return data::UnknownLabels::OwnRow;
  }
  refuse(fmt::format("--unknown: there is no rule \"{}\"; choose refuse or own-row", name));
}

table::Vocabulary vocabularyIn(const std::string& file) {
  table::Vocabulary labels(formats::readLabelList(file));
  if (labels.empty()) {
    refuse(fmt::format("--vocabulary: {} holds no label", file));
  }
  if (labels.duplicateCount() > 0) {
    refuse(fmt::format("--vocabulary: {} repeats {} of its labels; each category has one row", file,
                       base::groupedDigits(labels.duplicateCount())));
  }
  return labels;
}

void setCategoryRules(const TrainingOptions& options, const std::vector<std::string>& names,
                      std::vector<data::DatasetSelection::Categorical>& columns) {
  using Categorical = data::DatasetSelection::Categorical;
  setEach(columns, namedValues(options.rareBelow, names, "--rare-below"),
          [](Categorical& column, const std::string& value) {
            column.rareBelow = wholeNumber(value, "--rare-below");
          });
  setEach(
      columns, namedTexts(options.vocabularies, names, "--vocabulary"),
      [](Categorical& column, const std::string& file) { column.vocabulary = vocabularyIn(file); });
  setEach(columns, namedValues(options.unknown, names, "--unknown"),
          [](Categorical& column, const std::string& rule) { column.unknown = unknownRule(rule); });
}

}  // namespace

ColumnChoice chooseColumns(const TrainingOptions& options, const data::DataTable& table) {
  const std::vector<std::string> columns = columnNames(table);
  if (!contains(columns, options.target)) {
    refuse(fmt::format("--target: there is no column \"{}\"", options.target));
  }
  ColumnChoice choice;
  std::vector<std::string> categorical =
      namesAt(namedColumns(options.categorical, columns, "--categorical"), columns);
  std::vector<std::string> numeric =
      namesAt(namedColumns(options.numeric, columns, "--numeric"), columns);
  const std::vector<std::string> also =
      namesAt(namedColumns(options.alsoCategorical, columns, "--column"), columns);
  std::erase_if(numeric, [&](const std::string& name) { return contains(also, name); });
  std::vector<std::string> taken = {options.target};
  taken.insert(taken.end(), categorical.begin(), categorical.end());
  taken.insert(taken.end(), numeric.begin(), numeric.end());
  if (options.categorical.empty()) {
    categorical = defaultColumns(table, data::ColumnKind::Labels, taken, also, choice.notes);
  }
  if (options.numeric.empty() && !options.noNumeric) {
    numeric = defaultColumns(table, data::ColumnKind::Number, taken, also, choice.notes);
  }
  std::copy_if(also.begin(), also.end(), std::back_inserter(categorical),
               [&](const std::string& name) { return !contains(categorical, name); });
  choice.selection.target = options.target;
  for (const std::string& name : categorical) {
    choice.selection.categorical.push_back({name});
  }
  choice.selection.numeric = numeric;
  const std::optional<training::LossKind> loss = training::lossFromName(options.loss);
  choice.selection.classify = loss && training::fitsTarget(*loss, data::TargetKind::Classification);
  setCategoryRules(options, categorical, choice.selection.categorical);
  return choice;
}

}  // namespace embedscope::cli
