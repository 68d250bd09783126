// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_controls.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <array>

namespace embedscope::train {

namespace {

constexpr std::array<int, 7> kSpeeds = {1, 3, 10, 30, 100, 300, 1000};  // steps per second
constexpr int kFirstSpeed = 3;                                          // 30 steps/s
constexpr int kSliderWidth = 88;

QString withShortcut(const QString& tip, const QKeySequence& keys) {
  return QStringLiteral("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText));
}

QPushButton* transportButton(QWidget* parent, const char* name, const QString& icon,
                             const QString& text, const QString& tip, const QKeySequence& keys) {
  auto* button = new QPushButton(text, parent);
  button->setObjectName(QLatin1String(name));
  button->setAccessibleName(text);
  button->setToolTip(withShortcut(tip, keys));
  button->setShortcut(keys);
  controls::setThemedIcon(button, icon);
  return button;
}

QKeySequence pauseKeys() {
  return QKeySequence(Qt::Key_F8);
}

}  // namespace

RunControls::RunControls(QWidget* parent)
    : QWidget(parent),
      m_start(transportButton(this, "startTraining", QStringLiteral("play"), tr("Start"),
                              tr("Begin a new run with what the panel says"),
                              QKeySequence(Qt::CTRL | Qt::Key_R))),
      m_pause(transportButton(this, "pauseTraining", QStringLiteral("pause"), tr("Resume"), {},
                              pauseKeys())),
      m_step(transportButton(this, "stepTraining", QStringLiteral("step"), tr("Step"),
                             tr("Take one step of the optimizer (one batch) and hold"),
                             QKeySequence(Qt::Key_F7))),
      m_stop(transportButton(this, "stopTraining", QStringLiteral("stop"), tr("Stop"),
                             tr("End the run and keep what it has learned so far"),
                             QKeySequence(Qt::CTRL | Qt::Key_Period))),
      m_slow(new QCheckBox(tr("Slow motion"), this)),
      m_speed(new QSlider(Qt::Horizontal, this)),
      m_speedText(new QLabel(this)),
      m_status(new controls::HintLabel({}, this)) {
  m_start->setDefault(true);
  m_pause->setFixedWidth(m_pause->sizeHint().width());  // the longer of its two texts
  m_status->setObjectName(QStringLiteral("runStatus"));
  m_status->setAccessibleName(tr("State of the run"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  for (QPushButton* button : {m_start, m_pause, m_step, m_stop}) {
    row->addWidget(button);
  }
  row->addSpacing(8);
  row->addWidget(buildSlowMotion());
  row->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(row);
  layout->addWidget(m_status);
  connect(m_start, &QPushButton::clicked, this, &RunControls::startRequested);
  connect(m_pause, &QPushButton::clicked, this, &RunControls::pauseOrResumeRequested);
  connect(m_step, &QPushButton::clicked, this, &RunControls::stepRequested);
  connect(m_stop, &QPushButton::clicked, this, &RunControls::stopRequested);
  setState({});
}

QWidget* RunControls::buildSlowMotion() {
  m_slow->setObjectName(QStringLiteral("slowMotion"));
  m_slow->setAccessibleName(tr("Slow motion"));
  m_slow->setToolTip(
      tr("Show every step by itself, at most so many a second. Does not change the result."));
  m_speed->setObjectName(QStringLiteral("slowMotionSpeed"));
  m_speed->setAccessibleName(tr("Steps per second"));
  m_speed->setToolTip(tr("Steps per second in slow motion; 3 shows each one, 100 a whole run"));
  m_speed->setRange(0, static_cast<int>(kSpeeds.size()) - 1);
  m_speed->setPageStep(1);
  m_speed->setValue(kFirstSpeed);
  m_speed->setFixedWidth(kSliderWidth);
  m_speedText->setObjectName(QStringLiteral("slowMotionText"));
  m_speedText->setMinimumWidth(m_speedText->fontMetrics().horizontalAdvance(tr("1000 steps/s")));
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_slow);
  row->addWidget(m_speed);
  row->addWidget(m_speedText);
  connect(m_slow, &QCheckBox::toggled, this, &RunControls::tellSlowMotion);
  connect(m_speed, &QSlider::valueChanged, this, &RunControls::tellSlowMotion);
  tellSlowMotion();
  return box;
}

void RunControls::setState(const RunControlsState& state) {
  m_start->setEnabled(!state.active && state.canStart);
  m_pause->setEnabled(state.active);
  m_step->setEnabled(state.active || state.canStart);
  m_stop->setEnabled(state.active);
  setPauseText(state.active && state.paused);
  if (m_status->text() != state.status) {
    m_status->setText(state.status);
  }
}

bool RunControls::isSlow() const {
  return m_slow->isChecked();
}

void RunControls::setPauseText(bool paused) {
  if (m_pauseShowsResume == paused) {
    return;
  }
  m_pauseShowsResume = paused;
  const QString text = paused ? tr("Resume") : tr("Pause");
  m_pause->setText(text);
  m_pause->setShortcut(pauseKeys());  // a new text forgets the old shortcut
  m_pause->setAccessibleName(text);
  m_pause->setToolTip(
      withShortcut(paused ? tr("Go on training") : tr("Hold after the present step"), pauseKeys()));
  controls::setThemedIcon(m_pause, paused ? QStringLiteral("play") : QStringLiteral("pause"));
}

void RunControls::tellSlowMotion() {
  const int speed = kSpeeds[static_cast<std::size_t>(m_speed->value())];
  const bool slow = m_slow->isChecked();
  m_speed->setEnabled(slow);
  m_speedText->setEnabled(slow);
  m_speedText->setText(speed == 1 ? tr("1 step/s") : tr("%1 steps/s").arg(speed));
  emit slowMotionChanged(slow ? std::optional<double>(speed) : std::nullopt);
}

}  // namespace embedscope::train
