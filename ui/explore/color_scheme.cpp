// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_scheme.h"

#include "core/base/text.h"
#include "core/table/value_counts.h"
#include "ui/plots/palette.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace embedscope::explore {

namespace {

constexpr std::size_t kFewNumbers = 8;
constexpr QRgb kMissingColor = qRgb(0x8c, 0x8c, 0x8c);

/// The different values of a column, the most frequent first.
using Counts = std::vector<std::pair<std::string_view, std::int64_t>>;

std::optional<QRgb> hexColor(std::string_view text) {
  constexpr std::size_t kLength = 7;
  const auto isHex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
  if (text.size() != kLength || text[0] != '#' ||
      !std::all_of(text.begin() + 1, text.end(), isHex)) {
    return {};
  }
  const std::string digits(text.substr(1));
  return 0xff000000U | static_cast<QRgb>(std::stoul(digits, nullptr, 16));
}

std::optional<double> finiteNumber(std::string_view text) {
  const std::optional<double> number = base::parseDouble(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

ColorScheme::Kind kindOf(const Counts& counts) {
  const auto all = [&](auto accepts) {
    return std::ranges::all_of(counts, [&](const auto& item) { return accepts(item.first); });
  };
  if (counts.empty()) {
    return ColorScheme::Kind::Categories;
  }
  if (all([](std::string_view text) { return hexColor(text).has_value(); })) {
    return ColorScheme::Kind::Colors;
  }
  if (counts.size() > kFewNumbers &&
      all([](std::string_view text) { return finiteNumber(text).has_value(); })) {
    return ColorScheme::Kind::Numbers;
  }
  return ColorScheme::Kind::Categories;
}

void useColors(ColorScheme& scheme, const table::MetadataColumn& column) {
  for (const std::string& value : column.values) {
    scheme.colors.push_back(hexColor(value).value_or(kMissingColor));
  }
}

/// A scale from the least to the greatest number; NaN stands for none.
void useScale(ColorScheme& scheme, std::vector<double> numbers) {
  scheme.kind = ColorScheme::Kind::Numbers;
  bool any = false;
  for (const double number : numbers) {
    if (std::isfinite(number)) {
      scheme.least = any ? std::min(scheme.least, number) : number;
      scheme.greatest = any ? std::max(scheme.greatest, number) : number;
      any = true;
    }
  }
  const double span = scheme.greatest - scheme.least;
  scheme.colors.reserve(numbers.size());
  for (const double number : numbers) {
    scheme.colors.push_back(
        std::isfinite(number)
            ? plots::viridis(span > 0 ? (number - scheme.least) / span : 0.5).rgb()
            : kMissingColor);
  }
  scheme.numbers = std::move(numbers);
}

void useNumbers(ColorScheme& scheme, const table::MetadataColumn& column) {
  std::vector<double> numbers;
  for (const std::string& value : column.values) {
    numbers.push_back(finiteNumber(value).value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  useScale(scheme, std::move(numbers));
}

std::optional<QRgb> pinOf(const Pins& pins, const QString& name) {
  const auto pin = pins.find(name);
  return pin == pins.end() ? std::nullopt : std::optional(pin->second);
}

void useCategories(ColorScheme& scheme, const table::MetadataColumn& column, const Counts& values,
                   const Pins& pins) {
  const auto marked = static_cast<std::size_t>(plots::distinctMarkCount());
  std::unordered_map<std::string_view, int> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& [text, count] = values[i];
    if (i >= marked && pins.empty()) {
      scheme.others += count;
      continue;
    }
    const QString name = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const std::optional<QRgb> pinned = pinOf(pins, name);
    if (i < marked || pinned) {
      places[text] = static_cast<int>(scheme.entries.size());
      scheme.entries.push_back({name, count, pinned});
    } else {
      scheme.others += count;
    }
  }
  for (const std::string& value : column.values) {
    const auto place = places.find(value);
    const int none = value.empty() ? ColorScheme::kMissing : ColorScheme::kOthers;
    scheme.marks.push_back(place == places.end() ? none : place->second);
  }
}

ColorScheme schemeOf(ColorScheme::Kind kind, const table::MetadataColumn& column,
                     const Counts& counts, const Pins& pins) {
  ColorScheme scheme;
  scheme.kind = kind;
  scheme.missing = std::ranges::count(column.values, std::string());
  switch (scheme.kind) {
    case ColorScheme::Kind::Colors:
      useColors(scheme, column);
      break;
    case ColorScheme::Kind::Numbers:
      useNumbers(scheme, column);
      break;
    case ColorScheme::Kind::Categories:
      useCategories(scheme, column, counts, pins);
      break;
  }
  return scheme;
}

}  // namespace

ColorScheme colorScheme(const table::MetadataColumn& column, const base::TaskContext& context,
                        const Pins& pins) {
  const Counts counts = table::valueCounts(column, context);
  return schemeOf(kindOf(counts), column, counts, pins);
}

ColorScheme categoryScheme(const table::MetadataColumn& column, const base::TaskContext& context,
                           const Pins& pins) {
  return schemeOf(ColorScheme::Kind::Categories, column, table::valueCounts(column, context), pins);
}

plots::OwnColors ownColors(const ColorScheme& scheme) {
  plots::OwnColors own;
  for (std::size_t i = 0; i < scheme.entries.size(); ++i) {
    if (scheme.entries[i].pinned) {
      own[static_cast<int>(i)] = *scheme.entries[i].pinned;
    }
  }
  return own;
}

QString usualColorColumn(const table::EmbeddingTable& table) {
  constexpr std::ptrdiff_t kFirstRows = 100;
  constexpr std::int64_t kMostClasses = 20;
  constexpr std::int64_t kRowsOfClass = 3;  // at least, on average
  for (const table::MetadataColumn& column : table.metadata().columns()) {
    const auto first = column.values.begin();
    const auto last = first + std::min(kFirstRows, std::ssize(column.values));
    if (first != last && std::all_of(first, last, [](const std::string& value) {
          return hexColor(value).has_value();
        })) {
      return QString::fromStdString(column.name);
    }
  }
  const std::int64_t classes = table.rowCount() - table.vocabulary().duplicateCount();
  return classes <= kMostClasses && classes * kRowsOfClass <= table.rowCount() ? kLabelColumn
                                                                               : QString();
}

ColorScheme colorScheme(const std::vector<double>& numbers) {
  ColorScheme scheme;
  scheme.missing =
      std::ranges::count_if(numbers, [](double number) { return !std::isfinite(number); });
  useScale(scheme, numbers);
  return scheme;
}

}  // namespace embedscope::explore
