// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/words.h"

#include "core/base/text.h"
#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace embedscope::product {

namespace {

constexpr float kLargestWhole = 1e6F;
constexpr std::int64_t kWrittenTerms = 6;

QString translated(const char* text) {
  return QCoreApplication::translate("Product", text);
}

/// In a sum a negative number wears parentheses.
QString factorText(float value) {
  const QString text = numberInWords(value);
  return std::signbit(value) ? QStringLiteral("(%1)").arg(text) : text;
}

QString termText(const explain::OneHotProduct& product, std::int64_t row, std::int64_t column) {
  const float value = product.table().row(row)[static_cast<std::size_t>(column)];
  return numberInWords(product.coefficient(row)) + QStringLiteral("·") + factorText(value);
}

}  // namespace

QString numberInWords(float value) {
  const auto number = static_cast<double>(value);
  if (std::isnan(value)) {
    return QStringLiteral("NaN");
  }
  if (std::isinf(value)) {
    return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
  }
  if (value == 0 && std::signbit(value)) {
    return QStringLiteral("−0");
  }
  if (std::abs(value) < kLargestWhole && std::trunc(value) == value) {
    return plots::numberText(number, 0);
  }
  QString text = plots::shortNumberText(number);
  if (text.contains(QLatin1Char('.')) && !text.contains(QLatin1Char('e'))) {
    while (text.endsWith(QLatin1Char('0'))) {
      text.chop(1);
    }
  }
  return text;
}

QString vectorText(std::span<const float> values, std::size_t most) {
  QStringList parts;
  for (const float value : values.first(std::min(most, values.size()))) {
    parts += numberInWords(value);
  }
  if (values.size() > most) {
    parts += QStringLiteral("…");
  }
  return QStringLiteral("[%1]").arg(parts.join(QStringLiteral(", ")));
}

namespace {

/// Three vectors have to fit on a line or two.
QString shortVector(std::span<const float> values) {
  return vectorText(values, values.size() <= 4 ? 4 : 3);
}

}  // namespace

QString stepText(const explain::OneHotProduct& product, std::int64_t step) {
  if (step <= 0) {
    return translated("before step 1 of %1: the sum starts at %2")
        .arg(document::groupedText(product.stepCount()), shortVector(product.partialSumBefore(0)));
  }
  const explain::OneHotProduct::Step shown = product.step(step - 1);
  return translated("step %1 of %2: %3 × %4 added to %5 gives %6")
      .arg(document::groupedText(step), document::groupedText(product.stepCount()),
           numberInWords(shown.coefficient), shortVector(product.table().row(shown.row)),
           shortVector(product.partialSumBefore(shown.row)), shortVector(shown.partialSum));
}

QString dotProductText(const explain::OneHotProduct& product, std::int64_t step,
                       std::int64_t column) {
  const auto sum = product.partialSumBefore(step)[static_cast<std::size_t>(column)];
  if (step == 0) {
    return numberInWords(sum);
  }
  QStringList terms;
  if (step <= kWrittenTerms) {
    for (std::int64_t row = 0; row < step; ++row) {
      terms += termText(product, row, column);
    }
  } else {
    std::int64_t last = -1;
    for (const std::int64_t row : {std::int64_t{0}, product.index(), step - 1}) {
      if (row <= last || row >= step) {
        continue;
      }
      if (row > last + 1) {
        terms += QStringLiteral("…");
      }
      terms += termText(product, row, column);
      last = row;
    }
  }
  return terms.join(QStringLiteral(" + ")) + QStringLiteral(" = ") + numberInWords(sum);
}

QString verdictText(const explain::OneHotProduct& product) {
  if (product.bitEqual()) {
    return translated("bit-equal");
  }
  const std::vector<float>& result = product.result();
  const std::span<const float> lookup = product.lookup();
  for (std::size_t j = 0; j < result.size(); ++j) {
    if (std::isnan(result[j]) && !std::isnan(lookup[j])) {
      return translated(
          "not bit-equal: another row holds NaN or infinity, and 0 times that is NaN, not 0");
    }
  }
  for (std::size_t j = 0; j < result.size(); ++j) {
    if (result[j] == 0 && std::signbit(result[j]) != std::signbit(lookup[j])) {
      return translated("not bit-equal: the row holds −0, and 0 + (−0) is +0");
    }
  }
  return translated("not bit-equal: the row holds NaN, and arithmetic may change its bits");
}

}  // namespace embedscope::product
