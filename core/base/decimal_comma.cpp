// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal_comma.h"

#include "core/base/text.h"

#include <algorithm>

namespace embedscope::base {

namespace {

bool isDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The digits of "1234", "" or "1.234.567"; nothing when the groups are not of three.
std::optional<std::string> wholePart(std::string_view text) {
  std::size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  if (point != std::string_view::npos && (digits.empty() || digits.size() > 3)) {
    return {};
  }
  while (point != std::string_view::npos) {
    const std::size_t next = text.find('.', point + 1);
    const std::string_view group = text.substr(
        point + 1, next == std::string_view::npos ? std::string_view::npos : next - point - 1);
    if (group.size() != 3) {
      return {};
    }
    digits += group;
    point = next;
  }
  return isDigits(digits) ? std::optional(digits) : std::nullopt;
}

}  // namespace

std::optional<std::string> withDecimalPoint(std::string_view cell) {
  const std::size_t comma = cell.find(',');
  if (comma == std::string_view::npos || comma + 1 == cell.size()) {
    return {};
  }
  const std::size_t sign = cell.starts_with('-') || cell.starts_with('+') ? 1 : 0;
  if (sign > comma || cell[comma + 1] < '0' || cell[comma + 1] > '9') {
    return {};
  }
  const std::optional<std::string> whole = wholePart(cell.substr(sign, comma - sign));
  if (!whole) {
    return {};
  }
  std::string number(cell.starts_with('-') ? "-" : "");
  number += whole->empty() ? "0" : *whole;
  number += '.';
  number += cell.substr(comma + 1);
  return parseDouble(number) ? std::optional(number) : std::nullopt;
}

}  // namespace embedscope::base
