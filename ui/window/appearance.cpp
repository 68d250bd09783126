// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/appearance.h"

#include "ui/plots/theme.h"
#include "ui/window/outlined_style.h"

#include <QApplication>
#include <QSettings>

namespace embedscope::window {

namespace {

constexpr int kDarkBelow = 128;

QString settingsKey() {
  return QStringLiteral("window/appearance");
}

}  // namespace

Appearance::Appearance(QObject* parent)
    : QObject(parent),
      m_systemIsDark(QApplication::palette().color(QPalette::Window).lightness() < kDarkBelow) {
  QApplication::setStyle(new OutlinedStyle);
  const QString name = QSettings().value(settingsKey()).toString();
  Mode remembered = Mode::System;
  for (const Mode mode : {Mode::Light, Mode::Dark}) {
    remembered = name == modeName(mode) ? mode : remembered;
  }
  showMode(remembered);
}

void Appearance::setMode(Mode mode) {
  showMode(mode);
  QSettings().setValue(settingsKey(), modeName(mode));
}

void Appearance::showMode(Mode mode) {
  m_mode = mode;
  const bool dark = mode == Mode::Dark || (mode == Mode::System && m_systemIsDark);
  QApplication::setPalette((dark ? plots::Theme::dark() : plots::Theme::light()).palette());
}

QString Appearance::modeName(Mode mode) {
  switch (mode) {
    case Mode::Light:
      return QStringLiteral("light");
    case Mode::Dark:
      return QStringLiteral("dark");
    case Mode::System:
      break;
  }
  return QStringLiteral("system");
}

}  // namespace embedscope::window
