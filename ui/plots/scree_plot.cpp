// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/scree_plot.h"

#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope::plots {

namespace {

constexpr int kTopMargin = 20;
constexpr double kBarWidth = 0.7;
constexpr double kPercent = 100;
constexpr double kSumTop = 105;     // of the axis of sums, in percent
constexpr double kLeastTop = 1;     // of the axis of shares, in percent
constexpr double kRoomAbove = 1.2;  // for names above bars
constexpr double kMarkRoom = 120;
constexpr int kFewComponents = 30;  // each has a tick of its own

QString percentText(double share) {
  return ScreePlot::tr("%1 %").arg(numberText(share * kPercent, 1));
}

}  // namespace

struct ScreePlot::View {
  std::vector<double> shares;
  std::vector<Mark> marks;
  std::optional<int> pointed;
  QCPBars* bars = nullptr;
  QCPBars* marked = nullptr;
  QCPGraph* sum = nullptr;

  double sumUpTo(int component) const {
    return std::accumulate(shares.begin(), shares.begin() + component + 1, 0.0);
  }

  bool isMarked(int component) const {
    return std::ranges::find(marks, component, &Mark::component) != marks.end();
  }
};

ScreePlot::ScreePlot(QWidget* parent) : PlotWidget(parent), m_view(std::make_unique<View>()) {
  canvas().axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom | QCP::msRight);
  canvas().xAxis->setLabel(tr("principal component"));
  canvas().yAxis->setLabel(tr("share of the variance (%)"));
  canvas().yAxis2->setLabel(tr("summed up (%)"));
  canvas().yAxis2->setVisible(true);
  canvas().yAxis2->setRange(0, kSumTop);
  m_view->bars = new QCPBars(canvas().xAxis, canvas().yAxis);
  m_view->marked = new QCPBars(canvas().xAxis, canvas().yAxis);
  m_view->sum = canvas().addGraph(canvas().xAxis, canvas().yAxis2);
  for (QCPBars* bars : {m_view->bars, m_view->marked}) {
    bars->setWidth(kBarWidth);
    bars->setAntialiased(false);
  }
  new PaintedLayer(canvas(), [this](QCPPainter& painter) { paintMarks(painter); });
  new PaintedLayer(canvas(), [this](QCPPainter& painter) {
    if (!m_view->pointed || isExport(painter)) {
      return;
    }
    const int at = *m_view->pointed;
    painter.setFont(font());
    paintCard(painter, readout(at),
              QPointF(canvas().xAxis->coordToPixel(at + 1),
                      canvas().yAxis2->coordToPixel(m_view->sumUpTo(at) * kPercent)),
              canvas().viewport(), theme());
  });
  setAccessibleName(tr("Variance along each principal component"));
  setEmpty(true);
  ScreePlot::restyle();
}

ScreePlot::~ScreePlot() = default;

int ScreePlot::componentCount() const {
  return static_cast<int>(m_view->shares.size());
}

void ScreePlot::setShares(std::vector<double> shares) {
  m_view->shares = std::move(shares);
  point({});
  rebuild();
}

void ScreePlot::setMarks(std::vector<Mark> marks) {
  m_view->marks = std::move(marks);
  rebuild();
}

void ScreePlot::rebuild() {
  setEmpty(m_view->shares.empty());
  QVector<QCPBarsData> bars;
  QVector<QCPBarsData> marked;
  QVector<QCPGraphData> sum;
  double total = 0;
  double greatest = 0;
  for (int i = 0; i < componentCount(); ++i) {
    const double share = m_view->shares[static_cast<std::size_t>(i)] * kPercent;
    total += share;
    greatest = std::max(greatest, share);
    (m_view->isMarked(i) ? marked : bars).append({i + 1.0, share});
    sum.append({i + 1.0, total});
  }
  m_view->bars->data()->set(bars, true);
  m_view->marked->data()->set(marked, true);
  m_view->sum->data()->set(sum, true);
  const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
  ticker->setTickStep(componentCount() <= kFewComponents ? 1 : 10);
  ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
  canvas().xAxis->setTicker(ticker);
  canvas().xAxis->setRange(0.4, componentCount() + 0.6);
  canvas().yAxis->setRange(0, std::max(kLeastTop, greatest) * kRoomAbove);
  queueReplot();
}

void ScreePlot::paintMarks(QPainter& painter) const {
  painter.setFont(font());
  painter.setPen(theme().text);
  const double height = QFontMetricsF(font()).height();
  for (const Mark& mark : m_view->marks) {
    if (mark.component < componentCount()) {
      const double share = m_view->shares[static_cast<std::size_t>(mark.component)];
      const QPointF top(canvas().xAxis->coordToPixel(mark.component + 1),
                        canvas().yAxis->coordToPixel(share * kPercent));
      painter.drawText(QRectF(top.x() - kMarkRoom / 2, top.y() - height - 1, kMarkRoom, height),
                       Qt::AlignCenter, mark.name);
    }
  }
}

QString ScreePlot::readout(int component) const {
  const double share = m_view->shares[static_cast<std::size_t>(component)];
  return component == 0 ? tr("PC 1: %1 of the variance").arg(percentText(share))
                        : tr("PC %1: %2 of the variance\n%3 with those before")
                              .arg(component + 1)
                              .arg(percentText(share), percentText(m_view->sumUpTo(component)));
}

std::optional<int> ScreePlot::componentAt(QPointF position) const {
  if (componentCount() == 0) {
    return {};
  }
  const double place = std::round(canvas().xAxis->pixelToCoord(position.x())) - 1;
  return static_cast<int>(std::clamp(place, 0.0, componentCount() - 1.0));
}

void ScreePlot::point(std::optional<int> component) {
  m_view->pointed = component;
  setAccessibleDescription(component ? readout(*component) : QString());
  queueOverlay();
}

void ScreePlot::restyle() {
  PlotWidget::restyle();
  m_view->bars->setBrush(mixed(theme().base, theme().mutedText, 0.45));
  m_view->marked->setBrush(theme().accent);
  m_view->bars->setPen(Qt::NoPen);
  m_view->marked->setPen(Qt::NoPen);
  m_view->sum->setPen(QPen(theme().selection, 1.6));
  m_view->sum->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssDisc, theme().selection, theme().selection, 5));
  canvas().xAxis->grid()->setPen(Qt::NoPen);
  canvas().yAxis2->grid()->setVisible(false);
  canvas().yAxis2->setLabelColor(theme().selection);
}

void ScreePlot::layoutFor(QSize /*size*/) {
  canvas().axisRect()->setMargins(QMargins(0, kTopMargin, 0, 0));
}

void ScreePlot::mouseMoveEvent(QMouseEvent* event) {
  point(componentAt(event->position()));
}

void ScreePlot::leaveEvent(QEvent* /*event*/) {
  point({});
}

void ScreePlot::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if (step == 0 || componentCount() == 0) {
    PlotWidget::keyPressEvent(event);
    return;
  }
  point(std::clamp(m_view->pointed.value_or(-1) + step, 0, componentCount() - 1));
}

void ScreePlot::focusOutEvent(QFocusEvent* event) {
  PlotWidget::focusOutEvent(event);
  point({});
}

}  // namespace embedscope::plots
