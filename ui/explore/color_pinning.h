// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace embedscope::explore {

// Dialogs that return at once; what is chosen is told later, as long as `owner` lives. Nothing is
// told when the person cancels.

/// Asks for the color of a category. The palette that everybody can tell apart is on offer.
/// @param now  its color so far.
void askForColor(QWidget& owner, const QString& category, QRgb now,
                 const std::function<void(QRgb color)>& chosen);

/// Asks for one of many categories, by its name.
/// @param some  names to choose among; others can be typed.
void askForCategory(QWidget& owner, const QStringList& some,
                    const std::function<void(const QString& category)>& chosen);

}  // namespace embedscope::explore
