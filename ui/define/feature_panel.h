// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/feature_model.h"

#include <QWidget>

class QToolButton;
class QTreeView;

namespace embedscope::define {

/// The list of features with add, import and delete. Renames in place (F2 or double click).
class FeaturePanel : public QWidget {
  Q_OBJECT

 public:
  explicit FeaturePanel(document::Document& document, QWidget* parent = nullptr);
  ~FeaturePanel() override;

  /// Adds an empty feature with a free name and opens its name for editing.
  void addFeature();

 signals:
  void importRequested();

  /// Why a name was not taken, as a sentence.
  void refused(const QString& reason);

  /// What was refused is being mended.
  void edited();

 private:
  void buildList();
  QToolButton* addButton(const char* name, const QString& icon, const QString& text,
                         const QString& tip);
  void follow();

  document::Document& m_document;
  FeatureModel* m_model;
  QTreeView* m_list;
  QToolButton* m_delete = nullptr;
};

}  // namespace embedscope::define
