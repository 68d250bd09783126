// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"

#include <QAbstractButton>

#include <optional>

namespace embedscope::explore {

/// One line of a legend: a mark, what it stands for, and how many rows have it. A click, Space or
/// Enter picks those rows (Shift adds, Alt subtracts), a double click or I isolates them; arrows go
/// from line to line.
class LegendEntry : public QAbstractButton {
  Q_OBJECT

 public:
  /// @param mark  as `plots::categoryMark` counts them; nothing: no mark is drawn.
  LegendEntry(std::optional<int> mark, const QString& name, const QString& count,
              QWidget* parent = nullptr);

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

 signals:
  void picked(embedscope::table::SetOperation operation);
  void isolateRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;

 private:
  std::optional<int> m_mark;
  QString m_name;
  QString m_count;
  Qt::KeyboardModifiers m_modifiers;  ///< of the event that clicks
};

}  // namespace embedscope::explore
