// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/heat_map.h"

#include <qcustomplot.h>

namespace embedscope::plots {

/// Lays out and draws the cells of a HeatMap. Owned by the canvas.
class HeatMapCells : public QCPLayerable {
 public:
  explicit HeatMapCells(QCustomPlot& canvas);

  std::vector<HeatMapRow> rows;
  QStringList columnLabels;
  QString title;
  std::optional<float> range;
  std::optional<HeatMap::Cell> highlightedCell;
  std::optional<int> highlightedColumn;
  std::optional<int> outlinedRow;
  std::vector<int> foldedColumns;
  std::optional<HeatMap::Cell> current;  ///< of the keyboard, shown while focused
  std::optional<HeatMap::Cell> hovered;
  int decimals = -1;
  int largestCell = 56;
  std::optional<int> fixedLabelWidth;
  Theme theme;
  QFont font;

  int columnCount() const { return m_columns; }

  /// To be called after `rows` changed.
  void rowsChanged();

  /// Computes every place for a widget of this size.
  void layoutFor(QSizeF size);

  /// The size at which cells hold their numbers comfortably.
  QSize comfortableSize() const;

  double largestMagnitude() const;

  /// Empty for folds and outside.
  QRectF cellRect(int row, int column) const;

  /// The row at a height, −1 outside; the column at a place, −1 outside of cells.
  int rowAt(double y) const;
  int columnAt(double x) const;

  /// "row D, column 3: −0.25"
  QString describe(const HeatMap::Cell& cell) const;

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
  void draw(QCPPainter* painter) override;

 private:
  QFont smallFont() const;
  QFont numberFont() const;
  int shownDecimals() const;
  QString cellText(float value) const;
  double widestNumber(const QFontMetricsF& metrics) const;
  double labelWidth() const;
  double headHeight() const;
  QColor cellColor(float value, RowEmphasis emphasis) const;
  void drawTitle(QCPPainter& painter) const;
  void drawColumnLabels(QCPPainter& painter) const;
  void drawRow(QCPPainter& painter, std::size_t row) const;
  void drawFold(QCPPainter& painter, const QRectF& line, const QString& text) const;
  void drawNumber(QCPPainter& painter, const QRectF& cell, float value, const QColor& ground,
                  RowEmphasis emphasis) const;
  bool isFolded(std::size_t column) const;
  void drawFrames(QCPPainter& painter) const;

  int m_columns = 0;
  double m_largest = 0;
  bool m_numbersFit = false;
  QSizeF m_size;
  QPointF m_origin;
  double m_cellWidth = 0;
  double m_cellHeight = 0;
  std::vector<double> m_tops;  ///< row i lies between m_tops[i] and m_tops[i + 1]
};

}  // namespace embedscope::plots
