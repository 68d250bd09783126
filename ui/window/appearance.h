// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>
#include <QString>

namespace embedscope::window {

/// Light, dark, or what the system had when the program started; remembered between sessions.
class Appearance : public QObject {
  Q_OBJECT

 public:
  enum class Mode { System, Light, Dark };

  /// Applies the remembered mode to the application. One object per process.
  explicit Appearance(QObject* parent = nullptr);

  Mode mode() const { return m_mode; }

  /// Applies a mode at once, and remembers it.
  void setMode(Mode mode);

  /// Applies a mode for this session only (pictures, tests).
  void showMode(Mode mode);

  static QString modeName(Mode mode);

 private:
  bool m_systemIsDark;
  Mode m_mode = Mode::System;
};

}  // namespace embedscope::window
