// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QScrollArea;
class QSplitter;
class QVBoxLayout;

namespace embedscope::controls {

/// The frame of every page: one panel of controls on the left (resizable, collapsible, scrolls
/// when it must, never narrower than its controls) and the picture, the largest thing, on the
/// right.
class PageFrame : public QWidget {
  Q_OBJECT

 public:
  explicit PageFrame(QWidget* parent = nullptr);

  /// Where a page puts its controls, from top to bottom; spacing and margins are set.
  QVBoxLayout* panel() const { return m_panel; }

  /// Gives the page its picture; call once.
  void setPicture(QWidget* picture);

  /// For remembering the width of the panel between sessions.
  QByteArray saveState() const;
  bool restoreState(const QByteArray& state);

  bool panelVisible() const;
  void setPanelVisible(bool visible);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void keepControlsWhole();

  QSplitter* m_splitter;
  QScrollArea* m_scroll;
  QVBoxLayout* m_panel;
};

}  // namespace embedscope::controls
