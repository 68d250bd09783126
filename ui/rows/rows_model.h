// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/rows/row_arrangement.h"

#include <QAbstractTableModel>

namespace embedscope::rows {

/// The rows of a table as an arrangement lists them. Keeps nothing of its own for a row, so that
/// millions cost as much as ten; what is chosen and selected is asked of the document.
class RowsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  static constexpr int RowRole = Qt::UserRole;           ///< the row's number in the table
  static constexpr int SelectedRole = Qt::UserRole + 1;  ///< bool
  static constexpr int ChosenRole = Qt::UserRole + 2;    ///< bool

  /// Both must outlive the model. Follows the arrangement by itself.
  RowsModel(document::Document& document, RowArrangement& arrangement, QObject* parent = nullptr);

  void setTable(table::TablePtr table);

  const table::TablePtr& table() const { return m_table; }

  const std::vector<RowColumn>& columns() const { return m_columns; }

  /// The row that cosines are with; nothing: with none.
  void setReference(std::optional<std::int64_t> row);

  const ReferenceRow& reference() const { return m_reference; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  QString heading(RowColumn column) const;
  QString accessibleText(std::int64_t row, RowColumn column) const;

  document::Document& m_document;
  RowArrangement& m_arrangement;
  table::TablePtr m_table;
  std::vector<RowColumn> m_columns;
  ReferenceRow m_reference;
  int m_count = 0;  ///< rows listed, as views know it
};

}  // namespace embedscope::rows
