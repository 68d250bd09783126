// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_legend.h"

#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"
#include "ui/plots/palette.h"
#include "ui/plots/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace embedscope::explore {

namespace {

constexpr std::size_t kMostLines = 12;
constexpr int kMarkRadius = 4;
constexpr int kMarkRoom = 20;
constexpr int kScaleHeight = 8;
constexpr int kGap = 4;

/// A polygon with corners at the given radii in turn, the first one pointing up.
QPolygonF star(std::initializer_list<double> radii, int corners) {
  QPolygonF polygon;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * i / corners - std::numbers::pi / 2;
    const double radius = radii.begin()[static_cast<std::size_t>(i) % radii.size()];
    polygon << QPointF(radius * std::cos(angle), radius * std::sin(angle));
  }
  return polygon;
}

QPainterPath shapePath(plots::MarkShape shape, double radius) {
  QPainterPath path;
  switch (shape) {
    case plots::MarkShape::Disc:
      path.addEllipse(QPointF(0, 0), radius, radius);
      break;
    case plots::MarkShape::Square:
      path.addRect(QRectF(-radius, -radius, 2 * radius, 2 * radius));
      break;
    case plots::MarkShape::Triangle:
      path.addPolygon(star({1.2 * radius}, 3));
      break;
    case plots::MarkShape::Diamond:
      path.addPolygon(star({1.2 * radius}, 4));
      break;
    case plots::MarkShape::Cross:
      path.addRect(QRectF(-radius, -radius / 3, 2 * radius, 2 * radius / 3));
      path.addRect(QRectF(-radius / 3, -radius, 2 * radius / 3, 2 * radius));
      path.setFillRule(Qt::WindingFill);
      break;
    case plots::MarkShape::Star:
      path.addPolygon(star({1.3 * radius, 0.55 * radius}, 10));
      break;
  }
  path.closeSubpath();
  return path;
}

}  // namespace

ColorLegend::ColorLegend(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("colorLegend"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  hide();
}

void ColorLegend::setScheme(std::shared_ptr<const ColorScheme> scheme) {
  m_scheme = std::move(scheme);
  setVisible(m_scheme && m_scheme->kind != ColorScheme::Kind::Colors);
  QStringList names;
  if (m_scheme && m_scheme->kind == ColorScheme::Kind::Numbers) {
    names += tr("a scale from %1 to %2")
                 .arg(plots::tickText(m_scheme->least), plots::tickText(m_scheme->greatest));
  }
  for (const Line& line : lines()) {
    names += line.name;
  }
  setAccessibleName(tr("Colors: %1").arg(names.join(QStringLiteral(", "))));
  updateGeometry();
  update();
}

std::vector<ColorLegend::Line> ColorLegend::lines() const {
  std::vector<Line> out;
  if (!m_scheme || m_scheme->kind != ColorScheme::Kind::Categories) {
    return out;
  }
  const std::size_t shown = std::min(m_scheme->entries.size(), kMostLines);
  for (std::size_t i = 0; i < shown; ++i) {
    const ColorScheme::Entry& entry = m_scheme->entries[i];
    out.push_back({static_cast<int>(i), entry.name, document::groupedText(entry.count)});
  }
  if (shown < m_scheme->entries.size()) {
    out.push_back({-2,
                   tr("and %1 more, each with its mark")
                       .arg(document::groupedText(
                           static_cast<std::int64_t>(m_scheme->entries.size() - shown))),
                   {}});
  }
  if (m_scheme->others > 0) {
    out.push_back({-1, tr("all others"), document::groupedText(m_scheme->others)});
  }
  if (m_scheme->missing > 0) {
    out.push_back({-1, tr("no value"), document::groupedText(m_scheme->missing)});
  }
  return out;
}

int ColorLegend::lineHeight() const {
  return fontMetrics().height() + kGap;
}

QSize ColorLegend::sizeHint() const {
  const bool isScale = m_scheme && m_scheme->kind == ColorScheme::Kind::Numbers;
  const int height = isScale ? kScaleHeight + kGap + lineHeight()
                             : static_cast<int>(lines().size()) * lineHeight();
  return {200, height};
}

void ColorLegend::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (m_scheme && m_scheme->kind == ColorScheme::Kind::Numbers) {
    paintScale(painter);
    return;
  }
  QRect place(0, 0, width(), lineHeight());
  for (const Line& line : lines()) {
    paintLine(painter, place, line);
    place.translate(0, lineHeight());
  }
}

void ColorLegend::paintLine(QPainter& painter, const QRect& place, const Line& line) const {
  const plots::Theme theme = plots::Theme::of(palette());
  if (line.mark >= -1) {
    const plots::CategoryMark mark = plots::categoryMark(line.mark, theme.isDark);
    painter.save();
    painter.translate(kMarkRadius + 2, place.center().y() + 0.5);
    painter.fillPath(shapePath(mark.shape, kMarkRadius), mark.color);
    painter.restore();
  }
  const int countWidth = line.count.isEmpty() ? 0 : fontMetrics().horizontalAdvance(line.count) + 8;
  const QRect words = place.adjusted(kMarkRoom, 0, -countWidth, 0);
  painter.setPen(line.mark >= 0 ? theme.text : theme.mutedText);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(line.name, Qt::ElideRight, words.width()));
  painter.setPen(theme.mutedText);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, line.count);
}

void ColorLegend::paintScale(QPainter& painter) const {
  const plots::Theme theme = plots::Theme::of(palette());
  QLinearGradient gradient(0, 0, width(), 0);
  constexpr int kStops = 16;
  for (int i = 0; i <= kStops; ++i) {
    const double t = static_cast<double>(i) / kStops;
    gradient.setColorAt(t, plots::viridis(t));
  }
  painter.fillRect(QRect(0, 0, width(), kScaleHeight), gradient);
  const QRect words(0, kScaleHeight + kGap, width(), lineHeight());
  painter.setPen(theme.mutedText);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignTop, plots::tickText(m_scheme->least));
  painter.drawText(words, Qt::AlignRight | Qt::AlignTop, plots::tickText(m_scheme->greatest));
}

}  // namespace embedscope::explore
