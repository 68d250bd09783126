// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/word_pair_file.h"

#include "core/base/error.h"
#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/base/text_case.h"
#include "core/evaluation/file_lines.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string_view>

namespace embedscope::evaluation {

namespace {

[[noreturn]] void refuse(std::string_view found, const base::Place& place) {
  throw base::Error(base::ErrorCode::BadData,
                    fmt::format("expected two words and a number with tabs between them, found {}; "
                                "lines that are to be left out begin with #",
                                found),
                    place);
}

WordPair pairIn(std::string_view line, const base::Place& place) {
  const std::size_t first = line.find('\t');
  const std::size_t second = line.find('\t', std::min(first, line.size() - 1) + 1);
  if (first == line.npos || second == line.npos) {
    refuse(first == line.npos ? "no tab" : "one tab", place);
  }
  const std::string_view last = base::stripped(line.substr(second + 1));
  if (last.find('\t') != last.npos) {
    refuse("more than two tabs", place);
  }
  const std::optional<double> similarity = base::parseDouble(last);
  if (!similarity || !std::isfinite(*similarity)) {
    refuse(fmt::format("\"{}\" in place of the number", last), place);
  }
  return {std::string(line.substr(0, first)),
          std::string(line.substr(first + 1, second - first - 1)), *similarity};
}

}  // namespace

std::vector<WordPair> readWordPairs(const std::filesystem::path& path) {
  const auto file = base::MappedFile::open(path);
  std::vector<WordPair> pairs;
  eachLine(file->text(), [&](std::string_view line, std::int64_t number) {
    if (!line.starts_with('#') && !base::stripped(line).empty()) {
      pairs.push_back(pairIn(line, base::Place::ofLine(path, number)));
    }
  });
  if (pairs.empty()) {
    throw base::Error(base::ErrorCode::BadData,
                      "expected lines of two words and a number with tabs between them, found none",
                      base::Place::ofFile(path));
  }
  return pairs;
}

}  // namespace embedscope::evaluation
