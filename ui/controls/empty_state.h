// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace embedscope::controls {

/// What stands where there is nothing yet: what would be here, and how to get it.
class EmptyState : public QWidget {
  Q_OBJECT

 public:
  EmptyState(const QString& title, const QString& explanation, QWidget* parent = nullptr);

  /// A button under the text. The first one is the main one.
  void addAction(const QString& text, std::function<void()> onClicked);

 private:
  QHBoxLayout* m_buttons;
};

}  // namespace embedscope::controls
