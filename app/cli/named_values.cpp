// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/named_values.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::cli {

namespace {

/// The column whose name the text begins with, followed by `mark` or, where it may, by nothing; of
/// several the one with the longest name.
std::optional<std::size_t> columnBefore(std::string_view text, char mark, bool mayEnd,
                                        const std::vector<std::string>& columns) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& name = columns[i];
    const bool whole = mayEnd && text == name;
    const bool begins = text.size() > name.size() && text[name.size()] == mark;
    if ((whole || (begins && text.starts_with(name))) &&
        (!found || name.size() > columns[*found].size())) {
      found = i;
    }
  }
  return found;
}

[[noreturn]] void refuseColumn(std::string_view text, std::string_view option) {
  refuse(
      fmt::format("{}: \"{}\" is not one of the columns that it can be given for", option, text));
}

}  // namespace

void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

std::vector<NamedValue> namedValues(const std::vector<std::string>& given,
                                    const std::vector<std::string>& columns,
                                    std::string_view option) {
  std::vector<NamedValue> values;
  for (const std::string& text : given) {
    std::string_view rest = text;
    while (true) {
      const std::optional<std::size_t> column = columnBefore(rest, '=', false, columns);
      rest.remove_prefix(column ? columns[*column].size() + 1 : 0);
      const std::size_t comma = rest.find(',');
      const std::string_view value = rest.substr(0, comma);
      if (!column && value.find('=') != std::string_view::npos) {
        refuseColumn(value.substr(0, value.find('=')), option);
      }
      values.push_back({column, std::string(value)});
      if (comma == std::string_view::npos) {
        break;
      }
      rest.remove_prefix(comma + 1);
    }
  }
  std::stable_partition(values.begin(), values.end(),
                        [](const NamedValue& value) { return !value.column; });
  return values;
}

std::vector<NamedValue> namedTexts(const std::vector<std::string>& given,
                                   const std::vector<std::string>& columns,
                                   std::string_view option) {
  std::vector<NamedValue> values;
  for (const std::string& text : given) {
    const std::optional<std::size_t> column = columnBefore(text, '=', false, columns);
    if (!column) {
      const std::size_t equals = text.find('=');
      if (equals == std::string::npos) {
        refuse(fmt::format("{} takes COLUMN=VALUE, not \"{}\"", option, text));
      }
      refuseColumn(text.substr(0, equals), option);
    }
    values.push_back({column, text.substr(columns[*column].size() + 1)});
  }
  return values;
}

std::vector<std::size_t> namedColumns(const std::vector<std::string>& given,
                                      const std::vector<std::string>& columns,
                                      std::string_view option) {
  std::vector<std::size_t> places;
  for (const std::string& text : given) {
    std::string_view rest = text;
    while (true) {
      const std::optional<std::size_t> place = columnBefore(rest, ',', true, columns);
      if (!place) {
        refuseColumn(rest.substr(0, rest.find(',')), option);
      }
      if (std::find(places.begin(), places.end(), *place) == places.end()) {
        places.push_back(*place);
      }
      const std::size_t length = columns[*place].size();
      if (rest.size() == length) {
        break;
      }
      rest.remove_prefix(length + 1);
    }
  }
  return places;
}

std::int64_t wholeNumber(const std::string& text, std::string_view option) {
  const std::optional<std::int64_t> number = base::parseInteger(text);
  if (!number) {
    refuse(fmt::format("{}: \"{}\" is not a whole number", option, text));
  }
  return *number;
}

double decimalNumber(const std::string& text, std::string_view option) {
  const std::optional<double> number = base::parseDouble(text);
  if (!number) {
    refuse(fmt::format("{}: \"{}\" is not a number", option, text));
  }
  return *number;
}

}  // namespace embedscope::cli
