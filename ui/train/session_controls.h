// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace embedscope::train {

/// Start and Cancel, with a line that says how far the work is or why it cannot start.
class SessionControls : public QWidget {
  Q_OBJECT

 public:
  /// @param name  the buttons are called "start" + name and "cancel" + name, the line name +
  ///              "Status".
  SessionControls(const QString& name, const QString& startText, const QString& startTip,
                  QWidget* parent = nullptr);

  void setState(bool active, bool canStart, const QString& status);

 signals:
  void startRequested();
  void cancelRequested();

 private:
  QPushButton* m_start;
  QPushButton* m_cancel;
  QLabel* m_status;
};

}  // namespace embedscope::train
