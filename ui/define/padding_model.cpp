// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/padding_model.h"

namespace embedscope::define {

PaddingModel::PaddingModel(QObject* parent) : QAbstractListModel(parent) {}

void PaddingModel::setFeature(document::FeaturePtr feature) {
  beginResetModel();
  m_feature = std::move(feature);
  endResetModel();
}

int PaddingModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_feature ? 0 : static_cast<int>(m_feature->categories.size()) + 1;
}

QVariant PaddingModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() ||
      (role != Qt::DisplayRole && role != Qt::EditRole)) {
    return {};
  }
  return index.row() == 0 ? tr("None")
                          : m_feature->categories[static_cast<std::size_t>(index.row()) - 1].label;
}

}  // namespace embedscope::define
