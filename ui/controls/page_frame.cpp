// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/page_frame.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

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
