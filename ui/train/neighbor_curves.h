// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curves.h"
#include "ui/train/neighbor_history.h"

#include <QFutureWatcher>
#include <QString>
#include <QWidget>

#include <functional>
#include <stop_token>

namespace embedscope::controls {
class ElidedLabel;
}  // namespace embedscope::controls

namespace embedscope::train {

/// How near a chosen category was to its neighbors, step by step: one curve of cosines for each,
/// solid for those nearest at the end, dashed for those nearest only at the start.
class NeighborCurves : public QWidget {
  Q_OBJECT

 public:
  using LabelOf = std::function<QString(std::int64_t row)>;

  explicit NeighborCurves(QWidget* parent = nullptr);
  ~NeighborCurves() override;

  /// Follows a category on a worker and shows what was found; the newest call counts.
  /// @param label  of a row of these tables.
  void follow(FilmedTable film, std::int64_t row, LabelOf label);

  void clear();

  /// Marks a step; NaN: none.
  void setMarker(double step);

 signals:
  void stepClicked(double step);

 private:
  void draw(const NeighborHistory& history);

  plots::CurvePlot* m_plot;
  controls::ElidedLabel* m_caption;
  QFutureWatcher<NeighborHistory> m_watcher;
  std::stop_source m_stop;
  LabelOf m_label;
  std::int64_t m_row = 0;
};

}  // namespace embedscope::train
