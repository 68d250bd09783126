// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "core/table/embedding_table.h"

#include <QAbstractTableModel>

#include <vector>

namespace embedscope::inspector {

/// Neighbors as a list: the label, and the score with four decimals.
class NeighborModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Label, Score, ColumnCount };

  /// What `data` gives for RowRole: the row of the table, a qint64.
  static constexpr int RowRole = Qt::UserRole;

  explicit NeighborModel(QObject* parent = nullptr);

  /// @param scoreName  what the scores are, such as "cosine".
  void setNeighbors(table::TablePtr table, std::vector<neighbors::Neighbor> neighbors,
                    const QString& scoreName = tr("cosine"));

  /// The list as lines of label, row and score with tabs between them, below a line of names.
  QString asTsv() const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  table::TablePtr m_table;
  std::vector<neighbors::Neighbor> m_neighbors;
  QString m_scoreName;
};

}  // namespace embedscope::inspector
