// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/step_controls.h"

#include "ui/controls/icon_button.h"
#include "ui/controls/icons.h"
#include "ui/controls/section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace embedscope::product {

namespace {

constexpr std::array<double, 7> kStepsPerSecond{0.5, 1, 2, 4, 8, 16, 32};
constexpr int kUsualSpeed = 2;

}  // namespace

StepControls::StepControls(QWidget* parent)
    : QWidget(parent),
      m_speed(new QSlider(Qt::Horizontal, this)),
      m_speedText(new controls::HintLabel({}, this)) {
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  m_first = addButton(*buttons, "firstStep", QStringLiteral("first"), tr("To the start (Home)"));
  m_back = addButton(*buttons, "stepBack", QStringLiteral("stepback"), tr("One step back (Left)"));
  m_play = addButton(*buttons, "playSteps", QStringLiteral("play"), tr("Play (Space)"));
  m_forward = addButton(*buttons, "stepForward", QStringLiteral("step"), tr("One step on (Right)"));
  m_last = addButton(*buttons, "lastStep", QStringLiteral("last"), tr("To the result (End)"));
  buttons->addStretch(1);
  m_jump = new QPushButton(this);
  m_jump->setObjectName(QStringLiteral("jumpToStep"));
  m_jump->setText(tr("The step that matters"));
  m_jump->setToolTip(tr("Jump to the step in which the chosen row comes in"));
  auto* speed = new QHBoxLayout;
  speed->setSpacing(8);
  speed->addWidget(m_speed, 1);
  speed->addWidget(m_speedText);
  buildSpeed();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(buttons);
  layout->addWidget(m_jump);
  layout->addLayout(speed);
  connect(m_first, &QToolButton::clicked, this, &StepControls::firstRequested);
  connect(m_back, &QToolButton::clicked, this, &StepControls::backRequested);
  connect(m_forward, &QToolButton::clicked, this, &StepControls::forwardRequested);
  connect(m_last, &QToolButton::clicked, this, &StepControls::lastRequested);
  connect(m_jump, &QPushButton::clicked, this, &StepControls::jumpRequested);
  connect(m_play, &QToolButton::clicked, this, &StepControls::togglePlay);
  connect(&m_timer, &QTimer::timeout, this, &StepControls::ticked);
}

QToolButton* StepControls::addButton(QHBoxLayout& layout, const char* name, const QString& icon,
                                     const QString& tip) {
  auto* button = controls::iconButton(this, name, icon, tip);
  layout.addWidget(button);
  return button;
}

void StepControls::buildSpeed() {
  m_speed->setObjectName(QStringLiteral("playSpeed"));
  m_speed->setAccessibleName(tr("Speed of playing"));
  m_speed->setToolTip(tr("How many steps a second Play shows"));
  m_speed->setRange(0, static_cast<int>(kStepsPerSecond.size()) - 1);
  m_speed->setPageStep(1);
  m_speedText->setWordWrap(false);
  const auto apply = [this](int value) {
    const double speed = kStepsPerSecond[static_cast<std::size_t>(value)];
    m_timer.setInterval(static_cast<int>(1000 / speed));
    m_speedText->setText(tr("%1 steps/s").arg(speed));
  };
  connect(m_speed, &QSlider::valueChanged, this, apply);
  m_speed->setValue(kUsualSpeed);
}

void StepControls::setPosition(bool atStart, bool atEnd) {
  m_first->setEnabled(!atStart);
  m_back->setEnabled(!atStart);
  m_forward->setEnabled(!atEnd);
  m_last->setEnabled(!atEnd);
}

void StepControls::setJump(bool any) {
  m_jump->setVisible(any);
}

void StepControls::play() {
  m_timer.start();
  controls::setThemedIcon(m_play, QStringLiteral("pause"));
  m_play->setToolTip(tr("Pause (Space)"));
  m_play->setAccessibleName(m_play->toolTip());
  emit playStarted();
}

void StepControls::pause() {
  m_timer.stop();
  controls::setThemedIcon(m_play, QStringLiteral("play"));
  m_play->setToolTip(tr("Play (Space)"));
  m_play->setAccessibleName(m_play->toolTip());
}

}  // namespace embedscope::product
