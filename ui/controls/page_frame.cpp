// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/page_frame.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::controls {

namespace {

constexpr int kPanelWidth = 264;
constexpr int kPanelMinimum = 216;

}  // namespace

PageFrame::PageFrame(QWidget* parent)
    : QWidget(parent),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_scroll(new QScrollArea(m_splitter)),
      m_panel(new QVBoxLayout) {
  auto* content = new QWidget(m_scroll);
  content->setLayout(m_panel);
  m_panel->setContentsMargins(16, 16, 16, 16);
  m_panel->setSpacing(8);
  m_scroll->setObjectName(QStringLiteral("controlsPanel"));
  m_scroll->setAccessibleName(tr("Controls of this page"));
  m_scroll->setWidget(content);
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setMinimumWidth(kPanelMinimum);
  content->installEventFilter(this);
  m_scroll->verticalScrollBar()->installEventFilter(this);
  m_splitter->setHandleWidth(1);
  m_splitter->setChildrenCollapsible(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_splitter);
}

void PageFrame::setPicture(QWidget* picture) {
  m_splitter->addWidget(picture);
  m_splitter->setCollapsible(1, false);
  m_splitter->setStretchFactor(0, 0);
  m_splitter->setStretchFactor(1, 1);
  m_splitter->setSizes({kPanelWidth, 4 * kPanelWidth});
}

/// The panel does not scroll sideways: what its controls need at least, and the scroll bar, they
/// get.
void PageFrame::keepControlsWhole() {
  const QScrollBar& bar = *m_scroll->verticalScrollBar();
  const int taken = bar.isVisible() ? bar.sizeHint().width() : 0;
  m_scroll->setMinimumWidth(
      std::max(kPanelMinimum, m_scroll->widget()->minimumSizeHint().width() + taken));
}

bool PageFrame::eventFilter(QObject* watched, QEvent* event) {
  const bool otherControls =
      watched == m_scroll->widget() && event->type() == QEvent::LayoutRequest;
  const bool otherBar = watched == m_scroll->verticalScrollBar() &&
                        (event->type() == QEvent::Show || event->type() == QEvent::Hide);
  if (otherControls || otherBar) {
    keepControlsWhole();
  }
  return QWidget::eventFilter(watched, event);
}

QByteArray PageFrame::saveState() const {
  return m_splitter->saveState();
}

bool PageFrame::restoreState(const QByteArray& state) {
  return m_splitter->restoreState(state);
}

bool PageFrame::panelVisible() const {
  return !m_scroll->isHidden();
}

void PageFrame::setPanelVisible(bool visible) {
  m_scroll->setVisible(visible);
}

}  // namespace embedscope::controls
