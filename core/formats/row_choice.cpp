// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_choice.h"

#include "core/base/text.h"
#include "core/base/text_case.h"
#include "core/table/table_selection.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::formats {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kExamples = 3;

/// The listed labels, tidied as the table's are; each once, in the order of the list.
table::Vocabulary wantedLabels(const ReadOptions& options) {
  table::Vocabulary wanted;
  for (const std::string& label : *options.only) {
    wanted.findOrAppend(tidiedLabel(label, options));
  }
  return wanted;
}

/// Rows with listed labels, in the order of the list.
std::vector<std::int64_t> listedRows(const table::Vocabulary& labels,
                                     const table::Vocabulary& wanted,
                                     std::vector<std::int64_t> rows, std::string& missing) {
  std::vector<std::vector<std::int64_t>> rowsOf(static_cast<std::size_t>(wanted.size()));
  for (const std::int64_t row : rows) {
    if (const auto place = wanted.find(labels.label(row))) {
      rowsOf[static_cast<std::size_t>(*place)].push_back(row);
    }
  }
  rows.clear();
  std::int64_t count = 0;
  std::string examples;
  for (std::int64_t place = 0; place < wanted.size(); ++place) {
    const std::vector<std::int64_t>& found = rowsOf[static_cast<std::size_t>(place)];
    rows.insert(rows.end(), found.begin(), found.end());
    if (found.empty() && ++count <= kExamples) {
      examples +=
          fmt::format("{}\"{}\"", count == 1 ? "" : ", ", base::shownUtf8(wanted.label(place)));
    }
  }
  if (count > 0) {
    missing = fmt::format("{} of the labels to keep {} not in the table: {}{}",
                          base::groupedDigits(count), count == 1 ? "is" : "are", examples,
                          count > kExamples ? ", …" : "");
  }
  return rows;
}

std::vector<std::int64_t> everyRow(std::int64_t count, std::int64_t every) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>((count + every - 1) / every));
  std::ranges::generate(rows, [row = -every, every]() mutable { return row += every; });
  return rows;
}

}  // namespace

std::string tidiedLabel(std::string_view label, const ReadOptions& options) {
  std::string text(label);
  if (options.strip) {
    text = base::stripped(text);
  }
  return options.lowerCase ? base::lowerCased(text) : text;
}

RowChoice::RowChoice(const ReadOptions& options) : m_options(options) {
  if (options.only) {
    m_only = wantedLabels(options);
    m_options.only.reset();
  }
}

bool RowChoice::takesLabel(std::string_view label) const {
  return !m_only || m_only->find(tidiedLabel(label, m_options)).has_value();
}

void chooseRows(LoadedTable& loaded, const ReadOptions& options, bool readerChose,
                const base::Place& place) {
  const table::Vocabulary& labels = loaded.table->vocabulary();
  const std::int64_t every = readerChose ? 1 : options.every;
  const bool onlyFirst = options.duplicates == Duplicates::First && labels.duplicateCount() > 0;
  if (every == 1 && !options.only && !onlyFirst) {
    return;
  }
  std::vector<std::int64_t> rows = everyRow(loaded.table->rowCount(), every);
  if (options.only) {
    std::string missing;
    rows = listedRows(labels, wantedLabels(options), std::move(rows), missing);
    if (rows.empty()) {
      throw Error(ErrorCode::BadData, "none of the labels to keep is in the table", place);
    }
    if (!missing.empty()) {
      loaded.report.warnings.push_back({place, std::move(missing)});
    }
  }
  if (onlyFirst) {
    table::Vocabulary seen;
    std::erase_if(rows, [&](std::int64_t row) {
      const std::int64_t before = seen.size();
      return seen.findOrAppend(labels.label(row)) < before;
    });
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  if (count < loaded.table->rowCount() || !std::ranges::is_sorted(rows)) {
    loaded.table = table::selectRows(*loaded.table, rows);
  }
}

void chooseRows(Preview& preview, const ReadOptions& options) {
  const std::int64_t before = preview.rows;
  preview.rows = (preview.rows + options.every - 1) / options.every;
  if (options.only) {
    preview.rows = std::min(preview.rows, static_cast<std::int64_t>(options.only->size()));
    preview.rowsEstimated = true;
  }
  preview.mapped = preview.mapped && RowChoice(options).takesAll();
  if (preview.rows != before) {
    preview.tableBytes =
        preview.rows * preview.dimension * static_cast<std::int64_t>(sizeof(float));
  }
  if (options.every > 1 && preview.firstLabels.size() > 1) {
    preview.firstLabels.resize(1);  // those that follow are not the table's
  }
  for (std::string& label : preview.firstLabels) {
    label = base::shownUtf8(tidiedLabel(label, options));
  }
}

}  // namespace embedscope::formats
