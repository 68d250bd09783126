// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/questions.h"

#include "core/base/mapped_file.h"
#include "core/base/text_case.h"
#include "core/evaluation/file_lines.h"

#include <string_view>

namespace embedscope::evaluation {

namespace {

bool holdsPairs(const std::filesystem::path& path) {
  const auto file = base::MappedFile::open(path);
  std::optional<bool> pairs;
  eachLine(file->text(), [&](std::string_view line, std::int64_t) {
    if (!pairs && !line.starts_with('#') && !base::stripped(line).empty()) {
      pairs = !line.starts_with(':') && line.find('\t') != line.npos;
    }
  });
  return pairs.value_or(false);
}

}  // namespace

Questions readQuestions(const std::filesystem::path& path) {
  if (holdsPairs(path)) {
    return readWordPairs(path);
  }
  return readAnalogies(path);
}

std::optional<Answers> evaluate(const table::EmbeddingTable& table, const Questions& questions,
                                const MatchOptions& options, const base::TaskContext& context) {
  if (const auto* topics = std::get_if<std::vector<AnalogyTopic>>(&questions)) {
    return evaluateAnalogies(table, *topics, options, context);
  }
  return evaluateWordPairs(table, std::get<std::vector<WordPair>>(questions), options, context);
}

}  // namespace embedscope::evaluation
