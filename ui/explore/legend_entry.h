// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"

#include <QAbstractButton>
#include <QRgb>
#include <QTimer>

#include <optional>

namespace embedscope::explore {

/// One line of a legend: a mark, what it stands for, and how many rows have it. A click, Space or
/// Enter picks those rows (Shift adds, Alt subtracts), a double click or I isolates them; arrows go
/// from line to line. Where colors can be chosen, a double click on the mark or C asks for one and
/// Delete takes it back. All of it is in the context menu, too.
class LegendEntry : public QAbstractButton {
  Q_OBJECT

 public:
  /// Whose color can be chosen.
  enum class Coloring {
    None,
    Own,       ///< of the category that the line stands for
    OfOthers,  ///< of one among many that it stands for
  };

  /// @param mark  as `plots::categoryMark` counts them; nothing: no mark is drawn.
  LegendEntry(std::optional<int> mark, const QString& name, const QString& count,
              QWidget* parent = nullptr);

  /// @param pinned  the color that was chosen for its own category; nothing: that of the mark.
  void setColoring(Coloring coloring, std::optional<QRgb> pinned);

  const QString& name() const { return m_name; }

  QSize sizeHint() const override;

  QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

 signals:
  void picked(embedscope::table::SetOperation operation);
  void isolateRequested();
  void colorRequested();
  void colorReset();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  bool isOnColor(const QMouseEvent& event) const;
  void tell();

  std::optional<int> m_mark;
  QString m_name;
  QString m_count;
  Coloring m_coloring = Coloring::None;
  std::optional<QRgb> m_pinned;
  Qt::KeyboardModifiers m_modifiers;  ///< of the event that clicks
  QTimer m_markClick;                 ///< waits whether it becomes a double click
};

}  // namespace embedscope::explore
