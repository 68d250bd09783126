// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heat_map_cells.h"

#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"
#include "ui/plots/palette.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kMargin = 8;
constexpr double kLabelGap = 8;
constexpr double kNumberPadding = 4;
constexpr double kWidthToHeight = 2.0;  // cells may grow this much wider than high
constexpr double kSmallestCell = 2;
constexpr int kMostDecimals = 3;
constexpr QChar kVariant(
    0x9C);  // parts the texts of a fold, as QFontMetrics::elidedText takes them

}  // namespace

HeatMapCells::HeatMapCells(QCustomPlot& canvas) : QCPLayerable(&canvas, QStringLiteral("main")) {}

void HeatMapCells::applyDefaultAntialiasingHint(QCPPainter* painter) const {
  painter->setAntialiasing(false);
}

void HeatMapCells::rowsChanged() {
  m_columns = 0;
  m_largest = 0;
  for (const HeatMapRow& row : rows) {
    m_columns = std::max(m_columns, static_cast<int>(row.values.size()));
    for (const float value : row.values) {
      if (std::isfinite(value)) {
        m_largest = std::max(m_largest, std::abs(static_cast<double>(value)));
      }
    }
  }
}

double HeatMapCells::largestMagnitude() const {
  return m_largest;
}

QFont HeatMapCells::smallFont() const {
  QFont small = font;
  small.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.9));
  return small;
}

QFont HeatMapCells::numberFont() const {
  return smallFont();
}

int HeatMapCells::shownDecimals() const {
  if (decimals >= 0) {
    return decimals;
  }
  for (int digits = 0; digits < kMostDecimals; ++digits) {
    const double unit = std::pow(10.0, digits);
    const bool enough = std::all_of(rows.begin(), rows.end(), [unit](const HeatMapRow& row) {
      return std::all_of(row.values.begin(), row.values.end(), [unit](float value) {
        const double scaled = static_cast<double>(value) * unit;
        return !std::isfinite(scaled) || std::abs(scaled - std::round(scaled)) < 1e-4 * unit;
      });
    });
    if (enough) {
      return digits;
    }
  }
  return m_largest >= 100 ? 1 : m_largest >= 10 ? 2 : kMostDecimals;
}

QString HeatMapCells::cellText(float value) const {
  return numberText(static_cast<double>(value), shownDecimals());
}

double HeatMapCells::widestNumber(const QFontMetricsF& metrics) const {
  const QString widest = numberText(-std::max(m_largest, 1.0), shownDecimals());
  return metrics.horizontalAdvance(widest) + 2 * kNumberPadding;
}

double HeatMapCells::labelWidth() const {
  QFont bold = smallFont();
  bold.setBold(true);
  const QFontMetricsF metrics(bold);
  double widest = 0;
  for (const HeatMapRow& row : rows) {
    widest = std::max(widest, metrics.horizontalAdvance(row.label));
  }
  return widest > 0 ? widest + kLabelGap : 0;
}

double HeatMapCells::headHeight() const {
  const double line = QFontMetricsF(font).height();
  return (title.isEmpty() ? 0 : line + 8) + (columnLabels.isEmpty() ? 0 : line + 2);
}

QSize HeatMapCells::comfortableSize() const {
  const QFontMetricsF metrics(numberFont());
  const double cell = std::max(metrics.height() + 8, 24.0);
  const double width =
      std::max(static_cast<double>(m_columns) * std::max(cell, widestNumber(metrics)),
               QFontMetricsF(font).horizontalAdvance(title));
  const double height = static_cast<double>(rows.size()) * cell;
  return {static_cast<int>(2 * kMargin + labelWidth() + width + 1),
          static_cast<int>(2 * kMargin + headHeight() + height + 1)};
}

void HeatMapCells::layoutFor(QSizeF size) {
  m_size = size;
  const double label =
      fixedLabelWidth ? *fixedLabelWidth : std::min(labelWidth(), size.width() * 0.4);
  const double head = headHeight();
  const QFontMetricsF metrics(numberFont());
  const double width = std::max(1.0, size.width() - 2 * kMargin - label);
  const double height = std::max(1.0, size.height() - 2 * kMargin - head);
  const auto foldCount = static_cast<double>(
      std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.fold.isEmpty(); }));
  const double cellRows = std::max(1.0, static_cast<double>(rows.size()) - foldCount);
  const double foldHeight = std::min(metrics.height() + 6, height / (cellRows + foldCount));
  const double columns = std::max(1, m_columns);
  const double limit = largestCell;
  m_cellHeight = std::clamp((height - foldCount * foldHeight) / cellRows, kSmallestCell, limit);
  m_cellWidth = std::clamp(width / columns, kSmallestCell,
                           std::max(limit, std::min(widestNumber(metrics), 2 * limit)));
  // Square unless numbers need the width or the height is short.
  const double wanted = std::max(m_cellHeight, widestNumber(metrics));
  m_cellWidth = std::min(m_cellWidth, std::max(wanted, kSmallestCell));
  m_cellHeight = std::min(m_cellHeight, std::max(m_cellWidth, metrics.height() + 4));
  m_numbersFit = m_cellWidth >= widestNumber(metrics) && m_cellHeight >= metrics.height();
  if (m_cellWidth >= 4) {
    m_cellWidth = std::floor(m_cellWidth);
  }
  if (m_cellHeight >= 4) {
    m_cellHeight = std::floor(m_cellHeight);
  }
  const double bodyHeight = (cellRows)*m_cellHeight + foldCount * foldHeight;
  m_origin =
      QPointF(std::floor(kMargin + label + std::max(0.0, (width - columns * m_cellWidth) / 2)),
              std::floor(kMargin + head + std::max(0.0, (height - bodyHeight) / 2)));
  m_tops.assign(1, m_origin.y());
  for (const HeatMapRow& row : rows) {
    m_tops.push_back(m_tops.back() + (row.fold.isEmpty() ? m_cellHeight : std::floor(foldHeight)));
  }
}

QRectF HeatMapCells::cellRect(int row, int column) const {
  if (row < 0 || column < 0 || static_cast<std::size_t>(row) + 1 >= m_tops.size() ||
      static_cast<std::size_t>(column) >= rows[static_cast<std::size_t>(row)].values.size()) {
    return {};
  }
  const double top = m_tops[static_cast<std::size_t>(row)];
  return {m_origin.x() + column * m_cellWidth, top, m_cellWidth,
          m_tops[static_cast<std::size_t>(row) + 1] - top};
}

int HeatMapCells::rowAt(double y) const {
  if (m_tops.empty() || y < m_tops.front() || y >= m_tops.back()) {
    return -1;
  }
  return static_cast<int>(std::upper_bound(m_tops.begin(), m_tops.end(), y) - m_tops.begin()) - 1;
}

int HeatMapCells::columnAt(double x) const {
  const double column = std::floor((x - m_origin.x()) / std::max(m_cellWidth, 1e-9));
  return column >= 0 && column < m_columns ? static_cast<int>(column) : -1;
}

QString HeatMapCells::describe(const HeatMap::Cell& cell) const {
  const HeatMapRow& row = rows[static_cast<std::size_t>(cell.row)];
  if (!row.fold.isEmpty()) {
    return row.fold.section(kVariant, 0, 0);
  }
  if (cell.column < 0 || static_cast<std::size_t>(cell.column) >= row.values.size()) {
    return row.label;
  }
  const QString column =
      cell.column < columnLabels.size() ? columnLabels[cell.column] : QString::number(cell.column);
  const double value = static_cast<double>(row.values[static_cast<std::size_t>(cell.column)]);
  const QString place = row.label.isEmpty() ? column : row.label + QStringLiteral(", ") + column;
  return place + QStringLiteral(":  ") + shortNumberText(value);
}

QColor HeatMapCells::cellColor(float value, RowEmphasis emphasis) const {
  const double full = range ? static_cast<double>(*range) : m_largest;
  if (!std::isfinite(value)) {
    return theme.base;
  }
  const QColor color = diverging(full > 0 ? static_cast<double>(value) / full : 0, theme.isDark);
  return emphasis == RowEmphasis::Grey ? mixed(color, theme.base, 0.72) : color;
}

void HeatMapCells::draw(QCPPainter* painter) {
  drawTitle(*painter);
  if (rows.empty()) {
    return;
  }
  drawColumnLabels(*painter);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    drawRow(*painter, row);
  }
  drawFrames(*painter);
}

void HeatMapCells::drawTitle(QCPPainter& painter) const {
  if (title.isEmpty()) {
    return;
  }
  const double bodyTop = m_tops.empty() ? headHeight() : m_origin.y();
  const double top = std::max(0.0, bodyTop - headHeight());
  painter.setFont(font);
  painter.setPen(theme.mutedText);
  painter.drawText(QRectF(kMargin, top, m_size.width() - 2 * kMargin, QFontMetricsF(font).height()),
                   Qt::AlignHCenter | Qt::AlignVCenter, title);
}

void HeatMapCells::drawColumnLabels(QCPPainter& painter) const {
  const QFontMetricsF metrics(smallFont());
  painter.setFont(smallFont());
  double widest = 0;
  for (const QString& label : columnLabels) {
    widest = std::max(widest, metrics.horizontalAdvance(label) + 6);
  }
  const int step = std::max(1, static_cast<int>(std::ceil(std::min(widest, 96.0) / m_cellWidth)));
  for (int column = 0; column < std::min<int>(m_columns, static_cast<int>(columnLabels.size()));
       column += step) {
    const bool lit = column == highlightedColumn;
    painter.setPen(lit ? theme.text : theme.mutedText);
    QRectF place(m_origin.x() + column * m_cellWidth, m_origin.y() - metrics.height() - 2,
                 m_cellWidth * step, metrics.height());
    const QString label = metrics.elidedText(columnLabels[column], Qt::ElideRight, place.width());
    const double beyond = place.left() + metrics.horizontalAdvance(label) - m_size.width();
    place.translate(step == 1 ? 0 : -std::max(0.0, beyond), 0);
    painter.drawText(place, step == 1 ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter, label);
  }
}

void HeatMapCells::drawRow(QCPPainter& painter, std::size_t row) const {
  const HeatMapRow& line = rows[row];
  const double top = m_tops[row];
  const double height = m_tops[row + 1] - top;
  if (!line.fold.isEmpty()) {
    drawFold(painter, QRectF(m_origin.x(), top, m_columns * m_cellWidth, height), line.fold);
    return;
  }
  const double gap = m_cellWidth >= 8 && m_cellHeight >= 8 ? 1 : 0;
  for (std::size_t column = 0; column < line.values.size(); ++column) {
    const QRectF cell = cellRect(static_cast<int>(row), static_cast<int>(column));
    if (isFolded(column)) {
      drawFold(painter, cell, QStringLiteral("…"));
      continue;
    }
    const QColor ground = cellColor(line.values[column], line.emphasis);
    painter.fillRect(cell.adjusted(0, 0, -gap, -gap), ground);
    if (m_numbersFit) {
      drawNumber(painter, cell, line.values[column], ground, line.emphasis);
    }
  }
  QFont labelFont = smallFont();
  labelFont.setBold(line.emphasis == RowEmphasis::Lit);
  const QFontMetricsF metrics(labelFont);
  if (line.label.isEmpty() || height < metrics.ascent()) {
    return;
  }
  painter.setFont(labelFont);
  painter.setPen(line.emphasis == RowEmphasis::Grey ? mixed(theme.mutedText, theme.base, 0.35)
                                                    : theme.text);
  const QRectF place(2, top, m_origin.x() - kLabelGap - 2, height);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                   metrics.elidedText(line.label, Qt::ElideRight, place.width()));
}

bool HeatMapCells::isFolded(std::size_t column) const {
  return std::ranges::find(foldedColumns, static_cast<int>(column)) != foldedColumns.end();
}

void HeatMapCells::drawFold(QCPPainter& painter, const QRectF& line, const QString& text) const {
  QFont italic = smallFont();
  italic.setItalic(true);
  painter.setFont(italic);
  painter.setPen(theme.mutedText);
  const QFontMetricsF metrics(italic);
  const QRectF wide(0, line.top(), m_size.width(), line.height());
  // Nobody can click on a saved picture: the shortest text speaks of rows alone.
  const QString words = metrics.elidedText(isExport(painter) ? text.section(kVariant, -1) : text,
                                           Qt::ElideRight, wide.width());
  painter.drawText(metrics.horizontalAdvance(words) > line.width() ? wide : line, Qt::AlignCenter,
                   words);
}

void HeatMapCells::drawNumber(QCPPainter& painter, const QRectF& cell, float value,
                              const QColor& ground, RowEmphasis emphasis) const {
  const QColor ink = inkOn(ground);
  QFont digits = numberFont();
  digits.setBold(emphasis == RowEmphasis::Lit);
  painter.setFont(digits);
  painter.setPen(emphasis == RowEmphasis::Grey ? mixed(ink, ground, 0.5) : ink);
  painter.drawText(cell, Qt::AlignCenter, cellText(value));
}

void HeatMapCells::drawFrames(QCPPainter& painter) const {
  painter.setBrush(Qt::NoBrush);
  const double right = m_origin.x() + m_columns * m_cellWidth;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].emphasis == RowEmphasis::Lit && rows.size() > 1) {
      painter.setPen(QPen(theme.accent, 2));
      painter.drawRect(
          QRectF(QPointF(m_origin.x() - 1, m_tops[row] - 1), QPointF(right, m_tops[row + 1])));
    }
  }
  if (highlightedColumn && *highlightedColumn >= 0 && *highlightedColumn < m_columns) {
    const double left = m_origin.x() + *highlightedColumn * m_cellWidth;
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(
        QRectF(QPointF(left - 1, m_tops.front() - 1), QPointF(left + m_cellWidth, m_tops.back())));
  }
  if (outlinedRow && *outlinedRow >= 0 && static_cast<std::size_t>(*outlinedRow) < rows.size()) {
    const auto row = static_cast<std::size_t>(*outlinedRow);
    painter.setPen(QPen(theme.selection, 2));
    painter.drawRect(
        QRectF(QPointF(m_origin.x() - 1, m_tops[row] - 1), QPointF(right, m_tops[row + 1])));
  }
  const auto frame = [&](const std::optional<HeatMap::Cell>& cell, const QPen& pen) {
    if (cell) {
      const QRectF rect = cellRect(cell->row, cell->column);
      if (!rect.isEmpty()) {
        painter.setPen(pen);
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
      }
    }
  };
  frame(highlightedCell, QPen(theme.selection, 2));
  if (!painter.modes().testFlag(QCPPainter::pmNoCaching)) {
    frame(hovered, QPen(theme.mutedText, 1));
    frame(current, QPen(theme.text, 1, Qt::DashLine));
  }
}

}  // namespace embedscope::plots
