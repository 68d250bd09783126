// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/crossover.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace embedscope::train {

/// The points of a crossover measurement, one row each as they come.
class CrossoverTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Value, Baseline, Challenger, Difference, ColumnCount };

  explicit CrossoverTableModel(QObject* parent = nullptr);

  /// @param metricName  empty: not known yet.
  void show(const training::CrossoverRecipe& recipe,
            const std::vector<training::CrossoverPoint>& points, const QString& metricName);

  void clear();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const training::CrossoverPoint& point, Column column) const;

  QString m_valueTitle;
  QString m_metricName;
  std::vector<training::CrossoverPoint> m_points;
};

}  // namespace embedscope::train
