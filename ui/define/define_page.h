// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/define/feature_edit.h"
#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"

#include <QWidget>

class QStackedWidget;

namespace embedscope::controls {
class EmptyState;
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::define {

class AdviceView;
class CategoryEditor;
class ColumnChooser;
class FeaturePanel;
class InitialVectors;
class OptionsPanel;
class SizePanel;
class StartPanel;

/// The page on which features get their categories, their embedding size and their start.
///
/// Every change is an undo step of the document. Files are read in a job.
class DefinePage : public QWidget {
  Q_OBJECT

 public:
  DefinePage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~DefinePage() override;

  /// Adds an empty feature and opens its name for editing.
  void newFeature();

  /// Asks for a delimited file, or offers the columns of the data that is open.
  void importColumn();

  /// Reads a delimited file in a job and offers its columns.
  void importFile(const QString& path);

  /// Adds the labels in a text to the current feature, one undo step.
  void pasteLabels(const QString& text);

 signals:
  /// @param key  of document::samples().
  void sampleRequested(const QString& key);

 private:
  void buildPanel();
  QWidget* buildEditor();
  controls::EmptyState* buildEmptyState();
  void connectDocument();
  void refresh();
  void chooseFile();
  void offerColumns(const document::DataEntryPtr& data);
  void importAsNewFeature(int column);
  void importIntoFeature(int column);
  void takeNewFeature(document::Feature feature);
  void takeLabels(const document::FeaturePtr& before, const document::LabelsAdded& result);
  void change(const document::FeaturePtr& feature, const QString& undoText, EditGroup group);
  void refuse(const QString& reason);
  void fail(const base::Error& error);

  document::Document& m_document;
  jobs::JobRunner& m_jobs;
  controls::PageFrame* m_frame;
  FeaturePanel* m_features = nullptr;
  SizePanel* m_size = nullptr;
  StartPanel* m_start = nullptr;
  OptionsPanel* m_options = nullptr;
  QStackedWidget* m_stack;
  controls::MessageBar* m_message;
  QWidget* m_editorPage = nullptr;
  CategoryEditor* m_editor = nullptr;
  InitialVectors* m_vectors = nullptr;
  AdviceView* m_advice = nullptr;
  ColumnChooser* m_chooser = nullptr;
  controls::EmptyState* m_empty = nullptr;
};

}  // namespace embedscope::define
