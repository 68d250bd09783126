// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_lines.h"

#include "core/base/text.h"
#include "core/base/text_case.h"
#include "core/formats/decimal.h"
#include "core/formats/json_line.h"
#include "core/formats/json_rows.h"
#include "core/formats/json_writer.h"
#include "core/formats/text_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
using Kind = JsonMember::Kind;

constexpr std::array<std::string_view, 8> kVectorNames = {
    "vector", "embedding", "embeddings", "values", "vec", "emb", "vectors", "features"};
constexpr std::array<std::string_view, 6> kLabelNames = {"label", "word", "token",
                                                         "text",  "id",   "name"};

/// What the sample tells of one member.
struct Seen {
  std::string key;
  std::vector<std::int64_t> lengths;  ///< of arrays of numbers
  std::int64_t scalars = 0;
};

/// How many numbers an array holds; 0 when it does not begin with one.
std::int64_t numbersIn(std::string_view array) {
  JsonElements elements(array);
  const std::optional<std::string_view> first = elements.next();
  if (!first || !(looksNumeric(*first) || *first == "null" || base::parseFloat(*first))) {
    return 0;
  }
  return 1 + std::count(array.begin(), array.end(), ',');
}

std::vector<Seen> membersOf(const TextSample& sample) {
  std::vector<Seen> seen;
  for (const std::string_view line : sample.lines) {
    std::deque<std::string> made;
    readJsonLine(line, made, [&](const JsonMember& member) {
      auto found = std::ranges::find(seen, member.key, &Seen::key);
      if (found == seen.end()) {
        found = seen.insert(seen.end(), Seen{std::string(member.key), {}, 0});
      }
      if (member.kind == Kind::Array) {
        if (const std::int64_t length = numbersIn(member.value)) {
          found->lengths.push_back(length);
        }
      } else if (member.kind != Kind::Object) {
        ++found->scalars;
      }
    });
  }
  return seen;
}

/// The place of a name in a list; the length of the list when it is not there.
template <std::size_t size>
std::size_t rankOf(std::string_view name, const std::array<std::string_view, size>& names) {
  const std::string lower = base::lowerCased(name);
  return static_cast<std::size_t>(std::ranges::find(names, lower) - names.begin());
}

std::vector<Seen> vectorsOf(const std::vector<Seen>& members) {
  std::vector<Seen> vectors;
  std::ranges::copy_if(members, std::back_inserter(vectors),
                       [](const Seen& member) { return !member.lengths.empty(); });
  return vectors;
}

std::string listed(const std::vector<Seen>& members) {
  std::vector<std::string> names;
  for (const Seen& member : members) {
    names.push_back(shownField(member.key));
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

[[noreturn]] void failWithoutVector(const Source& source, const TextSample& sample) {
  std::deque<std::string> made;
  const std::string_view line = sample.lines.front();
  if (!readJsonLine(line, made, [](const JsonMember&) {})) {
    throw Error(ErrorCode::BadData, jsonProblem(line).sentence, placeOfLine(source, 1));
  }
  throw Error(ErrorCode::BadData,
              "no vectors found: no member of the first lines is an array of numbers",
              placeOfLine(source, 1));
}

const Seen& chosenVector(const Source& source, const std::vector<Seen>& vectors) {
  if (const std::optional<std::string>& wanted = source.options.tensor) {
    const auto found = std::ranges::find(vectors, *wanted, &Seen::key);
    if (found == vectors.end()) {
      throw Error(ErrorCode::InvalidArgument,
                  fmt::format("there is no array of numbers called \"{}\"; there is {}", *wanted,
                              listed(vectors)),
                  placeOf(source));
    }
    return *found;
  }
  return *std::ranges::min_element(vectors, {}, [](const Seen& member) {
    return std::pair(rankOf(member.key, kVectorNames), -commonest(member.lengths));
  });
}

std::optional<std::string> labelOf(const std::vector<Seen>& members) {
  const auto found = std::ranges::min_element(members, {}, [](const Seen& member) {
    return member.scalars > 0 ? rankOf(member.key, kLabelNames) : kLabelNames.size();
  });
  return rankOf(found->key, kLabelNames) < kLabelNames.size() && found->scalars > 0
             ? std::optional(found->key)
             : std::nullopt;
}

struct JsonLayout {
  TextLayout text;
  std::string vector;
  std::vector<TensorInfo> vectors;
};

JsonLayout layoutOf(const Source& source) {
  JsonLayout layout;
  layout.text.format = FormatId::JsonLines;
  layout.text.body = {withoutByteOrderMark(source.text()), 0};
  const TextSample sample = sampleRows(layout.text.body.text);
  if (sample.lines.empty()) {
    throw Error(ErrorCode::BadData, "no vectors found: the file holds only blanks",
                placeOf(source));
  }
  const std::vector<Seen> members = membersOf(sample);
  const std::vector<Seen> vectors = vectorsOf(members);
  if (vectors.empty()) {
    failWithoutVector(source, sample);
  }
  const Seen& vector = chosenVector(source, vectors);
  JsonMembers out{vector.key, commonest(vector.lengths), labelOf(members), {}};
  for (const Seen& member : members) {
    if (member.scalars > 0 && member.key != out.vector && member.key != out.label) {
      out.metadata.push_back(member.key);
    }
  }
  layout.vector = vector.key;
  for (const Seen& each : vectors) {
    layout.vectors.push_back(
        {each.key,
         "decimal text",
         {estimatedRows(source.contentBytes(), sample), commonest(each.lengths)},
         true});
  }
  layout.text.why = fmt::format("its lines are JSON objects with {} numbers called {}",
                                out.dimension, shownField(out.vector));
  layout.text.rows = std::make_shared<const JsonRows>(std::move(out));
  return layout;
}

Preview previewJsonLines(const Source& source) {
  JsonLayout layout = layoutOf(source);
  Preview preview = previewText(source, layout.text);
  preview.tensor = std::move(layout.vector);
  preview.tensors = std::move(layout.vectors);
  return preview;
}

std::optional<LoadedTable> readJsonLines(const Source& source, const base::TaskContext& context) {
  JsonLayout layout = layoutOf(source);
  std::optional<LoadedTable> loaded = readText(source, layout.text, context);
  if (loaded) {
    loaded->report.tensor = std::move(layout.vector);
  }
  return loaded;
}

}  // namespace

bool looksLikeJsonLines(std::string_view text) {
  constexpr std::size_t kLongestLine = std::size_t{16} << 20U;
  std::string_view rest = withoutByteOrderMark(text);
  std::string_view line;
  while (!rest.empty() && isBlank(line)) {
    line = firstLine(rest, kLongestLine);
    takeLine(rest);
  }
  std::deque<std::string> made;
  bool hasNumbers = false;
  return readJsonLine(line, made,
                      [&](const JsonMember& member) {
                        hasNumbers = hasNumbers ||
                                     (member.kind == Kind::Array && numbersIn(member.value) > 0);
                      }) &&
         hasNumbers;
}

const Format kJsonLinesFormat = {
    .info = {FormatId::JsonLines, "json-lines", "JSON lines", ".jsonl",
             "An object on every line, with a label, an array of numbers and perhaps metadata",
             true, true},
    .preview = previewJsonLines,
    .read = readJsonLines,
    .losses = jsonLinesLosses,
    .write = writeJsonLines,
    .otherExtensions = ".ndjson",
    .readerChooses = true,
    .previewsBeginning = true,
    .mayBePacked = true};

}  // namespace embedscope::formats
