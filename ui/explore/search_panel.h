// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "core/search/search.h"
#include "core/table/embedding_table.h"
#include "core/table/row_set.h"
#include "ui/jobs/latest_job.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace embedscope::explore {

class ResultModel;

/// A field to search the labels of a table in, or one of its metadata columns, by a part of the
/// text, its beginning, all of it, or a regular expression; with the first hits below it.
///
/// Small tables are searched with every key, large ones in the background when typing pauses. What
/// that needs of a column is made once and kept while the table and the column stay. Of a word that
/// no label contains, a table with subwords lists the rows nearest to what its subwords give; of
/// one that only is no label itself, when asked. Enter jumps to the first hit, Down moves into the
/// list, Escape empties the field, and leaves it when it is empty.
class SearchPanel : public QWidget {
  Q_OBJECT

 public:
  /// Hits shown at most; the count tells about all.
  static constexpr std::size_t kShown = 100;

  /// The runner must outlive the panel.
  explicit SearchPanel(jobs::JobRunner& runner, QWidget* parent = nullptr);

  /// Searches this table from now on; null: none.
  void setTable(table::TablePtr table);

  /// Finds only these rows of the table; nothing: all.
  void setRows(std::optional<table::RowSet> rows);

  /// Moves the keyboard to the field and selects what is in it.
  void focusField();

  /// All rows that the query in the field hits, rising; empty when there is no query, or no answer
  /// yet.
  const std::vector<std::int64_t>& hits() const { return m_hits; }

 signals:
  /// Somebody wants to see a hit.
  void rowChosen(qint64 row);

  /// The rows that are hit are others.
  void hitsChanged();

  /// All hits are to be selected.
  void selectHitsRequested();

  /// Escape in the empty field: the keyboard may go elsewhere.
  void left();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Found;

  void buildField();
  void buildChoosers();
  void buildResults();
  void fillColumns();
  bool searchesLabels() const;
  std::optional<std::string> column() const;
  search::Query query() const;
  void queryChanged();
  void search();
  void showHits(search::Hits hits);
  void setHits(std::vector<std::int64_t> rows);
  void dropHiddenRows(search::Hits& hits) const;
  QString nothingFound() const;
  void tell(const QString& words);
  void listRows(std::vector<std::int64_t> rows);
  void composeQuery();
  void showComposed(const std::vector<neighbors::Neighbor>& found);
  void clearHits();
  void chooseFirst();
  void choose(int place);
  bool handleFieldKey(int key);

  table::TablePtr m_table;
  ResultModel* m_model;
  QLineEdit* m_field;
  QComboBox* m_mode;
  QComboBox* m_column;
  QLabel* m_count;
  QPushButton* m_compose;
  QPushButton* m_selectHits;
  QListView* m_list;
  search::SearchedTextsPtr m_texts;  ///< those of the chosen column; null: not made yet
  std::vector<std::int64_t> m_hits;
  std::optional<table::RowSet> m_rows;  ///< those that count; nothing: all
  QTimer m_pause;
  jobs::LatestJob m_search;
  bool m_jumpWhenFound = false;  ///< Enter was pressed before the answer came
};

}  // namespace embedscope::explore
