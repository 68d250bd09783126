// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "ui/product/row_window.h"
#include "ui/product/scene.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::product {

/// For "%1" rows that are left out, in full and in short, as HeatMapRow::fold takes them.
QString foldText();

/// "0", "1", …, "d − 1".
QStringList dimensionLabels(std::int64_t d);

/// A line of numbers with a label.
plots::HeatMapRow lineOf(const QString& label, std::span<const float> values,
                         plots::RowEmphasis emphasis = plots::RowEmphasis::Normal);

/// The rows of a table on these lines: `lit` ones stand out, the others are grey.
SceneTerm tableTerm(const QString& title, const table::EmbeddingTable& table,
                    std::span<const WindowLine> lines, std::span<const std::int64_t> lit);

/// The names of the columns of a one-hot: labels where they are short, else numbers of rows.
QStringList hotLabels(const table::EmbeddingTable& table, std::span<const WindowLine> lines);

/// Gives equal numbers of two terms the same color.
void shareColors(SceneTerm& one, SceneTerm& other);

/// b one-hot (or multi-hot) rows side by side with the table: a column for each line of the window.
///
/// @param coefficient  of example i and row r.
template <typename Coefficient>
SceneTerm hotTerm(const QString& title, const table::EmbeddingTable& table,
                  std::span<const WindowLine> lines, const QStringList& examples,
                  const Coefficient& coefficient) {
  SceneTerm term;
  term.title = title;
  term.what = Term::OneHot;
  term.columnLabels = hotLabels(table, lines);
  term.range = 1.0F;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].folded) {
      term.foldedColumns.push_back(static_cast<int>(i));
    }
  }
  for (std::size_t example = 0; example < static_cast<std::size_t>(examples.size()); ++example) {
    plots::HeatMapRow row;
    row.label = examples[static_cast<qsizetype>(example)];
    for (const WindowLine& line : lines) {
      row.values.push_back(line.folded ? 0.0F : coefficient(example, line.from));
    }
    term.rows.push_back(std::move(row));
  }
  return term;
}

}  // namespace embedscope::product
