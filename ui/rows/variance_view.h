// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/scree_plot.h"
#include "ui/rows/lazy_view.h"

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::rows {

/// How the variance of a table is shared among its principal components. Finds none itself: whoever
/// finds them hands them over.
class VarianceView : public LazyView {
  Q_OBJECT

 public:
  explicit VarianceView(QWidget* parent = nullptr);

  plots::ScreePlot& plot() { return *m_plot; }

  /// @param shares     of the components that are known, in [0, 1], falling; empty: none are.
  /// @param dimension  how many components there are.
  void setShares(std::vector<double> shares, std::int64_t dimension);

  /// The components on the axes of the picture, counted from 0; none on axes of another kind.
  void setAxes(std::optional<int> x, std::optional<int> y);

 signals:
  /// The view is shown and knows nothing: hand over shares when they are found.
  void sharesWanted();

 protected:
  void refresh() override;
  void rest() override;

 private:
  plots::ScreePlot* m_plot;
  controls::ElidedLabel* m_words;
};

}  // namespace embedscope::rows
