// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_words.h"

#include "ui/plots/number_text.h"
#include "ui/train/run_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope::train {

namespace {

constexpr double kPercent = 100;

QString translated(const char* text) {
  return QCoreApplication::translate("RaceWords", text);
}

/// Digits after the point where no error asks for others.
int usualDecimals(bool share) {
  return share ? 1 : 4;
}

bool isShare(const QString& metricName) {
  return metricName == QLatin1String("accuracy");
}

/// Digits after the point so that an error of this size shows with two digits.
/// @param usual  where there is no error.
int decimalsFor(double error, int usual) {
  constexpr int kMost = 6;
  if (!(error > 0)) {
    return usual;
  }
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, kMost);
}

}  // namespace

QString metricNumberText(double value, const QString& metricName) {
  if (std::isnan(value)) {
    return QStringLiteral("–");
  }
  return isShare(metricName) ? translated("%1 %").arg(plots::numberText(kPercent * value, 1))
                             : plots::shortNumberText(value);
}

QString meanWithErrorText(double mean, double standardError, const QString& metricName) {
  if (std::isnan(mean) || std::isnan(standardError)) {
    return metricNumberText(mean, metricName);
  }
  const double scale = isShare(metricName) ? kPercent : 1;
  const int decimals = decimalsFor(scale * standardError, usualDecimals(isShare(metricName)));
  const QString numbers =
      QStringLiteral("%1 ± %2").arg(plots::numberText(scale * mean, decimals),
                                    plots::numberText(scale * standardError, decimals));
  return isShare(metricName) ? translated("%1 %").arg(numbers) : numbers;
}

QString differenceText(double value, const QString& metricName) {
  return isShare(metricName) ? translated("%1 points").arg(plots::numberText(kPercent * value, 1))
                             : plots::shortNumberText(value);
}

QString intervalText(const training::PairedDifference& difference, const QString& metricName) {
  if (difference.pairs == 0 || std::isnan(difference.mean)) {
    return QStringLiteral("–");
  }
  if (std::isnan(difference.lower) || std::isnan(difference.upper)) {
    return differenceText(difference.mean, metricName);
  }
  const double scale = isShare(metricName) ? kPercent : 1;
  const int decimals = decimalsFor(scale * (difference.upper - difference.lower) / 4,
                                   usualDecimals(isShare(metricName)));
  const auto number = [&](double value) { return plots::numberText(scale * value, decimals); };
  const QString text =
      translated("%1 (%2 to %3)")
          .arg(number(difference.mean), number(difference.lower), number(difference.upper));
  return isShare(metricName) ? translated("%1 points").arg(text) : text;
}

QString metricNameOf(const document::DataEntry& data, const data::DatasetSelection& selection) {
  const auto place = data.table->findColumn(selection.target);
  const bool isNumber =
      place && data.columns[static_cast<std::size_t>(*place)].kind == data::ColumnKind::Number;
  return isNumber && !selection.classify ? QStringLiteral("rmse") : QStringLiteral("accuracy");
}

QString bytesText(std::int64_t bytes) {
  constexpr double kStep = 1000;
  static constexpr std::array<const char*, 4> kUnits = {"B", "KB", "MB", "GB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= kStep && unit + 1 < kUnits.size()) {
    size /= kStep;
    ++unit;
  }
  const int decimals = unit > 0 && size < 10 ? 1 : 0;
  return QStringLiteral("%1 %2").arg(plots::numberText(size, decimals),
                                     QLatin1String(kUnits[unit]));
}

QString epochTimeText(double seconds) {
  constexpr double kMilli = 1e3;
  constexpr double kMicro = 1e6;
  if (seconds < 1 / kMilli) {
    return translated("%1 µs").arg(plots::numberText(kMicro * seconds, 0));
  }
  if (seconds < 10 / kMilli) {
    return translated("%1 ms").arg(plots::numberText(kMilli * seconds, 1));
  }
  return durationText(seconds);
}

QString axisText(training::CrossoverRecipe::Axis axis) {
  using Axis = training::CrossoverRecipe::Axis;
  switch (axis) {
    case Axis::RowsPerCategory:
      return translated("rows per category");
    case Axis::Dimension:
      return translated("dimensions d");
    case Axis::Categories:
      break;
  }
  return translated("categories");
}

}  // namespace embedscope::train
