// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/film_bar.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace embedscope::train {

namespace {

constexpr int kPlayMs = 40;
constexpr int kPlayFrames = 150;  // a whole film takes about six seconds
constexpr int kTextLength = 26;   // digits and letters that the text beside the slider may need

QString grouped(std::int64_t value) {
  return QLocale().toString(static_cast<qlonglong>(value));
}

}  // namespace

FilmBar::FilmBar(QWidget* parent)
    : QWidget(parent),
      m_play(new QToolButton(this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_text(new QLabel(this)),
      m_turning(new QComboBox(this)),
      m_continue(new QPushButton(tr("Continue from here"), this)) {
  setObjectName(QStringLiteral("filmBar"));
  setAccessibleName(tr("Film of the run"));
  buildControls();
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Film"), this));
  layout->addWidget(m_play);
  layout->addWidget(m_slider, 1);
  layout->addWidget(m_text);
  layout->addWidget(m_turning);
  layout->addWidget(m_continue);
  connect(m_slider, &QSlider::valueChanged, this, &FilmBar::choose);
  connect(m_slider, &QSlider::sliderPressed, this, &FilmBar::stopPlaying);
  connect(m_play, &QToolButton::clicked, this, &FilmBar::togglePlay);
  connect(m_turning, &QComboBox::activated, this, &FilmBar::turningChanged);
  connect(m_continue, &QPushButton::clicked, this, &FilmBar::continueRequested);
  connect(&m_timer, &QTimer::timeout, this, &FilmBar::playOn);
  clear();
}

void FilmBar::buildControls() {
  buildPlay();
  m_slider->setObjectName(QStringLiteral("filmSlider"));
  m_slider->setAccessibleName(tr("Step of the run to look at"));
  m_slider->setToolTip(
      tr("Drag to see the vectors as they were; the right end is the newest state.\n"
         "Arrow keys go frame by frame, Home to the start, End to the newest."));
  m_slider->setMinimumWidth(96);
  m_text->setObjectName(QStringLiteral("filmStep"));
  m_text->setFixedWidth(m_text->fontMetrics().averageCharWidth() * kTextLength);
  m_turning->setObjectName(QStringLiteral("filmTurning"));
  m_turning->setAccessibleName(tr("How frames are laid over each other"));
  m_turning->addItem(tr("As they are"));
  m_turning->addItem(tr("Turned to the last"));
  m_turning->setToolTip(
      tr("Every frame is drawn in the plane of the newest vectors.\n"
         "As they are: what moves in the picture has moved in training.\n"
         "Turned to the last: each frame is first rotated as near to the newest as it goes "
         "(orthogonal Procrustes), so that only changes of shape show."));
  m_continue->setObjectName(QStringLiteral("continueFromFrame"));
  m_continue->setAccessibleName(tr("Continue the run from this frame"));
}

void FilmBar::buildPlay() {
  m_play->setObjectName(QStringLiteral("playFilm"));
  m_play->setAccessibleName(tr("Play the film"));
  m_play->setAutoRaise(true);
  m_play->setCheckable(true);
  m_play->setToolTip(tr("Play the film from its first frame"));
  controls::setThemedIcon(m_play, QStringLiteral("play"));
  m_timer.setInterval(kPlayMs);
}

void FilmBar::setFilm(const training::Film& film, std::int64_t stepsPerEpoch) {
  const std::optional<std::size_t> shown = frame();
  const std::int64_t step = shown ? m_steps[*shown] : 0;
  m_stepsPerEpoch = stepsPerEpoch;
  m_steps.clear();
  for (const training::CheckpointPtr& checkpoint : film.frames()) {
    m_steps.push_back(checkpoint->step);
  }
  const QSignalBlocker quiet(m_slider);
  m_slider->setRange(0, static_cast<int>(m_steps.size()));
  m_slider->setPageStep(std::max(1, static_cast<int>(m_steps.size()) / 10));
  const auto place = std::ranges::upper_bound(m_steps, step) - m_steps.begin();
  m_slider->setValue(shown ? std::max(0, static_cast<int>(place) - 1) : m_slider->maximum());
  tell();
}

void FilmBar::clear() {
  stopPlaying();
  setFilm(training::Film(0), 0);
  const QSignalBlocker quiet(m_slider);
  m_slider->setValue(m_slider->maximum());
  tell();
}

void FilmBar::setCanContinue(bool can) {
  m_canContinue = can;
  tell();
}

std::optional<std::size_t> FilmBar::frame() const {
  const auto position = static_cast<std::size_t>(m_slider->value());
  return position < m_steps.size() ? std::optional(position) : std::nullopt;
}

void FilmBar::showStep(std::int64_t step) {
  if (m_steps.empty()) {
    return;
  }
  stopPlaying();
  const auto place = std::ranges::upper_bound(m_steps, step) - m_steps.begin();
  m_slider->setValue(std::max(0, static_cast<int>(place) - 1));
}

FilmView::Turning FilmBar::turning() const {
  return m_turning->currentIndex() == 1 ? FilmView::Turning::TowardsLast : FilmView::Turning::None;
}

void FilmBar::choose(int position) {
  tell();
  emit frameChosen(static_cast<std::size_t>(position) < m_steps.size() ? position : -1);
}

void FilmBar::togglePlay() {
  if (!m_play->isChecked()) {
    stopPlaying();
    return;
  }
  if (!frame()) {
    m_slider->setValue(0);
  }
  m_timer.start();
}

void FilmBar::stopPlaying() {
  m_timer.stop();
  m_play->setChecked(false);
}

void FilmBar::playOn() {
  const int stride = std::max(1, static_cast<int>(m_steps.size()) / kPlayFrames);
  m_slider->setValue(std::min(m_slider->maximum(), m_slider->value() + stride));
  if (m_slider->value() == m_slider->maximum()) {
    stopPlaying();
  }
}

void FilmBar::tell() {
  const bool any = !m_steps.empty();
  const std::optional<std::size_t> shown = frame();
  for (QWidget* widget : {static_cast<QWidget*>(m_play), static_cast<QWidget*>(m_slider),
                          static_cast<QWidget*>(m_turning)}) {
    widget->setEnabled(any);
  }
  m_continue->setEnabled(shown && m_canContinue);
  m_continue->setToolTip(
      !any             ? tr("A film begins with the run.")
      : !m_canContinue ? tr("Pause or stop the run first.")
      : !shown         ? tr("Choose an earlier step with the slider first.")
               : tr("Go back to step %1 with all numbers of the optimizer, and train on from there "
                    "with what the panel says (learning rate, epochs, …).")
                     .arg(grouped(m_steps[*shown])));
  if (!shown) {
    m_text->setText(
        any ? tr("newest of %1 frames").arg(grouped(static_cast<std::int64_t>(m_steps.size())))
            : QString());
    return;
  }
  const std::int64_t step = m_steps[*shown];
  m_text->setText(m_stepsPerEpoch > 0
                      ? tr("step %1 · epoch %2").arg(grouped(step)).arg(step / m_stepsPerEpoch)
                      : tr("step %1").arg(grouped(step)));
}

}  // namespace embedscope::train
