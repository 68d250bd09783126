// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/document/samples.h"
#include "ui/jobs/job_runner.h"

#include <QWidget>

class QStackedWidget;

namespace embedscope::controls {
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::train {

class FilmBar;
class GenerateForm;
class LiveVectors;
class LossCurves;
class NeighborCurves;
class ModelPanel;
class RunControls;
class RunController;
struct RunEnding;

/// Where models are trained: data, columns and model on the left; on the right the run with its
/// losses and its vectors, live.
///
/// Assembly only. The document holds the setup, RunController the run. May be destroyed while a run
/// is under way: the run is stopped and waited for.
class TrainPage : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  lists the runs, and runs the generation of data. Outlives the page, as does the
  ///              document.
  TrainPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~TrainPage() override;

 signals:
  void openDataRequested();
  void pageRequested(embedscope::document::Page page);

 private:
  void buildPanel();
  QWidget* buildPicture();
  QWidget* buildPlots();
  QWidget* buildCurves();
  QWidget* buildVectors();
  void connectDocument();
  void connectRun();
  void showSetup();
  void showRunState();
  QString statusText() const;
  void generate();
  void tellEnding(const RunEnding& ending);
  void offerMissingLabels(const RunEnding& ending, const QString& text);

  document::Document& m_document;
  jobs::JobRunner& m_jobs;
  RunController* m_run;
  controls::PageFrame* m_frame;
  QStackedWidget* m_panels;  ///< the setup, or the form for generated data
  GenerateForm* m_generate;
  ModelPanel* m_model;
  controls::MessageBar* m_message;
  RunControls* m_controls;
  QStackedWidget* m_picture;  ///< how to get data, or the plots
  LossCurves* m_curves;
  NeighborCurves* m_neighbors;
  LiveVectors* m_vectors;
  FilmBar* m_film;
};

}  // namespace embedscope::train
