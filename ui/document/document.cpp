// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include <QUndoCommand>

#include <algorithm>

namespace embedscope::document {

/// One undo step: the feature at a place before and after; null stands for "not there".
class FeatureCommand : public QUndoCommand {
 public:
  FeatureCommand(Document& document, std::size_t place, FeaturePtr before, FeaturePtr after,
                 const QString& text, int mergeKey)
      : QUndoCommand(text),
        m_document(document),
        m_place(place),
        m_before(std::move(before)),
        m_after(std::move(after)),
        m_mergeKey(mergeKey) {}

  void undo() override { m_document.applyFeature(m_place, m_after, m_before); }

  void redo() override { m_document.applyFeature(m_place, m_before, m_after); }

  int id() const override { return m_mergeKey; }

  bool mergeWith(const QUndoCommand* next) override {
    const auto* other = static_cast<const FeatureCommand*>(next);  // NOLINT: same id, same class
    if (!m_before || !m_after || !other->m_after || other->m_after->id != m_after->id) {
      return false;
    }
    m_after = other->m_after;
    return true;
  }

 private:
  Document& m_document;
  std::size_t m_place;
  FeaturePtr m_before;
  FeaturePtr m_after;
  int m_mergeKey;
};

/// One undo step: a table with its metadata before and after.
class MetadataCommand : public QUndoCommand {
 public:
  MetadataCommand(Document& document, TableId id, table::TablePtr before, table::TablePtr after,
                  const QString& text)
      : QUndoCommand(text),
        m_document(document),
        m_id(id),
        m_before(std::move(before)),
        m_after(std::move(after)) {}

  void undo() override { m_document.applyMetadata(m_id, m_before); }

  void redo() override { m_document.applyMetadata(m_id, m_after); }

 private:
  Document& m_document;
  TableId m_id;
  table::TablePtr m_before;
  table::TablePtr m_after;
};

Document::Document(QObject* parent) : QObject(parent) {}

Document::~Document() = default;

FeaturePtr Document::feature(FeatureId id) const {
  const auto it = std::ranges::find_if(m_features, [&](const auto& f) { return f->id == id; });
  return it == m_features.end() ? nullptr : *it;
}

FeaturePtr Document::featureNamed(const QString& name) const {
  const auto it = std::ranges::find_if(m_features, [&](const auto& f) { return f->name == name; });
  return it == m_features.end() ? nullptr : *it;
}

std::optional<QString> Document::featureNameProblem(const QString& name, FeatureId except) const {
  if (name.trimmed().isEmpty()) {
    return tr("A feature needs a name.");
  }
  const FeaturePtr other = featureNamed(name);
  if (other && other->id != except) {
    return tr("There is already a feature called “%1”.").arg(name);
  }
  return {};
}

FeatureId Document::addFeature(Feature feature, const QString& text) {
  feature.id = {++m_lastId};
  const FeatureId id = feature.id;
  m_undoStack.push(new FeatureCommand(*this, m_features.size(), nullptr,
                                      std::make_shared<const Feature>(std::move(feature)), text,
                                      -1));
  setCurrentFeature(id);
  return id;
}

void Document::changeFeature(Feature feature, const QString& text, int mergeKey) {
  changeFeature(std::make_shared<const Feature>(std::move(feature)), text, mergeKey);
}

void Document::changeFeature(FeaturePtr feature, const QString& text, int mergeKey) {
  const auto it =
      std::ranges::find_if(m_features, [&](const auto& f) { return f->id == feature->id; });
  if (it == m_features.end()) {
    return;
  }
  const auto place = static_cast<std::size_t>(it - m_features.begin());
  m_undoStack.push(new FeatureCommand(*this, place, *it, std::move(feature), text, mergeKey));
}

void Document::removeFeature(FeatureId id) {
  const auto it = std::ranges::find_if(m_features, [&](const auto& f) { return f->id == id; });
  if (it == m_features.end()) {
    return;
  }
  const auto place = static_cast<std::size_t>(it - m_features.begin());
  const QString text = tr("delete feature “%1”").arg((*it)->name);
  m_undoStack.push(new FeatureCommand(*this, place, *it, nullptr, text, -1));
}

void Document::applyFeature(std::size_t place, const FeaturePtr& before, const FeaturePtr& after) {
  const auto at = m_features.begin() + static_cast<std::ptrdiff_t>(place);
  if (before && after) {
    *at = after;
    emit featureChanged(after->id);
    return;
  }
  if (after) {
    m_features.insert(at, after);
  } else {
    m_features.erase(at);
  }
  emit featuresChanged();
  if (!feature(m_currentFeature)) {
    const std::size_t next = std::min(place, m_features.empty() ? 0 : m_features.size() - 1);
    setCurrentFeature(m_features.empty() ? FeatureId{} : m_features[next]->id);
  }
}

void Document::setCurrentFeature(FeatureId id) {
  if (m_currentFeature != id) {
    m_currentFeature = id;
    emit currentFeatureChanged();
  }
}

const TableEntry* Document::table(TableId id) const {
  const auto it = std::ranges::find(m_tables, id, &TableEntry::id);
  return it == m_tables.end() ? nullptr : &*it;
}

TableId Document::addTable(table::TablePtr table, TableEntry::Origin origin, const QString& source,
                           table::Provenance training) {
  const auto same = std::ranges::find_if(m_tables, [&](const TableEntry& entry) {
    return origin == TableEntry::Origin::Trained && entry.origin == origin &&
           entry.table->name() == table->name();
  });
  training.source = source.toStdString();
  const TableEntry entry{{++m_lastId}, std::move(table), origin, source, std::move(training)};
  if (same == m_tables.end()) {
    m_tables.push_back(entry);
  } else {
    m_selections.erase(same->id);
    *same = entry;
  }
  m_selections.emplace(entry.id, table::RowSet(entry.table->rowCount()));
  emit tablesChanged();
  setCurrentTable(entry.id);
  return entry.id;
}

void Document::closeTable(TableId id) {
  const auto it = std::ranges::find(m_tables, id, &TableEntry::id);
  if (it == m_tables.end()) {
    return;
  }
  m_tables.erase(it);
  m_selections.erase(id);
  emit tablesChanged();
  if (m_currentTable == id) {
    setCurrentTable(m_tables.empty() ? TableId{} : m_tables.back().id);
  }
}

void Document::changeMetadata(TableId id, table::TablePtr changed, const QString& text) {
  if (const TableEntry* entry = table(id)) {
    m_undoStack.push(new MetadataCommand(*this, id, entry->table, std::move(changed), text));
  }
}

/// Without effect on a table that was closed since.
void Document::applyMetadata(TableId id, const table::TablePtr& table) {
  const auto it = std::ranges::find(m_tables, id, &TableEntry::id);
  if (it != m_tables.end()) {
    it->table = table;
    emit metadataChanged(id);
  }
}

void Document::setCurrentTable(TableId id) {
  if (m_currentTable == id) {
    return;
  }
  m_currentTable = id;
  m_currentRow.reset();
  emit currentTableChanged();
  emit currentRowChanged();
  emit selectionChanged();
}

void Document::setCurrentRow(std::optional<std::int64_t> row) {
  if (m_currentRow != row) {
    m_currentRow = row;
    emit currentRowChanged();
  }
}

const table::RowSet& Document::selection() const {
  static const table::RowSet kNone;
  const auto found = m_selections.find(m_currentTable);
  return found == m_selections.end() ? kNone : found->second;
}

void Document::setSelection(table::RowSet selection) {
  const auto found = m_selections.find(m_currentTable);
  if (found != m_selections.end() && found->second != selection) {
    found->second = std::move(selection);
    emit selectionChanged();
  }
}

void Document::setData(DataEntryPtr data) {
  m_data = std::move(data);
  emit dataChanged();
}

void Document::setTrainingSetup(TrainingSetup setup) {
  m_setup = std::move(setup);
  emit trainingSetupChanged();
}

void Document::setRaceSetup(RaceSetup setup) {
  m_raceSetup = std::move(setup);
  emit raceSetupChanged();
}

void Document::setCrossoverSetup(CrossoverSetup setup) {
  m_crossoverSetup = std::move(setup);
  emit crossoverSetupChanged();
}

void Document::ensureFeature(const QString& column) {
  if (featureNamed(column) || !m_data) {
    return;
  }
  const auto place = m_data->table->findColumn(column.toStdString());
  if (place) {
    Feature feature = featureFromColumn(*m_data->table, *place);
    feature.initialization = m_data->hints.initialization.value_or(feature.initialization);
    feature.dimension = m_data->hints.dimension.value_or(feature.dimension);
    addFeature(std::move(feature), tr("import column “%1”").arg(column));
  }
}

}  // namespace embedscope::document
