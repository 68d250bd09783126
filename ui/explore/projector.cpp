// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/projector.h"

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr std::size_t kKeptForATable = 2;

}  // namespace

double Principal::share(Eigen::Index component) const {
  const projection::PcaModel& model = pca.model;
  return model.totalVariance > 0 ? model.variance(component) / model.totalVariance : 0;
}

PrincipalPtr principalOf(const table::EmbeddingTable& table,
                         const projection::Preparation& preparation,
                         const base::TaskContext& context) {
  constexpr double kFitted = 0.95;
  const Eigen::Index k = std::min(kComponents, table.dimension());
  std::optional<projection::PreparedPca> pca =
      projection::fitPreparedPca(table.values(), preparation, k, context.part(0, kFitted));
  std::optional<base::RowMatrix> scores =
      pca ? pca->project(table.values(), context.part(kFitted, 1)) : std::nullopt;
  return scores ? std::make_shared<const Principal>(
                      Principal{.pca = std::move(*pca), .scores = std::move(*scores)})
                : nullptr;
}

Projector::Projector(document::Document& document, jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), m_document(document), m_job(runner, this) {
  connect(&m_document, &document::Document::tablesChanged, this, &Projector::dropClosedTables);
  connect(&runner, &jobs::JobRunner::jobChanged, this, [this](const jobs::JobInfo& job) {
    if (m_job.id() == job.id) {
      emit progressed(job.fraction);
    }
  });
}

PrincipalPtr Projector::find(document::TableId table,
                             const projection::Preparation& preparation) const {
  const auto results = m_results.find(table);
  if (results == m_results.end()) {
    return nullptr;
  }
  const auto found = std::ranges::find(results->second, preparation, &Result::preparation);
  return found == results->second.end() ? nullptr : found->principal;
}

void Projector::request(document::TableId id, const projection::Preparation& preparation) {
  const document::TableEntry* entry = m_document.table(id);
  if (const PrincipalPtr known = find(id, preparation)) {
    keep(id, {preparation, known});
    return;
  }
  if (!entry || (m_job.isRunning() && m_table == id && m_preparation == preparation)) {
    return;
  }
  m_table = id;
  m_preparation = preparation;
  const QString title =
      tr("Principal components of “%1”").arg(QString::fromStdString(entry->table->name()));
  m_job.start(title,
              [table = entry->table, preparation](const base::TaskContext& context) {
                return principalOf(*table, preparation, context);
              },
              {.done =
                   [this, id, preparation](PrincipalPtr result) {
                     keep(id, {preparation, std::move(result)});
                     emit ready(id);
                   },
               .failed =
                   [this, id](const base::Error& error) {
                     emit failed(id, QString::fromStdString(error.sentence()));
                   },
               .cancelled = [this, id] { emit cancelled(id); }});
  emit started(title);
}

void Projector::keep(document::TableId table, Result result) {
  std::vector<Result>& results = m_results[table];
  std::erase_if(results,
                [&](const Result& other) { return other.preparation == result.preparation; });
  results.push_back(std::move(result));
  if (results.size() > kKeptForATable) {
    results.erase(results.begin());
  }
}

void Projector::drop() {
  m_job.drop();
}

void Projector::dropClosedTables() {
  std::erase_if(m_results, [this](const auto& item) { return !m_document.table(item.first); });
  if (!m_document.table(m_table)) {
    drop();
  }
}

}  // namespace embedscope::explore
