// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/crossover_table_model.h"

#include "ui/document/table_text.h"
#include "ui/train/race_words.h"

#include <QFont>
#include <QGuiApplication>

namespace embedscope::train {

namespace {

QString meanOf(const training::RaceStanding& standing, const QString& metricName) {
  return meanWithErrorText(standing.mean, standing.standardError, metricName);
}

}  // namespace

CrossoverTableModel::CrossoverTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void CrossoverTableModel::show(const training::CrossoverRecipe& recipe,
                               const std::vector<training::CrossoverPoint>& points,
                               const QString& metricName) {
  beginResetModel();
  m_valueTitle = axisText(recipe.axis);
  m_metricName = metricName;
  m_points = points;
  endResetModel();
}

void CrossoverTableModel::clear() {
  beginResetModel();
  m_points.clear();
  endResetModel();
}

int CrossoverTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_points.size());
}

int CrossoverTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString CrossoverTableModel::text(const training::CrossoverPoint& point, Column column) const {
  switch (column) {
    case Value:
      return document::groupedText(point.value);
    case Baseline:
      return meanOf(point.baseline, m_metricName);
    case Challenger:
      return meanOf(point.challenger, m_metricName);
    case Difference:
      return intervalText(point.difference, m_metricName);
    case ColumnCount:
      break;
  }
  return {};
}

QVariant CrossoverTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  const training::CrossoverPoint& point = m_points[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole) {
    return text(point, static_cast<Column>(index.column()));
  }
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>(Qt::AlignVCenter |
                            (index.column() == Value ? Qt::AlignLeft : Qt::AlignRight));
  }
  if (role == Qt::FontRole && point.difference.isBeyondNoise()) {
    QFont font = QGuiApplication::font();
    font.setBold(index.column() == Difference);
    return font;
  }
  return {};
}

QVariant CrossoverTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>(Qt::AlignVCenter | (section == Value ? Qt::AlignLeft : Qt::AlignRight));
  }
  if (role == Qt::ToolTipRole && section == Difference) {
    return tr(
        "Paired by seed, with its 95 % interval; positive: the embedding is better. Bold: "
        "beyond noise");
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (static_cast<Column>(section)) {
    case Value:
      return m_valueTitle;
    case Baseline:
      return m_points.empty() ? tr("Baseline") : QString::fromStdString(m_points[0].baseline.name);
    case Challenger:
      return tr("Embedding");
    case Difference:
      return tr("Embedding better by");
    case ColumnCount:
      break;
  }
  return {};
}

}  // namespace embedscope::train
