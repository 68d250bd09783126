// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/histogram.h"
#include "ui/document/document.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/histogram_plot.h"
#include "ui/rows/lazy_view.h"

class QCheckBox;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::rows {

/// How long the vectors of all rows are, as a histogram; the selected ones in front.
class LengthsView : public LazyView {
  Q_OBJECT

 public:
  /// Bins at most.
  static constexpr std::int64_t kMostBins = 200;

  /// Both must outlive the view.
  LengthsView(document::Document& document, jobs::JobRunner& runner, QWidget* parent = nullptr);

  plots::HistogramPlot& plot() { return *m_plot; }

 protected:
  void refresh() override;
  void rest() override;

 private:
  /// The lengths of a table's rows, and what sums them up.
  struct Lengths {
    table::TablePtr table;
    std::vector<double> values;
    table::Bins bins;
    std::vector<std::int64_t> counts;
    table::SpreadFacts facts;
  };

  static std::shared_ptr<const Lengths> measured(const table::TablePtr& table,
                                                 const base::TaskContext& context);

  void showLengths();
  void showSelected();
  void selectBins(int first, int last, Qt::KeyboardModifiers modifiers);

  document::Document& m_document;
  plots::HistogramPlot* m_plot;
  QCheckBox* m_logarithmic;
  controls::ElidedLabel* m_words;
  std::shared_ptr<const Lengths> m_lengths;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::rows
