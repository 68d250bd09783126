// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/scene_parts.h"

#include "ui/document/table_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace embedscope::product {

namespace {

constexpr qsizetype kShortLabel = 3;  // characters that a cell of a one-hot has room for

float largestIn(const SceneTerm& term) {
  float largest = 0;
  for (const plots::HeatMapRow& row : term.rows) {
    for (const float value : row.values) {
      largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
    }
  }
  return largest;
}

}  // namespace

QString foldText() {
  return QCoreApplication::translate("Product", "… %1 rows · click to open …\u009c… %1 rows …");
}

QStringList dimensionLabels(std::int64_t d) {
  QStringList labels;
  for (std::int64_t j = 0; j < d; ++j) {
    labels += document::groupedText(j);
  }
  return labels;
}

plots::HeatMapRow lineOf(const QString& label, std::span<const float> values,
                         plots::RowEmphasis emphasis) {
  return {label, std::vector<float>(values.begin(), values.end()), emphasis, {}};
}

SceneTerm tableTerm(const QString& title, const table::EmbeddingTable& table,
                    std::span<const WindowLine> lines, std::span<const std::int64_t> lit) {
  SceneTerm term;
  term.title = title;
  term.what = Term::Table;
  term.columnLabels = dimensionLabels(table.dimension());
  term.scrolls = true;
  term.lines.assign(lines.begin(), lines.end());
  for (const WindowLine& line : lines) {
    if (line.folded) {
      term.rows.push_back(
          plots::HeatMapRow::folded(foldText().arg(document::groupedText(line.to - line.from))));
      continue;
    }
    const bool isLit = std::ranges::find(lit, line.from) != lit.end();
    term.rows.push_back(lineOf(document::labelText(table, line.from), table.row(line.from),
                               isLit ? plots::RowEmphasis::Lit : plots::RowEmphasis::Grey));
  }
  return term;
}

QStringList hotLabels(const table::EmbeddingTable& table, std::span<const WindowLine> lines) {
  QStringList words;
  QStringList numbers;
  bool shortWords = true;
  for (const WindowLine& line : lines) {
    words += line.folded ? QString() : document::labelText(table, line.from);
    numbers += line.folded ? QString() : document::groupedText(line.from);
    shortWords = shortWords && words.back().size() <= kShortLabel;
  }
  return shortWords ? words : numbers;
}

void shareColors(SceneTerm& one, SceneTerm& other) {
  const float largest = std::max(largestIn(one), largestIn(other));
  one.range = largest > 0 ? largest : 1.0F;
  other.range = one.range;
}

}  // namespace embedscope::product
