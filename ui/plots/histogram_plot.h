// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::plots {

/// How many things fall into each of some bins of equal width.
///
/// Those that are selected stand out in front. A click on a bin or a drag over several chooses the
/// range; left and right keys walk, with Shift over several, and Enter chooses.
class HistogramPlot : public PlotWidget {
  Q_OBJECT

 public:
  struct Bins {
    double start = 0;
    double width = 1;                    ///< of each bin, above 0
    std::vector<std::int64_t> counts;    ///< one for each bin; empty: nothing is drawn
    std::vector<std::int64_t> selected;  ///< of these; empty: none
  };

  /// A vertical line with a word at its head.
  struct Mark {
    double place = 0;
    QString name;
  };

  explicit HistogramPlot(QWidget* parent = nullptr);
  ~HistogramPlot() override;

  void setBins(Bins bins);

  /// As many as there are bins, or none.
  void setSelectedCounts(std::vector<std::int64_t> selected);

  void setMarks(std::vector<Mark> marks);

  /// What is binned, with its unit; what is counted, e.g. "rows".
  void setAxisTitles(const QString& x, const QString& y);

  void setLogarithmic(bool on);  ///< the counts
  bool isLogarithmic() const;

  /// The bin at a place of the widget; nothing beside them.
  std::optional<int> binAt(QPointF position) const;

  /// Where a bin is drawn, in logical pixels, over the whole height.
  QRectF binRect(int bin) const;

 signals:
  /// Bins from the first to the last were chosen. @param modifiers  held at that.
  void binsChosen(int first, int last, Qt::KeyboardModifiers modifiers);

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct View;

  int binCount() const;
  void rebuild();
  void fitAxes();
  void point(std::optional<int> bin, bool extends);
  QString readout() const;

  std::unique_ptr<View> m_view;
};

}  // namespace embedscope::plots
