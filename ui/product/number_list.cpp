// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/number_list.h"

#include <QLocale>
#include <QStringList>

#include <cmath>

namespace embedscope::product {

std::optional<std::vector<float>> numbersFrom(const QString& text) {
  std::vector<float> numbers;
  if (text.trimmed().isEmpty()) {
    return numbers;
  }
  QString plain = text;
  plain.replace(QChar(0x2212), QLatin1Char('-'));  // the minus sign that the page itself writes
  for (const QString& part : plain.split(QLatin1Char(','))) {
    bool valid = false;
    const float number = QLocale::c().toFloat(part.trimmed(), &valid);
    if (!valid || !std::isfinite(number)) {
      return {};
    }
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace embedscope::product
