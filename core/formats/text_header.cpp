// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_header.h"

#include "core/base/text.h"
#include "core/formats/text_lines.h"
#include "core/formats/text_row.h"

#include <algorithm>
#include <limits>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kLongestHeader = 100;

/// An integer of any length, cut to 63 bits.
std::optional<std::int64_t> readCount(std::string_view text) {
  if (const std::optional<std::int64_t> value = base::parseInteger(text)) {
    return value;
  }
  const bool digits =
      !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::optional(std::numeric_limits<std::int64_t>::max()) : std::nullopt;
}

std::string shapeText(const CountHeader& header) {
  return std::to_string(header.rows) + " x " + std::to_string(header.dimension);
}

std::string leastSize(const CountHeader& header, std::int64_t bytesPerValue) {
  return base::byteSize(static_cast<double>(header.rows) * static_cast<double>(header.dimension) *
                        static_cast<double>(bytesPerValue));
}

}  // namespace

std::string_view withoutByteOrderMark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  return text;
}

std::optional<CountHeader> findCountHeader(std::string_view text) {
  const std::string_view body = withoutByteOrderMark(text);
  const std::size_t newline = body.substr(0, kLongestHeader).find('\n');
  if (newline == std::string_view::npos) {
    return {};
  }
  const std::string_view line = trimmed(firstLine(body, newline));
  const std::size_t separator = line.find_first_of(" \t");
  if (separator == std::string_view::npos) {
    return {};
  }
  const auto rows = readCount(line.substr(0, separator));
  const auto dimension = readCount(trimmed(line.substr(separator)));
  if (!rows || !dimension) {
    return {};
  }
  return CountHeader{*rows, *dimension, text.size() - body.size() + newline + 1};
}

std::optional<CountHeader> findTextHeader(std::string_view text) {
  const std::optional<CountHeader> header = findCountHeader(text);
  if (!header || header->dimension == 1) {
    return header;
  }
  std::string_view rest = text.substr(header->end);
  const bool finished = rest.find('\n') != std::string_view::npos;
  const bool isRow = finished && trailingNumbers(takeLine(rest)) == 1;
  return isRow ? std::nullopt : header;
}

void checkCountHeader(const Source& source, const CountHeader& header, std::int64_t bytesPerValue) {
  const auto fail = [&](const std::string& sentence) {
    throw Error(ErrorCode::BadData, sentence, placeOfLine(source, 1));
  };
  if (header.rows < 0) {
    fail("the header says " + std::to_string(header.rows) + ", which is not a valid row count");
  }
  if (header.dimension < 0) {
    fail("the header says " + std::to_string(header.dimension) +
         ", which is not a valid number of dimensions");
  }
  if (header.dimension == 0) {
    fail("the header says 0 dimensions: these vectors have no values");
  }
  const auto values = base::checkedProduct(header.rows, header.dimension);
  const auto bytes = values ? base::checkedProduct(*values, sizeof(float)) : std::nullopt;
  const std::int64_t present = source.contentBytes() - static_cast<std::int64_t>(header.end);
  if (!bytes || header.dimension > present / bytesPerValue) {
    fail("implausible header: it claims " + shapeText(header) + " values" +
         (bytes ? ", which need at least " + leastSize(header, bytesPerValue) : "") +
         ", more than the file can hold (" +
         base::byteSize(static_cast<double>(source.contentBytes())) +
         "); the file is damaged or of another format");
  }
}

}  // namespace embedscope::formats
