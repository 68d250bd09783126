// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_filter.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/base/text_case.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string_view>
#include <vector>

namespace embedscope::table {

namespace {

constexpr std::int64_t kBlockRows = 8192;

bool compares(double value, const RowFilter& filter) {
  switch (filter.comparison) {
    case FilterOperator::Equal:
      return value == filter.number;
    case FilterOperator::Less:
      return value < filter.number;
    case FilterOperator::AtMost:
      return value <= filter.number;
    case FilterOperator::Greater:
      return value > filter.number;
    case FilterOperator::AtLeast:
      return value >= filter.number;
    case FilterOperator::Between:
      return filter.number <= value && value <= filter.upper;
    case FilterOperator::Is:
    case FilterOperator::Contains:
    case FilterOperator::Missing:
      break;
  }
  return false;
}

/// @param lowered  the filter's text in lower case.
bool matches(std::string_view value, const RowFilter& filter, std::string_view lowered) {
  switch (filter.comparison) {
    case FilterOperator::Is:
      return value == filter.text;
    case FilterOperator::Contains:
      return !value.empty() && base::lowerCased(value).find(lowered) != std::string::npos;
    case FilterOperator::Missing:
      return value.empty();
    default:
      break;
  }
  const std::optional<double> number = base::parseDouble(value);
  return number && std::isfinite(*number) && compares(*number, filter);
}

/// What gives the value of a row.
class Values {
 public:
  Values(const EmbeddingTable& table, const RowFilter& filter) : m_vocabulary(table.vocabulary()) {
    if (filter.column) {
      m_column = table.metadata().find(*filter.column);
      if (m_column == nullptr) {
        throw base::Error(base::ErrorCode::InvalidArgument,
                          "there is no metadata column \"" + *filter.column + "\"");
      }
    }
  }

  std::string_view of(std::int64_t row) const {
    return m_column != nullptr ? std::string_view(m_column->values[static_cast<std::size_t>(row)])
                               : m_vocabulary.label(row);
  }

 private:
  const Vocabulary& m_vocabulary;
  const MetadataColumn* m_column = nullptr;
};

}  // namespace

bool comparesNumbers(FilterOperator comparison) {
  return comparison != FilterOperator::Is && comparison != FilterOperator::Contains &&
         comparison != FilterOperator::Missing;
}

RowSet matchingRows(const EmbeddingTable& table, const RowFilter& filter,
                    const base::TaskContext& context) {
  const Values values(table, filter);
  const std::string lowered = base::lowerCased(filter.text);
  const std::int64_t n = table.rowCount();
  const std::int64_t blockCount = (n + kBlockRows - 1) / kBlockRows;
  std::vector<std::vector<std::int64_t>> found(static_cast<std::size_t>(blockCount));
  std::atomic<std::int64_t> finished = 0;
  base::parallelBlocks(blockCount, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t end = std::min((block + 1) * kBlockRows, n);
    for (std::int64_t row = block * kBlockRows; row < end; ++row) {
      if (matches(values.of(row), filter, lowered)) {
        found[static_cast<std::size_t>(block)].push_back(row);
      }
    }
    context.report(static_cast<double>(++finished) / static_cast<double>(blockCount));
  });
  RowSet rows(n);
  if (!context.stopRequested()) {
    for (const std::vector<std::int64_t>& block : found) {
      for (const std::int64_t row : block) {
        rows.insert(row);
      }
    }
  }
  return rows;
}

}  // namespace embedscope::table
