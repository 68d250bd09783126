// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/row_arrangement.h"

#include <algorithm>

namespace embedscope::rows {

namespace {

/// So many rows are arranged well within a frame.
constexpr std::int64_t kInstantRows = 4096;

}  // namespace

RowArrangement::RowArrangement(jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_job(runner, this) {
  connect(&runner, &jobs::JobRunner::jobChanged, this, [this](const jobs::JobInfo& job) {
    if (m_job.id() == job.id) {
      emit progressed(job.fraction);
    }
  });
}

void RowArrangement::setTable(table::TablePtr table) {
  m_table = std::move(table);
  m_selection = table::RowSet(m_table ? m_table->rowCount() : 0);
  m_query = {};
  take({});
}

void RowArrangement::ask(const RowQuery& query) {
  if (query != m_query) {
    m_query = query;
    arrange();
  }
}

void RowArrangement::setSelection(const table::RowSet& selection) {
  m_selection = selection;
  if (m_query.selectedOnly) {
    arrange();
  }
}

void RowArrangement::arrange() {
  if (!m_table || m_query.isPlain()) {
    take({});
    return;
  }
  const auto work = [table = m_table, query = m_query, before = m_arranged,
                     selection = m_selection](const base::TaskContext& context) {
    return arrangeRows(*table, query, before, selection, context);
  };
  if (m_table->rowCount() <= kInstantRows) {
    take(*work({}));
    return;
  }
  const auto goBack = [this] {
    m_query = m_arranged.query;
    emit runningChanged();
    emit changed();
  };
  m_job.start(tr("Arranging the rows of “%1”").arg(QString::fromStdString(m_table->name())), work,
              {.done =
                   [this](std::optional<ArrangedRows> arranged) {
                     if (arranged) {
                       take(std::move(*arranged));
                     }
                   },
               .failed = [goBack](const base::Error&) { goBack(); },
               .cancelled = goBack});
  emit runningChanged();
}

void RowArrangement::take(ArrangedRows arranged) {
  m_job.drop();
  m_arranged = std::move(arranged);
  emit runningChanged();
  emit changed();
}

std::int64_t RowArrangement::count() const {
  return m_arranged.shown ? std::ssize(*m_arranged.shown) : m_table ? m_table->rowCount() : 0;
}

std::int64_t RowArrangement::rowAt(std::int64_t place) const {
  return m_arranged.shown ? (*m_arranged.shown)[static_cast<std::size_t>(place)] : place;
}

std::optional<std::int64_t> RowArrangement::placeOf(std::int64_t row) const {
  if (!m_arranged.shown) {
    return row >= 0 && row < count() ? std::optional(row) : std::nullopt;
  }
  const auto found = std::ranges::find(*m_arranged.shown, row);
  return found == m_arranged.shown->end() ? std::nullopt
                                          : std::optional(found - m_arranged.shown->begin());
}

table::RowSet RowArrangement::rowsBetween(std::int64_t from, std::int64_t to) const {
  table::RowSet rows(m_table ? m_table->rowCount() : 0);
  const auto [first, last] = std::minmax(from, to);
  for (std::int64_t place = std::max<std::int64_t>(0, first); place <= std::min(last, count() - 1);
       ++place) {
    rows.insert(rowAt(place));
  }
  return rows;
}

table::RowOrder RowArrangement::listedOf(const table::RowSet& rows) const {
  if (!m_arranged.shown) {
    return rows.rows();
  }
  table::RowOrder listed;
  std::ranges::copy_if(*m_arranged.shown, std::back_inserter(listed),
                       [&](std::int64_t row) { return rows.contains(row); });
  return listed;
}

}  // namespace embedscope::rows
