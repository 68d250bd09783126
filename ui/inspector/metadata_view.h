// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QWidget>

class QGridLayout;

namespace embedscope::inspector {

/// What the metadata columns of a table say about one row: names and values, one line each.
class MetadataView : public QWidget {
  Q_OBJECT

 public:
  explicit MetadataView(QWidget* parent = nullptr);

  /// @param row  of `table`. Missing values are left out.
  void showRow(const table::EmbeddingTable& table, std::int64_t row);

  /// True when there is nothing to show for the row.
  bool isEmpty() const;

 private:
  void addLine(const QString& name, const QString& value);
  void clear();

  QGridLayout* m_lines;
};

}  // namespace embedscope::inspector
