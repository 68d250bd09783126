// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <vector>

namespace embedscope::product {

/// Looks for labels that contain a text, a slice of a few milliseconds at a time, so that a million
/// labels never hold up the window.
class LabelSearch : public QObject {
  Q_OBJECT

 public:
  explicit LabelSearch(QObject* parent = nullptr);

  void setTable(table::TablePtr table);

  /// Begins anew; an older search is dropped.
  void start(const QString& text);
  void stop();

  bool running() const { return m_timer.isActive(); }

  /// The best rows so far: labels equal to the text, then those that begin with it, then the rest;
  /// each in row order, at most 50 in all.
  std::vector<std::int64_t> matches() const;

 signals:
  /// More was found, or the search is over.
  void changed();

 private:
  void searchSlice();
  void test(std::int64_t row);

  table::TablePtr m_table;
  QTimer m_timer;
  QString m_text;
  std::int64_t m_next = 0;
  std::vector<std::int64_t> m_equal;
  std::vector<std::int64_t> m_beginning;
  std::vector<std::int64_t> m_containing;
};

/// A label as text; ill-formed UTF-8 shows replacement characters.
QString labelText(const table::EmbeddingTable& table, std::int64_t row);

}  // namespace embedscope::product
