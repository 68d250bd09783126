// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/race_table_model.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;

namespace embedscope::train {

class ResultTable;

/// The table of a race: sortable, its rows can be copied as text or taken into a single run.
class RaceTable : public QWidget {
  Q_OBJECT

 public:
  explicit RaceTable(QWidget* parent = nullptr);

  void begin(const RaceBoard& board, const QString& metricName);
  void update(const RaceBoard& board);

  /// Sorts by the metric and chooses nothing.
  void finish(const training::RaceResult& result);
  void clear();

  std::optional<std::size_t> chosen() const;

  /// Height at which all rows of the race are seen.
  int fullHeight() const;

 signals:
  void chosenChanged(std::optional<std::size_t> contestant);
  void trainRequested(std::size_t contestant);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void buildView();
  QWidget* buildHeading();
  void buttonsFollow();
  void restyle();

  RaceTableModel* m_model;
  QSortFilterProxyModel* m_sorted;
  ResultTable* m_view;
  QWidget* m_heading = nullptr;
  QStackedWidget* m_stack;
  QPushButton* m_train;
  QPushButton* m_copy;
};

}  // namespace embedscope::train
