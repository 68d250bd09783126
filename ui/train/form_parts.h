// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QSignalBlocker>
#include <QString>
#include <QWidget>

#include <cstdint>

class QGridLayout;

/// What the forms of this page are put together from.
namespace embedscope::train {

/// Gives a control the names that tests, keys and screen readers need, and its tooltip.
void describe(QWidget* widget, const char* name, const QString& accessibleName, const QString& tip);

/// Adds an entry whose data is a number.
void addNumberedChoice(QComboBox* combo, const QString& text, int value, const QString& tip);

template <typename Enum>
void addChoice(QComboBox* combo, const QString& text, Enum value, const QString& tip) {
  addNumberedChoice(combo, text, static_cast<int>(value), tip);
}

/// Shows a value without telling about it, and without disturbing one who types the same.
template <typename Box, typename Value>
void showValue(Box* box, Value value) {
  if (box->value() != value) {
    const QSignalBlocker blocker(box);
    box->setValue(value);
  }
}

/// Likewise for the entry with this data.
void showChoice(QComboBox* combo, int value);

template <typename Button>
void showChecked(Button* button, bool checked) {
  const QSignalBlocker blocker(button);
  button->setChecked(checked);
}

/// As far as a spin box can show it.
int clampedInt(std::int64_t value);

/// A grid of labels over their controls, two to a row.
QGridLayout* newFormGrid();

/// Two labelled controls side by side at the end of the grid.
void addPair(QGridLayout* grid, const QString& leftText, QWidget* left, const QString& rightText,
             QWidget* right);

/// One labelled control over the whole width.
void addWide(QGridLayout* grid, const QString& text, QWidget* widget);

}  // namespace embedscope::train
