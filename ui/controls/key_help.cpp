// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/key_help.h"

#include <QStringList>
#include <QVariant>
#include <QWidget>

namespace embedscope::controls {

namespace {

constexpr const char* kProperty = "keyHelp";  // keys and words by turns

}  // namespace

void setKeyHelp(QWidget& widget, const std::vector<KeyHelp>& help) {
  QStringList texts;
  for (const KeyHelp& entry : help) {
    texts << entry.keys << entry.words;
  }
  widget.setProperty(kProperty, texts);
}

std::vector<KeyHelp> keyHelpIn(const QWidget& window) {
  std::vector<KeyHelp> help;
  for (const QWidget* widget : window.findChildren<QWidget*>()) {
    const QStringList texts = widget->property(kProperty).toStringList();
    for (qsizetype i = 0; i + 1 < texts.size(); i += 2) {
      help.push_back({texts[i], texts[i + 1]});
    }
  }
  return help;
}

}  // namespace embedscope::controls
