// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/feature.h"

#include <QAbstractTableModel>

#include <vector>

namespace embedscope::define {

/// The categories of one feature as an editable table: label, count, share of all counts,
/// whether the vector is frozen, note.
///
/// The model never changes the feature itself. It checks an edit, then asks for it by a signal;
/// the document answers with a new feature, which comes back through `setFeature`. Only the rows
/// that differ are touched then, so that selection and scroll position survive edits and undo.
class CategoryModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Label, Count, Share, Frozen, Note, ColumnCount };

  explicit CategoryModel(QObject* parent = nullptr);

  /// @param feature  null: no rows. Another feature than the one shown resets the model.
  void setFeature(document::FeaturePtr feature);

  const document::FeaturePtr& feature() const { return m_feature; }

  /// Asks for the categories without these rows.
  void removeCategories(const std::vector<int>& rows);

  /// Asks for these rows in a block before row `target` (counted before the move), order kept.
  /// @return the first row of the block after the move, −1 when nothing would change.
  int moveCategories(const std::vector<int>& rows, int target);

  /// Asks for these rows frozen, or learning when they all are frozen already. The padding row and
  /// rows of a frozen table are left alone.
  void toggleFrozen(const std::vector<int>& rows);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation,
                      int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

  Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }

  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;
  bool dropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int column,
                    const QModelIndex& parent) override;

 signals:
  /// An edit that passed the checks.
  void changeRequested(const embedscope::document::FeaturePtr& feature, const QString& undoText);

  /// Why an edit was not taken, as a sentence.
  void refused(const QString& reason);

  /// Rows dragged to another place are now at [first, first + count).
  void rowsMovedTo(int first, int count);

 private:
  QVariant display(const document::Category& category, int column) const;
  bool rename(std::size_t place, const QString& label);
  bool annotate(std::size_t place, const QString& note);
  bool canFreeze(std::size_t place) const;
  QVariant frozenState(const document::Category& category, int role) const;
  void replaceRows(document::FeaturePtr feature);

  document::FeaturePtr m_feature;
  std::int64_t m_total = 0;  ///< of the counts
};

}  // namespace embedscope::define
