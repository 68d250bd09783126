// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/form_parts.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <limits>

namespace embedscope::train {

namespace {

constexpr int kLabelGap = 2;
constexpr int kRowGap = 4;

QLabel* labelFor(QWidget* widget, const QString& text) {
  auto* label = new QLabel(text, widget->parentWidget());
  label->setBuddy(widget);
  return label;
}

}  // namespace

void describe(QWidget* widget, const char* name, const QString& accessibleName,
              const QString& tip) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(accessibleName);
  widget->setToolTip(tip);
}

void addNumberedChoice(QComboBox* combo, const QString& text, int value, const QString& tip) {
  combo->addItem(text, value);
  combo->setItemData(combo->count() - 1, tip, Qt::ToolTipRole);
}

void showChoice(QComboBox* combo, int value) {
  const QSignalBlocker blocker(combo);
  combo->setCurrentIndex(combo->findData(value));
}

int clampedInt(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

QGridLayout* newFormGrid() {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(kLabelGap);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  return grid;
}

void addPair(QGridLayout* grid, const QString& leftText, QWidget* left, const QString& rightText,
             QWidget* right) {
  const int row = grid->rowCount();
  grid->addWidget(labelFor(left, leftText), row, 0);
  grid->addWidget(labelFor(right, rightText), row, 1);
  grid->addWidget(left, row + 1, 0);
  grid->addWidget(right, row + 1, 1);
  grid->setRowMinimumHeight(row + 2, kRowGap);
}

void addWide(QGridLayout* grid, const QString& text, QWidget* widget) {
  const int row = grid->rowCount();
  grid->addWidget(labelFor(widget, text), row, 0, 1, 2);
  grid->addWidget(widget, row + 1, 0, 1, 2);
  grid->setRowMinimumHeight(row + 2, kRowGap);
}

}  // namespace embedscope::train
