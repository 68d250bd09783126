// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/mode_switch.h"

#include "ui/controls/palette_notifier.h"
#include "ui/plots/theme.h"
#include "ui/train/form_parts.h"

#include <QApplication>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QToolButton>

#include <array>

namespace embedscope::train {

namespace {

constexpr int kHeight = 28;

struct Choice {
  const char* name;
  const char* text;
  const char* tip;
};

constexpr std::array<Choice, 3> kChoices = {
    Choice{"oneRunMode", QT_TRANSLATE_NOOP("ModeSwitch", "One run"),
           QT_TRANSLATE_NOOP("ModeSwitch", "Train one model and watch its losses and vectors")},
    Choice{"raceMode", QT_TRANSLATE_NOOP("ModeSwitch", "Race"),
           QT_TRANSLATE_NOOP("ModeSwitch",
                             "Let one-hot, identity and learned embeddings compete on the same "
                             "splits, with several seeds each")},
    Choice{"crossoverMode", QT_TRANSLATE_NOOP("ModeSwitch", "Crossover"),
           QT_TRANSLATE_NOOP("ModeSwitch",
                             "Measure from how many categories, rows or dimensions "
                             "on an embedding pays")}};

}  // namespace

ModeSwitch::ModeSwitch(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("modeSwitch"));
  setAccessibleName(tr("What to train"));
  auto* group = new QButtonGroup(this);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  for (std::size_t i = 0; i < kChoices.size(); ++i) {
    auto* button = new QToolButton(this);
    const QString text = QCoreApplication::translate("ModeSwitch", kChoices[i].text);
    button->setText(text);
    describe(button, kChoices[i].name, text,
             QCoreApplication::translate("ModeSwitch", kChoices[i].tip));
    button->setCheckable(true);
    button->setFixedHeight(kHeight);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::TabFocus);
    group->addButton(button, static_cast<int>(i));
    layout->addWidget(button, 1);
    m_buttons.push_back(button);
  }
  m_buttons.front()->setChecked(true);
  connect(group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
    if (checked) {
      emit modeChanged(static_cast<TrainMode>(id));
    }
  });
  connect(&controls::PaletteNotifier::instance(), &controls::PaletteNotifier::changed, this,
          &ModeSwitch::restyle);
  restyle();
}

TrainMode ModeSwitch::mode() const {
  for (std::size_t i = 0; i < m_buttons.size(); ++i) {
    if (m_buttons[i]->isChecked()) {
      return static_cast<TrainMode>(i);
    }
  }
  return TrainMode::OneRun;
}

void ModeSwitch::setMode(TrainMode mode) {
  m_buttons[static_cast<std::size_t>(mode)]->setChecked(true);
}

/// One bar with the chosen part filled, which Fusion's separate buttons do not show.
void ModeSwitch::restyle() {
  const plots::Theme theme = plots::Theme::of(QApplication::palette());
  const QColor hover = plots::mixed(theme.base, theme.accent, 0.12);
  const QString sheet =
      QStringLiteral(
          "QToolButton { background: %1; color: %2; border: 1px solid %3; border-left-width: 0;"
          " padding: 0 4px; }"
          "QToolButton#oneRunMode { border-left-width: 1px; border-top-left-radius: 4px;"
          " border-bottom-left-radius: 4px; }"
          "QToolButton#crossoverMode { border-top-right-radius: 4px;"
          " border-bottom-right-radius: 4px; }"
          "QToolButton:hover { background: %4; }"
          "QToolButton:checked { background: %5; color: %6; border-color: %5; }"
          "QToolButton:focus { border-color: %7; text-decoration: underline; }")
          .arg(theme.base.name(), theme.text.name(), theme.border.name(), hover.name(),
               theme.accent.name(), theme.onAccent.name(), theme.accent.name());
  setStyleSheet(sheet);
}

}  // namespace embedscope::train
