// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/section.h"

#include <QFont>
#include <QPalette>

namespace embedscope::controls {

namespace {

constexpr double kHeadingScale = 0.85;
constexpr double kLetterSpacing = 108;

}  // namespace

SectionLabel::SectionLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kHeadingScale);
  small.setCapitalization(QFont::AllUppercase);
  small.setLetterSpacing(QFont::PercentageSpacing, kLetterSpacing);
  small.setWeight(QFont::DemiBold);
  setFont(small);
  setForegroundRole(QPalette::PlaceholderText);
}

HintLabel::HintLabel(const QString& text, QWidget* parent) : QLabel(text, parent) {
  setWordWrap(true);
  setForegroundRole(QPalette::PlaceholderText);
}

}  // namespace embedscope::controls
