// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/delimited.h"
#include "core/table/embedding_table.h"
#include "core/table/provenance.h"
#include "core/table/row_set.h"
#include "ui/document/feature.h"
#include "ui/document/race_setup.h"
#include "ui/document/training_setup.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::document {

/// A table that is open: where it came from, and the numbers.
struct TableEntry {
  enum class Origin {
    Sample,
    File,
    Trained,
    Projected,  ///< coordinates of a picture
    Selected,   ///< rows of another table
  };

  TableId id;
  table::TablePtr table;
  Origin origin = Origin::File;
  QString source;                     ///< the file's path, or words such as "run 3 · step 1,200"
  table::Provenance provenance = {};  ///< for manifests
};

/// The data table that is open, with what is known about its columns.
struct DataEntry {
  data::DataTablePtr table;
  std::vector<data::ColumnSummary> columns;
  std::vector<data::DataWarning> warnings;
  QString path;         ///< empty for generated data
  TrainingHints hints;  ///< empty for data from files
};

using DataEntryPtr = std::shared_ptr<const DataEntry>;

/// Everything open in the window: features, tables, data, the training setup, the selection.
///
/// The only holder of the truth; views show values they were handed and ask for changes here.
/// Changes of features go through the undo stack. Opening, closing and selecting are not undone.
class Document : public QObject {
  Q_OBJECT

 public:
  explicit Document(QObject* parent = nullptr);
  ~Document() override;

  QUndoStack& undoStack() { return m_undoStack; }

  // Features -------------------------------------------------------------------------------------

  const std::vector<FeaturePtr>& features() const { return m_features; }

  FeaturePtr feature(FeatureId id) const;
  FeaturePtr featureNamed(const QString& name) const;

  /// Why a feature cannot have this name; nothing when it can.
  std::optional<QString> featureNameProblem(const QString& name, FeatureId except = {}) const;

  /// Adds a feature (its id is given here) at the end, and chooses it.
  /// @param text  of the undo step.
  FeatureId addFeature(Feature feature, const QString& text);

  /// Replaces the feature with the same id.
  /// @param mergeKey  steps that follow each other with the same key ≥ 0 become one (dragging a
  ///                  spin box is one step).
  void changeFeature(Feature feature, const QString& text, int mergeKey = -1);

  /// The same without a copy, which counts with very many categories.
  void changeFeature(FeaturePtr feature, const QString& text, int mergeKey = -1);

  void removeFeature(FeatureId id);

  FeatureId currentFeature() const { return m_currentFeature; }

  void setCurrentFeature(FeatureId id);

  // Tables ---------------------------------------------------------------------------------------

  const std::vector<TableEntry>& tables() const { return m_tables; }

  const TableEntry* table(TableId id) const;

  /// Adds a table and chooses it. A trained table replaces the trained one of the same name.
  /// @param training  recipe and seed of a trained one.
  TableId addTable(table::TablePtr table, TableEntry::Origin origin, const QString& source,
                   table::Provenance training = {});
  void closeTable(TableId id);

  /// Puts other metadata in the place of a table's: `changed` is the same table but for that, as
  /// EmbeddingTable::withMetadata makes it. Can be undone as long as the table is open.
  /// @param text  of the undo step.
  void changeMetadata(TableId id, table::TablePtr changed, const QString& text);

  /// The table that every page and the inspector look at.
  TableId currentTable() const { return m_currentTable; }

  const TableEntry* currentTableEntry() const { return table(m_currentTable); }

  void setCurrentTable(TableId id);

  /// The chosen row of the current table.
  std::optional<std::int64_t> currentRow() const { return m_currentRow; }

  void setCurrentRow(std::optional<std::int64_t> row);

  /// The selected rows of the current table, a set of all its rows' number; the set of nothing
  /// without a table. Every table keeps its own. The chosen row need not be among them.
  const table::RowSet& selection() const;

  /// @param selection  of as many rows as the current table has.
  void setSelection(table::RowSet selection);

  // Data and training ----------------------------------------------------------------------------

  const DataEntryPtr& data() const { return m_data; }

  void setData(DataEntryPtr data);

  const TrainingSetup& trainingSetup() const { return m_setup; }

  void setTrainingSetup(TrainingSetup setup);

  const RaceSetup& raceSetup() const { return m_raceSetup; }

  void setRaceSetup(RaceSetup setup);

  const CrossoverSetup& crossoverSetup() const { return m_crossoverSetup; }

  void setCrossoverSetup(CrossoverSetup setup);

  /// Makes sure that a feature of this name exists for the column; imports it (undoable, as the
  /// data's hints say) if not.
  void ensureFeature(const QString& column);

 signals:
  void featuresChanged();                                   ///< a feature came, went or moved
  void featureChanged(embedscope::document::FeatureId id);  ///< one was replaced
  void currentFeatureChanged();
  void tablesChanged();
  void metadataChanged(embedscope::document::TableId id);  ///< the table's entry holds another one
  void currentTableChanged();
  void currentRowChanged();
  void selectionChanged();  ///< other rows are selected, also because the table is another
  void dataChanged();
  void trainingSetupChanged();
  void raceSetupChanged();
  void crossoverSetupChanged();

 private:
  friend class FeatureCommand;
  friend class MetadataCommand;

  /// Puts `feature` at `place` (nullptr removes what is there). The undo stack's only way in.
  void applyFeature(std::size_t place, const FeaturePtr& before, const FeaturePtr& after);

  void applyMetadata(TableId id, const table::TablePtr& table);

  QUndoStack m_undoStack;
  std::vector<FeaturePtr> m_features;
  std::vector<TableEntry> m_tables;
  DataEntryPtr m_data;
  TrainingSetup m_setup = initialSetup();
  RaceSetup m_raceSetup;
  CrossoverSetup m_crossoverSetup;
  FeatureId m_currentFeature;
  TableId m_currentTable;
  std::optional<std::int64_t> m_currentRow;
  std::map<TableId, table::RowSet> m_selections;  ///< of the open tables
  std::int64_t m_lastId = 0;
};

}  // namespace embedscope::document
