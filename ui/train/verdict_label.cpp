// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/verdict_label.h"

namespace embedscope::train {

namespace {

constexpr double kScale = 1.15;

}  // namespace

VerdictLabel::VerdictLabel(const char* name, const QString& accessibleName, QWidget* parent)
    : QLabel(parent) {
  setObjectName(QLatin1String(name));
  setAccessibleName(accessibleName);
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  QFont larger = font();
  larger.setPointSizeF(larger.pointSizeF() * kScale);
  setFont(larger);
  setVisible(false);
}

void VerdictLabel::setVerdict(const QString& sentences) {
  setText(sentences);
  setAccessibleDescription(sentences);
  setVisible(!sentences.isEmpty());
}

}  // namespace embedscope::train
