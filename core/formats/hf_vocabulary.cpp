// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_vocabulary.h"

#include "core/base/text.h"
#include "core/formats/json_reader.h"
#include "core/formats/text_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

constexpr std::int64_t kMostHolesPerToken = 16;
constexpr std::int64_t kHolesAllowed = 1024;  ///< in every vocabulary
constexpr std::int64_t kUsualPadding = 127;   ///< rows that fill a table up to a multiple of 128

struct Token {
  std::string text;
  std::int64_t id = -1;
};

/// Collects tokens while the JSON goes by.
class Collector {
 public:
  explicit Collector(const fs::path& path) : m_path(path) {}

  void take(JsonPath at, const JsonValue& value) {
    if (value.kind == JsonValue::Kind::Object || value.kind == JsonValue::Kind::Array) {
      return;  // its parts follow
    }
    if (at.size() == 3 && at[0] == "model" && at[1] == "vocab") {
      m_tokens.push_back({at[2], idOf(value)});
    } else if (at.size() == 4 && at[0] == "model" && at[1] == "vocab" && at[3] == "0") {
      m_tokens.push_back({std::string(value.text), base::parseInteger(at[2]).value_or(0)});
    } else if (at.size() == 3 && at[0] == "added_tokens") {
      takeAdded(at, value);
    } else if (at.size() == 1 && value.kind == JsonValue::Kind::Integer) {
      m_flat.push_back({at[0], value.integer});  // vocab.json; elsewhere "truncation" and the like
    } else if (at.size() == 1 && value.kind == JsonValue::Kind::Real) {
      m_flatProblem = value.real;
    }
  }

  /// The tokens by id. @throws Error BadData when there are none, or ids that cannot be rows.
  RowLabels finish() {
    if (m_tokens.empty() && m_added.empty()) {
      takeFlat();
    }
    if (m_tokens.empty() && m_added.empty()) {
      fail("no vocabulary in it: neither model.vocab nor pairs of tokens and ids");
    }
    RowLabels labels;
    labels.path = m_path;
    labels.labels.resize(static_cast<std::size_t>(largestId() + 1));
    std::vector<bool> isNamed(labels.labels.size());
    nameByModel(labels, isNamed);
    for (Token& token : m_added) {
      labels.labels[static_cast<std::size_t>(token.id)] = std::move(token.text);
      isNamed[static_cast<std::size_t>(token.id)] = true;
    }
    nameHoles(labels, isNamed);
    return labels;
  }

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

  void takeFlat() {
    if (m_flatProblem) {
      fail(fmt::format("token id {} is no whole number", *m_flatProblem));
    }
    m_tokens = std::move(m_flat);
  }

  std::int64_t largestId() const {
    std::int64_t largest = 0;
    for (const auto* tokens : {&m_tokens, &m_added}) {
      for (const Token& token : *tokens) {
        if (token.id < 0) {
          fail(fmt::format("token id {} is negative", token.id));
        }
        largest = std::max(largest, token.id);
      }
    }
    const auto count = static_cast<std::int64_t>(m_tokens.size() + m_added.size());
    if (largest / kMostHolesPerToken > count + kHolesAllowed) {
      fail(fmt::format("token id {} is far beyond the {} tokens there are", largest, count));
    }
    return largest;
  }

  void nameByModel(RowLabels& labels, std::vector<bool>& isNamed) {
    std::int64_t sharedId = 0;
    std::int64_t shared = 0;
    for (Token& token : m_tokens) {
      const auto row = static_cast<std::size_t>(token.id);
      if (!isNamed[row]) {
        labels.labels[row] = std::move(token.text);
        isNamed[row] = true;
      } else if (labels.labels[row] != token.text && shared++ == 0) {
        sharedId = token.id;
      }
    }
    if (shared > 0) {
      labels.warnings.push_back(
          {base::Place::ofFile(m_path),
           fmt::format("id {} has two tokens; the first is kept{}", sharedId,
                       shared > 1 ? fmt::format(" ({} tokens are left out so)", shared) : "")});
    }
  }

  void nameHoles(RowLabels& labels, const std::vector<bool>& isNamed) const {
    std::int64_t holes = 0;
    for (std::size_t row = 0; row < isNamed.size(); ++row) {
      if (!isNamed[row]) {
        labels.labels[row] = fmt::format("[id {}]", row);
        ++holes;
      }
    }
    if (holes > 0) {
      labels.warnings.push_back(
          {base::Place::ofFile(m_path),
           fmt::format("{} {} no token; {} named by {}", base::groupedDigits(holes),
                       holes == 1 ? "id has" : "ids have", holes == 1 ? "it is" : "they are",
                       holes == 1 ? "its number" : "their numbers")});
    }
  }

  const fs::path& m_path;
  std::vector<Token> m_tokens;
  std::vector<Token> m_added;
  std::string m_addedIndex;
  std::vector<Token> m_flat;
  std::optional<double> m_flatProblem;
};

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

std::optional<RowLabels> firstBeside(const fs::path& table,
                                     const std::function<bool(const RowLabels&)>& fits,
                                     std::vector<Warning>& leftOut) {
  for (const char* name : {"tokenizer.json", "vocab.txt", "vocab.json"}) {
    const fs::path path = table.parent_path() / name;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      continue;
    }
    try {
      RowLabels tokens = readHfVocabulary(path, base::MappedFile::open(path)->text());
      if (fits(tokens)) {
        return tokens;
      }
    } catch (const Error& error) {
      leftOut.push_back(leftOutAsLabels(error));
    }
  }
  return {};
}

}  // namespace

bool looksLikeJsonObject(std::string_view text) {
  const std::string_view content = withoutByteOrderMark(text);
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && content[first] == '{';
}

bool looksLikeHfVocabulary(const fs::path& path, std::string_view text) {
  return path.extension() == ".json" ? looksLikeJsonObject(text)
                                     : path.filename().string().ends_with("vocab.txt");
}

RowLabels readHfVocabulary(const fs::path& path, std::string_view text) {
  if (path.extension() == ".txt") {
    return fromLines(path, withoutByteOrderMark(text));
  }
  Collector collector(path);
  if (const auto problem =
          readJson(withoutByteOrderMark(text),
                   [&](JsonPath at, const JsonValue& value) { collector.take(at, value); })) {
    collector.fail(*problem);
  }
  return collector.finish();
}

bool mayBePadded(std::int64_t tokens, std::int64_t rows) {
  return tokens <= rows && rows <= 2 * tokens &&
         rows - tokens <= std::max(kUsualPadding, rows / 10);
}

std::optional<RowLabels> paddedLabels(RowLabels tokens, std::int64_t rows, std::int64_t most) {
  const auto count = static_cast<std::int64_t>(tokens.labels.size());
  if (count > rows) {
    return {};
  }
  if (count < rows) {
    tokens.warnings.push_back(
        {base::Place::ofFile(tokens.path),
         fmt::format("{} tokens for {} rows; the others are named by their number",
                     base::groupedDigits(count), base::groupedDigits(rows))});
  }
  for (std::int64_t row = count; row < std::min(rows, most); ++row) {
    tokens.labels.push_back(fmt::format("[{}]", row));
  }
  if (most < count) {
    tokens.labels.resize(static_cast<std::size_t>(most));
    tokens.lines.resize(std::min(tokens.lines.size(), tokens.labels.size()));
  }
  return tokens;
}

std::optional<RowLabels> findHfVocabulary(const fs::path& table, std::int64_t rows,
                                          std::vector<Warning>& leftOut) {
  return firstBeside(
      table,
      [rows](const RowLabels& tokens) {
        return mayBePadded(static_cast<std::int64_t>(tokens.labels.size()), rows);
      },
      leftOut);
}

std::optional<std::int64_t> hfTokenCount(const fs::path& table) {
  std::vector<Warning> ignored;
  const auto any = firstBeside(table, [](const RowLabels&) { return true; }, ignored);
  return any ? std::optional(static_cast<std::int64_t>(any->labels.size())) : std::nullopt;
}

Warning leftOutAsLabels(const Error& error) {
  return {error.place(), "is left out as labels: " + error.sentence()};
}

}  // namespace embedscope::formats
