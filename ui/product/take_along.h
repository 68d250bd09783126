// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/product_snippet.h"

#include <QWidget>

class QAction;
class QPushButton;

namespace embedscope::product {

/// Two buttons with menus: the numbers on the screen as code, and its pictures as files.
class TakeAlong : public QWidget {
  Q_OBJECT

 public:
  explicit TakeAlong(QWidget* parent = nullptr);

  /// Whether there is code in each language.
  void setLanguages(bool numpy, bool torch);

  /// Whether there is a picture, and more than one step.
  void setPictures(bool any, bool several);

 signals:
  void codeRequested(embedscope::explain::SnippetLanguage language);
  void pictureRequested();
  void allPicturesRequested();

 private:
  QPushButton* m_code;
  QPushButton* m_pictures;
  QAction* m_numpy;
  QAction* m_torch;
  QAction* m_allSteps;
};

}  // namespace embedscope::product
