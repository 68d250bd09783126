// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/category_model.h"
#include "ui/document/document.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace embedscope::define {

class CategoryView;

/// The categories of the current feature: heading, table, and a field to add more.
class CategoryEditor : public QWidget {
  Q_OBJECT

 public:
  explicit CategoryEditor(document::Document& document, QWidget* parent = nullptr);
  ~CategoryEditor() override;

  /// Shows the current feature; only what differs is touched.
  void refresh();

 signals:
  /// A text with many labels was pasted.
  void listPasted(const QString& text);
  void importRequested();
  void refused(const QString& reason);

  /// What was refused is being mended.
  void edited();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildHeading(QHBoxLayout& layout);
  QToolButton* addButton(const char* name, const QString& icon, const QString& tip);
  void buildField();
  void addTyped();
  void paste();
  void followSelection();

  document::Document& m_document;
  CategoryModel* m_model;
  CategoryView* m_view;
  QLabel* m_title;
  QLabel* m_subtitle;
  QLineEdit* m_field;
  QToolButton* m_up = nullptr;
  QToolButton* m_down = nullptr;
  QToolButton* m_delete = nullptr;
};

}  // namespace embedscope::define
