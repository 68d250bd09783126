// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/matrix_plot.h"
#include "ui/rows/lazy_view.h"
#include "ui/rows/shown_rows.h"

class QComboBox;
class QToolButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::rows {

/// How near the selected rows are to each other, pair by pair.
class SimilarityView : public LazyView {
  Q_OBJECT

 public:
  /// Rows compared at most; of more the first ones, which is told.
  static constexpr std::int64_t kMostRows = 2'000;

  /// All must outlive the view.
  SimilarityView(document::Document& document, inspector::NeighborFinder& finder,
                 jobs::JobRunner& runner, QWidget* parent = nullptr);

  plots::MatrixPlot& plot() { return *m_plot; }

  /// The rows of the table as they are shown, from the top.
  const std::vector<std::int64_t>& rows() const { return m_rows; }

 public slots:
  void copyNumbers();

  /// Asks for a file and writes the numbers as CSV.
  void saveNumbers();

 protected:
  void refresh() override;
  void rest() override;

 private:
  QWidget* makeTools();
  void connectDocument();
  void markChosen();
  QString numbersAsCsv() const;

  document::Document& m_document;
  inspector::NeighborFinder& m_finder;
  plots::MatrixPlot* m_plot;
  QComboBox* m_metric;
  QComboBox* m_order;
  controls::ElidedLabel* m_words;
  QToolButton* m_export;
  table::TablePtr m_table;
  std::vector<std::int64_t> m_rows;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::rows
