// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/matrix_plot.h"

#include <qcustomplot.h>

namespace embedscope::plots {

/// Lays out and draws a MatrixPlot. Owned by the canvas.
class MatrixPlot::Drawing : public QCPLayerable {
 public:
  explicit Drawing(QCustomPlot& canvas);

  Content content;
  QRectF view;  ///< the part shown, in cells
  std::optional<Eigen::Index> markedRow;
  std::optional<Cell> pointed;
  Theme theme;
  QFont font;

  Eigen::Index rowCount() const { return content.values ? content.values->rows() : 0; }

  Eigen::Index columnCount() const { return content.values ? content.values->cols() : 0; }

  bool isEmpty() const { return rowCount() == 0 || columnCount() == 0; }

  /// Keeps the view inside the matrix and, where it is square, in the shape of the room.
  void tidyView();

  void layoutFor(QSizeF size);

  /// Forgets the image: numbers or colors are others.
  void changed() { m_image = {}; }

  /// Where the cells are.
  const QRectF& area() const { return m_area; }

  QPointF cellsAt(QPointF pixel) const;
  QRectF pixelsOf(const QRectF& cells) const;

  double rowsPerPixel() const { return m_area.height() > 0 ? view.height() / m_area.height() : 0; }

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
  void draw(QCPPainter* painter) override;

 private:
  struct ImageKey {
    QRectF view;
    QSize size;
    bool isDark = false;

    bool operator==(const ImageKey&) const = default;
  };

  QFont smallFont() const;
  double rowLabelWidth() const;
  double columnLabelHeight() const;
  double footHeight() const;
  void drawCells(QCPPainter& painter);
  void drawNumbers(QCPPainter& painter) const;
  void drawRowLabels(QCPPainter& painter) const;
  void drawColumnLabels(QCPPainter& painter) const;
  void drawMarks(QCPPainter& painter) const;
  void drawFoot(QCPPainter& painter) const;
  QString footText() const;

  QSizeF m_size;
  QRectF m_area;
  QImage m_image;
  ImageKey m_imageKey;
};

}  // namespace embedscope::plots
