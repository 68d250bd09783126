// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/category_model.h"

#include <QTableView>

#include <vector>

namespace embedscope::define {

/// The table of categories: F2 or double click renames, Delete deletes, Alt+Up and Alt+Down or a
/// drag reorder, Space freezes, Ctrl+V pastes, Ctrl+C copies labels.
class CategoryView : public QTableView {
  Q_OBJECT

 public:
  explicit CategoryView(CategoryModel& model, QWidget* parent = nullptr);

  /// In rising order.
  std::vector<int> selectedRows() const;

  void selectRows(int first, int count);

  void deleteSelected();
  void moveSelected(int by);

 signals:
  void pasteRequested();
  void refused(const QString& reason);
  void edited();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void copyLabels() const;

  CategoryModel& m_model;
};

}  // namespace embedscope::define
