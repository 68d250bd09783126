// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QAbstractTableModel>

#include <vector>

namespace embedscope::define {

/// The features of the document, one a row: its name (editable), and "5 → 2" for its size.
class FeatureModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, Size, ColumnCount };

  explicit FeatureModel(document::Document& document, QObject* parent = nullptr);

  document::FeatureId idAt(int row) const;

  /// −1 when there is no such feature.
  int rowOf(document::FeatureId id) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 signals:
  /// Why a name was not taken, as a sentence.
  void refused(const QString& reason);

 private:
  void refresh(document::FeatureId id);
  void reload();

  document::Document& m_document;
  std::vector<document::FeaturePtr> m_features;
};

}  // namespace embedscope::define
