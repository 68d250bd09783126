// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/table/set_operation.h"
#include "ui/explore/color_scheme.h"
#include "ui/explore/computed_column.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <map>
#include <memory>
#include <optional>

class QComboBox;
class QLabel;

namespace embedscope::explore {

class ColorLegend;

/// Chooses what colors the points, a metadata column or something computed, and explains the
/// colors. A category can have a color of its own, which stays with it.
class ColorPanel : public QWidget {
  Q_OBJECT

 public:
  using SchemePtr = std::shared_ptr<const ColorScheme>;

  /// The runner must outlive the panel.
  explicit ColorPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// Colors of categories, by the name of the column.
  using PinsByColumn = std::map<QString, Pins>;

  /// Offers the columns of a table (null: none) and chooses one by name, if it is there.
  void setTable(table::TablePtr table, const QString& column, const PinsByColumn& pins = {});

  /// What some columns are computed from; the colors follow. @param points  null: no picture.
  void setPoints(const std::shared_ptr<const base::RowMatrix>& points);
  void setSelection(const table::RowSet& selection);

  /// Clusters of the rows, by name; null: there are none. New ones become the colors.
  void setClusters(const std::shared_ptr<const table::MetadataColumn>& clusters);

  /// The chosen column; empty: one color for all points.
  QString column() const;

  /// True when the colors tell of every row what it has to do with the selection.
  bool followsSelection() const;

 signals:
  void columnChosen(const QString& column);

  /// Colors of categories of a column were chosen or taken back by hand.
  void pinsChanged(const QString& column, const embedscope::explore::Pins& pins);

  /// The colors of the points of the table; null: one color for all.
  void schemeReady(const std::shared_ptr<const embedscope::explore::ColorScheme>& scheme);

  /// Rows of a part of the legend.
  void rowsPicked(const embedscope::table::RowSet& rows, embedscope::table::SetOperation operation);
  void isolateRequested(const embedscope::table::RowSet& rows);

 private:
  std::optional<ComputedColumn> computedColumn() const;
  void fill();
  void choose();
  void pin(const QString& category, std::optional<QRgb> color);
  void refuseUnknownPin(const ColorScheme& scheme);
  void show(const SchemePtr& scheme);

  ComputedInputs m_inputs;
  std::shared_ptr<const table::MetadataColumn> m_clusters;
  PinsByColumn m_pins;
  QString m_newlyPinned;  ///< a category that may not exist; empty: none
  QComboBox* m_combo;
  QLabel* m_hint;
  ColorLegend* m_legend;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
