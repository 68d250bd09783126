// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_vocabulary.h"

#include "core/base/text.h"
#include "core/formats/json_reader.h"
#include "core/formats/text_header.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

constexpr std::int64_t kMostHolesPerToken = 16;
constexpr std::int64_t kMostPadding = 1024;  ///< rows beyond the tokens, beside a tenth of them

struct Token {
  std::string text;
  std::int64_t id = 0;
};

/// Collects tokens while the JSON goes by.
class Collector {
 public:
  explicit Collector(const fs::path& path) : m_path(path) {}

  void take(JsonPath at, const JsonValue& value) {
    if (at.size() == 3 && at[0] == "model" && at[1] == "vocab") {
      m_tokens.push_back({at[2], idOf(value)});
    } else if (at.size() == 4 && at[0] == "model" && at[1] == "vocab" && at[3] == "0") {
      m_tokens.push_back({std::string(value.text), base::parseInteger(at[2]).value_or(0)});
    } else if (at.size() == 3 && at[0] == "added_tokens") {
      takeAdded(at, value);
    } else if (at.size() == 1 && value.kind == JsonValue::Kind::Integer) {
      m_flat.push_back({at[0], idOf(value)});  // vocab.json; elsewhere "truncation" and the like
    } else if (at.size() == 1 && value.kind == JsonValue::Kind::Real) {
      m_flatProblem = value.real;
    }
  }

  /// The tokens, those of the model first.
  std::vector<Token> finish() {
    if (m_tokens.empty() && m_added.empty()) {
      if (m_flatProblem) {
        fail(fmt::format("token id {} is no whole number", *m_flatProblem));
      }
      m_tokens = std::move(m_flat);
    }
    for (const Token& token : m_added) {
      // An added token may stand in the vocabulary, too; then it is the same one.
      m_tokens.push_back(token);
    }
    if (m_tokens.empty()) {
      fail("no vocabulary in it: neither model.vocab nor pairs of tokens and ids");
    }
    return std::move(m_tokens);
  }

  std::size_t addedCount() const { return m_added.size(); }

  [[noreturn]] void fail(std::string sentence) const {
    throw Error(ErrorCode::BadData, std::move(sentence), base::Place::ofFile(m_path));
  }

 private:
  std::int64_t idOf(const JsonValue& value) const {
    if (value.kind != JsonValue::Kind::Integer) {
      fail(value.kind == JsonValue::Kind::Real
               ? fmt::format("token id {} is no whole number", value.real)
               : "a token's id is no number");
    }
    if (value.integer < 0) {
      fail(fmt::format("token id {} is negative", value.integer));
    }
    return value.integer;
  }

  void takeAdded(JsonPath at, const JsonValue& value) {
    if (at[1] != m_addedIndex) {
      m_addedIndex = at[1];
      m_added.emplace_back();
    }
    if (at[2] == "id") {
      m_added.back().id = idOf(value);
    } else if (at[2] == "content") {
      m_added.back().text = value.text;
    }
  }

  const fs::path& m_path;
  std::vector<Token> m_tokens;
  std::vector<Token> m_added;
  std::string m_addedIndex;
  std::vector<Token> m_flat;
  std::optional<double> m_flatProblem;
};

/// Tokens by id: the first of several, placeholders where there is none.
RowLabels byId(const fs::path& path, const std::vector<Token>& tokens, std::size_t added,
               const Collector& collector) {
  std::int64_t largest = 0;
  for (const Token& token : tokens) {
    largest = std::max(largest, token.id);
  }
  const auto count = static_cast<std::int64_t>(tokens.size());
  if (largest / kMostHolesPerToken > count + kMostPadding) {
    collector.fail(
        fmt::format("token id {} is far beyond the {} tokens there are", largest, count));
  }
  RowLabels labels;
  labels.path = path;
  labels.labels.resize(static_cast<std::size_t>(largest + 1));
  std::vector<bool> isNamed(labels.labels.size());
  std::vector<std::int64_t> shared;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto row = static_cast<std::size_t>(tokens[i].id);
    const bool isAdded = i >= tokens.size() - added;
    if (!isNamed[row]) {
      labels.labels[row] = tokens[i].text;
      isNamed[row] = true;
    } else if (labels.labels[row] != tokens[i].text && !isAdded) {
      shared.push_back(tokens[i].id);
    }
  }
  std::int64_t holes = 0;
  for (std::size_t row = 0; row < isNamed.size(); ++row) {
    if (!isNamed[row]) {
      labels.labels[row] = fmt::format("[id {}]", row);
      ++holes;
    }
  }
  const base::Place place = base::Place::ofFile(path);
  if (!shared.empty()) {
    labels.warnings.push_back(
        {place,
         fmt::format("id {} has two tokens; the first is kept{}", shared.front(),
                     shared.size() > 1 ? fmt::format(" ({} such ids)", shared.size()) : "")});
  }
  if (holes > 0) {
    labels.warnings.push_back(
        {place, fmt::format("{} {} no token; {} named by {}", base::groupedDigits(holes),
                            holes == 1 ? "id has" : "ids have", holes == 1 ? "it is" : "they are",
                            holes == 1 ? "its number" : "their numbers")});
  }
  return labels;
}

/// One token a line, blank ones too; the last line may lack its end.
RowLabels fromLines(const fs::path& path, std::string_view text) {
  RowLabels labels;
  labels.path = path;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    labels.labels.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return labels;
}

bool fits(const RowLabels& labels, std::int64_t rows) {
  const auto count = static_cast<std::int64_t>(labels.labels.size());
  return count <= rows && rows - count <= std::max(kMostPadding, rows / 10) && count > 0;
}

}  // namespace

bool looksLikeJsonObject(std::string_view text) {
  const std::string_view content = withoutByteOrderMark(text);
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && content[first] == '{';
}

RowLabels readHfVocabulary(const fs::path& path, std::string_view text) {
  Collector collector(path);
  if (const auto problem =
          readJson(withoutByteOrderMark(text),
                   [&](JsonPath at, const JsonValue& value) { collector.take(at, value); })) {
    collector.fail(*problem);
  }
  const std::vector<Token> tokens = collector.finish();
  return byId(path, tokens, collector.addedCount(), collector);
}

std::optional<RowLabels> findHfVocabulary(const fs::path& table, std::int64_t rows) {
  for (const char* name : {"tokenizer.json", "vocab.json", "vocab.txt"}) {
    const fs::path path = table.parent_path() / name;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      continue;
    }
    const auto file = base::MappedFile::open(path);
    RowLabels labels = path.extension() == ".txt" ? fromLines(path, file->text())
                                                  : readHfVocabulary(path, file->text());
    if (fits(labels, rows)) {
      return labels;
    }
  }
  return {};
}

}  // namespace embedscope::formats
