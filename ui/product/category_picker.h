// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/search.h"
#include "core/table/embedding_table.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QCompleter;
class QLabel;
class QLineEdit;
class QStringListModel;

namespace embedscope::product {

/// Chooses one category of a table of any size: by typing a part of its label, or with the arrow
/// keys up and down.
class CategoryPicker : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  searches large tables; outlives the picker.
  explicit CategoryPicker(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  void setTable(const table::TablePtr& table);

  /// Shows a row as the chosen one; asks for nothing.
  void setRow(std::int64_t row);

  std::int64_t row() const { return m_row; }

  /// The next or previous category, as the arrow keys do.
  void stepBy(std::int64_t by);

 signals:
  void rowChosen(qint64 row);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void search(const QString& text);
  struct Found;

  void showMatches(std::vector<std::int64_t> rows);
  void accept();
  void choose(std::int64_t row);

  table::TablePtr m_table;
  std::int64_t m_row = 0;
  search::SearchedTextsPtr m_texts;  ///< the labels, once they were searched
  jobs::LatestJob m_search;
  std::vector<std::int64_t> m_matches;
  bool m_acceptWhenFound = false;
  QLineEdit* m_field;
  QLabel* m_place;
  QStringListModel* m_labels;
  QCompleter* m_completer;
};

}  // namespace embedscope::product
