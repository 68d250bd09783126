// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/product_timing.h"
#include "ui/jobs/latest_job.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QPushButton;

namespace embedscope::plots {
class CurvePlot;
}

namespace embedscope::product {

/// Times the product beside the lookup on this machine, for tables as wide as the page's and up to
/// a million rows, and draws both over the number of rows.
class TimingStrip : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  measures; outlives the strip.
  explicit TimingStrip(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  /// d of the tables to measure. Another one throws away what was measured.
  void setDimension(std::int64_t dimension);

 private:
  void measure();
  void showTimings(const std::vector<explain::ProductTiming>& timings);

  std::int64_t m_dimension = 1;
  QPushButton* m_button;
  plots::CurvePlot* m_plot;
  QLabel* m_words;
  jobs::LatestJob m_measuring;
};

}  // namespace embedscope::product
