// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/plots/matrix_plot.h"
#include "ui/rows/lazy_view.h"
#include "ui/rows/shown_rows.h"

class QComboBox;
class QLabel;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::rows {

/// The numbers of the selected rows as colors: a line for each row, a column for each dimension.
class SelectionHeatMap : public LazyView {
  Q_OBJECT

 public:
  /// Rows shown at most; fewer where they have many dimensions.
  static constexpr std::int64_t kMostRows = 100'000;

  /// All must outlive the view.
  SelectionHeatMap(document::Document& document, inspector::NeighborFinder& finder,
                   jobs::JobRunner& runner, QWidget* parent = nullptr);

  plots::MatrixPlot& plot() { return *m_plot; }

  /// The rows of the table as they are shown, from the top.
  const std::vector<std::int64_t>& rows() const { return m_rows; }

 protected:
  void refresh() override;
  void rest() override;

 private:
  void markChosen();

  document::Document& m_document;
  inspector::NeighborFinder& m_finder;
  plots::MatrixPlot* m_plot;
  QComboBox* m_order;
  controls::ElidedLabel* m_words;
  std::vector<std::int64_t> m_rows;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::rows
