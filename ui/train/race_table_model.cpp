// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_table_model.h"

#include "ui/document/table_text.h"
#include "ui/plots/curve_swatch.h"
#include "ui/train/race_words.h"

#include <QFont>
#include <QGuiApplication>

#include <cmath>
#include <limits>

namespace embedscope::train {

namespace {

constexpr double kLast = std::numeric_limits<double>::infinity();  // unknown numbers sort last

const QString kUnknown = QStringLiteral("–");

QFont boldFont() {
  QFont font = QGuiApplication::font();
  font.setBold(true);
  return font;
}

double sortable(double value) {
  return std::isnan(value) ? kLast : value;
}

}  // namespace

RaceTableModel::RaceTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void RaceTableModel::begin(const RaceBoard& board, const QString& metricName) {
  beginResetModel();
  m_metricName = metricName;
  m_standings = board.standings();
  m_seeds = board.seedCount();
  m_ended.assign(m_standings.size(), 0);
  m_best.reset();
  m_differences.clear();
  endResetModel();
}

void RaceTableModel::update(const RaceBoard& board) {
  m_standings = board.standings();
  for (std::size_t i = 0; i < m_standings.size(); ++i) {
    m_ended[i] = board.endedCount(i);
  }
  rowsChanged();
}

void RaceTableModel::finish(const training::RaceResult& result) {
  if (result.standings.size() != m_standings.size()) {
    return;
  }
  m_metricName = QString::fromStdString(result.metricName);
  m_standings = result.standings;
  m_ended.assign(m_standings.size(), m_seeds);
  m_best = result.best;
  m_differences = result.differences;
  m_differences.resize(m_standings.size());
  rowsChanged();
  emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void RaceTableModel::clear() {
  beginResetModel();
  m_standings.clear();
  m_best.reset();
  m_differences.clear();
  endResetModel();
}

void RaceTableModel::setDark(bool dark) {
  if (dark != m_dark) {
    m_dark = dark;
    rowsChanged();
  }
}

void RaceTableModel::rowsChanged() {
  if (rowCount() > 0) {
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  }
}

int RaceTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_standings.size());
}

int RaceTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

/// "2", or "5–8" where raced features differ.
QString RaceTableModel::sizeText(const training::RaceStanding& standing) {
  if (standing.dimension == 0) {
    return kUnknown;
  }
  const QString smallest = document::groupedText(standing.dimension);
  return standing.largestDimension <= standing.dimension
             ? smallest
             : smallest + QStringLiteral("–") + document::groupedText(standing.largestDimension);
}

QString RaceTableModel::text(std::size_t row, Column column) const {
  const training::RaceStanding& standing = m_standings[row];
  switch (column) {
    case Approach:
      return QString::fromStdString(standing.name);
    case Size:
      return sizeText(standing);
    case Parameters:
      return standing.parameters > 0 ? document::groupedText(standing.parameters) : kUnknown;
    case Validation: {
      const QString mean = meanWithErrorText(standing.mean, standing.standardError, m_metricName);
      return standing.diverged > 0 ? tr("%1 · %2 diverged").arg(mean).arg(standing.diverged) : mean;
    }
    case Behind:
      return behindText(row);
    case Seconds:
      return std::isnan(standing.secondsPerEpoch) ? kUnknown
                                                  : epochTimeText(standing.secondsPerEpoch);
    case Memory:
      return standing.inputBytes > 0 ? bytesText(standing.inputBytes) : kUnknown;
    case ColumnCount:
      break;
  }
  return {};
}

QString RaceTableModel::behindText(std::size_t row) const {
  if (!m_best) {
    return tr("%1 of %2 seeds").arg(m_ended[row]).arg(m_seeds);
  }
  if (row == *m_best) {
    return tr("best");
  }
  const training::PairedDifference& difference = m_differences[row];
  if (difference.pairs < 2) {
    return kUnknown;
  }
  return difference.isBeyondNoise() ? differenceText(difference.mean, m_metricName)
                                    : tr("within noise");
}

QString RaceTableModel::tip(std::size_t row, Column column) const {
  if (column == Behind && m_best && row != *m_best && m_differences[row].pairs > 0) {
    return tr("The best is ahead by %1 over %2 seeds, paired; 95 % for all approaches together")
        .arg(intervalText(m_differences[row], m_metricName))
        .arg(m_differences[row].pairs);
  }
  if (column != Validation) {
    return {};
  }
  QStringList seeds;
  for (const double value : m_standings[row].perSeed) {
    seeds += metricNumberText(value, m_metricName);
  }
  return tr("By seed: %1").arg(seeds.join(QStringLiteral(" · ")));
}

QVariant RaceTableModel::sortValue(std::size_t row, Column column) const {
  const training::RaceStanding& standing = m_standings[row];
  const bool less = training::lessIsBetter(m_metricName.toStdString());
  switch (column) {
    case Approach:
      return QString::fromStdString(standing.name);
    case Size:
      return static_cast<double>(standing.dimension);
    case Parameters:
      return static_cast<double>(standing.parameters);
    case Validation:  // the best first
      return sortable(less ? standing.mean : -standing.mean);
    case Behind:
      if (!m_best) {
        return -static_cast<double>(m_ended[row]);
      }
      return row == *m_best                 ? -kLast
             : m_differences[row].pairs > 0 ? m_differences[row].mean
                                            : kLast;
    case Seconds:
      return sortable(standing.secondsPerEpoch);
    case Memory:
      return static_cast<double>(standing.inputBytes);
    case ColumnCount:
      break;
  }
  return {};
}

QVariant RaceTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) {
    return {};
  }
  const auto row = static_cast<std::size_t>(index.row());
  const auto column = static_cast<Column>(index.column());
  switch (role) {
    case Qt::DisplayRole:
      return text(row, column);
    case Qt::ToolTipRole:
      return tip(row, column);
    case Qt::AccessibleTextRole:
      return column == Approach && m_best == row ? tr("%1, the best").arg(text(row, column))
                                                 : text(row, column);
    case Qt::DecorationRole:
      return column == Approach
                 ? QVariant(plots::curveSwatch(plots::CurveStyle::distinct(index.row()), m_dark,
                                               qApp->devicePixelRatio()))
                 : QVariant();
    case Qt::TextAlignmentRole:
      return static_cast<int>(Qt::AlignVCenter |
                              (column == Approach ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole:
      return m_best == row ? QVariant(boldFont()) : QVariant();
    case kSortRole:
      return sortValue(row, column);
    default:
      return {};
  }
}

QVariant RaceTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>(Qt::AlignVCenter |
                            (section == Approach ? Qt::AlignLeft : Qt::AlignRight));
  }
  const bool isTip = role == Qt::ToolTipRole;
  if (role != Qt::DisplayRole && !isTip) {
    return {};
  }
  switch (static_cast<Column>(section)) {
    case Approach:
      return isTip ? tr("How the raced features enter the model") : tr("Approach");
    case Size:
      return isTip ? tr("Numbers for each category: d of the first raced feature") : tr("Size");
    case Parameters:
      return isTip ? tr("Numbers that training may change") : tr("Parameters");
    case Validation:
      return isTip ? tr("Mean over the seeds ± standard error, on rows not trained on")
                   : tr("Validation %1").arg(m_metricName);
    case Behind:
      return isTip ? tr("How far the best is ahead, paired by seed; within noise: the interval of "
                        "the difference reaches zero")
                   : (m_best ? tr("Behind") : tr("Ended"));
    case Seconds:
      return isTip ? tr("Time for one pass over the training rows, median") : tr("Epoch");
    case Memory:
      return isTip ? tr("The raced features of all training rows, written out as the model is "
                        "fed: codes, or one-hot rows of floats")
                   : tr("Input");
    case ColumnCount:
      break;
  }
  return {};
}

}  // namespace embedscope::train
