// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/document/samples.h"
#include "ui/jobs/job_runner.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::inspector {
class InspectorPanel;
class NeighborFinder;
}  // namespace embedscope::inspector

namespace embedscope::window {

class Appearance;
class FileOpener;
class PageRail;
class RecentFiles;
class TableExporter;

/// The window: puts the pages, the inspector, the menus and the status bar together. Assembly only;
/// everything that does something lives in a class of its own.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Appearance& appearance, QWidget* parent = nullptr);
  ~MainWindow() override;

  document::Document& document() { return m_document; }

  jobs::JobRunner& jobs() { return *m_jobs; }

  FileOpener& opener() { return *m_opener; }

  TableExporter& exporter() { return *m_exporter; }

  document::Page page() const;
  void showPage(document::Page page);

  /// Saves the largest plot of the page as a picture of the user's choice.
  void savePicture();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildPages();
  void buildFrame();
  void restoreLayout();
  void saveLayout() const;
  void updateTitle();

  document::Document m_document;
  jobs::JobRunner* m_jobs;
  RecentFiles* m_recent;
  controls::MessageBar* m_messages;
  FileOpener* m_opener;
  TableExporter* m_exporter;
  inspector::NeighborFinder* m_neighbors;
  PageRail* m_rail;
  QStackedWidget* m_pages;
  QSplitter* m_splitter;
  inspector::InspectorPanel* m_inspector;
};

}  // namespace embedscope::window
