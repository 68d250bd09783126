// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/calculator.h"
#include "ui/jobs/latest_job.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QTreeView;

namespace embedscope::inspector {
class NeighborModel;
}

namespace embedscope::explore {

/// What an expression such as `king - man + woman` comes to.
struct Calculation {
  QString expression;
  /// d numbers: the vectors as they are in the table, weighted and added up, which is where the
  /// expression lies among them. Empty for a product of similarities, which lies nowhere.
  std::vector<float> sum;
  std::vector<neighbors::Neighbor> nearest;
};

/// A field for expressions over the labels of a table, and the rows nearest to what they come to.
///
/// Enter calculates, in the background. What is wrong with an expression is said below it, with the
/// character where.
class CalculatorPanel : public QWidget {
  Q_OBJECT

 public:
  /// How many rows are listed.
  static constexpr std::int64_t kCount = 10;

  /// The runner must outlive the panel.
  explicit CalculatorPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// Calculates with this table from now on; null: none. The result of another one goes.
  void setTable(const table::TablePtr& table);

  /// Null when there is none.
  const Calculation* calculation() const { return m_calculation.get(); }

 signals:
  /// There is another result, or none.
  void calculationChanged();

  /// Somebody wants to see a row of the result.
  void rowChosen(qint64 row);

 private:
  void buildField();
  void buildOptions();
  void buildList();
  void calculate();
  void show(const Calculation& calculation);
  void tell(const QString& words);
  void clear();
  void choose(const QModelIndex& index);
  void copyList();

  table::TablePtr m_table;
  std::unique_ptr<Calculation> m_calculation;
  QLineEdit* m_field;
  QComboBox* m_method;
  QCheckBox* m_unit;
  QCheckBox* m_exclude;
  QLabel* m_words;
  inspector::NeighborModel* m_model;
  QTreeView* m_list;
  QPushButton* m_copy;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
