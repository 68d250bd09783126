// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/document/samples.h"
#include "ui/jobs/job_runner.h"
#include "ui/train/crossover_controller.h"
#include "ui/train/race_controller.h"
#include "ui/train/train_mode.h"

#include <QWidget>

class QStackedWidget;

namespace embedscope::controls {
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::train {

class CrossoverSetupPanel;
class CrossoverView;
class DataPanel;
class GenerateForm;
class InputList;
class ModelPanel;
class ModeSwitch;
class RaceSetupPanel;
class RaceView;
class RunView;

/// What races and measurements are run with; tests give functions of their own.
struct TrainEngines {
  RaceFunction race = training::runRace;
  CrossoverFunction crossover = training::measureCrossover;
};

/// Where models are trained: data, columns and model on the left; on the right one run, a race or
/// the measurement of a crossover, live.
///
/// Assembly only. The document holds the setups; the views hold what is under way. May be destroyed
/// meanwhile: all of it is stopped and waited for.
class TrainPage : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  lists what is under way, and runs the generation of data. Outlives the page, as
  ///              does the document.
  TrainPage(document::Document& document, jobs::JobRunner& jobs, const TrainEngines& engines = {},
            QWidget* parent = nullptr);
  ~TrainPage() override;

  TrainMode mode() const;
  void setMode(TrainMode mode);

 signals:
  void openDataRequested();
  void pageRequested(embedscope::document::Page page);

 private:
  void buildPanel();
  QWidget* buildPicture();
  QWidget* buildEmptyState();
  void connectPanel();
  void connectViews();
  void showMode();
  void showProblems();
  void generate();

  document::Document& m_document;
  jobs::JobRunner& m_jobs;
  controls::PageFrame* m_frame;
  controls::MessageBar* m_message;
  ModeSwitch* m_switch;
  QStackedWidget* m_panels;  ///< the setup, or the form for generated data
  DataPanel* m_data;
  InputList* m_inputs;
  RaceSetupPanel* m_raceSetup;
  CrossoverSetupPanel* m_crossoverSetup;
  ModelPanel* m_model;
  GenerateForm* m_generate;
  QStackedWidget* m_picture;  ///< how to get data, or the view of the mode
  RunView* m_run;
  RaceView* m_race;
  CrossoverView* m_crossover;
};

}  // namespace embedscope::train
