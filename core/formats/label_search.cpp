// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/label_search.h"

#include "core/formats/hf_vocabulary.h"
#include "core/formats/text_lines.h"
#include "core/formats/text_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;
namespace fs = std::filesystem;

/// A file beside a table may be anything: another table, for instance. Labels are short, and do not
/// end in many numbers.
bool mayHoldLabels(const fs::path& path, std::int64_t rows) {
  constexpr double kLongestOnAverage = 4096;
  constexpr std::int64_t kNumbersOfATable = 4;
  const auto file = base::MappedFile::open(path);
  const std::string_view text = file->text();
  if (text.starts_with("\x93NUMPY")) {
    return true;
  }
  return static_cast<double>(text.size()) <= kLongestOnAverage * static_cast<double>(rows + 1) &&
         trailingNumbers(firstLine(text, kLongestLabel)) < kNumbersOfATable;
}

std::optional<RowLabels> namedLabels(const Source& source, const fs::path& path, std::int64_t rows,
                                     std::int64_t most) {
  if (std::optional<RowLabels> labels = readLabelFile(path, rows, most)) {
    return labels;
  }
  throw Error(ErrorCode::BadData,
              fmt::format("holds {} labels, but {} has {} rows", labelCount(path),
                          source.path().filename().string(), rows),
              base::Place::ofFile(path));
}

}  // namespace

std::vector<fs::path> labelFilesBeside(const fs::path& table) {
  const fs::path folder = table.parent_path();
  const std::string stem = table.stem().string();
  std::vector<fs::path> candidates;
  for (const char* ending : {".labels.txt", ".metadata.tsv", ".tsv", ".txt"}) {
    candidates.push_back(folder / (stem + ending));
  }
  for (const std::string_view ending : {"_tensors", "-tensors"}) {  // the projector's own demo
    if (stem.ends_with(ending)) {
      const std::string start = stem.substr(0, stem.size() - ending.size() + 1);
      candidates.push_back(folder / (start + "labels.tsv"));
      candidates.push_back(folder / (start + "metadata.tsv"));
    }
  }
  for (const char* name :
       {"labels.txt", "labels.tsv", "words.txt", "words.npy", "vocab.txt", "metadata.tsv"}) {
    candidates.push_back(folder / name);
  }
  std::set<fs::path> others;
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(folder.empty() ? fs::path(".") : folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("metadata") && entry.path().extension() == ".tsv") {
      others.insert(folder / name);
    }
  }
  candidates.insert(candidates.end(), others.begin(), others.end());
  std::vector<fs::path> found;
  for (const fs::path& candidate : candidates) {
    if (candidate != table && std::ranges::find(found, candidate) == found.end() &&
        fs::is_regular_file(candidate, ignored)) {
      found.push_back(candidate);
    }
  }
  return found;
}

std::optional<RowLabels> findRowLabels(const Source& source, std::int64_t rows, std::int64_t most,
                                       std::vector<Warning>& leftOut) {
  if (source.options.vocabulary) {
    return namedLabels(source, *source.options.vocabulary, rows, most);
  }
  std::vector<fs::path> candidates = labelFilesBeside(source.plainPath());
  if (source.suggestedLabels) {
    candidates.insert(candidates.begin(), *source.suggestedLabels);
  }
  for (const fs::path& path : candidates) {
    try {
      if (path != source.suggestedLabels && !mayHoldLabels(path, rows)) {
        continue;
      }
      if (std::optional<RowLabels> labels = readLabelFile(path, rows, most)) {
        return labels;
      }
    } catch (const Error& error) {
      leftOut.push_back(leftOutAsLabels(error));
    }
  }
  std::optional<RowLabels> tokens = findHfVocabulary(source.path(), rows, leftOut);
  return tokens ? paddedLabels(*std::move(tokens), rows, most) : std::nullopt;
}

}  // namespace embedscope::formats
