// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_checks.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/formats/byte_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace embedscope::formats {

namespace {

constexpr std::size_t kExamples = 3;
constexpr std::size_t kLabelsPerStopCheck = 65536;
constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

/// A kind of odd row: how many there are, and the first of them.
struct Findings {
  std::int64_t count = 0;
  std::vector<std::int64_t> first;

  void add(std::int64_t row) {
    ++count;
    if (first.size() < kExamples) {
      first.push_back(row);
    }
  }
};

std::string counted(std::int64_t count, const char* one, const char* many) {
  return base::groupedDigits(count) + " " + (count == 1 ? one : many);
}

/// "lines 3 and 7" where the file has lines, else "rows 2 and 6" (from 1).
std::string both(std::int64_t a, std::int64_t b, const PlaceOfRow& placeOfRow) {
  const auto lineA = placeOfRow(a).line;
  const auto lineB = placeOfRow(b).line;
  return lineA && lineB ? fmt::format("lines {} and {}", *lineA, *lineB)
                        : fmt::format("rows {} and {}", a + 1, b + 1);
}

const char* fateOf(Duplicates duplicates) {
  switch (duplicates) {
    case Duplicates::Keep:
      break;
    case Duplicates::First:
      return "; the first row of each label is kept";
    case Duplicates::Suffix:
      return "; every row is kept, the later ones have a number behind their label";
  }
  return "; every row is kept, and a search finds the first";
}

std::string duplicateText(const table::Vocabulary& vocabulary, const Findings& found,
                          const PlaceOfRow& placeOfRow, Duplicates duplicates) {
  std::string text = counted(found.count, "duplicate label: ", "duplicate labels: ");
  for (std::size_t i = 0; i < found.first.size(); ++i) {
    const std::int64_t row = found.first[i];
    const std::string_view label = vocabulary.label(row);
    text += fmt::format("{}\"{}\" at {}", i == 0 ? "" : ", ", base::shownUtf8(label),
                        both(*vocabulary.find(label), row, placeOfRow));
  }
  text += found.count > static_cast<std::int64_t>(kExamples) ? ", …" : "";
  return text + fateOf(duplicates);
}

/// The same labels, with "_2", "_3", … behind those that have occurred before: the first such name
/// that no other row has.
table::Vocabulary numberedDuplicates(const table::Vocabulary& labels) {
  std::unordered_map<std::int64_t, std::int64_t> lastNumber;  // by the first row of a label
  std::unordered_set<std::string> given;
  table::Vocabulary out;
  for (std::int64_t row = 0; row < labels.size(); ++row) {
    const std::string_view label = labels.label(row);
    const std::int64_t first = *labels.find(label);
    if (first == row) {
      out.append(label);
      continue;
    }
    std::int64_t& number = lastNumber.try_emplace(first, 1).first->second;
    std::string name;
    do {
      name = fmt::format("{}_{}", label, ++number);
    } while (labels.find(name) || !given.insert(name).second);
    out.append(name);
  }
  return out;
}

void appendTidied(std::span<const std::string_view> labels, const ReadOptions& options,
                  table::Vocabulary& vocabulary) {
  if (!options.strip && !options.lowerCase) {
    vocabulary.appendAll(labels);
    return;
  }
  for (const std::string_view label : labels) {
    vocabulary.append(tidiedLabel(label, options));
  }
}

/// The rows whose label stands at an earlier one.
Findings duplicatesIn(const table::Vocabulary& vocabulary) {
  Findings found;
  for (std::int64_t row = 0; found.count < vocabulary.duplicateCount(); ++row) {
    if (*vocabulary.find(vocabulary.label(row)) < row) {
      found.add(row);
    }
  }
  return found;
}

std::string_view bytesOf(table::EmbeddingTable::View values, std::int64_t begin, std::int64_t end) {
  return {reinterpret_cast<const char*>(values.data() + begin * values.cols()),  // NOLINT
          static_cast<std::size_t>((end - begin) * values.cols()) * sizeof(float)};
}

std::int64_t nonFiniteRows(table::EmbeddingTable::View values, std::int64_t begin, std::int64_t end,
                           std::vector<std::int64_t>& first) {
  std::int64_t count = 0;
  for (std::int64_t row = begin; row < end; ++row) {
    const float* numbers = values.data() + row * values.cols();
    // x · 0 is 0 for finite x and NaN otherwise: one test for a whole row.
    float sum = 0;
    for (Eigen::Index i = 0; i < values.cols(); ++i) {
      sum += numbers[i] * 0.0F;
    }
    if (std::isnan(sum)) {
      ++count;
      if (first.empty()) {
        first.push_back(row);
      }
    }
  }
  return count;
}

}  // namespace

table::Vocabulary adoptLabels(std::span<const std::string_view> labels,
                              const PlaceOfRow& placeOfRow, const ReadOptions& options,
                              ReadReport& report, const base::TaskContext& context) {
  table::Vocabulary vocabulary;
  std::size_t bytes = 0;
  for (const std::string_view label : labels) {
    bytes += label.size();
  }
  vocabulary.reserve(static_cast<std::int64_t>(labels.size()), static_cast<std::int64_t>(bytes));
  Findings broken;
  Findings empty;
  while (!labels.empty() && !context.stopRequested()) {
    const auto some = labels.first(std::min(kLabelsPerStopCheck, labels.size()));
    labels = labels.subspan(some.size());
    std::int64_t row = vocabulary.size();
    appendTidied(some, options, vocabulary);
    for (const std::string_view label : some) {
      if (!base::isUtf8(label)) {
        broken.add(row);
      }
      if (vocabulary.label(row).empty()) {
        empty.add(row);
      }
      ++row;
    }
  }
  const Findings duplicate = duplicatesIn(vocabulary);
  report.duplicates = duplicate.count;
  if (broken.count > 0) {
    report.warnings.push_back(
        {placeOfRow(broken.first.front()),
         counted(broken.count, "label is not UTF-8: its bytes are kept and shown repaired, as \"",
                 "labels are not UTF-8: their bytes are kept and shown repaired, the first as \"") +
             base::shownUtf8(vocabulary.label(broken.first.front())) + "\""});
  }
  if (empty.count > 0) {
    report.warnings.push_back({placeOfRow(empty.first.front()),
                               counted(empty.count, "row has", "rows have") + " an empty label"});
  }
  if (duplicate.count > 0) {
    report.warnings.push_back(
        {placeOfRow(duplicate.first.front()),
         duplicateText(vocabulary, duplicate, placeOfRow, options.duplicates)});
    if (options.duplicates == Duplicates::Suffix) {
      return numberedDuplicates(vocabulary);
    }
  }
  return vocabulary;
}

bool checkNumbers(table::EmbeddingTable::View values, const PlaceOfRow& placeOfRow,
                  ReadReport& report, const base::TaskContext& context,
                  const base::MappedFile* file) {
  const std::size_t rowBytes = static_cast<std::size_t>(values.cols()) * sizeof(float);
  const auto step = static_cast<std::int64_t>(std::max<std::size_t>(1, kBlockBytes / rowBytes));
  const std::int64_t blocks = (values.rows() + step - 1) / step;
  std::vector<std::int64_t> counts(static_cast<std::size_t>(blocks));
  std::vector<std::vector<std::int64_t>> first(counts.size());
  ByteProgress progress(context, static_cast<std::size_t>(values.rows()) * rowBytes);
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (!progress.stopRequested()) {
      const std::int64_t begin = block * step;
      const std::int64_t end = std::min(begin + step, values.rows());
      const auto i = static_cast<std::size_t>(block);
      counts[i] = nonFiniteRows(values, begin, end, first[i]);
      if (file != nullptr) {
        file->release(bytesOf(values, begin, end));
      }
      progress.add(static_cast<std::size_t>(end - begin) * rowBytes);
    }
  });
  for (std::size_t i = counts.size(); i-- > 0;) {
    report.nonFinite += counts[i];
  }
  if (report.nonFinite > 0) {
    const auto block = std::ranges::find_if(first, [](const auto& f) { return !f.empty(); });
    report.warnings.push_back(
        {placeOfRow(block->front()), counted(report.nonFinite, "row holds", "rows hold") +
                                         " NaN or infinity; this is the first"});
  }
  return !context.stopRequested();
}

bool checkNumbers(const table::EmbeddingTable& table, const PlaceOfRow& placeOfRow,
                  const ReadOptions& options, ReadReport& report,
                  const base::TaskContext& context) {
  const bool staysMapped =
      table.file() && RowChoice(options).takesAll() && options.duplicates != Duplicates::First;
  report.unchecked = staysMapped && !options.checksMapped;
  return report.unchecked ||
         checkNumbers(table.values(), placeOfRow, report, context, table.file().get());
}

}  // namespace embedscope::formats
