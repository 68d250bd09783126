// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_rows.h"

#include "core/base/text.h"
#include "core/formats/decimal.h"
#include "core/formats/json_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace embedscope::formats {

namespace {

using Kind = JsonMember::Kind;

bool readNumber(std::string_view element, float& value) {
  const char* end = element.data() + element.size();
  if (!element.empty() && readDecimal(element.data(), end, value) == end) {
    return true;
  }
  value = std::numeric_limits<float>::quiet_NaN();
  return element == "null";
}

bool isScalar(Kind kind) {
  return kind != Kind::Array && kind != Kind::Object;
}

}  // namespace

std::optional<RowFault> JsonRows::readVector(std::string_view array, float* values) const {
  JsonElements elements(array);
  std::int64_t count = 0;
  while (const std::optional<std::string_view> element = elements.next()) {
    if (count < m_members.dimension && !readNumber(*element, values[count])) {
      return RowFault{shownField(*element) + " is not a number"};
    }
    ++count;
  }
  if (count != m_members.dimension) {
    RowFault fault = wrongCount(count, m_members.dimension, "value", "values");
    fault.cutShort = false;  // the bracket is closed
    return fault;
  }
  return {};
}

std::optional<RowFault> JsonRows::read(std::string_view record, float* values,
                                       RowTexts& texts) const {
  std::optional<RowFault> fault;
  bool hasVector = false;
  texts.label = {};
  const auto take = [&](const JsonMember& member) {
    if (member.key == m_members.vector) {
      hasVector = true;
      fault = member.kind == Kind::Array
                  ? readVector(member.value, values)
                  : RowFault{shownField(member.key) + " is no array of numbers"};
      return;
    }
    const std::string_view value =
        isScalar(member.kind) && member.kind != Kind::Null ? member.value : std::string_view();
    if (member.key == m_members.label) {
      texts.label = value;
      return;
    }
    const auto column = std::ranges::find(m_members.metadata, member.key);
    if (column == m_members.metadata.end() || !isScalar(member.kind)) {
      m_sawOthers.store(true, std::memory_order_relaxed);
    } else {
      texts.metadata[static_cast<std::size_t>(column - m_members.metadata.begin())] = value;
    }
  };
  if (!readJsonLine(record, *texts.made, take)) {
    JsonProblem problem = jsonProblem(record);
    return RowFault{std::move(problem.sentence), problem.cutShort};
  }
  if (!hasVector) {
    return RowFault{"there is no member " + shownField(m_members.vector)};
  }
  return fault ? fault : labelFault(texts.label);
}

std::vector<std::string> JsonRows::notes() const {
  if (!m_sawOthers) {
    return {};
  }
  return {
      "members that hold lists or objects, or that do not occur in the first 1,000 lines, were "
      "left "
      "out"};
}

}  // namespace embedscope::formats
