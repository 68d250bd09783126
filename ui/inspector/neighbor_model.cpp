// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/neighbor_model.h"

#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"

namespace embedscope::inspector {

namespace {

constexpr int kDecimals = 4;

}  // namespace

NeighborModel::NeighborModel(QObject* parent) : QAbstractTableModel(parent) {}

void NeighborModel::setNeighbors(table::TablePtr table, std::vector<neighbors::Neighbor> neighbors,
                                 const QString& scoreName) {
  beginResetModel();
  m_table = std::move(table);
  m_neighbors = std::move(neighbors);
  m_scoreName = scoreName;
  endResetModel();
}

QString NeighborModel::asTsv() const {
  QString text = QStringLiteral("label\trow\t%1\n").arg(m_scoreName);
  for (const neighbors::Neighbor& neighbor : m_neighbors) {
    text += QStringLiteral("%1\t%2\t%3\n")
                .arg(document::labelText(*m_table, neighbor.row).simplified())
                .arg(neighbor.row)
                .arg(static_cast<double>(neighbor.score), 0, 'g', 9);
  }
  return text;
}

int NeighborModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_neighbors.size());
}

int NeighborModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant NeighborModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  const neighbors::Neighbor& neighbor = m_neighbors[static_cast<std::size_t>(index.row())];
  const bool isScore = index.column() == Score;
  switch (role) {
    case Qt::DisplayRole:
      return isScore ? plots::numberText(static_cast<double>(neighbor.score), kDecimals)
                     : document::labelText(*m_table, neighbor.row).simplified();
    case Qt::ToolTipRole:
      return tr("%1\nrow %2, %3 %4. Click to go there")
          .arg(document::labelText(*m_table, neighbor.row), document::groupedText(neighbor.row),
               m_scoreName, plots::numberText(static_cast<double>(neighbor.score), kDecimals + 2));
    case Qt::TextAlignmentRole:
      return static_cast<int>((isScore ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RowRole:
      return QVariant::fromValue<qint64>(neighbor.row);
    default:
      return {};
  }
}

QVariant NeighborModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
    return {};
  }
  return section == Score ? m_scoreName : tr("label");
}

}  // namespace embedscope::inspector
