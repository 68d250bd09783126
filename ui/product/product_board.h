// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/one_hot_product.h"
#include "ui/product/board_fit.h"
#include "ui/product/row_window.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <span>
#include <vector>

class QLabel;
class QScrollBar;

namespace embedscope::plots {
class HeatMap;
struct HeatMapRow;
}  // namespace embedscope::plots

namespace embedscope::product {

/// The product as on a blackboard: one-hot row × table = sum so far, with the looked-up row under
/// it. Draws only what fits: rows around those that matter, and a window of columns. Everything
/// stands in the middle, with the caption right under it.
class ProductBoard : public QWidget {
  Q_OBJECT

 public:
  /// What is shown. A plain value.
  struct State {
    table::TablePtr table;
    std::int64_t chosen = 0;  ///< row with the 1
    std::int64_t step = 0;    ///< rows added so far, in [0, n]
    std::int64_t column = 0;  ///< of the result that is written out, in [0, d)
    std::shared_ptr<const explain::OneHotProduct> product;  ///< null while it is computed
  };

  explicit ProductBoard(QWidget* parent = nullptr);

  void setState(const State& state);

  /// Opens the next fold below (or above) what is shown.
  void pageRows(bool down);
  void closeFolds();

  /// Words right under the picture; the board takes the widget over. Give it before the first
  /// state. The picture stays put while the height the caption asks for stays the same.
  void setCaption(QWidget* caption);

  QSize minimumSizeHint() const override;

 signals:
  void rowClicked(qint64 row);  ///< not of folds: those of the table open
  void columnClicked(qint64 column);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildMaps();
  QLabel* operatorLabel(const QString& text);
  void clear();
  BoardNeeds needs(std::span<const WindowLine> lines) const;
  QSize roomForMaps() const;
  int decimals(std::span<const WindowLine> lines, std::int64_t from, std::int64_t count) const;
  void draw();
  void drawOneHot();
  void drawTable();
  void drawResult();
  void drawVerdict();
  void placeMaps();
  void placeWords();
  void showColumns();
  QFont smallFont() const;
  int resultLabelWidth() const;
  int headHeight() const;
  int captionHeight() const;
  float range() const;

  State m_state;
  BoardFit m_fit;
  std::int64_t m_firstColumn = 0;  ///< shown
  bool m_followColumn = true;
  std::optional<std::int64_t> m_opened;  ///< the first row of a fold that was opened
  std::vector<WindowLine> m_lines;
  std::vector<WindowLine> m_oneHotLines;
  plots::HeatMap* m_oneHot;
  plots::HeatMap* m_table;
  plots::HeatMap* m_result;
  QScrollBar* m_scroll;
  QLabel* m_times;
  QLabel* m_equals;
  QLabel* m_verdict;
  QWidget* m_caption = nullptr;
};

}  // namespace embedscope::product
