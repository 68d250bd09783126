// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/image_export.h"
#include "ui/plots/theme.h"

#include <QWidget>

class QAction;
class QCustomPlot;
class QLabel;
class QPainter;

namespace embedscope::plots {

/// What all plots share: the drawing surface, live restyling, the text of an empty plot, the
/// actions "Save picture…" and "Copy picture", and export.
///
/// A plot takes its colors from its palette and follows every change of it. Changes of data lead to
/// one queued replot each round of the event loop, however many they are.
class PlotWidget : public QWidget, public ExportablePlot {
  Q_OBJECT

 public:
  explicit PlotWidget(QWidget* parent = nullptr);
  ~PlotWidget() override;

  /// Shown, centered and muted, while there is nothing to draw: say what would be here and how to
  /// get it. Also used as accessible description while shown.
  void setEmptyText(const QString& text);

  /// The actions of the context menu, also for menus of the window. Owned by the plot.
  QAction* saveAction() const { return m_saveAction; }

  QAction* copyAction() const { return m_copyAction; }

  void renderTo(QPaintDevice& device, QSize size, bool vectors) override;

  QSize pictureSize() const override { return size(); }

  QSize sizeHint() const override { return {480, 320}; }

 public slots:
  void copyPicture();

 protected:
  QCustomPlot& canvas() { return *m_canvas; }

  const QCustomPlot& canvas() const { return *m_canvas; }

  const Theme& theme() const { return m_theme; }

  /// Called at construction of the derived plot (by itself) and whenever the palette or the font
  /// changes: give every part its color. The base styles background, axes and grid.
  virtual void restyle();

  /// Called when the drawing surface got another size, before it is drawn.
  virtual void layoutFor(QSize /*size*/) {}

  /// Whether there is nothing to draw: then the axes are hidden and the text of an empty plot is
  /// shown.
  void setEmpty(bool empty);

  /// Whether axes and grid are drawn while there is something to draw. They are at first.
  void setAxesVisible(bool visible);

  /// One replot in the next round of the event loop.
  void queueReplot();

  /// The same for what lies above the data alone: marks, labels, cards.
  void queueOverlay();

  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void createActions();
  void showEmptyText();
  void showAxes();
  void placeEmptyLabel();
  void paintFocus(QPainter& painter) const;

  QCustomPlot* m_canvas;
  QLabel* m_emptyLabel;
  QAction* m_saveAction = nullptr;
  QAction* m_copyAction = nullptr;
  Theme m_theme;
  bool m_empty = false;
  bool m_axesVisible = true;
  bool m_overlayQueued = false;
  bool m_focusVisible = false;
};

}  // namespace embedscope::plots
