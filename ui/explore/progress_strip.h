// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace embedscope::explore {

/// Work under way, in place: what it is, how far, and Cancel. Appears only when the work takes long
/// enough to be noticed.
class ProgressStrip : public QWidget {
  Q_OBJECT

 public:
  explicit ProgressStrip(QWidget* parent = nullptr);

  void begin(const QString& title);

  /// @param fraction  in [0, 1].
  void setProgress(double fraction);
  void end();

 signals:
  void cancelRequested();

 private:
  QTimer m_patience;
  QLabel* m_title;
  QProgressBar* m_bar;
};

}  // namespace embedscope::explore
