// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace embedscope::plots {

class HeatMapCells;

enum class RowEmphasis {
  Normal,
  Lit,   ///< the row that matters now: full color, bold label, a frame
  Grey,  ///< present, but without a part in the result: dimmed
};

/// One line of a heat map: numbers, or a fold that stands for rows left out.
struct HeatMapRow {
  QString label;
  std::vector<float> values;  ///< one per column; NaN is drawn as an empty cell
  RowEmphasis emphasis = RowEmphasis::Normal;

  /// Not empty: this text instead of cells, e.g. "… 49,990 rows of zeros …". Of several ones,
  /// longest first and parted by U+009C, the first that fits; in saved pictures the last.
  QString fold;

  static HeatMapRow folded(QString text) { return {{}, {}, RowEmphasis::Normal, std::move(text)}; }
};

/// A window of a matrix as colored cells with their numbers, as far as they fit.
///
/// Zero has the color of the ground; negative and positive numbers run to two colors. Give several
/// heat maps the same `setRange` to make their colors comparable. Arrow keys move the current cell,
/// Enter clicks it.
class HeatMap : public PlotWidget {
  Q_OBJECT

 public:
  struct Cell {
    int row = 0;     ///< index into the rows given, folds included
    int column = 0;  ///< 0 ≤ column < columnCount()

    bool operator==(const Cell&) const = default;
  };

  explicit HeatMap(QWidget* parent = nullptr);
  ~HeatMap() override;

  void setRows(std::vector<HeatMapRow> rows);
  const std::vector<HeatMapRow>& rows() const;
  int rowCount() const;
  int columnCount() const;

  /// Above the columns; empty or fewer than columns: the others have none.
  void setColumnLabels(const QStringList& labels);

  /// Above everything, e.g. "table 5 × 3".
  void setTitle(const QString& title);

  /// The size of number that gets the full color. Nothing: the largest one shown.
  void setRange(std::optional<float> largest);

  /// The largest finite |value| shown; 0 when there is none. For a range shared by several maps.
  float largestMagnitude() const;

  /// One cell with a strong frame; nothing: none.
  void setHighlightedCell(std::optional<Cell> cell);

  /// A column with a frame; nothing: none.
  void setHighlightedColumn(std::optional<int> column);

  /// A row (folds included) with a frame; nothing: none.
  void setOutlinedRow(std::optional<int> row);

  /// Columns that stand for many left out: drawn as "…" in every row.
  void setFoldedColumns(std::vector<int> columns);

  /// Digits after the point in cells; −1 (at first): as few as tell the numbers apart, at most 3.
  void setDecimals(int decimals);

  /// Largest side of a cell in logical pixels, so that small matrices do not look blown up.
  /// 56 at first.
  void setLargestCell(int pixels);

  /// Room for the labels of rows in logical pixels; longer ones end in "…". Nothing (at first): as
  /// much as the longest needs, at most two fifths of the width.
  void setLabelWidth(std::optional<int> pixels);

  /// Where a cell is drawn, in logical pixels of the widget; empty for folds and outside.
  QRectF cellRect(int row, int column) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  /// A click (or Enter) on a cell; `row` counts the rows given, folds included.
  void cellClicked(int row, int column);

  /// A click on a row: on a cell, its label or a fold.
  void rowClicked(int row);

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void refresh();
  void click(Cell cell);

  HeatMapCells* m_cells;  // owned by the canvas
};

}  // namespace embedscope::plots
