// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_finder.h"

#include "ui/document/table_text.h"

#include <algorithm>
#include <cmath>

namespace embedscope::inspector {

namespace {

/// Tables of up to so many numbers are searched in well under a frame on the calling thread.
constexpr std::int64_t kInstantNumbers = 200'000;

bool isInstant(const table::EmbeddingTable& table) {
  return table.rowCount() * table.dimension() <= kInstantNumbers;
}

/// Why a row has no neighbors; empty when it may have.
QString problemOf(const table::EmbeddingTable& table, std::int64_t row) {
  const std::span<const float> vector = table.row(row);
  const auto bad = std::ranges::find_if(vector, [](float v) { return !std::isfinite(v); });
  if (bad != vector.end()) {
    return NeighborFinder::tr(
               "The vector holds NaN or infinity (first at dimension %1), so "
               "nothing can be near it.")
        .arg(document::groupedText(bad - vector.begin()));
  }
  if (std::ranges::all_of(vector, [](float v) { return v == 0; })) {
    return NeighborFinder::tr(
        "The vector is all zeros: it points nowhere, so its cosine with "
        "every other row is 0.");
  }
  if (table.rowCount() == 1) {
    return NeighborFinder::tr("This is the only row of the table.");
  }
  return {};
}

}  // namespace

NeighborFinder::NeighborFinder(document::Document& document, jobs::JobRunner& runner,
                               QObject* parent)
    : QObject(parent), m_document(document), m_runner(runner) {
  connect(&m_document, &document::Document::currentRowChanged, this, &NeighborFinder::follow);
  connect(&m_document, &document::Document::tablesChanged, this, [this] { dropClosedTables(); });
  follow();
}

NeighborFinder::~NeighborFinder() = default;

void NeighborFinder::findAgain() {
  if (m_state == State::Stopped) {
    m_request.reset();
    follow();
  }
}

void NeighborFinder::follow() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  const std::optional<std::int64_t> row = m_document.currentRow();
  if (!entry || !row || *row < 0 || *row >= entry->table->rowCount()) {
    m_request.reset();
    cancelSearch();
    become(State::Nothing);
    return;
  }
  if (m_request && m_request->table == entry->id && m_request->row == *row) {
    return;
  }
  m_request = Request{entry->id, *row, ++m_lastSerial};
  cancelSearch();
  if (const QString problem = problemOf(*entry->table, *row); !problem.isEmpty()) {
    become(State::Failed, {}, problem);
    return;
  }
  const auto known = m_indices.find(entry->id);
  if (known != m_indices.end()) {
    search(known->second);
  } else {
    buildIndex(entry->table);
  }
}

void NeighborFinder::dropClosedTables() {
  const auto isClosed = [this](const auto& item) { return !m_document.table(item.first); };
  std::erase_if(m_indices, isClosed);
  std::vector<jobs::JobId> orphans;
  for (const auto& build : m_builds) {
    if (isClosed(build)) {
      orphans.push_back(build.second);
    }
  }
  std::erase_if(m_builds, isClosed);
  for (const jobs::JobId job : orphans) {
    m_runner.cancel(job);
  }
}

void NeighborFinder::buildIndex(const table::TablePtr& table) {
  const Request request = *m_request;
  const auto build = [table](const base::TaskContext&) {
    return std::make_shared<const neighbors::ExactIndex>(table, neighbors::Metric::Cosine);
  };
  if (isInstant(*table)) {
    search(m_indices[request.table] = build({}));
    return;
  }
  become(State::Searching);
  if (m_builds.contains(request.table)) {
    return;  // whatever row is chosen when the index is ready is searched then
  }
  const document::TableId id = request.table;
  const auto isWanted = [this, id] { return m_request && m_request->table == id; };
  m_builds[id] = m_runner.run(
      tr("Preparing neighbors of “%1”").arg(QString::fromStdString(table->name())), this, build,
      {.done =
           [this, id, isWanted](IndexPtr index) {
             if (m_builds.erase(id) == 0) {
               return;  // the table was closed meanwhile
             }
             m_indices[id] = index;
             if (isWanted() && m_state == State::Searching) {
               search(index);
             }
           },
       .failed =
           [this, id, isWanted](const base::Error& error) {
             m_builds.erase(id);
             if (isWanted()) {
               fail(*m_request, QString::fromStdString(error.sentence()));
             }
           },
       .cancelled =
           [this, id, isWanted] {
             m_builds.erase(id);
             if (isWanted()) {
               stop(*m_request);
             }
           }});
}

void NeighborFinder::search(const IndexPtr& index) {
  const Request request = *m_request;
  const auto find = [index, row = request.row](const base::TaskContext& context) {
    return index->nearestOfRow(row, kCount, context);
  };
  if (isInstant(index->table())) {
    try {
      answer(request, find({}));
    } catch (const base::Error& error) {
      fail(request, QString::fromStdString(error.sentence()));
    }
    return;
  }
  become(State::Searching);
  m_search = m_runner.run(
      tr("Finding neighbors of “%1”").arg(document::labelText(index->table(), request.row)), this,
      find,
      {.done = [this, request](Neighbors found) { answer(request, std::move(found)); },
       .failed =
           [this, request](const base::Error& error) {
             fail(request, QString::fromStdString(error.sentence()));
           },
       .cancelled = [this, request] { stop(request); }});
}

void NeighborFinder::answer(const Request& request, Neighbors found) {
  if (m_request != request) {
    return;
  }
  m_search.reset();
  const Neighbors answered = found;
  become(State::Found, std::move(found));
  if (m_request == request) {
    emit neighborsFound(request.table, request.row, answered);
  }
}

void NeighborFinder::fail(const Request& request, const QString& problem) {
  if (m_request == request) {
    m_search.reset();
    become(State::Failed, {}, problem);
  }
}

void NeighborFinder::stop(const Request& request) {
  if (m_request == request && m_state == State::Searching) {
    m_search.reset();
    become(State::Stopped);
  }
}

void NeighborFinder::cancelSearch() {
  if (m_search) {
    m_runner.cancel(*std::exchange(m_search, std::nullopt));
  }
}

void NeighborFinder::become(State state, Neighbors found, const QString& problem) {
  m_state = state;
  m_neighbors = std::move(found);
  m_problem = problem;
  emit stateChanged();
}

}  // namespace embedscope::inspector
