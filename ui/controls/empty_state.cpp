// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/empty_state.h"

#include "ui/controls/section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace embedscope::controls {

namespace {

constexpr int kTextWidth = 420;
constexpr double kTitleScale = 1.3;

}  // namespace

EmptyState::EmptyState(const QString& title, const QString& explanation, QWidget* parent)
    : QWidget(parent), m_buttons(new QHBoxLayout) {
  auto* heading = new QLabel(title, this);
  QFont large = heading->font();
  large.setPointSizeF(large.pointSizeF() * kTitleScale);
  heading->setFont(large);
  heading->setAlignment(Qt::AlignCenter);
  auto* text = new HintLabel(explanation, this);
  text->setAlignment(Qt::AlignCenter);
  text->setFixedWidth(kTextWidth);
  m_buttons->setSpacing(8);
  m_buttons->addStretch(1);
  m_buttons->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(16);
  layout->addStretch(1);
  layout->addWidget(heading);
  // In a line of its own, so that its height is that of its fixed width, not of the page's width.
  auto* textLine = new QHBoxLayout;
  textLine->addStretch(1);
  textLine->addWidget(text);
  textLine->addStretch(1);
  layout->addLayout(textLine);
  layout->addLayout(m_buttons);
  layout->addStretch(2);
}

void EmptyState::addAction(const QString& text, std::function<void()> onClicked) {
  auto* button = new QPushButton(text, this);
  m_buttons->insertWidget(m_buttons->count() - 1, button);
  connect(button, &QPushButton::clicked, this, [onClicked = std::move(onClicked)] { onClicked(); });
}

}  // namespace embedscope::controls
