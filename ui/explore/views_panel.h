// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/saved_view.h"

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;

namespace embedscope::explore {

/// The saved views of a table: save how it is looked at now, go back to one, rename (F2), delete
/// (Delete), write them to a file and read them from one.
class ViewsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ViewsPanel(QWidget* parent = nullptr);

  /// Shows the views of a table.
  void setViews(const std::vector<SavedView>& views);

 signals:
  void saveRequested();
  void goRequested(int place);
  void renamed(int place, const QString& name);
  void removed(int place);

  /// A file was chosen: to read from, to write to.
  void openRequested(const QString& path);
  void exportRequested(const QString& path);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildButtons();
  void askOpen();
  void askExport();
  void removeCurrent();

  QListWidget* m_list;
  QLabel* m_hint;
  QPushButton* m_save;
  QToolButton* m_open;
  QToolButton* m_export;
  QToolButton* m_remove;
  bool m_filling = false;  ///< names change because the list is filled
};

}  // namespace embedscope::explore
