// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/histogram_plot.h"

#include "core/base/text.h"
#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr int kTopMargin = 24;  // room for the words of the marks
constexpr int kRightMargin = 16;
constexpr double kAir = 1.06;
constexpr double kLogFloor = 0.7;  // where bars of 1 still show
constexpr int kRangeAlpha = 40;

QString grouped(std::int64_t count) {
  return QString::fromStdString(base::groupedDigits(count));
}

}  // namespace

struct HistogramPlot::View {
  Bins bins;
  std::vector<Mark> marks;
  std::optional<int> pointed;  ///< the bin under the pointer or of the keyboard
  std::optional<int> anchor;   ///< where the range began; nothing: it is the pointed bin alone
  bool dragging = false;
  QCPBars* all = nullptr;
  QCPBars* selected = nullptr;

  std::pair<int, int> range() const {
    const int from = anchor.value_or(*pointed);
    return std::minmax(from, *pointed);
  }

  double edge(int bin) const { return bins.start + bins.width * bin; }

  void paintMarks(QCPPainter& painter, const QCustomPlot& canvas, const Theme& theme) const;
};

void HistogramPlot::View::paintMarks(QCPPainter& painter, const QCustomPlot& canvas,
                                     const Theme& theme) const {
  const QRect area = canvas.axisRect()->rect();
  const QFontMetricsF metrics(painter.font());
  double free = area.left();  // words of marks near each other stand side by side
  for (const Mark& mark : marks) {
    const double x = canvas.xAxis->coordToPixel(mark.place);
    if (!std::isfinite(x) || x < area.left() || x > area.right()) {
      continue;
    }
    painter.setPen(QPen(theme.text, 1, Qt::DashLine));
    painter.drawLine(QLineF(x, area.top(), x, area.bottom()));
    const double width = metrics.horizontalAdvance(mark.name);
    const double left = std::max(free, std::min(x - width / 2, area.right() - width));
    painter.setPen(theme.mutedText);
    painter.drawText(QPointF(left, area.top() - metrics.descent() - 2), mark.name);
    free = left + width + metrics.averageCharWidth() * 2;
  }
}

HistogramPlot::HistogramPlot(QWidget* parent)
    : PlotWidget(parent), m_view(std::make_unique<View>()) {
  canvas().axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
  m_view->all = new QCPBars(canvas().xAxis, canvas().yAxis);
  m_view->selected = new QCPBars(canvas().xAxis, canvas().yAxis);
  for (QCPBars* bars : {m_view->all, m_view->selected}) {
    bars->setWidthType(QCPBars::wtPlotCoords);
    bars->setAntialiased(false);
  }
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    if (binCount() > 0) {
      painter.setFont(font());
      m_view->paintMarks(painter, canvas(), theme());
    }
  });
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    if (!m_view->pointed || isExport(painter)) {
      return;
    }
    const auto [first, last] = m_view->range();
    QColor ground = theme().selection;
    ground.setAlpha(kRangeAlpha);
    painter.fillRect(binRect(first).united(binRect(last)), ground);
    painter.setFont(font());
    const QRectF bin = binRect(*m_view->pointed);
    paintCard(painter, readout(), QPointF(bin.center().x(), bin.center().y()), canvas().viewport(),
              theme());
  });
  setAccessibleName(tr("Histogram"));
  setEmpty(true);
  HistogramPlot::restyle();
}

HistogramPlot::~HistogramPlot() = default;

int HistogramPlot::binCount() const {
  return static_cast<int>(m_view->bins.counts.size());
}

void HistogramPlot::setBins(Bins bins) {
  m_view->bins = std::move(bins);
  m_view->pointed.reset();
  m_view->anchor.reset();
  m_view->dragging = false;
  rebuild();
}

void HistogramPlot::setSelectedCounts(std::vector<std::int64_t> selected) {
  m_view->bins.selected = std::move(selected);
  rebuild();
}

void HistogramPlot::setMarks(std::vector<Mark> marks) {
  m_view->marks = std::move(marks);
  std::ranges::sort(m_view->marks, {}, &Mark::place);
  queueReplot();
}

void HistogramPlot::setAxisTitles(const QString& x, const QString& y) {
  canvas().xAxis->setLabel(x);
  canvas().yAxis->setLabel(y);
  queueReplot();
}

void HistogramPlot::setLogarithmic(bool on) {
  canvas().yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  const auto ticker = on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                         : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker);
  canvas().yAxis->setTicker(ticker);
  fitAxes();
  queueReplot();
}

bool HistogramPlot::isLogarithmic() const {
  return canvas().yAxis->scaleType() == QCPAxis::stLogarithmic;
}

void HistogramPlot::rebuild() {
  const Bins& bins = m_view->bins;
  setEmpty(bins.counts.empty());
  const auto fill = [&](QCPBars& bars, const std::vector<std::int64_t>& counts) {
    QVector<QCPBarsData> heights;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      heights.append(
          {m_view->edge(static_cast<int>(i)) + bins.width / 2, static_cast<double>(counts[i])});
    }
    bars.setWidth(bins.width);
    bars.data()->set(heights, true);
  };
  fill(*m_view->all, bins.counts);
  fill(*m_view->selected, bins.selected);
  fitAxes();
  queueReplot();
}

void HistogramPlot::fitAxes() {
  const Bins& bins = m_view->bins;
  const std::int64_t most = bins.counts.empty() ? 1 : std::ranges::max(bins.counts);
  const double top = static_cast<double>(std::max<std::int64_t>(most, 1));
  if (isLogarithmic()) {
    canvas().yAxis->setRange(kLogFloor, std::pow(top, 1.05) * 1.2);
  } else {
    canvas().yAxis->setRange(0, top * kAir);
  }
  const double air = bins.counts.size() > 1 ? 0.02 * bins.width * binCount() : 4 * bins.width;
  canvas().xAxis->setRange(bins.start - air, m_view->edge(binCount()) + air);
}

std::optional<int> HistogramPlot::binAt(QPointF position) const {
  const double place =
      (canvas().xAxis->pixelToCoord(position.x()) - m_view->bins.start) / m_view->bins.width;
  if (binCount() == 0 || !(place >= 0) || place >= binCount()) {
    return {};
  }
  return static_cast<int>(place);
}

QRectF HistogramPlot::binRect(int bin) const {
  const QRect area = canvas().axisRect()->rect();
  const double left = canvas().xAxis->coordToPixel(m_view->edge(bin));
  const double right = canvas().xAxis->coordToPixel(m_view->edge(bin + 1));
  return {QPointF(left, area.top()), QPointF(right, area.bottom() + 1)};
}

QString HistogramPlot::readout() const {
  const auto [first, last] = m_view->range();
  std::int64_t count = 0;
  std::int64_t selected = 0;
  for (int i = first; i <= last; ++i) {
    const auto place = static_cast<std::size_t>(i);
    count += m_view->bins.counts[place];
    selected += place < m_view->bins.selected.size() ? m_view->bins.selected[place] : 0;
  }
  QString text =
      tr("%1 to %2\n%3 %4")
          .arg(shortNumberText(m_view->edge(first)), shortNumberText(m_view->edge(last + 1)),
               grouped(count), canvas().yAxis->label());
  if (selected > 0) {
    text += tr(", %1 selected").arg(grouped(selected));
  }
  return text;
}

void HistogramPlot::point(std::optional<int> bin, bool extends) {
  m_view->anchor = !extends ? std::nullopt : m_view->anchor ? m_view->anchor : m_view->pointed;
  m_view->pointed = bin;
  setAccessibleDescription(bin ? readout() : QString());
  queueOverlay();
}

void HistogramPlot::restyle() {
  PlotWidget::restyle();
  const QColor ground = mixed(theme().base, theme().mutedText, 0.45);
  m_view->all->setBrush(ground);
  m_view->all->setPen(QPen(theme().base, 0));
  m_view->selected->setBrush(theme().accent);
  m_view->selected->setPen(QPen(theme().base, 0));
  canvas().xAxis->grid()->setPen(Qt::NoPen);
}

void HistogramPlot::layoutFor(QSize /*size*/) {
  canvas().axisRect()->setMargins(QMargins(0, kTopMargin, kRightMargin, 0));
}

void HistogramPlot::mousePressEvent(QMouseEvent* event) {
  const std::optional<int> bin = binAt(event->position());
  if (event->button() == Qt::LeftButton && bin) {
    point(bin, false);
    m_view->anchor = bin;
    m_view->dragging = true;
  }
}

void HistogramPlot::mouseMoveEvent(QMouseEvent* event) {
  std::optional<int> bin = binAt(event->position());
  if (m_view->dragging && !bin) {
    bin = event->position().x() < binRect(0).left() ? 0 : binCount() - 1;
  }
  if (bin != m_view->pointed) {
    point(bin, m_view->dragging);
  }
}

void HistogramPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (m_view->dragging && event->button() == Qt::LeftButton && m_view->pointed) {
    m_view->dragging = false;
    const auto [first, last] = m_view->range();
    m_view->anchor.reset();
    emit binsChosen(first, last, event->modifiers());
    queueOverlay();
  }
}

void HistogramPlot::keyPressEvent(QKeyEvent* event) {
  const int last = binCount() - 1;
  const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
  const int at = m_view->pointed.value_or(-1);
  switch (last < 0 ? 0 : event->key()) {
    case Qt::Key_Left:
      return point(std::clamp(at - 1, 0, last), extends);
    case Qt::Key_Right:
      return point(std::clamp(at + 1, 0, last), extends);
    case Qt::Key_Home:
      return point(0, extends);
    case Qt::Key_End:
      return point(last, extends);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_view->pointed) {
        const auto [from, to] = m_view->range();
        emit binsChosen(from, to, event->modifiers());
      }
      return;
    default:
      PlotWidget::keyPressEvent(event);
  }
}

void HistogramPlot::leaveEvent(QEvent* /*event*/) {
  if (!m_view->dragging) {
    point({}, false);
  }
}

void HistogramPlot::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  m_view->dragging = false;
  point({}, false);
}

}  // namespace embedscope::plots
