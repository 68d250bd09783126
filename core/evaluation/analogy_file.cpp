// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/analogy_file.h"

#include "core/base/error.h"
#include "core/base/mapped_file.h"
#include "core/base/text_case.h"
#include "core/evaluation/file_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace embedscope::evaluation {

namespace {

constexpr std::string_view kSectionStart = ": ";

/// The name in ": NAME"; gensim, too, takes all colons and blanks off its beginning.
std::string sectionName(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(kSectionStart), line.size()));
  return std::string(base::stripped(line));
}

AnalogyQuestion questionIn(std::string_view line, const base::Place& place) {
  const std::vector<std::string_view> words = base::blankSeparated(line);
  if (words.size() != 4) {
    throw base::Error(
        base::ErrorCode::BadData,
        fmt::format("expected four words with blanks between them, or \": \" and the name of a "
                    "section, found {} {}",
                    words.size(), words.size() == 1 ? "word" : "words"),
        place);
  }
  return {std::string(words[0]), std::string(words[1]), std::string(words[2]),
          std::string(words[3])};
}

}  // namespace

std::vector<AnalogyTopic> readAnalogies(const std::filesystem::path& path) {
  const auto file = base::MappedFile::open(path);
  std::vector<AnalogyTopic> topics;
  eachLine(file->text(), [&](std::string_view line, std::int64_t number) {
    if (line.starts_with(kSectionStart)) {
      topics.push_back({sectionName(line), {}});
      return;
    }
    if (base::stripped(line).empty()) {
      return;
    }
    const base::Place place = base::Place::ofLine(path, number);
    AnalogyQuestion question = questionIn(line, place);
    if (topics.empty()) {
      throw base::Error(base::ErrorCode::BadData,
                        "expected \": \" and the name of a section before the first question",
                        place);
    }
    topics.back().questions.push_back(std::move(question));
  });
  if (std::ranges::all_of(topics,
                          [](const AnalogyTopic& topic) { return topic.questions.empty(); })) {
    throw base::Error(base::ErrorCode::BadData,
                      "expected lines of four words below \": \" and the name of a section, found "
                      "no question",
                      base::Place::ofFile(path));
  }
  return topics;
}

}  // namespace embedscope::evaluation
