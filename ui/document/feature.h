// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"
#include "core/table/vocabulary.h"
#include "core/training/recipe.h"
#include "ui/document/ids.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::document {

/// One value of a feature.
struct Category {
  QString label;
  QString note;
  std::int64_t count = 0;  ///< rows of the data it was imported from; 0 when it was typed
  bool frozen = false;     ///< its vector keeps its numbers
  bool padding = false;    ///< its vector gets no gradient; one category of a feature at most

  bool operator==(const Category&) const = default;
};

/// A categorical variable: an ordered list of categories, an embedding size and a start.
///
/// A plain value. The document holds features as shared constants and replaces them whole, so that
/// undo keeps the old value and views can never change one behind the document's back.
struct Feature {
  FeatureId id;
  QString name;
  std::vector<Category> categories;  ///< labels are unique and not empty
  std::int64_t dimension = 2;        ///< ≥ 1
  training::Initialization initialization = training::Initialization::Normal;
  table::TablePtr source;         ///< where the rows come from with Initialization::FromTable
  bool frozen = false;            ///< the whole table keeps its numbers
  std::optional<double> maxNorm;  ///< > 0: vectors looked up are shortened to it
  double normType = 2;            ///< p of that norm, > 0
  bool scaleGradientByFrequency = false;
  training::UnseenRule unseen = training::UnseenRule::OwnRow;

  table::Vocabulary vocabulary() const;

  /// The columns its table has: n with Initialization::Identity when `dimension` says so, the
  /// source's with FromTable, `dimension` otherwise.
  std::int64_t effectiveDimension() const;

  /// The place of the padding category. O(n).
  std::optional<std::size_t> paddingPlace() const;

  /// Rows of each category, zeros where they are not known. O(n).
  std::vector<std::int64_t> counts() const;

  /// True when it starts as a full identity or permuted identity: d = n.
  bool startsAsFullIdentity() const;
};

using FeaturePtr = std::shared_ptr<const Feature>;

/// Why a feature cannot have this label, as a sentence; nothing when it can.
/// @param except  the place of the category that is about to be renamed.
std::optional<QString> labelProblem(const Feature& feature, const QString& label,
                                    std::optional<std::size_t> except = {});

/// Up to so many categories a full identity has a column for each.
constexpr std::int64_t kLargestFullIdentity = 1000;

/// The feature with another start; identities take the size n where they can be full.
/// @param source  only with Initialization::FromTable.
Feature withStart(const Feature& feature, training::Initialization initialization,
                  const table::TablePtr& source = nullptr);

/// The feature with this category as its padding row; nothing: without one.
Feature withPadding(const Feature& feature, std::optional<std::size_t> place);

/// The labels in a pasted or typed text: one a line; or, on a single line, separated by tabs,
/// semicolons or commas. Blanks around labels are dropped, and so are empty ones.
QStringList labelsInText(const QString& text);

/// What adding a list of labels came to.
struct LabelsAdded {
  Feature feature;
  int added = 0;
  QStringList refused;  ///< labels that were there already
};

LabelsAdded withLabels(const Feature& feature, const QStringList& labels);

/// A feature with the categories of a column, in order of first appearance, with their counts.
/// Missing cells become the category "(missing)", as training sees them.
Feature featureFromColumn(const data::DataTable& table, std::int64_t column);

}  // namespace embedscope::document
