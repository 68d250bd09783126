// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/feature.h"

#include <QAbstractListModel>

namespace embedscope::define {

/// "None" and then the labels of a feature, of any number: nothing is copied.
class PaddingModel : public QAbstractListModel {
  Q_OBJECT

 public:
  explicit PaddingModel(QObject* parent = nullptr);

  void setFeature(document::FeaturePtr feature);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

 private:
  document::FeaturePtr m_feature;
};

}  // namespace embedscope::define
