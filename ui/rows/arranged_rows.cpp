// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/arranged_rows.h"

#include "core/base/parallel.h"
#include "core/table/column_numbers.h"
#include "core/table/row_filter.h"
#include "core/table/row_lengths.h"

#include <functional>
#include <utility>

namespace embedscope::rows {

namespace {

using Kind = RowColumn::Kind;
using table::RowOrder;
using table::RowSet;

constexpr std::int64_t kBlockRows = 4096;
constexpr double kKeysPart = 0.5;  // of the work of sorting
constexpr double kSortPart = 0.8;  // of all

std::vector<double> keysOf(std::int64_t rows, const base::TaskContext& context,
                           const std::function<double(std::int64_t)>& key) {
  std::vector<double> keys(static_cast<std::size_t>(rows));
  base::parallelBlocks((rows + kBlockRows - 1) / kBlockRows, [&](std::int64_t block) {
    const std::int64_t end = std::min(rows, (block + 1) * kBlockRows);
    for (std::int64_t row = block * kBlockRows; row < end && !context.stopRequested(); ++row) {
      keys[static_cast<std::size_t>(row)] = key(row);
    }
  });
  return keys;
}

/// What a column with numbers is sorted by; nothing for texts.
std::optional<std::vector<double>> numbersOf(const table::EmbeddingTable& table,
                                             const RowSort& sort,
                                             const base::TaskContext& context) {
  const RowColumn column = sort.column;
  switch (column.kind) {
    case Kind::Length:
      return table::rowLengths(table, context);
    case Kind::Cosine: {
      const ReferenceRow reference =
          sort.reference ? ReferenceRow(table, *sort.reference) : ReferenceRow();
      return keysOf(table.rowCount(), context,
                    [&](std::int64_t row) { return reference.cosineWith(table.row(row)); });
    }
    case Kind::Metadata:
      return table::columnNumbers(
          table.metadata().columns()[static_cast<std::size_t>(column.index)], context);
    case Kind::Component:
      return keysOf(table.rowCount(), context, [&](std::int64_t row) {
        return static_cast<double>(table.row(row)[static_cast<std::size_t>(column.index)]);
      });
    case Kind::Selected:
    case Kind::Number:
      return keysOf(table.rowCount(), context,
                    [](std::int64_t row) { return static_cast<double>(row); });
    case Kind::Label:
      break;
  }
  return {};
}

std::optional<RowOrder> sortedRows(const table::EmbeddingTable& table, const RowSort& sort,
                                   const base::TaskContext& context) {
  const auto keys = numbersOf(table, sort, context);
  if (context.stopRequested()) {
    return {};
  }
  context.report(kKeysPart);
  const base::TaskContext rest = context.part(kKeysPart, 1);
  if (keys) {
    return table::orderByNumbers(*keys, sort.sorting, rest);
  }
  if (sort.column.kind == Kind::Label) {
    return table::orderByText(
        table.rowCount(), [&](std::int64_t row) { return table.vocabulary().label(row); },
        sort.sorting, rest);
  }
  const auto& values =
      table.metadata().columns()[static_cast<std::size_t>(sort.column.index)].values;
  return table::orderByText(
      table.rowCount(),
      [&](std::int64_t row) { return std::string_view(values[static_cast<std::size_t>(row)]); },
      sort.sorting, rest);
}

RowSet containingRows(const table::EmbeddingTable& table, const std::string& text,
                      const base::TaskContext& context) {
  table::RowFilter filter;
  filter.comparison = table::FilterOperator::Contains;
  filter.text = text;
  RowSet rows = table::matchingRows(table, filter, context);
  for (const table::MetadataColumn& column : table.metadata().columns()) {
    filter.column = column.name;
    rows |= table::matchingRows(table, filter, context);
  }
  return rows;
}

/// The rows that are in the given sets, in an order; null: that of the table, or no condition.
RowOrder picked(std::int64_t rows, const RowOrder* order, const RowSet* first,
                const RowSet* second) {
  RowOrder out;
  if (order == nullptr && (first != nullptr || second != nullptr)) {
    RowSet both = first != nullptr ? *first : *second;
    if (first != nullptr && second != nullptr) {
      both &= *second;
    }
    return both.rows();
  }
  for (std::int64_t i = 0; i < rows; ++i) {
    const std::int64_t row = order != nullptr ? (*order)[static_cast<std::size_t>(i)] : i;
    if ((first == nullptr || first->contains(row)) &&
        (second == nullptr || second->contains(row))) {
      out.push_back(row);
    }
  }
  return out;
}

}  // namespace

std::optional<ArrangedRows> arrangeRows(const table::EmbeddingTable& table, const RowQuery& query,
                                        const ArrangedRows& before, const RowSet& selection,
                                        const base::TaskContext& context) {
  ArrangedRows out{query, {}, {}, {}};
  if (query.sort) {
    if (before.order && before.query.sort == query.sort) {
      out.order = before.order;
    } else if (auto order = sortedRows(table, *query.sort, context.part(0, kSortPart))) {
      out.order = std::make_shared<const RowOrder>(std::move(*order));
    }
  }
  if (!query.filter.empty()) {
    out.containing = before.containing && before.query.filter == query.filter
                         ? before.containing
                         : std::make_shared<const RowSet>(
                               containingRows(table, query.filter, context.part(kSortPart, 1)));
  }
  if (context.stopRequested()) {
    return {};
  }
  if (query.filter.empty() && !query.selectedOnly) {
    out.shown = out.order;
  } else {
    out.shown = std::make_shared<const RowOrder>(picked(table.rowCount(), out.order.get(),
                                                        out.containing.get(),
                                                        query.selectedOnly ? &selection : nullptr));
  }
  context.report(1);
  return out;
}

}  // namespace embedscope::rows
