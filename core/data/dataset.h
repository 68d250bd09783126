// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/data/data_table.h"
#include "core/table/vocabulary.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::data {

/// Labels of categories that stand for what the data does not name.
inline constexpr std::string_view kMissingLabel = "(missing)";  ///< cells without a value
inline constexpr std::string_view kRareLabel = "(rare)";        ///< categories of few rows, merged
inline constexpr std::string_view kUnknownLabel = "(unknown)";  ///< labels the vocabulary lacks

/// A categorical column as numbers: code i stands for label i of the vocabulary.
struct CategoricalColumn {
  std::string name;
  table::Vocabulary vocabulary;
  std::vector<std::int32_t> codes;   ///< one for each row
  std::vector<std::int64_t> counts;  ///< rows per category
};

enum class TargetKind { Regression, Classification };

struct Target {
  std::string name;
  TargetKind kind = TargetKind::Regression;
  std::vector<double> values;       ///< regression: one for each row
  table::Vocabulary classes;        ///< classification
  std::vector<std::int32_t> codes;  ///< classification: one for each row
};

/// What a model is trained on. Immutable; travels as `shared_ptr<const Dataset>`.
struct Dataset {
  std::int64_t rows = 0;
  std::vector<std::int64_t> tableRows;  ///< which row of the table each is, ascending
  std::vector<CategoricalColumn> categorical;
  std::vector<std::string> numericNames;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>
      numeric;  ///< rows × m, raw
  Target target;
  std::int64_t skippedRows = 0;    ///< rows of the table left out for a missing target or number
  std::vector<std::string> notes;  ///< in words: what was merged into "(rare)" and "(unknown)"
};

using DatasetPtr = std::shared_ptr<const Dataset>;

/// What becomes of a label that the given vocabulary lacks.
enum class UnknownLabels {
  Refuse,  ///< it is an error
  OwnRow,  ///< all of them are one category, "(unknown)"
};

/// Which columns take part, and how.
struct DatasetSelection {
  struct Categorical {
    std::string column;
    /// The feature's own order of categories. Empty: labels in order of first appearance.
    table::Vocabulary vocabulary = {};
    UnknownLabels unknown = UnknownLabels::Refuse;
    /// Categories that have rows, but fewer than this, are merged into "(rare)", behind the
    /// others. 0: none are. "(unknown)" never is.
    std::int64_t rareBelow = 0;
  };

  std::string target;
  std::vector<Categorical> categorical;
  std::vector<std::string> numeric;
  bool classify = false;  ///< the target's texts are classes, also when they are numbers
};

/// Turns text into numbers. A missing cell of a categorical column becomes the category
/// "(missing)"; rows with a missing target or number are left out and counted. Rows per category
/// are counted without those.
///
/// The target is a regression when its column is Number and nothing else is asked, a classification
/// otherwise.
///
/// @throws Error InvalidArgument: unknown column, target among the inputs, nothing to learn from,
///         a numeric column that holds text, a negative number of rows. BadData: a label that the
///         given vocabulary lacks (names it), a target with one class, no usable row.
DatasetPtr makeDataset(const DataTable& table, const DatasetSelection& selection);

}  // namespace embedscope::data
