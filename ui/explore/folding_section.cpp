// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/folding_section.h"

#include <QSettings>
#include <QVBoxLayout>

namespace embedscope::explore {

FoldingSection::FoldingSection(const QString& key, const QString& title, QWidget* content,
                               bool openAtFirst, QWidget* parent)
    : Disclosure(title, parent) {
  const QString setting = QStringLiteral("explore/sections/%1").arg(key);
  body()->addWidget(content);
  setOpen(QSettings().value(setting, openAtFirst).toBool());
  connect(this, &Disclosure::toggled, this,
          [setting](bool open) { QSettings().setValue(setting, open); });
}

}  // namespace embedscope::explore
