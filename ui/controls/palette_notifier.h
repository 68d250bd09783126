// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace embedscope::controls {

/// Tells when the application's palette changed, for things that get no change event of their own
/// (actions, icons). Lives and dies with the application object.
class PaletteNotifier : public QObject {
  Q_OBJECT

 public:
  static PaletteNotifier& instance();

  bool eventFilter(QObject* watched, QEvent* event) override;

 signals:
  void changed();

 private:
  explicit PaletteNotifier(QObject* application);
};

}  // namespace embedscope::controls
