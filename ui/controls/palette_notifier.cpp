// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/palette_notifier.h"

#include <QCoreApplication>
#include <QEvent>

namespace embedscope::controls {

PaletteNotifier& PaletteNotifier::instance() {
  static const QString kName = QStringLiteral("paletteNotifier");
  QCoreApplication* application = QCoreApplication::instance();
  auto* found = application->findChild<PaletteNotifier*>(kName, Qt::FindDirectChildrenOnly);
  return found != nullptr ? *found : *new PaletteNotifier(application);
}

PaletteNotifier::PaletteNotifier(QObject* application) : QObject(application) {
  setObjectName(QStringLiteral("paletteNotifier"));
  application->installEventFilter(this);
}

bool PaletteNotifier::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ApplicationPaletteChange && watched == parent()) {
    emit changed();
  }
  return false;
}

}  // namespace embedscope::controls
