// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/number_text.h"

#include "core/base/text.h"

#include <QChar>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

const QChar kMinus(0x2212);

QString withTrueMinus(QString text) {
  return text.replace(QLatin1Char('-'), kMinus);
}

}  // namespace

QString numberText(double value, int decimals) {
  if (std::isnan(value)) {
    return QStringLiteral("–");
  }
  if (std::isinf(value)) {
    return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
  }
  const double unit = std::pow(10.0, -decimals);
  const double shown = std::abs(value) < unit / 2 ? 0 : value;
  return withTrueMinus(QString::number(shown, 'f', decimals));
}

QString shortNumberText(double value) {
  const double size = std::abs(value);
  if (!std::isfinite(value) || size == 0) {
    return numberText(value, 0);
  }
  if (size >= 1e6 || size < 1e-4) {
    return withTrueMinus(QString::number(value, 'e', 2));
  }
  if (size >= 1000) {
    return withTrueMinus(QLocale::c().toString(value, 'f', 0));
  }
  return numberText(value, std::clamp(3 - static_cast<int>(std::floor(std::log10(size))), 0, 6));
}

QString tickText(double value) {
  constexpr double kMost = 1e6;
  const bool isWhole = std::abs(value) < kMost && value == std::round(value);
  return isWhole ? withTrueMinus(QString::fromStdString(
                       base::groupedDigits(static_cast<std::int64_t>(value))))
                 : shortNumberText(value);
}

}  // namespace embedscope::plots
