// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"
#include "core/table/metadata.h"
#include "ui/plots/own_colors.h"

#include <QRgb>
#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// Colors that a person gave to categories of a column, by the names of the categories.
using Pins = std::map<QString, QRgb>;

/// How a metadata column becomes the colors of points.
struct ColorScheme {
  /// In `marks`, of rows of values past the last mark, and of rows without a value.
  static constexpr int kOthers = -1;
  static constexpr int kMissing = -2;

  enum class Kind {
    Categories,  ///< one mark per value, the most frequent values first
    Numbers,     ///< viridis from the least to the greatest
    Colors,      ///< the values are colors themselves, "#rrggbb"
  };

  struct Entry {
    QString name;
    std::int64_t count = 0;
    std::optional<QRgb> pinned = {};  ///< its color, where that is not the one of its mark
  };

  Kind kind = Kind::Categories;
  std::vector<int> marks;  ///< Categories: for each row, its place in `entries`, or one of those
  std::vector<Entry> entries;   ///< Categories: those with a mark of their own, then those with a
                                ///< pinned color alone
  std::int64_t others = 0;      ///< Categories: rows of values that are no entry
  std::vector<QRgb> colors;     ///< Numbers, Colors: for each row
  std::vector<double> numbers;  ///< Numbers: for each row; NaN where there is none
  double least = 0;             ///< Numbers
  double greatest = 0;          ///< Numbers
  std::int64_t missing = 0;     ///< rows without a value; drawn grey
};

/// Decides what a column is: colors when every value is "#rrggbb"; numbers when every value is a
/// finite number and there are more than eight different ones; categories otherwise.
///
/// @param pins  of categories of the column; other names do no harm.
/// @return the scheme; what it is worth when stopped is not defined. Cost O(n), expected.
ColorScheme colorScheme(const table::MetadataColumn& column, const base::TaskContext& context = {},
                        const Pins& pins = {});

/// The pinned colors of the entries, as plots take them.
plots::OwnColors ownColors(const ColorScheme& scheme);

/// Every value a category, also where all are numbers: names of classes. Otherwise as colorScheme.
ColorScheme categoryScheme(const table::MetadataColumn& column,
                           const base::TaskContext& context = {}, const Pins& pins = {});

/// Stands for the labels where metadata columns have their names.
inline const QString kLabelColumn = QStringLiteral("\u0001label");

/// What the rows of a table are colored by at first: the first metadata column that holds colors
/// ("#rrggbb") in its first rows, or else the labels where they are the names of a few classes.
/// Empty: nothing.
QString usualColorColumn(const table::EmbeddingTable& table);

/// A scale over numbers, one for each row; NaN and infinity stand for a missing one. Cost O(n).
ColorScheme colorScheme(const std::vector<double>& numbers);

}  // namespace embedscope::explore
