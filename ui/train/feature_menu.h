// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QStringList>
#include <QToolButton>

namespace embedscope::train {

/// Chooses which of the categorical inputs race; none or all ticked: all of them.
class FeatureMenu : public QToolButton {
  Q_OBJECT

 public:
  explicit FeatureMenu(document::Document& document, QWidget* parent = nullptr);

  void showChosen(const QStringList& chosen);

 signals:
  /// Empty: all.
  void chosenChanged(const QStringList& chosen);

 private:
  void rebuild();
  void tell();
  void showText();

  document::Document& m_document;
  QStringList m_offered;
  QStringList m_chosen;
};

}  // namespace embedscope::train
