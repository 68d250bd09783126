// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/product/scene.h"

#include <QWidget>

#include <cstddef>
#include <span>
#include <vector>

class QLabel;
class QScrollBar;

namespace embedscope::product {

/// Draws a scene: heat maps with operators between them in the middle, its words under them. Of the
/// columns that scroll it shows as many as fit.
class SceneBoard : public QWidget {
  Q_OBJECT

 public:
  explicit SceneBoard(QWidget* parent = nullptr);

  void setScene(const Scene& scene);

  /// The rows of the table that the scene shows; empty where it shows none of them.
  std::span<const WindowLine> tableLines() const;

  void scrollColumns(int by);

  /// Rows of a matrix, folds included, for which there is room; ≥ 3.
  std::size_t lineRoom() const;

  /// Cells of a one-hot row for which there is room beside a table.
  std::size_t oneHotRoom() const;

  QSize minimumSizeHint() const override;

 signals:
  void foldClicked(qint64 first);  ///< on rows from this one on that are left out
  void roomChanged();              ///< other numbers of lines or cells fit now

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Measure;
  struct Needs;
  struct Plan;

  Measure measured(const SceneTerm& term) const;
  Needs measuredAll() const;
  Plan planned() const;
  Plan plannedWith(const Needs& needs, int rowHeight) const;
  void growMaps();
  void clickLine(std::size_t term, int line);
  void layOut();
  void placeScroll(const Plan& plan);
  void fillMap(std::size_t index, const Plan& plan);
  void placeWords(int top);
  int headHeight() const;
  int captionHeight() const;
  QFont smallFont() const;

  Scene m_scene;
  int m_firstColumn = 0;
  std::vector<plots::HeatMap*> m_maps;
  std::vector<QLabel*> m_operators;
  QLabel* m_words;
  QLabel* m_detail;
  QScrollBar* m_scroll;
};

}  // namespace embedscope::product
