// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/one_hot_product.h"
#include "ui/product/row_window.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QScrollBar;

namespace embedscope::plots {
class HeatMap;
struct HeatMapRow;
}  // namespace embedscope::plots

namespace embedscope::product {

/// The product as on a blackboard: one-hot row × table = sum so far, with the looked-up row under
/// it. Draws only what fits: rows around those that matter, and a window of columns.
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

 signals:
  void rowClicked(qint64 row);
  void columnClicked(qint64 column);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// Sizes in pixels and counts of what fits, for the present size.
  struct Fit {
    int cell = 56;           ///< side of a cell of the one-hot row
    int rowHeight = 56;      ///< of the table
    int numberWidth = 56;    ///< width of a cell with a number of the table
    int tableLabels = 0;     ///< room for row labels
    std::size_t lines = 1;   ///< of the table
    std::size_t oneHot = 1;  ///< columns of the one-hot row, folds included
    std::int64_t columns = 1;
  };

  void buildMaps();
  QLabel* operatorLabel(const QString& text);
  Fit fit() const;
  int decimals(const std::vector<WindowLine>& lines, std::int64_t from, std::int64_t count) const;
  void draw();
  void drawOneHot(const Fit& fit);
  void drawTable(const std::vector<WindowLine>& lines, std::int64_t from, std::int64_t count);
  void drawResult(std::int64_t from, std::int64_t count);
  void drawVerdict();
  void placeWords();
  void keepColumnVisible(std::int64_t count);
  float range() const;

  State m_state;
  bool m_followColumn = true;
  std::vector<WindowLine> m_lines;
  std::vector<WindowLine> m_oneHotLines;
  plots::HeatMap* m_oneHot;
  plots::HeatMap* m_table;
  plots::HeatMap* m_result;
  QScrollBar* m_scroll;
  QLabel* m_times;
  QLabel* m_equals;
  QLabel* m_verdict;
};

}  // namespace embedscope::product
