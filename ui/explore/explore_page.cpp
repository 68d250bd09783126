// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_page.h"

#include "ui/controls/empty_state.h"
#include "ui/controls/key_help.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"
#include "ui/explore/axes_panel.h"
#include "ui/explore/beside_pane.h"
#include "ui/explore/calculator_panel.h"
#include "ui/explore/cluster_panel.h"
#include "ui/explore/color_panel.h"
#include "ui/explore/coordinates.h"
#include "ui/explore/evaluation_panel.h"
#include "ui/explore/extras_panel.h"
#include "ui/explore/faithfulness_meter.h"
#include "ui/explore/filter_panel.h"
#include "ui/explore/folding_section.h"
#include "ui/explore/import_panel.h"
#include "ui/explore/layout_panel.h"
#include "ui/explore/neighbor_marks.h"
#include "ui/explore/picture_foot.h"
#include "ui/explore/picture_tools.h"
#include "ui/explore/points_panel.h"
#include "ui/explore/progress_strip.h"
#include "ui/explore/row_placer.h"
#include "ui/explore/saved_views.h"
#include "ui/explore/search_panel.h"
#include "ui/explore/selection_controller.h"
#include "ui/explore/table_chooser.h"
#include "ui/explore/tag_panel.h"
#include "ui/explore/views_panel.h"
#include "ui/plots/point_cloud.h"

#include <QAction>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace embedscope::explore {

namespace {

constexpr int kSectionGap = 8;

/// Far outside counts as out of sight, a little at the border does not.
bool isInSight(const plots::PointCloudPlot& plot, qint64 row) {
  const std::optional<QPointF> place = plot.positionOf(row);
  return place && QRectF(plot.rect()).contains(*place);
}

}  // namespace

ExplorePage::ExplorePage(document::Document& document, jobs::JobRunner& runner,
                         inspector::NeighborFinder& finder, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_pictures(new PictureMaker(document, runner, this)),
      m_keeper(new CoordinateKeeper(document, runner, this)),
      m_placer(new RowPlacer(document, runner, this)),
      m_meter(new FaithfulnessMeter(runner, this)),
      m_stack(new QStackedLayout(this)),
      m_frame(new controls::PageFrame(this)),
      m_search(new SearchPanel(runner, this)),
      m_axesPanel(new AxesPanel(this)),
      m_colorPanel(new ColorPanel(runner, this)),
      m_calculator(new CalculatorPanel(runner, this)),
      m_clusters(new ClusterPanel(runner, this)),
      m_evaluation(new EvaluationPanel(runner, this)),
      m_message(new controls::MessageBar(this)),
      m_progress(new ProgressStrip(this)),
      m_plot(new plots::PointCloudPlot(this)),
      m_foot(new PictureFoot(this)),
      m_marks(
          new NeighborMarks({document, finder, *m_calculator, *m_pictures, *m_plot}, runner, this)),
      m_points(new PointsPanel(document, *m_plot, runner, this)),
      m_extras(new ExtrasPanel(document, *m_plot, runner, this)),
      m_tags(new TagPanel(document, runner, this)),
      m_selection(new SelectionController({document, finder, *m_calculator, *m_search, *m_plot},
                                          runner, *this)),
      m_filter(new FilterPanel(runner, this)),
      m_isolation(new controls::MessageBar(this)),
      m_viewsPanel(new ViewsPanel(this)),
      m_views(
          new SavedViews(document, *m_viewsPanel, runner, [this] { return captureView(); }, this)) {
  setObjectName(QStringLiteral("explorePage"));
  m_axesPanel->setImportPanel(new ImportPanel(document, m_pictures->importer(), m_axesPanel));
  fillPanel(*m_frame->panel());
  m_beside = new BesidePane(makePicture(), document, finder, runner, *m_pictures, this);
  m_frame->setPicture(m_beside);
  m_stack->addWidget(makeEmpty());
  m_stack->addWidget(m_frame);
  connectPictures();
  setFocusProxy(m_plot);
  connectPlot();
  connectFoot();
  connectPlacing();
  connectLayouts();
  connectImports();
  connectViews();
  connectClusters();
  connectBeside();
  connectSelection();
  makeShortcuts();
  connect(m_search, &SearchPanel::rowChosen, this, &ExplorePage::jumpTo);
  connect(m_search, &SearchPanel::left, this, [this] { m_plot->setFocus(); });
  connect(m_calculator, &CalculatorPanel::rowChosen, this, &ExplorePage::jumpTo);
  connect(m_calculator, &CalculatorPanel::calculationChanged, this, [this] {
    if (m_calculator->calculation() != nullptr) {
      m_document.setCurrentRow(std::nullopt);  // its neighbors would stand before the result's
    }
    m_marks->show();
    showMarkedPlace();
  });
  connect(m_marks, &NeighborMarks::placeMarked, this, &ExplorePage::showMarkedPlace);
  connect(m_axesPanel, &AxesPanel::axesChosen, this, [this](const Axes& axes) {
    m_looks[m_document.currentTable()].axes = axes;
    forgetWantedView();
    showAxes();
  });
  connect(m_colorPanel, &ColorPanel::columnChosen, this, [this](const QString& column) {
    m_looks[m_document.currentTable()].colorColumn = column;
  });
  connect(m_colorPanel, &ColorPanel::pinsChanged, this,
          [this](const QString& column, const Pins& pins) {
            m_looks[m_document.currentTable()].pins[column] = pins;
          });
  connect(m_colorPanel, &ColorPanel::schemeReady, this, &ExplorePage::showColors);
  connect(&m_document, &document::Document::currentTableChanged, this, &ExplorePage::showTable);
  connect(&m_document, &document::Document::tablesChanged, this, [this] {
    std::erase_if(m_looks, [this](const auto& look) { return !m_document.table(look.first); });
  });
  connect(&m_document, &document::Document::currentRowChanged, this, &ExplorePage::showSelection);
  connect(&m_document, &document::Document::metadataChanged, this, [this](document::TableId id) {
    if (id == m_document.currentTable()) {
      m_search->setTable(currentTable());
      m_clusters->setTable(currentTable());
      m_evaluation->setTable(currentTable());
      m_filter->setTable(currentTable());
      m_axesPanel->layoutPanel(Axes::Kind::Umap).setTable(currentTable());
      offerColors();
    }
  });
  connect(&m_document, &document::Document::selectionChanged, this, [this] {
    m_colorPanel->setSelection(m_document.selection());
    tellSelection();
  });
  connect(&finder, &inspector::NeighborFinder::stateChanged, m_marks, &NeighborMarks::show);
  connect(m_marks, &NeighborMarks::wordsChanged, this, &ExplorePage::describe);
  showTable();
}

ExplorePage::~ExplorePage() = default;

QWidget* ExplorePage::makeEmpty() {
  auto* empty = new controls::EmptyState(
      tr("No table is open"),
      tr("Open vectors (word2vec, GloVe, NumPy, projector files), train some, or begin with a "
         "sample. Every row becomes a point here: similar rows lie near each other."),
      this);
  empty->setObjectName(QStringLiteral("exploreEmpty"));
  empty->addAction(tr("Open vectors…"), [this] { emit openVectorsRequested(); });
  for (const document::Sample& sample : document::samples()) {
    if (sample.page == document::Page::Explore) {
      empty->addAction(sample.title, [this, key = sample.key] { emit sampleRequested(key); });
    }
  }
  return empty;
}

void ExplorePage::fillPanel(QVBoxLayout& panel) {
  panel.addWidget(new controls::SectionLabel(tr("Table"), this));
  panel.addWidget(new TableChooser(m_document, this));
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Search"), this));
  panel.addWidget(m_search);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Axes"), this));
  panel.addWidget(m_axesPanel);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new controls::SectionLabel(tr("Color"), this));
  panel.addWidget(m_colorPanel);
  panel.addSpacing(kSectionGap);
  panel.addWidget(new FoldingSection(QStringLiteral("points"), tr("Size, shape, label"), m_points,
                                     false, this));
  panel.addWidget(
      new FoldingSection(QStringLiteral("filter"), tr("Filter"), m_filter, false, this));
  panel.addWidget(
      new FoldingSection(QStringLiteral("calculator"), tr("Calculator"), m_calculator, true, this));
  panel.addWidget(new FoldingSection(QStringLiteral("evaluation"), tr("Evaluation"), m_evaluation,
                                     false, this));
  auto* extras =
      new FoldingSection(QStringLiteral("extras"), tr("Lines and images"), m_extras, true, this);
  extras->setVisible(m_extras->isUseful());
  connect(m_extras, &ExtrasPanel::offersChanged, extras,
          [this, extras] { extras->setVisible(m_extras->isUseful()); });
  panel.addWidget(extras);
  panel.addWidget(
      new FoldingSection(QStringLiteral("clusters"), tr("Clusters"), m_clusters, false, this));
  panel.addWidget(new FoldingSection(QStringLiteral("tags"), tr("Tags"), m_tags, false, this));
  panel.addWidget(
      new FoldingSection(QStringLiteral("views"), tr("Views"), m_viewsPanel, false, this));
  panel.addStretch(1);
}

QWidget* ExplorePage::makePicture() {
  auto* picture = new QWidget(this);
  m_plot->setObjectName(QStringLiteral("pointCloud"));
  m_plot->setAccessibleName(tr("Point cloud of the table"));
  auto* cloud = new QHBoxLayout;
  cloud->setSpacing(0);
  cloud->addWidget(new PictureTools(*m_plot, *m_selection, this));
  cloud->addWidget(m_plot, 1);
  auto* layout = new QVBoxLayout(picture);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_message);
  layout->addWidget(m_isolation);
  layout->addWidget(m_progress);
  layout->addLayout(cloud, 1);
  layout->addWidget(m_foot);
  return picture;
}

void ExplorePage::connectPictures() {
  connect(m_pictures, &PictureMaker::workStarted, m_progress, &ProgressStrip::begin);
  connect(m_pictures, &PictureMaker::workProgressed, m_progress, &ProgressStrip::setProgress);
  connect(m_pictures, &PictureMaker::workEnded, m_progress, &ProgressStrip::end);
  connect(m_progress, &ProgressStrip::cancelRequested, m_pictures, &PictureMaker::cancel);
  connect(m_pictures, &PictureMaker::pictureMade, this, &ExplorePage::showPicture);
  connect(m_pictures, &PictureMaker::pictureMoved, this, &ExplorePage::movePicture);
  connect(m_pictures, &PictureMaker::pictureMissing, this, &ExplorePage::clearPicture);
  connect(m_pictures, &PictureMaker::told, this,
          [this](controls::MessageBar::Kind kind, const QString& sentence, bool canTryAgain) {
            if (canTryAgain) {
              m_message->show(kind, sentence, tr("Try again"), [this] { showAxes(); });
            } else {
              m_message->show(kind, sentence);
            }
          });
}

void ExplorePage::connectPlot() {
  m_plot->setLinksVisible(true);
  connect(m_plot, &plots::PointCloudPlot::pointClicked, this, [this](qint64 row) {
    const QScopedValueRollback<bool> clicked(m_clicked, true);
    m_document.setCurrentRow(row >= 0 ? std::optional<std::int64_t>(row) : std::nullopt);
  });
  connect(m_plot, &plots::PointCloudPlot::pointActivated, m_plot, &plots::PointCloudPlot::centerOn);
}

void ExplorePage::connectSelection() {
  m_isolation->setObjectName(QStringLiteral("isolationBar"));
  connect(m_colorPanel, &ColorPanel::rowsPicked, m_selection, &SelectionController::pick);
  connect(m_colorPanel, &ColorPanel::isolateRequested, m_selection, &SelectionController::isolate);
  connect(m_filter, &FilterPanel::rowsPicked, m_selection, &SelectionController::pick);
  connect(m_search, &SearchPanel::selectHitsRequested, m_selection->selectHitsAction(),
          &QAction::trigger);
  connect(m_foot, &PictureFoot::clearSelectionRequested, m_selection->selectNoneAction(),
          &QAction::trigger);
  connect(m_selection, &SelectionController::isolationChanged, this, &ExplorePage::tellIsolation);
  connect(m_selection, &SelectionController::failed, this, [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Error, sentence);
  });
}

void ExplorePage::tellSelection() {
  const table::RowSet& selection = m_document.selection();
  m_foot->setSelection(selection.count(), selection.size());
}

void ExplorePage::tellIsolation() {
  const std::optional<table::RowSet>& rows = m_selection->isolated();
  if (!rows) {
    m_isolation->clear();
    return;
  }
  m_isolation->show(
      controls::MessageBar::Kind::Information,
      tr("%1 of %2 rows shown")
          .arg(document::groupedText(rows->count()), document::groupedText(rows->size())),
      tr("Show all"), [this] { m_selection->showAll(); });
}

void ExplorePage::connectFoot() {
  connect(m_foot, &PictureFoot::fitRequested, m_plot, &plots::PointCloudPlot::fitView);
  connect(m_foot, &PictureFoot::axisRequested, m_plot, &plots::PointCloudPlot::lookAlong);
  connect(m_foot, &PictureFoot::perspectiveRequested, m_plot,
          &plots::PointCloudPlot::setPerspective);
  connect(m_foot, &PictureFoot::turningRequested, m_plot, &plots::PointCloudPlot::setTurning);
  connect(m_plot, &plots::PointCloudPlot::viewChanged, this, &ExplorePage::showSpace);
  connect(m_foot, &PictureFoot::measureRequested, this, [this] {
    if (const Picture* picture = m_pictures->picture()) {
      m_meter->measure(currentTable(), *picture);
    }
  });
  connect(m_foot, &PictureFoot::keepRequested, this, [this] {
    if (const Picture* picture = m_pictures->picture()) {
      Picture kept = *picture;
      kept.recipe = recipe();
      m_keeper->keep(kept);
    }
  });
  const auto complain = [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Error, sentence);
  };
  connect(m_meter, &FaithfulnessMeter::changed, this, &ExplorePage::describe);
  connect(m_meter, &FaithfulnessMeter::failed, this, complain);
  connect(m_keeper, &CoordinateKeeper::runningChanged, this, &ExplorePage::describe);
  connect(m_keeper, &CoordinateKeeper::failed, this, complain);
}

void ExplorePage::connectPlacing() {
  connect(m_foot, &PictureFoot::placeRequested, this, [this](qint64 table) {
    if (const auto picture = m_pictures->placing()) {
      m_placer->place(*picture, recipe(), {table});
    }
  });
  connect(m_placer, &RowPlacer::runningChanged, this, &ExplorePage::offerPlacing);
  connect(m_placer, &RowPlacer::failed, this, [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Error, sentence);
  });
  connect(m_placer, &RowPlacer::opened, this,
          [this](document::TableId table, const QString& column) {
            m_looks[table].colorColumn = column;
            offerColors();
          });
  connect(&m_document, &document::Document::tablesChanged, this, &ExplorePage::offerPlacing);
}

/// The tables whose rows could be placed into the picture.
void ExplorePage::offerPlacing() {
  std::vector<std::pair<qint64, QString>> tables;
  if (m_pictures->placing() && !m_placer->isRunning()) {
    for (const document::TableEntry& entry : m_placer->candidates()) {
      tables.emplace_back(entry.id.value, QString::fromStdString(entry.table->name()));
    }
  }
  m_foot->setPlaceable(tables);
}

/// Where the result of the calculator lies, if it is out of the picture.
void ExplorePage::showMarkedPlace() {
  if (m_plot->extraMark() && !m_plot->isExtraMarkInView()) {
    m_plot->fitView();
  }
}

void ExplorePage::connectLayouts() {
  for (const Axes::Kind kind : kLayoutKinds) {
    const LayoutPanel& panel = m_axesPanel->layoutPanel(kind);
    connect(&panel, &LayoutPanel::startRequested, this, [this, kind] {
      m_message->clear();
      const LayoutPanel& chosen = m_axesPanel->layoutPanel(kind);
      m_pictures->startLayout(chosen.options(), chosen.supervisor());
    });
    connect(&panel, &LayoutPanel::pauseRequested, this,
            [this, kind] { m_pictures->pauseLayout(kind); });
    connect(&panel, &LayoutPanel::resumeRequested, this,
            [this, kind] { m_pictures->resumeLayout(kind); });
  }
  connect(m_pictures, &PictureMaker::layoutChanged, this, [this](Axes::Kind kind) {
    m_axesPanel->layoutPanel(kind).showRun(m_pictures->layout(kind));
  });
}

void ExplorePage::connectImports() {
  const CoordinateImporter& importer = m_pictures->importer();
  connect(&importer, &CoordinateImporter::imported, this, [this](document::TableId table) {
    Axes& axes = m_looks[table].axes;
    axes.kind = Axes::Kind::Imported;
    axes.dims = static_cast<int>(m_pictures->importer().find(table)->points->cols());
    if (table == m_document.currentTable()) {
      showAxes();
    }
  });
  connect(&importer, &CoordinateImporter::failed, this,
          [this](document::TableId table, const QString& sentence) {
            if (table == m_document.currentTable()) {
              m_message->show(controls::MessageBar::Kind::Error, sentence);
            }
          });
}

void ExplorePage::connectViews() {
  const auto inform = [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Information, sentence);
  };
  const auto complain = [this](const QString& sentence) {
    m_message->show(controls::MessageBar::Kind::Error, sentence);
  };
  connect(m_views, &SavedViews::goRequested, this, &ExplorePage::goTo);
  connect(m_views, &SavedViews::saved, this, inform);
  connect(m_views, &SavedViews::failed, this, complain);
  connect(m_tags, &TagPanel::saved, this, inform);
  connect(m_tags, &TagPanel::failed, this, complain);
  connect(m_extras, &ExtrasPanel::failed, this, complain);
  connect(m_tags, &TagPanel::tagged, this, [this](const QString& column) {
    m_looks[m_document.currentTable()].colorColumn = column;
    offerColors();
  });
}

void ExplorePage::connectClusters() {
  connect(m_clusters, &ClusterPanel::clustersChanged, this,
          [this] { m_colorPanel->setClusters(m_clusters->clusters()); });
  connect(m_clusters, &ClusterPanel::kept, this,
          [this](const table::TablePtr& changed, const QString& column) {
            m_looks[m_document.currentTable()].colorColumn = column;
            m_document.changeMetadata(m_document.currentTable(), changed, tr("Keep clusters"));
          });
}

SavedView ExplorePage::captureView() const {
  const Picture* picture = m_pictures->picture();
  const Look& look = m_looks.at(m_document.currentTable());
  SavedView view{.name = {},
                 .axes = look.axes,
                 .colorColumn = look.colorColumn,
                 .pins = {},
                 .selection = m_document.selection().rows(),
                 .currentRow = m_document.currentRow(),
                 .plane = {},
                 .camera = {},
                 .points = {},
                 .recipe = {}};
  if (const auto pins = look.pins.find(look.colorColumn); pins != look.pins.end()) {
    view.pins = pins->second;
  }
  if (picture != nullptr) {
    view.plane = m_plot->view();
    if (m_plot->isSpace()) {
      view.camera = m_plot->camera();
    }
    if (look.axes.isLayout() && picture->axes.isLayout()) {
      view.points = picture->points;
      view.recipe = picture->recipe;
    }
  }
  const ImportedPtr imported = m_pictures->importer().find(m_document.currentTable());
  if (look.axes.kind == Axes::Kind::Imported && imported) {
    view.points = imported->points;
    view.recipe = imported->recipe;
  }
  return view;
}

void ExplorePage::goTo(const SavedView& view) {
  Look& look = m_looks[m_document.currentTable()];
  look.axes = view.axes;
  look.colorColumn = view.colorColumn;
  for (const auto& [category, color] : view.pins) {
    look.pins[view.colorColumn][category] = color;  // others that were chosen since stay
  }
  m_planeToShow = view.plane;
  m_cameraToShow = view.camera;
  m_document.setSelection({m_document.selection().size(), view.selection});
  m_document.setCurrentRow(view.currentRow);
  offerColors();
  if (view.axes.kind == Axes::Kind::Imported) {
    goToImported(view);
  } else if (view.points) {
    m_pictures->restore({.table = {},
                         .axes = view.axes,
                         .points = view.points,
                         .titles = {},
                         .recipe = view.recipe});
    m_message->clear();
    showRuns();
  } else {
    showAxes();
  }
}

/// The coordinates of a view become those of the table.
void ExplorePage::goToImported(const SavedView& view) {
  CoordinateImporter& importer = m_pictures->importer();
  if (view.points) {
    importer.put(m_document.currentTable(),
                 std::make_shared<const ImportedPoints>(ImportedPoints{view.points, view.recipe}));
  }
  showAxes();
  if (!importer.find(m_document.currentTable())) {
    m_message->show(controls::MessageBar::Kind::Information,
                    tr("“%1” shows imported coordinates, but does not hold them: import them "
                       "again on the left.")
                        .arg(view.name));
  }
}

void ExplorePage::connectBeside() {
  auto* toggle = new QAction(tr("Views beside the picture"), this);
  toggle->setShortcut(Qt::Key_T);
  toggle->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  addAction(toggle);
  const auto setOpen = [this](bool open) {
    m_beside->setOpen(open);
    if (open) {
      m_beside->views().focusView();
    } else {
      m_plot->setFocus();
    }
  };
  connect(toggle, &QAction::triggered, this, [this, setOpen] { setOpen(!m_beside->isOpen()); });
  connect(m_foot, &PictureFoot::besideRequested, this, setOpen);
  connect(m_beside, &BesidePane::openChanged, m_foot, &PictureFoot::setBesideOpen);
  connect(m_beside, &BesidePane::rowActivated, this, &ExplorePage::centerOnCurrent);
}

void ExplorePage::makeShortcuts() {
  auto* find = new QShortcut(QKeySequence::Find, this);
  connect(find, &QShortcut::activated, this, &ExplorePage::focusSearch);
  controls::setKeyHelp(
      *m_plot, {{QStringLiteral("←, →, ↑, ↓"), tr("Explore: move the picture; in 3D turn it")},
                {tr("Shift+arrow keys"), tr("Explore: move the picture, in 3D as well")},
                {QStringLiteral("+, −"), tr("Explore: closer, farther")},
                {tr("0 or F"), tr("Explore: show all points")},
                {QStringLiteral("X, Y, Z"), tr("Explore in 3D: look along an axis")},
                {QStringLiteral("P"), tr("Explore in 3D: perspective on or off")},
                {QStringLiteral("O"), tr("Explore in 3D: turn slowly, or stop")},
                {QStringLiteral("V"), tr("Explore: choose points and move the picture")},
                {QStringLiteral("R, L, B"), tr("Explore: select with rectangle, lasso, brush")},
                {QStringLiteral("[, ]"), tr("Explore: smaller or larger brush")},
                {tr("Shift, Alt, both"), tr("Explore, selecting: add, take away, keep of it")},
                {tr("Ctrl+Click or Space"), tr("Explore: put a point into the selection, or out")},
                {tr("Alt+arrow keys"), tr("Explore: choose the nearest point in a direction")},
                {tr("Enter"), tr("Explore: show the chosen point with its neighbors")},
                {tr("Esc"), tr("Explore: drop the tool, the selection, then the chosen point")}});
}

void ExplorePage::focusSearch() {
  m_search->focusField();
}

void ExplorePage::centerOnCurrent() {
  if (m_document.currentRow()) {
    m_plot->centerOn(*m_document.currentRow());
  }
}

table::TablePtr ExplorePage::currentTable() const {
  const document::TableEntry* entry = m_document.currentTableEntry();
  return entry ? entry->table : nullptr;
}

void ExplorePage::showTable() {
  const table::TablePtr table = currentTable();
  forgetWantedView();
  m_pictures->drop();
  m_message->clear();
  m_plot->setColorIndices({});
  clearPicture({});
  m_search->setTable(table);
  m_filter->setTable(table);
  m_calculator->setTable(table);
  m_selection->showTable();  // goes by what search and calculator have of the table
  tellSelection();
  m_clusters->setTable(table);
  m_evaluation->setTable(table);
  m_stack->setCurrentIndex(table ? 1 : 0);
  if (!table) {
    m_colorPanel->setTable(nullptr, {});
    return;
  }
  m_looks.try_emplace(m_document.currentTable(), Look{usualAxes(*table), usualColorColumn(*table)});
  offerColors();
  showAxes();
}

void ExplorePage::showAxes() {
  const table::TablePtr table = currentTable();
  const Axes axes = m_looks[m_document.currentTable()].axes;
  m_axesPanel->setAxes(axes, table->dimension(), m_pictures->principal(axes));
  for (const Axes::Kind kind : kLayoutKinds) {
    m_axesPanel->layoutPanel(kind).setTable(table);
  }
  m_message->clear();
  m_pictures->make(axes);
  showRuns();
}

/// How far the layouts are that belong to the chosen axes.
void ExplorePage::showRuns() {
  for (const Axes::Kind kind : kLayoutKinds) {
    m_axesPanel->layoutPanel(kind).showRun(m_pictures->layout(kind));
  }
}

/// A saved view that waits for its picture waits no more: another one was chosen.
void ExplorePage::forgetWantedView() {
  m_planeToShow.reset();
  m_cameraToShow.reset();
}

void ExplorePage::showPicture() {
  const Picture& picture = *m_pictures->picture();
  m_axesPanel->setAxes(picture.axes, currentTable()->dimension(), m_pictures->principal());
  m_plot->setAutoFit(picture.axes.isLayout());
  m_plot->setPoints(picture.points);
  m_plot->fitView();
  if (const auto camera = std::exchange(m_cameraToShow, std::nullopt)) {
    m_plot->setCamera(*camera);
  }
  if (const auto plane = std::exchange(m_planeToShow, std::nullopt)) {
    m_plot->setView(*plane);
  }
  m_plot->setEmptyText(tr("No row can be drawn: every one holds NaN or infinity"));
  m_plot->setAxisTitles(picture.titles[0], picture.titles[1], picture.titles[2]);
  describe();
  m_plot->setSelected(m_document.currentRow());
  m_marks->show();
  colorPicture();
}

void ExplorePage::movePicture() {
  m_plot->setPoints(m_pictures->picture()->points);
  if (m_pictures->picture()->isMoving) {
    m_marks->showPlace();
  } else {
    m_marks->show();
  }
  describe();
  colorPicture();
}

/// The columns of the current table, and what others are computed from.
void ExplorePage::offerColors() {
  const Look& look = m_looks[m_document.currentTable()];
  m_colorPanel->setTable(currentTable(), look.colorColumn, look.pins);
  m_colorPanel->setSelection(m_document.selection());
  colorPicture();
}

/// Colors that depend on the picture follow it when it rests.
void ExplorePage::colorPicture() {
  const Picture* picture = m_pictures->picture();
  if (picture == nullptr || !picture->isMoving) {
    const auto points = picture != nullptr ? picture->points : nullptr;
    m_colorPanel->setPoints(points);
    m_clusters->setPoints(points);
  }
}

/// What the picture is and how faithful, as far as that was measured.
QString ExplorePage::recipe() const {
  const Picture* picture = m_pictures->picture();
  if (picture == nullptr) {
    return {};
  }
  const auto* measured = m_meter->find(picture->points);
  return measured == nullptr
             ? picture->recipe
             : QStringLiteral("%1 · %2").arg(picture->recipe, faithfulnessText(*measured));
}

/// What is told below the picture and can be done with it.
void ExplorePage::describe() {
  const Picture* picture = m_pictures->picture();
  m_foot->setCanKeep(picture != nullptr && !m_keeper->isRunning());
  m_foot->setCanMeasure(picture != nullptr && !picture->isMoving && !m_meter->isRunning());
  const QString lost = picture != nullptr ? m_marks->words() : QString();
  m_foot->setRecipe(lost.isEmpty() ? recipe() : QStringLiteral("%1 · %2").arg(recipe(), lost));
  offerPlacing();
  showSpace();
}

/// What is offered to look at points of space, and how it stands.
void ExplorePage::showSpace() {
  m_foot->showSpace(m_plot->isSpace(), m_plot->camera().perspective(), m_plot->isTurning());
}

void ExplorePage::clearPicture(const QString& words) {
  m_meter->drop();
  m_plot->setHighlighted({});
  m_plot->setExtraMark({});
  m_plot->setSelected({});
  m_plot->setEmptyText(words);
  m_plot->setPoints(plots::PointCloudPlot::Points());
  m_plot->setAxisTitles({}, {});
  describe();
  colorPicture();
}

void ExplorePage::showColors(const std::shared_ptr<const ColorScheme>& scheme) {
  m_selection->setDimming(!m_colorPanel->followsSelection());
  if (!scheme) {
    m_plot->setColorIndices({});
  } else if (scheme->kind == ColorScheme::Kind::Categories) {
    m_plot->setColorIndices(scheme->marks, ownColors(*scheme));
  } else {
    m_plot->setColors(scheme->colors);
  }
}

/// The chosen row.
void ExplorePage::showSelection() {
  const std::optional<std::int64_t> row = m_document.currentRow();
  m_plot->setSelected(isShown() ? row : std::nullopt);
  if (row && isShown() && !m_clicked && !isInSight(*m_plot, *row)) {
    m_plot->centerOn(*row);
  }
}

void ExplorePage::jumpTo(qint64 row) {
  m_document.setCurrentRow(row);
  if (isShown()) {
    m_plot->centerOn(row);
  }
}

}  // namespace embedscope::explore
