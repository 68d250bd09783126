// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace embedscope::plots {

/// A number as plots write it: fixed digits, a true minus sign, no "−0".
///
/// @param decimals  digits after the point. NaN gives "–".
QString numberText(double value, int decimals);

/// A number with about four significant digits: "0.0312", "1,234", "2.1e−07".
QString shortNumberText(double value);

/// Whole numbers without a point: "5", "1,000"; others as shortNumberText.
QString tickText(double value);

}  // namespace embedscope::plots
