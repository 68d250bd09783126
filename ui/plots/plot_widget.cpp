// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_widget.h"

#include "ui/plots/painted_layer.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFocusEvent>
#include <QLabel>

#include <algorithm>

namespace embedscope::plots {

namespace {

constexpr int kMargin = 8;
constexpr int kEmptyTextWidth = 360;

void styleAxis(QCPAxis& axis, const Theme& theme, const QFont& numbers, const QFont& title) {
  const QPen line(theme.axis, 1);
  axis.setBasePen(line);
  axis.setTickPen(line);
  axis.setSubTickPen(line);
  axis.setTickLength(0, 4);
  axis.setSubTicks(false);
  axis.setTickLabelPadding(4);
  axis.setLabelPadding(4);
  axis.setTickLabelFont(numbers);
  axis.setTickLabelColor(theme.mutedText);
  axis.setLabelFont(title);
  axis.setLabelColor(theme.mutedText);
  axis.grid()->setPen(QPen(theme.grid, 1));
  axis.grid()->setZeroLinePen(QPen(mixed(theme.grid, theme.axis, 0.6), 1));
  axis.grid()->setSubGridVisible(false);
}

}  // namespace

PlotWidget::PlotWidget(QWidget* parent)
    : QWidget(parent), m_canvas(new QCustomPlot(this)), m_emptyLabel(new QLabel(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  // The canvas only draws; this widget handles the pointer and the keys.
  m_canvas->setAttribute(Qt::WA_TransparentForMouseEvents);
  m_canvas->setFocusPolicy(Qt::NoFocus);
  m_canvas->setMinimumSize(1, 1);  // there is no drawing on a surface without pixels
  m_canvas->setPlottingHint(QCP::phImmediateRefresh, false);
  m_emptyLabel->setAttribute(Qt::WA_TransparentForMouseEvents);
  m_emptyLabel->setAlignment(Qt::AlignCenter);
  m_emptyLabel->setWordWrap(true);
  m_emptyLabel->setObjectName(QStringLiteral("emptyText"));
  m_emptyLabel->hide();
  new PaintedLayer(*m_canvas, [this](QCPPainter& painter) {
    if (!isExport(painter)) {
      paintFocus(painter);
    }
  });
  createActions();
}

PlotWidget::~PlotWidget() = default;

void PlotWidget::createActions() {
  m_saveAction = new QAction(tr("Save picture…"), this);
  m_saveAction->setObjectName(QStringLiteral("savePicture"));
  m_saveAction->setToolTip(tr("Saves this plot as PNG, SVG or PDF"));
  connect(m_saveAction, &QAction::triggered, this, [this] { saveImageWithDialog(*this); });
  m_copyAction = new QAction(tr("Copy picture"), this);
  m_copyAction->setObjectName(QStringLiteral("copyPicture"));
  m_copyAction->setShortcut(QKeySequence::Copy);
  m_copyAction->setShortcutContext(Qt::WidgetShortcut);
  m_copyAction->setToolTip(tr("Copies this plot as an image"));
  connect(m_copyAction, &QAction::triggered, this, &PlotWidget::copyPicture);
  addActions({m_saveAction, m_copyAction});
  setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PlotWidget::copyPicture() {
  QApplication::clipboard()->setImage(pictureOf(*this, std::max(2.0, devicePixelRatioF())));
}

void PlotWidget::setEmptyText(const QString& text) {
  const bool described = !text.isEmpty() && accessibleDescription() == m_emptyLabel->text();
  m_emptyLabel->setText(text);
  if (described) {
    setAccessibleDescription({});
  }
  placeEmptyLabel();
  showEmptyText();
}

void PlotWidget::setEmpty(bool empty) {
  if (empty != m_empty) {
    m_empty = empty;
    showEmptyText();
  }
}

void PlotWidget::showEmptyText() {
  const QString text = m_emptyLabel->text();
  m_emptyLabel->setVisible(m_empty && !text.isEmpty());
  showAxes();
  // A description set by the page wins over ours.
  if (m_empty && accessibleDescription().isEmpty()) {
    setAccessibleDescription(text);
  } else if (!m_empty && accessibleDescription() == text) {
    setAccessibleDescription({});
  }
}

void PlotWidget::setAxesVisible(bool visible) {
  m_axesVisible = visible;
  showAxes();
}

void PlotWidget::showAxes() {
  const bool visible = m_axesVisible && !m_empty;
  for (QCPAxisRect* rect : m_canvas->axisRects()) {
    for (QCPAxis* axis : rect->axes(QCPAxis::atLeft | QCPAxis::atBottom)) {
      axis->setVisible(visible);
      axis->grid()->setVisible(visible);
    }
  }
}

void PlotWidget::queueReplot() {
  m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

void PlotWidget::queueOverlay() {
  if (m_overlayQueued) {
    return;
  }
  m_overlayQueued = true;
  QMetaObject::invokeMethod(
      this,
      [this] {
        m_overlayQueued = false;
        m_canvas->layer(QStringLiteral("overlay"))->replot();
      },
      Qt::QueuedConnection);
}

void PlotWidget::paintFocus(QPainter& painter) const {
  if (m_focusVisible) {
    painter.setPen(QPen(m_theme.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

void PlotWidget::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  m_focusVisible = event->reason() == Qt::TabFocusReason ||
                   event->reason() == Qt::BacktabFocusReason ||
                   event->reason() == Qt::ShortcutFocusReason;
  queueOverlay();
}

void PlotWidget::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  m_focusVisible = false;
  queueOverlay();
}

void PlotWidget::restyle() {
  m_theme = Theme::of(palette());
  QFont numbers = font();
  numbers.setPointSizeF(std::max(7.0, font().pointSizeF() * 0.9));
  m_canvas->setFont(font());
  m_canvas->setBackground(QBrush(m_theme.base));
  for (QCPAxisRect* rect : m_canvas->axisRects()) {
    for (QCPAxis* axis : rect->axes()) {
      styleAxis(*axis, m_theme, numbers, font());
    }
  }
  QPalette muted = palette();
  muted.setColor(QPalette::WindowText, m_theme.mutedText);
  m_emptyLabel->setPalette(muted);
  queueReplot();
}

void PlotWidget::renderTo(QPaintDevice& device, QSize size, bool vectors) {
  layoutFor(size);
  QCPPainter painter;
  painter.begin(&device);
  painter.setMode(QCPPainter::pmNoCaching);
  painter.setMode(QCPPainter::pmVectorized, vectors);
  m_canvas->toPainter(&painter, size.width(), size.height());
  if (m_emptyLabel->isVisibleTo(this)) {
    painter.setPen(m_theme.mutedText);
    painter.setFont(font());
    painter.drawText(QRect(QPoint(0, 0), size), Qt::AlignCenter | Qt::TextWordWrap,
                     m_emptyLabel->text());
  }
  painter.end();
  layoutFor(this->size());
}

void PlotWidget::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    restyle();
  }
}

void PlotWidget::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layoutFor(size());
  m_canvas->setGeometry(rect());
  placeEmptyLabel();
}

void PlotWidget::placeEmptyLabel() {
  const int width = std::max(0, std::min(kEmptyTextWidth, this->width() - 2 * kMargin));
  const int height = std::min(m_emptyLabel->heightForWidth(width), this->height());
  m_emptyLabel->setGeometry((this->width() - width) / 2, (this->height() - height) / 2, width,
                            std::max(height, 0));
}

}  // namespace embedscope::plots
