// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"
#include "ui/plots/curves.h"
#include "ui/train/race_board.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace embedscope::train {

/// The standings of a race, one row for each contestant in the order of the recipe: what is known
/// while it goes on, all of it at the end.
///
/// Sort by kSortRole: numbers, with unknown ones at the end.
class RaceTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Approach, Size, Parameters, Validation, Behind, Seconds, Memory, ColumnCount };

  static constexpr int kSortRole = Qt::UserRole + 1;

  explicit RaceTableModel(QObject* parent = nullptr);

  /// A new race; no row is known yet.
  void begin(const RaceBoard& board, const QString& metricName);

  /// The same race, further on.
  void update(const RaceBoard& board);

  /// The end of it.
  void finish(const training::RaceResult& result);

  void clear();

  /// For the swatches.
  void setDark(bool dark);

  /// Nothing before the end.
  std::optional<std::size_t> best() const { return m_best; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  static QString sizeText(const training::RaceStanding& standing);
  QString text(std::size_t row, Column column) const;
  QString behindText(std::size_t row) const;
  QString tip(std::size_t row, Column column) const;
  QVariant sortValue(std::size_t row, Column column) const;
  void rowsChanged();

  QString m_metricName;
  std::vector<training::RaceStanding> m_standings;
  std::vector<std::size_t> m_ended;  ///< runs, by contestant
  std::size_t m_seeds = 0;
  std::optional<std::size_t> m_best;
  std::vector<training::PairedDifference> m_differences;
  bool m_dark = false;
};

}  // namespace embedscope::train
