// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/product_timing.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace embedscope::plots {
class CurvePlot;
}

namespace embedscope::product {

/// Times the product beside the lookup on this machine, in the page's table and in others as wide
/// with up to a million rows, and draws both over the number of rows.
class TimingStrip : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  measures; outlives the strip.
  explicit TimingStrip(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  /// The table to measure, not null. Another one throws away what was measured.
  void setTable(const table::TablePtr& table);

 private:
  void measure();
  void showTimings(const std::vector<explain::ProductTiming>& timings);

  table::TablePtr m_table;
  QPushButton* m_button;
  plots::CurvePlot* m_plot;
  QLabel* m_words;
  jobs::LatestJob m_measuring;
};

}  // namespace embedscope::product
