// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace embedscope::rows {

/// A view that computes nothing while it is hidden: changes are only noted then, and it catches up
/// when it is shown. However many changes come in one round of the event loop, it is refreshed
/// once.
class LazyView : public QWidget {
  Q_OBJECT

 public:
  explicit LazyView(QWidget* parent = nullptr);

 public slots:
  /// What is shown is not up to date.
  void becomeStale();

 protected:
  /// Brings the view up to date; only called while it is shown.
  virtual void refresh() = 0;

  /// The view was hidden: stop what is under way. It is stale afterwards.
  virtual void rest() = 0;

  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QTimer m_soon;
  bool m_isStale = true;
};

}  // namespace embedscope::rows
