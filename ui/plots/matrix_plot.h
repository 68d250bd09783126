// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/plot_widget.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace embedscope::plots {

/// A matrix of any size as colors, zero in the color of the ground; numbers in the cells, and
/// labels beside them, where there is room.
///
/// A pixel on several cells shows their mean, which is told below. The wheel and + − zoom, a drag
/// moves, 0 or F or a double click shows all again. Arrow keys move the current cell, Enter clicks
/// it. For small windows of a matrix, with folds, there is HeatMap.
class MatrixPlot : public PlotWidget {
  Q_OBJECT

 public:
  using Labels = std::function<QString(Eigen::Index)>;

  struct Content {
    std::shared_ptr<const base::RowMatrix> values;  ///< null: nothing is drawn
    Labels rowLabel;
    Labels columnLabel;
    QString valueName;        ///< "cosine"; empty: numbers stand alone
    double full = 1;          ///< the size of number that gets the full color
    bool isSquare = false;    ///< cells are as wide as high, labels of columns stand upright
    bool hasNegative = true;  ///< false: the scale begins at zero
  };

  struct Cell {
    Eigen::Index row = 0;
    Eigen::Index column = 0;

    bool operator==(const Cell&) const = default;
  };

  explicit MatrixPlot(QWidget* parent = nullptr);
  ~MatrixPlot() override;

  /// Shows all of it, unless it has the same shape as before.
  void setContent(Content content);

  const Content& content() const;

  /// A row with a frame (a column, too, where the matrix is square); nothing: none.
  void setMarkedRow(std::optional<Eigen::Index> row);

  /// The cell at a place of the widget; nothing beside them.
  std::optional<Cell> cellAt(QPointF position) const;

  /// Where a cell is drawn, in logical pixels; it may be out of sight.
  QRectF cellRect(Cell cell) const;

  /// How many rows one line of pixels stands for; 1 or less: each has its own.
  double rowsPerPixel() const;

  /// Both labels and the number.
  QString readout(Cell cell) const;

 public slots:
  void fitView();

 signals:
  void cellClicked(qint64 row, qint64 column);

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  class Drawing;

  void zoom(double factor, QPointF center);
  void moveBy(double columns, double rows);
  void point(std::optional<Cell> cell);
  void moveCurrent(int key);

  Drawing* m_drawing;  // owned by the canvas
  std::optional<QPointF> m_pressed;
  QPointF m_dragged;
  bool m_isDrag = false;
};

}  // namespace embedscope::plots
