// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/category_model.h"

#include "core/base/text.h"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

#include <algorithm>
#include <numeric>

namespace embedscope::define {

namespace {

const QString kRowsMime = QStringLiteral("application/x-embedscope-category-rows");

std::int64_t totalCount(const document::FeaturePtr& feature) {
  if (!feature) {
    return 0;
  }
  return std::accumulate(
      feature->categories.begin(), feature->categories.end(), std::int64_t{0},
      [](std::int64_t sum, const document::Category& category) { return sum + category.count; });
}

QString shareText(std::int64_t count, std::int64_t total) {
  const double percent = 100.0 * static_cast<double>(count) / static_cast<double>(total);
  if (percent > 0 && percent < 0.01) {
    return QStringLiteral("< 0.01 %");
  }
  return QStringLiteral("%1 %").arg(percent, 0, 'f', percent < 1 ? 2 : 1);
}

}  // namespace

CategoryModel::CategoryModel(QObject* parent) : QAbstractTableModel(parent) {}

void CategoryModel::setFeature(document::FeaturePtr feature) {
  if (feature == m_feature) {
    return;
  }
  if (feature && m_feature && feature->id == m_feature->id) {
    replaceRows(std::move(feature));
    return;
  }
  beginResetModel();
  m_feature = std::move(feature);
  m_total = totalCount(m_feature);
  endResetModel();
}

/// Keeps the rows at both ends that are the same; inserts, removes or refreshes between them.
void CategoryModel::replaceRows(document::FeaturePtr feature) {
  const auto& before = m_feature->categories;
  const auto& after = feature->categories;
  const auto shorter = std::min(before.size(), after.size());
  const auto firstDifference =
      std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter),
                    after.begin())
          .first;
  const auto head = static_cast<std::size_t>(firstDifference - before.begin());
  std::size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const auto first = static_cast<int>(head);
  const auto common = static_cast<int>(shorter - head - tail);
  const auto more = static_cast<int>(after.size()) - static_cast<int>(before.size());
  if (more > 0) {
    beginInsertRows({}, first + common, first + common + more - 1);
  } else if (more < 0) {
    beginRemoveRows({}, first + common, first + common - more - 1);
  }
  const bool wholeTableChanged = m_feature->frozen != feature->frozen;
  m_feature = std::move(feature);
  const std::int64_t oldTotal = m_total;
  m_total = totalCount(m_feature);
  if (more > 0) {
    endInsertRows();
  } else if (more < 0) {
    endRemoveRows();
  }
  if (wholeTableChanged && rowCount() > 0) {
    emit dataChanged(index(0, Frozen), index(rowCount() - 1, Frozen));
  }
  if (common > 0) {
    emit dataChanged(index(first, 0), index(first + common - 1, ColumnCount - 1));
  }
  if (oldTotal != m_total && rowCount() > 0) {
    emit dataChanged(index(0, Share), index(rowCount() - 1, Share));
  }
}

int CategoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_feature ? 0 : static_cast<int>(m_feature->categories.size());
}

int CategoryModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant CategoryModel::display(const document::Category& category, int column) const {
  switch (column) {
    case Label:
      return category.label;
    case Count:
      return category.count > 0 ? QString::fromStdString(base::groupedDigits(category.count))
                                : QString();
    case Share:
      return m_total > 0 ? shareText(category.count, m_total) : QString();
    case Frozen:
      return category.padding ? tr("padding") : QString();
    case Note:
      return category.note;
    default:
      return {};
  }
}

QVariant CategoryModel::frozenState(const document::Category& category, int role) const {
  const bool frozen = category.frozen || m_feature->frozen;
  if (role == Qt::CheckStateRole) {
    return category.padding ? QVariant() : QVariant(frozen ? Qt::Checked : Qt::Unchecked);
  }
  if (role == Qt::AccessibleTextRole) {
    return category.padding ? tr("padding row") : frozen ? tr("frozen") : tr("learns");
  }
  if (role != Qt::ToolTipRole) {
    return {};
  }
  return category.padding    ? tr("The padding row: it gets no gradient.")
         : m_feature->frozen ? tr("The whole table is frozen.")
         : frozen            ? tr("Training leaves this vector as it starts.")
                             : tr("Tick to keep this vector as it starts (Space, for all selected "
                                             "rows).");
}

QVariant CategoryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !m_feature || index.row() >= rowCount()) {
    return {};
  }
  const document::Category& category = m_feature->categories[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole || role == Qt::EditRole) {
    return display(category, index.column());
  }
  if (role == Qt::TextAlignmentRole && (index.column() == Count || index.column() == Share)) {
    return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
  }
  if (index.column() == Frozen) {
    return frozenState(category, role);
  }
  if (role == Qt::ToolTipRole && (index.column() == Label || index.column() == Note)) {
    return display(category, index.column());
  }
  return {};
}

QVariant CategoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Vertical) {
    return role == Qt::DisplayRole ? QVariant(section) : QVariant();
  }
  static const char* const titles[] = {QT_TR_NOOP("label"), QT_TR_NOOP("count"),
                                       QT_TR_NOOP("share"), QT_TR_NOOP("frozen"),
                                       QT_TR_NOOP("note")};
  static const char* const tips[] = {
      QT_TR_NOOP("The category's text. Unique within the feature, never empty."),
      QT_TR_NOOP("Rows of the data it was imported from; empty when it was typed."),
      QT_TR_NOOP("The part of all those rows."),
      QT_TR_NOOP("Ticked: training leaves the vector as it starts. Space ticks all selected rows."),
      QT_TR_NOOP("Anything worth remembering.")};
  if (section < 0 || section >= ColumnCount) {
    return {};
  }
  switch (role) {
    case Qt::DisplayRole:
      return tr(titles[section]);
    case Qt::ToolTipRole:
      return tr(tips[section]);
    case Qt::TextAlignmentRole:
      return QVariant::fromValue((section == Count || section == Share ? Qt::AlignRight
                                  : section == Frozen                  ? Qt::AlignHCenter
                                                                       : Qt::AlignLeft) |
                                 Qt::AlignVCenter);
    default:
      return {};
  }
}

bool CategoryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || !m_feature) {
    return false;
  }
  if (role == Qt::CheckStateRole && index.column() == Frozen) {
    toggleFrozen({index.row()});
    return true;
  }
  if (role != Qt::EditRole) {
    return false;
  }
  const auto place = static_cast<std::size_t>(index.row());
  switch (index.column()) {
    case Label:
      return rename(place, value.toString().trimmed());
    case Note:
      return annotate(place, value.toString());
    default:
      return false;
  }
}

bool CategoryModel::rename(std::size_t place, const QString& label) {
  if (label == m_feature->categories[place].label) {
    return true;
  }
  if (const auto problem = document::labelProblem(*m_feature, label, place)) {
    emit refused(*problem);
    return false;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  QString& shown = changed->categories[place].label;
  const QString text = tr("rename “%1” to “%2”").arg(shown, label);
  shown = label;
  emit changeRequested(changed, text);
  return true;
}

bool CategoryModel::annotate(std::size_t place, const QString& note) {
  if (note == m_feature->categories[place].note) {
    return true;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  document::Category& category = changed->categories[place];
  category.note = note;
  emit changeRequested(changed, tr("note on “%1”").arg(category.label));
  return true;
}

void CategoryModel::removeCategories(const std::vector<int>& rows) {
  if (!m_feature || rows.empty()) {
    return;
  }
  std::vector<bool> gone(m_feature->categories.size(), false);
  for (const int row : rows) {
    gone[static_cast<std::size_t>(row)] = true;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  changed->categories.clear();
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (!gone[i]) {
      changed->categories.push_back(m_feature->categories[i]);
    }
  }
  const auto removed = m_feature->categories.size() - changed->categories.size();
  const QString text =
      removed == 1
          ? tr("delete “%1”").arg(m_feature->categories[static_cast<std::size_t>(rows[0])].label)
          : tr("delete %1 categories").arg(removed);
  emit changeRequested(changed, text);
}

bool CategoryModel::canFreeze(std::size_t place) const {
  return !m_feature->frozen && !m_feature->categories[place].padding;
}

void CategoryModel::toggleFrozen(const std::vector<int>& rows) {
  std::vector<std::size_t> places;
  for (const int row : rows) {
    if (m_feature && canFreeze(static_cast<std::size_t>(row))) {
      places.push_back(static_cast<std::size_t>(row));
    }
  }
  if (places.empty()) {
    return;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  const bool freeze = !std::ranges::all_of(
      places, [&](std::size_t place) { return m_feature->categories[place].frozen; });
  for (const std::size_t place : places) {
    changed->categories[place].frozen = freeze;
  }
  const QString what = places.size() == 1
                           ? QStringLiteral("“%1”").arg(m_feature->categories[places.front()].label)
                           : tr("%1 categories").arg(places.size());
  emit changeRequested(changed, freeze ? tr("freeze %1").arg(what) : tr("unfreeze %1").arg(what));
}

int CategoryModel::moveCategories(const std::vector<int>& rows, int target) {
  if (!m_feature || rows.empty()) {
    return -1;
  }
  const auto& before = m_feature->categories;
  std::vector<bool> moving(before.size(), false);
  for (const int row : rows) {
    moving[static_cast<std::size_t>(row)] = true;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  changed->categories.clear();
  const auto appendWhere = [&](bool moved, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (moving[i] == moved) {
        changed->categories.push_back(before[i]);
      }
    }
  };
  const auto border = static_cast<std::size_t>(std::clamp<int>(target, 0, rowCount()));
  appendWhere(false, 0, border);
  const auto first = static_cast<int>(changed->categories.size());
  appendWhere(true, 0, before.size());
  appendWhere(false, border, before.size());
  if (changed->categories == before) {
    return -1;
  }
  emit changeRequested(changed, tr("reorder categories"));
  return first;
}

Qt::ItemFlags CategoryModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) {
    return Qt::ItemIsDropEnabled;  // between rows; never onto one
  }
  Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
  if (index.column() == Label || index.column() == Note) {
    flags |= Qt::ItemIsEditable;
  }
  if (index.column() == Frozen && m_feature && index.row() < rowCount()) {
    const bool can = canFreeze(static_cast<std::size_t>(index.row()));
    flags |= can ? Qt::ItemIsUserCheckable : Qt::NoItemFlags;
    flags &= m_feature->frozen ? ~Qt::ItemFlags(Qt::ItemIsEnabled) : ~Qt::ItemFlags();
  }
  return flags;
}

QStringList CategoryModel::mimeTypes() const {
  return {kRowsMime};
}

QMimeData* CategoryModel::mimeData(const QModelIndexList& indexes) const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  QList<qint32> rows;
  for (const QModelIndex& index : indexes) {
    if (index.column() == Label) {
      rows += index.row();
    }
  }
  stream << rows;
  auto* mime = new QMimeData;
  mime->setData(kRowsMime, bytes);
  return mime;
}

/// The move goes through the document; the view must not remove the rows a second time, which is
/// what "false" tells it.
bool CategoryModel::dropMimeData(const QMimeData* mime, Qt::DropAction action, int row,
                                 int /*column*/, const QModelIndex& parent) {
  if (action != Qt::MoveAction || !mime->hasFormat(kRowsMime)) {
    return false;
  }
  const QByteArray bytes = mime->data(kRowsMime);
  QDataStream stream(bytes);
  QList<qint32> read;
  stream >> read;
  std::vector<int> rows;
  for (const qint32 one : read) {
    if (one < 0 || one >= rowCount()) {
      return false;
    }
    rows.push_back(one);
  }
  const int target = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
  const int first = moveCategories(rows, target);
  if (first >= 0) {
    emit rowsMovedTo(first, static_cast<int>(rows.size()));
  }
  return false;
}

}  // namespace embedscope::define
