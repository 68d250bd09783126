// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/projector.h"

#include <algorithm>

namespace embedscope::explore {

double Principal::share(Eigen::Index component) const {
  return model.totalVariance > 0 ? model.variance(component) / model.totalVariance : 0;
}

PrincipalPtr principalOf(const table::EmbeddingTable& table, const base::TaskContext& context) {
  const Eigen::Index k = std::min(kComponents, table.dimension());
  std::optional<projection::PcaModel> model =
      projection::fitPca(table.values(), k, context.part(0, 0.95));
  if (!model || context.stopRequested()) {
    return nullptr;
  }
  auto result = std::make_shared<Principal>();
  result->scores = model->project(table.values());
  result->model = std::move(*model);
  context.report(1);
  return result;
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

PrincipalPtr Projector::find(document::TableId table) const {
  const auto found = m_results.find(table);
  return found == m_results.end() ? nullptr : found->second;
}

void Projector::request(document::TableId id) {
  const document::TableEntry* entry = m_document.table(id);
  if (!entry || m_results.contains(id) || (m_job.isRunning() && m_table == id)) {
    return;
  }
  m_table = id;
  const QString title =
      tr("Principal components of “%1”").arg(QString::fromStdString(entry->table->name()));
  m_job.start(title,
              [table = entry->table](const base::TaskContext& context) {
                return principalOf(*table, context);
              },
              {.done =
                   [this, id](PrincipalPtr result) {
                     m_results[id] = std::move(result);
                     emit ready(id);
                   },
               .failed =
                   [this, id](const base::Error& error) {
                     emit failed(id, QString::fromStdString(error.sentence()));
                   },
               .cancelled = [this, id] { emit cancelled(id); }});
  emit started(title);
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
