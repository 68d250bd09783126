// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_row.h"

#include "core/base/text.h"
#include "core/formats/decimal.h"
#include "core/formats/text_lines.h"

#include <algorithm>
#include <span>
#include <vector>

namespace embedscope::formats {

namespace {

using Fields = std::vector<std::string_view>;

bool isSeparator(char c) {
  return c == ' ' || c == '\t';
}

const char* skipSeparators(const char* p, const char* end) {
  while (p != end && isSeparator(*p)) {
    ++p;
  }
  return p;
}

std::size_t labelEnd(std::string_view line, LabelField kind) {
  switch (kind) {
    case LabelField::UntilBlank:
      return std::min(line.find_first_of(" \t"), line.size());
    case LabelField::UntilTab:
      return std::min(line.find('\t'), line.size());
    case LabelField::Absent:
      break;
  }
  return 0;
}

/// The common case: a label without blanks and exactly as many numbers as expected.
bool readPlainRow(std::string_view line, const RowShape& shape, float* values,
                  std::string_view& label) {
  label = line.substr(0, labelEnd(line, shape.label));
  const char* end = line.data() + line.size();
  const char* p = readDecimals(label.data() + label.size(), end, values, shape.dimension);
  return p != nullptr && skipSeparators(p, end) == end;
}

/// The fields of a line; a line that begins with a separator has an empty first field.
Fields split(std::string_view line, LabelField kind) {
  Fields fields;
  if (kind != LabelField::Absent) {
    const std::size_t end = labelEnd(line, kind);
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  for (std::size_t begin = line.find_first_not_of(" \t"); begin != std::string_view::npos;
       begin = line.find_first_not_of(" \t", begin)) {
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return fields;
}

RowFault wrongValueCount(std::int64_t found, std::int64_t expected) {
  return wrongCount(found, expected, "value", "values");
}

bool isNumber(std::string_view field) {
  return base::parseFloat(field).has_value();
}

std::optional<RowFault> badNumber(std::span<const std::string_view> fields) {
  const auto bad = std::ranges::find_if_not(fields, isNumber);
  if (bad == fields.end()) {
    return {};
  }
  return RowFault{shownField(*bad) + " is not a number", bad + 1 == fields.end()};
}

/// Everything else: labels with blanks, and finding the words for what is wrong.
std::optional<RowFault> readOddRow(std::string_view line, const RowShape& shape, float* values,
                                   std::string_view& label) {
  const Fields fields = split(line, shape.label);
  const std::size_t first = shape.label == LabelField::Absent ? 0 : 1;
  const auto dimension = static_cast<std::size_t>(shape.dimension);
  const auto found = static_cast<std::int64_t>(fields.size() - first);
  if (fields.size() < first + dimension) {
    return wrongValueCount(found, shape.dimension);
  }
  const std::span vector = std::span(fields).last(dimension);
  if (std::optional<RowFault> fault = badNumber(vector)) {
    return fault;
  }
  const std::span more = std::span(fields).subspan(first, fields.size() - first - dimension);
  if (shape.label != LabelField::UntilBlank || std::ranges::all_of(more, looksNumeric)) {
    return wrongValueCount(found, shape.dimension);
  }
  label = trimmed({line.data(), static_cast<std::size_t>(vector.front().data() - line.data())});
  std::ranges::transform(vector, values, [](auto field) { return *base::parseFloat(field); });
  return {};
}

}  // namespace

std::optional<RowFault> readRow(std::string_view line, const RowShape& shape, float* values,
                                std::string_view& label) {
  if (!readPlainRow(line, shape, values, label)) {
    if (std::optional<RowFault> fault = readOddRow(line, shape, values, label)) {
      return fault;
    }
  }
  return labelFault(label);
}

std::int64_t trailingNumbers(std::string_view line) {
  const Fields fields = split(line, LabelField::UntilBlank);
  const auto numbers = std::span(fields).subspan(1);
  const auto word = std::ranges::find_if_not(numbers.rbegin(), numbers.rend(), isNumber);
  return word - numbers.rbegin();
}

}  // namespace embedscope::formats
