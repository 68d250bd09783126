// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/inspector/neighbor_finder.h"
#include "ui/jobs/job_runner.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace embedscope::rows {

class LengthsView;
class RowsView;
class SelectionHeatMap;
class SimilarityView;
class VarianceView;

/// The views beside the point cloud, one at a time: rows, heat map, similarity, lengths, variance.
/// Those that are not shown compute nothing.
class BesideViews : public QWidget {
  Q_OBJECT

 public:
  enum class View { Rows, HeatMap, Similarity, Lengths, Variance };

  /// All must outlive the views.
  BesideViews(document::Document& document, inspector::NeighborFinder& finder,
              jobs::JobRunner& runner, QWidget* parent = nullptr);

  RowsView& rows() { return *m_rows; }

  VarianceView& variance() { return *m_variance; }

  View view() const;
  void showView(View view);

  QSize sizeHint() const override { return {480, 260}; }

  QSize minimumSizeHint() const override { return {240, 140}; }

 public slots:
  /// Gives the keyboard to the view that is shown.
  void focusView();

 signals:
  void closeRequested();

 private:
  void add(QWidget* view, const QString& title, const QString& tip);

  QTabBar* m_tabs;
  QStackedWidget* m_stack;
  RowsView* m_rows;
  SelectionHeatMap* m_heatMap;
  SimilarityView* m_similarity;
  LengthsView* m_lengths;
  VarianceView* m_variance;
};

}  // namespace embedscope::rows
