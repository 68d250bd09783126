// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/heat_map.h"
#include "ui/product/row_window.h"
#include "ui/product/term.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace embedscope::product {

/// One matrix of a scene.
struct SceneTerm {
  QString before;  ///< the operator in front of it: "×", "="; empty for the first
  QString title;   ///< "table 5 × 3"
  Term what = Term::Result;
  std::vector<plots::HeatMapRow> rows;  ///< with all columns
  QStringList columnLabels;
  std::vector<int> foldedColumns{};
  std::vector<WindowLine> lines{};  ///< which rows of a table these are; empty: not those of one
  /// Its columns are the dimensions of the table: as many as fit are shown, in all such terms the
  /// same ones.
  bool scrolls = false;
  std::optional<float> range{};  ///< of the colors; nothing: the largest number
  std::optional<plots::HeatMap::Cell> lit{};
  std::optional<int> outlinedRow{};
};

/// One picture of a series: matrices in a line, as on a blackboard, and words under them. A plain
/// value.
struct Scene {
  QString words;   ///< what happens, for everybody and for screen readers
  QString detail;  ///< the numbers or the formula behind it
  std::vector<SceneTerm> terms;
};

}  // namespace embedscope::product
