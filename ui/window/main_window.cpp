// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/define/define_page.h"
#include "ui/explore/explore_page.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/inspector/neighbor_finder.h"
#include "ui/plots/plot_widget.h"
#include "ui/product/product_page.h"
#include "ui/train/train_page.h"
#include "ui/window/file_opener.h"
#include "ui/window/job_status.h"
#include "ui/window/menus.h"
#include "ui/window/page_rail.h"
#include "ui/window/recent_files.h"
#include "ui/window/start_page.h"
#include "ui/window/table_exporter.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFrame>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

namespace embedscope::window {

namespace {

constexpr int kInspectorWidth = 256;

QStringList localPaths(const QMimeData& data) {
  QStringList out;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile()) {
      out += url.toLocalFile();
    }
  }
  return out;
}

QFrame* line(Qt::Orientation orientation, QWidget* parent) {
  auto* out = new QFrame(parent);
  out->setFrameShape(orientation == Qt::Vertical ? QFrame::VLine : QFrame::HLine);
  out->setFrameShadow(QFrame::Plain);
  out->setForegroundRole(QPalette::Mid);
  return out;
}

/// The plot that has the keyboard, else the visible one with the largest area; null when the page
/// shows none.
plots::PlotWidget* plotToSave(const QWidget& page) {
  if (auto* focused = qobject_cast<plots::PlotWidget*>(page.window()->focusWidget());
      focused != nullptr && page.isAncestorOf(focused) && focused->isVisible()) {
    return focused;
  }
  plots::PlotWidget* largest = nullptr;
  for (auto* plot : page.findChildren<plots::PlotWidget*>()) {
    const auto area = [](const QWidget* widget) { return widget->width() * widget->height(); };
    if (plot->isVisible() && (largest == nullptr || area(plot) > area(largest))) {
      largest = plot;
    }
  }
  return largest;
}

/// The splitters of pages, whose sizes are remembered by their names.
QList<QSplitter*> namedSplitters(const QWidget& window) {
  QList<QSplitter*> splitters = window.findChildren<QSplitter*>();
  splitters.removeIf([](const QSplitter* splitter) { return splitter->objectName().isEmpty(); });
  return splitters;
}

}  // namespace

MainWindow::MainWindow(Appearance& appearance, QWidget* parent)
    : QMainWindow(parent),
      m_jobs(new jobs::JobRunner(this)),
      m_recent(new RecentFiles(this)),
      m_messages(new controls::MessageBar(this)),
      m_opener(new FileOpener(m_document, *m_jobs, *m_recent, *m_messages, this)),
      m_exporter(new TableExporter(m_document, *m_jobs, *m_messages, this)),
      m_neighbors(new inspector::NeighborFinder(m_document, *m_jobs)),
      m_rail(new PageRail(this)),
      m_pages(new QStackedWidget(this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_inspector(new inspector::InspectorPanel(m_document, *m_neighbors, this)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  m_neighbors->setParent(this);
  buildPages();
  buildFrame();
  buildMenus(*this, {appearance, *m_recent, *m_inspector});
  m_messages->setObjectName(QStringLiteral("windowMessages"));
  connect(m_opener, &FileOpener::opened, this, &MainWindow::showPage);
  connect(&m_document, &document::Document::currentTableChanged, this, &MainWindow::updateTitle);
  updateTitle();
  restoreLayout();
  showPage(document::Page::Start);
}

MainWindow::~MainWindow() {
  // Pages hold work in the background that uses the document: they go first.
  delete takeCentralWidget();
}

void MainWindow::buildPages() {
  auto* start = new StartPage(*m_recent, this);
  auto* define = new define::DefinePage(m_document, *m_jobs, this);
  auto* train = new train::TrainPage(m_document, *m_jobs, {}, this);
  auto* product = new product::ProductPage(m_document, *m_jobs, this);
  auto* explore = new explore::ExplorePage(m_document, *m_jobs, *m_neighbors, this);
  for (QWidget* page : std::initializer_list<QWidget*>{start, define, train, product, explore}) {
    m_pages->addWidget(page);
  }
  const auto askVectors = [this] { m_opener->ask(FileOpener::Kind::Vectors); };
  const auto askData = [this] { m_opener->ask(FileOpener::Kind::Data); };
  connect(start, &StartPage::openVectorsRequested, this, askVectors);
  connect(start, &StartPage::openDataRequested, this, askData);
  connect(start, &StartPage::defineRequested, this, [this] { showPage(document::Page::Define); });
  connect(start, &StartPage::sampleRequested, m_opener, &FileOpener::openSample);
  connect(start, &StartPage::fileRequested, this,
          [this](const QString& path) { m_opener->open({path}); });
  connect(define, &define::DefinePage::sampleRequested, m_opener, &FileOpener::openSample);
  connect(train, &train::TrainPage::openDataRequested, this, askData);
  connect(train, &train::TrainPage::pageRequested, this, &MainWindow::showPage);
  connect(explore, &explore::ExplorePage::openVectorsRequested, this, askVectors);
  connect(explore, &explore::ExplorePage::sampleRequested, m_opener, &FileOpener::openSample);
}

void MainWindow::buildFrame() {
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_messages);
  column->addWidget(m_pages, 1);
  m_splitter->setHandleWidth(1);
  m_splitter->addWidget(middle);
  m_splitter->addWidget(m_inspector);
  m_splitter->setStretchFactor(0, 1);
  m_splitter->setStretchFactor(1, 0);
  m_splitter->setCollapsible(0, false);
  m_splitter->setSizes({4 * kInspectorWidth, kInspectorWidth});

  auto* central = new QWidget(this);
  auto* row = new QHBoxLayout(central);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(m_rail);
  row->addWidget(line(Qt::Vertical, central));
  row->addWidget(m_splitter, 1);
  setCentralWidget(central);
  statusBar()->setSizeGripEnabled(false);
  auto* status = new JobStatus(*m_jobs, this);
  statusBar()->addWidget(status, 1);
  connect(m_opener, &FileOpener::announced, status, &JobStatus::announce);
  connect(m_rail, &PageRail::pageChosen, this, &MainWindow::showPage);
}

document::Page MainWindow::page() const {
  return static_cast<document::Page>(m_pages->currentIndex());
}

void MainWindow::showPage(document::Page page) {
  m_pages->setCurrentIndex(static_cast<int>(page));
  m_rail->setPage(page);
  m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);  // its keys work at once
  m_inspector->setVisible(page != document::Page::Start);
}

void MainWindow::savePicture() {
  if (plots::PlotWidget* plot = plotToSave(*m_pages->currentWidget())) {
    plots::saveImageWithDialog(*plot);
  } else {
    m_messages->show(controls::MessageBar::Kind::Information,
                     tr("There is no picture on this page."));
  }
}

void MainWindow::updateTitle() {
  const document::TableEntry* entry = m_document.currentTableEntry();
  setWindowTitle(entry == nullptr
                     ? tr("Embedscope")
                     : tr("%1 — Embedscope").arg(QString::fromStdString(entry->table->name())));
}

void MainWindow::restoreLayout() {
  const QSettings settings;
  resize(1280, 800);
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  m_splitter->restoreState(settings.value(QStringLiteral("window/splitter")).toByteArray());
  for (auto* frame : findChildren<controls::PageFrame*>()) {
    frame->restoreState(
        settings.value(QStringLiteral("window/panel-") + frame->objectName()).toByteArray());
  }
  for (QSplitter* splitter : namedSplitters(*this)) {
    splitter->restoreState(
        settings.value(QStringLiteral("window/") + splitter->objectName()).toByteArray());
  }
}

void MainWindow::saveLayout() const {
  QSettings settings;
  settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("window/splitter"), m_splitter->saveState());
  for (const auto* frame : findChildren<controls::PageFrame*>()) {
    settings.setValue(QStringLiteral("window/panel-") + frame->objectName(), frame->saveState());
  }
  for (const QSplitter* splitter : namedSplitters(*this)) {
    settings.setValue(QStringLiteral("window/") + splitter->objectName(), splitter->saveState());
  }
}

void MainWindow::closeEvent(QCloseEvent* event) {
  saveLayout();
  m_jobs->cancelAll();
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!localPaths(*event->mimeData()).isEmpty()) {
    event->acceptProposedAction();
  }
}

void MainWindow::dropEvent(QDropEvent* event) {
  m_opener->open(localPaths(*event->mimeData()));
  event->acceptProposedAction();
}

}  // namespace embedscope::window
