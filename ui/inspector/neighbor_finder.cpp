// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_finder.h"

#include "ui/document/table_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope::inspector {

namespace {

/// Tables of up to so many numbers are searched in well under a frame on the calling thread.
constexpr std::int64_t kInstantNumbers = 200'000;

bool isInstant(const table::EmbeddingTable& table) {
  return table.rowCount() * table.dimension() <= kInstantNumbers;
}

/// Tables of fewer numbers are gone through in a few milliseconds as they are.
constexpr std::int64_t kRoundedNumbers = 10'000'000;
/// An approximate index is measured on so many rows.
constexpr std::int64_t kMeasuredRows = 100;
constexpr double kMeasuringShare = 0.05;  // of the time

/// Why a row has no neighbors; empty when it may have.
QString problemOf(const table::EmbeddingTable& table, std::int64_t row, neighbors::Metric metric) {
  const std::span<const float> vector = table.row(row);
  const auto bad = std::ranges::find_if(vector, [](float v) { return !std::isfinite(v); });
  if (bad != vector.end()) {
    return NeighborFinder::tr(
               "The vector holds NaN or infinity (first at dimension %1), so "
               "nothing can be near it.")
        .arg(document::groupedText(bad - vector.begin()));
  }
  if (metric == neighbors::Metric::Cosine &&
      std::ranges::all_of(vector, [](float v) { return v == 0; })) {
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

void NeighborFinder::setWish(const NeighborWish& wish) {
  if (wish == m_wish) {
    return;
  }
  m_wish = wish;
  m_wish.count = std::clamp<std::int64_t>(wish.count, 1, kMostCount);
  m_request.reset();
  follow();
}

bool NeighborFinder::offersApproximate() const {
  const document::TableEntry* entry = m_document.currentTableEntry();
  return entry && entry->table->rowCount() >= m_approximateFrom &&
         m_wish.metric != neighbors::Metric::Manhattan;
}

bool NeighborFinder::isBuilding() const {
  if (!m_request || m_state != State::Searching || !m_wish.approximate || !offersApproximate()) {
    return false;
  }
  const auto aids = m_aids.find(m_request->table);
  return aids != m_aids.end() && aids->second.building &&
         !aids->second.approximate.contains(m_wish.metric);
}

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
  if (const QString problem = problemOf(*entry->table, *row, m_wish.metric); !problem.isEmpty()) {
    become(State::Failed, {}, problem);
    return;
  }
  ask(entry->table);
}

void NeighborFinder::dropClosedTables() {
  std::vector<jobs::JobId> orphans;
  std::erase_if(m_aids, [&](const auto& item) {
    if (m_document.table(item.first)) {
      return false;
    }
    for (const std::optional<jobs::JobId>& job : {item.second.rounding, item.second.building}) {
      if (job) {
        orphans.push_back(*job);
      }
    }
    return true;
  });
  for (const jobs::JobId job : orphans) {
    m_runner.cancel(job);
  }
}

void NeighborFinder::ask(const table::TablePtr& table) {
  Aids& aids = m_aids[m_request->table];
  if (!m_wish.approximate || !offersApproximate()) {
    askExact(table, aids);
    return;
  }
  const auto known = aids.approximate.find(m_wish.metric);
  if (known == aids.approximate.end()) {
    build(table, aids);
    return;
  }
  m_recall = known->second.recall;
  search(table, [index = known->second.index, row = m_request->row, count = m_wish.count](
                    const base::TaskContext&) { return index->nearestOfRow(row, count); });
}

void NeighborFinder::askExact(const table::TablePtr& table, Aids& aids) {
  m_recall.reset();
  ++aids.asked;
  roundRows(table, aids);
  search(table, [table, metric = m_wish.metric, rounded = aids.rounded, row = m_request->row,
                 count = m_wish.count](const base::TaskContext& context) {
    return neighbors::ExactIndex(table, metric, rounded).nearestOfRow(row, count, context);
  });
}

void NeighborFinder::roundRows(const table::TablePtr& table, Aids& aids) {
  const bool pays = aids.asked > 1 && table->rowCount() * table->dimension() >= kRoundedNumbers &&
                    table->dimension() <= neighbors::RoundedRows::kMostDimensions;
  if (!pays || aids.rounded || aids.rounding || !aids.mayRound) {
    return;
  }
  const document::TableId id = m_request->table;
  const auto giveUp = [this, id] {
    if (const auto found = m_aids.find(id); found != m_aids.end()) {
      found->second.rounding.reset();
      found->second.mayRound = false;
    }
  };
  aids.rounding =
      m_runner.run(tr("Rounding “%1” for quick neighbors (%2 MB)")
                       .arg(QString::fromStdString(table->name()),
                            document::groupedText(neighbors::RoundedRows::bytesFor(*table) >> 20)),
                   this,
                   [table](const base::TaskContext& context) {
                     return neighbors::RoundedRows::of(*table, context);
                   },
                   {.done =
                        [this, id](const std::shared_ptr<const neighbors::RoundedRows>& rounded) {
                          if (const auto found = m_aids.find(id); found != m_aids.end()) {
                            found->second.rounding.reset();
                            found->second.rounded = rounded;
                          }
                        },
                    .failed = [giveUp](const base::Error&) { giveUp(); },
                    .cancelled = giveUp});
}

void NeighborFinder::build(const table::TablePtr& table, Aids& aids) {
  const neighbors::Metric metric = m_wish.metric;
  if (aids.building && aids.builtMetric != metric) {
    m_runner.cancel(*std::exchange(aids.building, std::nullopt));
  }
  become(State::Searching);
  if (aids.building) {
    return;  // whatever row is chosen when the index is ready is searched then
  }
  aids.builtMetric = metric;
  const auto job = std::make_shared<jobs::JobId>();
  const auto isCurrent = [this, id = m_request->table, job] {
    const auto found = m_aids.find(id);
    return found != m_aids.end() && found->second.building == *job;
  };
  const auto work = [table, metric, rounded = aids.rounded](const base::TaskContext& context) {
    Approximate built{neighbors::HnswIndex::build(table, metric, {}, rounded,
                                                  context.part(0, 1 - kMeasuringShare)),
                      0};
    if (built.index) {
      built.recall = built.index
                         ->sampledRecall(kCount, kMeasuredRows, neighbors::HnswIndex::kBreadth, 1,
                                         context.part(1 - kMeasuringShare, 1))
                         .value_or(0);
    }
    return built;
  };
  *job = m_runner.run(tr("Building an approximate index of “%1” (%2 MB)")
                          .arg(QString::fromStdString(table->name()),
                               document::groupedText(neighbors::HnswIndex::bytesFor(*table) >> 20)),
                      this, work,
                      {.done =
                           [this, id = m_request->table, isCurrent](const Approximate& built) {
                             if (isCurrent()) {
                               buildEnded(id, built, {});
                             }
                           },
                       .failed =
                           [this, id = m_request->table, isCurrent](const base::Error& error) {
                             if (isCurrent()) {
                               buildEnded(id, {}, QString::fromStdString(error.sentence()));
                             }
                           },
                       .cancelled =
                           [this, id = m_request->table, isCurrent] {
                             if (isCurrent()) {
                               buildEnded(id, {}, {});
                             }
                           }});
  aids.building = *job;
  emit stateChanged();
}

/// Without an index and without a problem somebody cancelled the build: neighbors are exact again.
void NeighborFinder::buildEnded(document::TableId id, std::optional<Approximate> built,
                                const QString& problem) {
  Aids& aids = m_aids[id];
  aids.building.reset();
  const bool isWaitedFor =
      m_request && m_request->table == id && m_wish.approximate && offersApproximate();
  if (built) {
    aids.approximate[aids.builtMetric] = *std::move(built);
  }
  if (!isWaitedFor) {
    return;
  }
  if (!problem.isEmpty()) {
    fail(*m_request, problem);
    return;
  }
  NeighborWish wish = m_wish;
  wish.approximate = aids.approximate.contains(m_wish.metric);
  m_wish = wish;
  ask(m_document.table(id)->table);
}

void NeighborFinder::search(const table::TablePtr& table, const Find& find) {
  const Request request = *m_request;
  if (isInstant(*table)) {
    try {
      answer(request, find({}));
    } catch (const base::Error& error) {
      fail(request, QString::fromStdString(error.sentence()));
    }
    return;
  }
  become(State::Searching);
  m_search = m_runner.run(
      tr("Finding neighbors of “%1”").arg(document::labelText(*table, request.row)), this, find,
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
