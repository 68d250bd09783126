// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/feature_model.h"

#include "core/base/text.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace embedscope::define {

namespace {

QString sizeText(const document::Feature& feature) {
  const auto n = static_cast<std::int64_t>(feature.categories.size());
  return QStringLiteral("%1 → %2").arg(
      QString::fromStdString(base::groupedDigits(n)),
      QString::fromStdString(base::groupedDigits(feature.effectiveDimension())));
}

}  // namespace

FeatureModel::FeatureModel(document::Document& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document), m_features(document.features()) {
  connect(&document, &document::Document::featuresChanged, this, &FeatureModel::reload);
  connect(&document, &document::Document::featureChanged, this, &FeatureModel::refresh);
}

document::FeatureId FeatureModel::idAt(int row) const {
  return row < 0 || row >= rowCount() ? document::FeatureId{}
                                      : m_features[static_cast<std::size_t>(row)]->id;
}

int FeatureModel::rowOf(document::FeatureId id) const {
  const auto it = std::ranges::find_if(m_features, [&](const auto& f) { return f->id == id; });
  return it == m_features.end() ? -1 : static_cast<int>(it - m_features.begin());
}

int FeatureModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_features.size());
}

int FeatureModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant FeatureModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) {
    return {};
  }
  const document::Feature& feature = *m_features[static_cast<std::size_t>(index.row())];
  const bool size = index.column() == Size;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return size ? sizeText(feature) : feature.name;
    case Qt::TextAlignmentRole:
      return QVariant::fromValue((size ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
      return size ? QVariant(QGuiApplication::palette().brush(QPalette::PlaceholderText))
                  : QVariant();
    case Qt::ToolTipRole:
      return tr("%1: %2 categories, vectors of %3 numbers")
          .arg(feature.name)
          .arg(feature.categories.size())
          .arg(feature.effectiveDimension());
    default:
      return {};
  }
}

bool FeatureModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || index.column() != Name || role != Qt::EditRole) {
    return false;
  }
  document::Feature changed = *m_features[static_cast<std::size_t>(index.row())];
  const QString name = value.toString().trimmed();
  if (name == changed.name) {
    return true;
  }
  if (const auto problem = m_document.featureNameProblem(name, changed.id)) {
    emit refused(*problem);
    return false;
  }
  const QString text = tr("rename feature “%1” to “%2”").arg(changed.name, name);
  changed.name = name;
  m_document.changeFeature(std::move(changed), text);
  return true;
}

Qt::ItemFlags FeatureModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  if (index.column() == Name) {
    flags |= Qt::ItemIsEditable;
  }
  return flags;
}

void FeatureModel::refresh(document::FeatureId id) {
  const int row = rowOf(id);
  if (row >= 0) {
    m_features[static_cast<std::size_t>(row)] = m_document.feature(id);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
  }
}

void FeatureModel::reload() {
  beginResetModel();
  m_features = m_document.features();
  endResetModel();
}

}  // namespace embedscope::define
