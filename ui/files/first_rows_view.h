// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QTableWidget>

namespace embedscope::files {

/// The first rows of a table with their labels, and as many of their numbers as are worth a look.
class FirstRowsView : public QTableWidget {
  Q_OBJECT

 public:
  explicit FirstRowsView(QWidget* parent = nullptr);

  /// @param table  null: nothing to show.
  void showRows(const table::TablePtr& table);
};

}  // namespace embedscope::files
