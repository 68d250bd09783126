// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace embedscope::controls {

/// A message in place: what happened, and what to do. Takes no room while it has nothing to say.
///
/// Used where other programs interrupt with a dialog. Screen readers get the text as a description.
class MessageBar : public QFrame {
  Q_OBJECT

 public:
  enum class Kind { Information, Warning, Error };

  explicit MessageBar(QWidget* parent = nullptr);

  /// @param text  one or a few sentences; plain text.
  void show(Kind kind, const QString& text);

  /// The same with a button that does something about it (and hides the bar).
  void show(Kind kind, const QString& text, const QString& action, std::function<void()> onAction);

  void clear();

  QString text() const;

  Kind kind() const { return m_kind; }

 private:
  void restyle();

  Kind m_kind = Kind::Information;
  QLabel* m_icon;
  QLabel* m_text;
  QPushButton* m_action;
  QToolButton* m_close;
  std::function<void()> m_onAction;
};

}  // namespace embedscope::controls
