// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/explore/axes.h"
#include "ui/explore/color_scheme.h"
#include "ui/explore/picture_maker.h"
#include "ui/explore/saved_view.h"
#include "ui/inspector/neighbor_finder.h"
#include "ui/plots/point_cloud.h"

#include <QWidget>

#include <map>
#include <memory>
#include <optional>

class QStackedLayout;
class QVBoxLayout;

namespace embedscope::controls {
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::explore {

class AxesPanel;
class BesidePane;
class CalculatorPanel;
class ClusterPanel;
class ColorPanel;
class CoordinateKeeper;
class EvaluationPanel;
class ExtrasPanel;
class FaithfulnessMeter;
class FilterPanel;
class NeighborMarks;
class PictureFoot;
class PointsPanel;
class ProgressStrip;
class RowPlacer;
class SavedViews;
class SearchPanel;
class SelectionController;
class TagPanel;
class ViewsPanel;

/// The page that shows a table as a cloud of points: one point per row, all rows.
///
/// Search jumps to a point, a click chooses one, the ten nearest neighbors of the chosen one are
/// marked. The sum of an expression is marked as a place of its own, with the rows nearest to it.
/// The document holds what is chosen; the page only remembers, for each open table, which axes and
/// colors it was looked at with.
class ExplorePage : public QWidget {
  Q_OBJECT

 public:
  /// Document, runner and finder must outlive the page.
  ExplorePage(document::Document& document, jobs::JobRunner& runner,
              inspector::NeighborFinder& finder, QWidget* parent = nullptr);
  ~ExplorePage() override;

  /// Panel and picture, for remembering the width of the panel.
  controls::PageFrame& frame() { return *m_frame; }

  /// The picture, for export.
  plots::PointCloudPlot& plot() { return *m_plot; }

 public slots:
  /// Moves the keyboard to the search field.
  void focusSearch();

  /// Brings the chosen point to the middle.
  void centerOnCurrent();

 signals:
  void openVectorsRequested();

  /// A sample of `document::samples()` is wanted.
  void sampleRequested(const QString& key);

 private:
  /// How a table is looked at.
  struct Look {
    Axes axes;
    QString colorColumn;
    std::map<QString, Pins> pins = {};  ///< colors of categories, by column
  };

  QWidget* makeEmpty();
  void fillPanel(QVBoxLayout& panel);
  QWidget* makePicture();
  void connectPictures();
  void connectPlot();
  void connectFoot();
  void connectPlacing();
  void offerPlacing();
  void showMarkedPlace();
  void connectLayouts();
  void connectImports();
  void connectBeside();
  void makeShortcuts();

  table::TablePtr currentTable() const;
  void showTable();
  void showAxes();
  void showRuns();
  void forgetWantedView();
  void showPicture();
  void movePicture();
  QString recipe() const;
  void describe();
  void offerColors();
  void showSpace();
  void colorPicture();
  void clearPicture(const QString& words);
  void showColors(const std::shared_ptr<const ColorScheme>& scheme);
  void showSelection();
  void jumpTo(qint64 row);
  void connectViews();
  void connectClusters();
  void connectSelection();
  void tellSelection();
  void tellIsolation();
  SavedView captureView() const;
  void goTo(const SavedView& view);
  void goToImported(const SavedView& view);

  /// The points of the current table are drawn, not on their way.
  bool isShown() const { return m_pictures->picture() != nullptr; }

  document::Document& m_document;
  PictureMaker* m_pictures;
  CoordinateKeeper* m_keeper;
  RowPlacer* m_placer;
  FaithfulnessMeter* m_meter;
  std::map<document::TableId, Look> m_looks;
  std::optional<plots::SpaceCamera> m_cameraToShow;
  std::optional<QRectF> m_planeToShow;  ///< of a saved view whose picture is on its way
  bool m_clicked = false;               ///< the selection changes because of a click into the cloud

  QStackedLayout* m_stack;
  controls::PageFrame* m_frame;
  SearchPanel* m_search;
  AxesPanel* m_axesPanel;
  ColorPanel* m_colorPanel;
  CalculatorPanel* m_calculator;
  ClusterPanel* m_clusters;
  EvaluationPanel* m_evaluation;
  controls::MessageBar* m_message;
  ProgressStrip* m_progress;
  plots::PointCloudPlot* m_plot;
  PictureFoot* m_foot;
  NeighborMarks* m_marks;
  PointsPanel* m_points;
  ExtrasPanel* m_extras;
  TagPanel* m_tags;
  SelectionController* m_selection;
  FilterPanel* m_filter;
  controls::MessageBar* m_isolation;
  ViewsPanel* m_viewsPanel;
  SavedViews* m_views;
  BesidePane* m_beside = nullptr;
};

}  // namespace embedscope::explore
