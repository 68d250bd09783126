// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/matrix_drawing.h"

#include "core/base/text.h"
#include "ui/plots/matrix_picture.h"
#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"
#include "ui/plots/palette.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kMargin = 8;
constexpr double kLabelGap = 6;
constexpr double kWidestLabel = 0.3;  // of the width
constexpr double kUprightRoom = 0.3;  // of the height, for labels above the columns
constexpr int kLabelsTried = 200;
constexpr double kScaleWidth = 120;
constexpr double kScaleHeight = 8;
constexpr int kDecimals = 2;
constexpr double kSmallestView = 2;  // cells

QString grouped(std::int64_t value) {
  return QString::fromStdString(base::groupedDigits(value));
}

/// Every how many cells a label fits.
Eigen::Index labelStep(double cellSize, double labelSize) {
  return std::max<Eigen::Index>(
      1, static_cast<Eigen::Index>(std::ceil(labelSize / std::max(cellSize, 1e-9))));
}

}  // namespace

MatrixPlot::Drawing::Drawing(QCustomPlot& canvas) : QCPLayerable(&canvas, QStringLiteral("main")) {}

void MatrixPlot::Drawing::applyDefaultAntialiasingHint(QCPPainter* painter) const {
  painter->setAntialiasing(false);
}

QFont MatrixPlot::Drawing::smallFont() const {
  QFont small = font;
  small.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.9));
  return small;
}

/// As much as the longest of some labels needs, within bounds.
double MatrixPlot::Drawing::rowLabelWidth() const {
  if (!content.rowLabel) {
    return 0;
  }
  const QFontMetricsF metrics(smallFont());
  const double most = std::min(m_size.width() * kWidestLabel, 200.0);
  const Eigen::Index step = std::max<Eigen::Index>(1, rowCount() / kLabelsTried);
  double widest = 0;
  for (Eigen::Index row = 0; row < rowCount() && widest < most; row += step) {
    widest = std::max(widest, metrics.horizontalAdvance(content.rowLabel(row)));
  }
  return std::min(widest, most) + kLabelGap;
}

double MatrixPlot::Drawing::columnLabelHeight() const {
  const double line = QFontMetricsF(smallFont()).height();
  if (!content.columnLabel) {
    return 0;
  }
  return content.isSquare
             ? std::min({rowLabelWidth(), m_size.height() * kUprightRoom, 96.0}) + kLabelGap
             : line + 4;
}

double MatrixPlot::Drawing::footHeight() const {
  return QFontMetricsF(smallFont()).height() + 6;
}

void MatrixPlot::Drawing::layoutFor(QSizeF size) {
  m_size = size;
  const double left = kMargin + rowLabelWidth();
  const double top = kMargin + columnLabelHeight();
  m_area = QRectF(std::ceil(left), std::ceil(top),
                  std::max(1.0, std::floor(size.width() - left - kMargin)),
                  std::max(1.0, std::floor(size.height() - top - kMargin - footHeight())));
  if (content.isSquare) {
    const double side = std::min(m_area.width(), m_area.height());
    m_area.translate(std::floor((m_area.width() - side) / 2), 0);
    m_area.setSize({side, side});
  }
  tidyView();
}

void MatrixPlot::Drawing::tidyView() {
  const auto columns = static_cast<double>(columnCount());
  const auto rows = static_cast<double>(rowCount());
  double width = std::clamp(view.width(), std::min(kSmallestView, columns), columns);
  double height = std::clamp(view.height(), std::min(kSmallestView, rows), rows);
  if (content.isSquare) {
    width = height = std::min(width, height);
  }
  view = QRectF(std::clamp(view.left(), 0.0, columns - width),
                std::clamp(view.top(), 0.0, rows - height), width, height);
}

QPointF MatrixPlot::Drawing::cellsAt(QPointF pixel) const {
  return {view.left() + (pixel.x() - m_area.left()) / m_area.width() * view.width(),
          view.top() + (pixel.y() - m_area.top()) / m_area.height() * view.height()};
}

QRectF MatrixPlot::Drawing::pixelsOf(const QRectF& cells) const {
  const double width = m_area.width() / view.width();
  const double height = m_area.height() / view.height();
  return {m_area.left() + (cells.left() - view.left()) * width,
          m_area.top() + (cells.top() - view.top()) * height, cells.width() * width,
          cells.height() * height};
}

void MatrixPlot::Drawing::draw(QCPPainter* painter) {
  if (isEmpty()) {
    return;
  }
  drawCells(*painter);
  painter->setFont(smallFont());
  drawNumbers(*painter);
  drawMarks(*painter);
  drawRowLabels(*painter);
  drawColumnLabels(*painter);
  drawFoot(*painter);
}

void MatrixPlot::Drawing::drawCells(QCPPainter& painter) {
  const double ratio = painter.device()->devicePixelRatioF();
  const QSize size = (m_area.size() * ratio).toSize().expandedTo({1, 1});
  const ImageKey key{view, size, theme.isDark};
  if (m_image.isNull() || key != m_imageKey) {
    m_image = matrixPicture(*content.values, view, size, content.full, theme.isDark);
    m_imageKey = key;
  }
  painter.drawImage(m_area, m_image);
}

void MatrixPlot::Drawing::drawNumbers(QCPPainter& painter) const {
  const QFontMetricsF metrics(smallFont());
  const QSizeF cell(m_area.width() / view.width(), m_area.height() / view.height());
  const QString widest = numberText(-content.full, kDecimals);
  if (cell.width() < metrics.horizontalAdvance(widest) + 6 || cell.height() < metrics.height()) {
    return;
  }
  painter.save();
  painter.setClipRect(m_area);
  const Eigen::Index lastRow =
      std::min(rowCount(), static_cast<Eigen::Index>(std::ceil(view.bottom())));
  const Eigen::Index lastColumn =
      std::min(columnCount(), static_cast<Eigen::Index>(std::ceil(view.right())));
  for (auto row = static_cast<Eigen::Index>(view.top()); row < lastRow; ++row) {
    for (auto column = static_cast<Eigen::Index>(view.left()); column < lastColumn; ++column) {
      const auto value = static_cast<double>((*content.values)(row, column));
      const QColor ground =
          std::isfinite(value) ? diverging(value / content.full, theme.isDark) : theme.base;
      painter.setPen(inkOn(ground));
      painter.drawText(pixelsOf({static_cast<double>(column), static_cast<double>(row), 1, 1}),
                       Qt::AlignCenter, numberText(value, kDecimals));
    }
  }
  painter.restore();
}

void MatrixPlot::Drawing::drawRowLabels(QCPPainter& painter) const {
  if (!content.rowLabel) {
    return;
  }
  const QFontMetricsF metrics(smallFont());
  const double height = m_area.height() / view.height();
  const Eigen::Index step = labelStep(height, metrics.height());
  const double width = m_area.left() - kMargin - kLabelGap;
  for (auto row = static_cast<Eigen::Index>(std::ceil(view.top()));
       static_cast<double>(row) < view.bottom(); row += step) {
    const QRectF line = pixelsOf({view.left(), static_cast<double>(row), 1, 1});
    const double middle = step == 1 ? line.center().y() : line.top() + metrics.height() / 2;
    if (middle + metrics.height() / 2 > m_area.bottom() + 3) {
      break;
    }
    painter.setPen(markedRow == row ? theme.selection : theme.text);
    painter.drawText(QRectF(m_area.left() - kLabelGap - width, middle - metrics.height() / 2, width,
                            metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(content.rowLabel(row), Qt::ElideRight, width));
  }
}

void MatrixPlot::Drawing::drawColumnLabels(QCPPainter& painter) const {
  if (!content.columnLabel) {
    return;
  }
  const QFontMetricsF metrics(smallFont());
  const double cell = m_area.width() / view.width();
  const double need =
      content.isSquare
          ? metrics.height()
          : metrics.horizontalAdvance(content.columnLabel(columnCount() - 1)) + 2 * kLabelGap;
  const Eigen::Index step = labelStep(cell, need);
  const double room = m_area.top() - kMargin - kLabelGap;
  for (auto column = static_cast<Eigen::Index>(std::ceil(view.left()));
       static_cast<double>(column) < view.right(); column += step) {
    const QRectF place = pixelsOf({static_cast<double>(column), view.top(), 1, 1});
    const double middle =
        step == 1 || !content.isSquare ? place.center().x() : place.left() + metrics.height() / 2;
    painter.setPen(content.isSquare && markedRow == column ? theme.selection : theme.mutedText);
    if (content.isSquare) {
      if (middle + metrics.height() / 2 > m_area.right() + 3) {
        break;
      }
      painter.save();
      painter.translate(middle, m_area.top() - kLabelGap);
      painter.rotate(-90);
      painter.drawText(QRectF(0, -metrics.height() / 2, room, metrics.height()),
                       Qt::AlignLeft | Qt::AlignVCenter,
                       metrics.elidedText(content.columnLabel(column), Qt::ElideRight, room));
      painter.restore();
    } else {
      painter.drawText(
          QRectF(middle - need, m_area.top() - metrics.height() - 2, 2 * need, metrics.height()),
          Qt::AlignCenter, content.columnLabel(column));
    }
  }
}

void MatrixPlot::Drawing::drawMarks(QCPPainter& painter) const {
  if (!markedRow) {
    return;
  }
  painter.save();
  painter.setClipRect(m_area.adjusted(-1, -1, 1, 1));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.selection, 1));
  const auto at = static_cast<double>(*markedRow);
  const auto frame = [&](const QRectF& cells) {
    QRectF pixels = pixelsOf(cells);
    if (pixels.height() < 3) {
      pixels.adjust(0, -1, 0, 1);
    }
    painter.drawRect(pixels.adjusted(0, 0, -1, -1));
  };
  frame({0, at, static_cast<double>(columnCount()), 1});
  if (content.isSquare) {
    frame({at, 0, 1, static_cast<double>(rowCount())});
  }
  painter.restore();
}

QString MatrixPlot::Drawing::footText() const {
  QString text = QStringLiteral("%1 × %2").arg(grouped(rowCount()), grouped(columnCount()));
  const double perLine = view.height() / m_area.height();
  const double perColumn = view.width() / m_area.width();
  const auto about = [](double number) { return tickText(std::round(number * 10) / 10); };
  if (perLine > 1 && perColumn <= 1) {
    text += MatrixPlot::tr(" · a line is the mean of about %1 rows").arg(about(perLine));
  } else if (perColumn > 1) {
    text += MatrixPlot::tr(" · a pixel is the mean of about %1 cells")
                .arg(about(std::max(1.0, perLine) * perColumn));
  }
  return text;
}

/// The scale on the right, words on the left.
void MatrixPlot::Drawing::drawFoot(QCPPainter& painter) const {
  const QFontMetricsF metrics(smallFont());
  const double top = m_size.height() - kMargin - metrics.height();
  const QString high = shortNumberText(content.full);
  const QString low = content.hasNegative ? shortNumberText(-content.full) : QStringLiteral("0");
  const double lowWidth = metrics.horizontalAdvance(low);
  const double highWidth = metrics.horizontalAdvance(high);
  const QString name =
      content.valueName.isEmpty() ? QString() : content.valueName + QStringLiteral("  ");
  const double nameWidth = metrics.horizontalAdvance(name);
  const double width = nameWidth + lowWidth + kScaleWidth + highWidth + 2 * kLabelGap;
  double x = m_size.width() - kMargin - width;
  const auto word = [&](const QString& text, double advance) {
    painter.drawText(QRectF(x, top, advance + 1, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
    x += advance;
  };
  painter.setPen(theme.mutedText);
  word(name, nameWidth);
  word(low, lowWidth);
  x += kLabelGap;
  const double begin = content.hasNegative ? -1 : 0;
  for (int i = 0; i < static_cast<int>(kScaleWidth); ++i) {
    const double t = begin + (1 - begin) * i / (kScaleWidth - 1);
    painter.fillRect(QRectF(x + i, top + (metrics.height() - kScaleHeight) / 2, 1, kScaleHeight),
                     diverging(t, theme.isDark));
  }
  x += kScaleWidth + kLabelGap;
  word(high, highWidth);
  const double room = m_size.width() - 2 * kMargin - width - 2 * kLabelGap;
  painter.drawText(QRectF(kMargin, top, room, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(footText(), Qt::ElideRight, room));
}

}  // namespace embedscope::plots
