// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/document/samples.h"
#include "ui/jobs/job_runner.h"

#include <QString>
#include <QWidget>

#include <optional>

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::train {

class CautionList;
class FilmBar;
class LiveVectors;
class LossCurves;
class NeighborCurves;
class RunControls;
class RunController;
struct RunEnding;

/// The picture of one run: its controls, its losses and its vectors, live, and what it came to.
///
/// May be destroyed while a run is under way: the run is stopped and waited for.
class RunView : public QWidget {
  Q_OBJECT

 public:
  RunView(document::Document& document, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~RunView() override;

  controls::MessageBar& messages() { return *m_message; }

  /// Why the panel beside it cannot be used, if it cannot.
  void setPanelProblem(const std::optional<QString>& problem);

 signals:
  void pageRequested(embedscope::document::Page page);

 private:
  void layOut();
  QWidget* buildPlots();
  QWidget* buildCurves();
  QWidget* buildVectors();
  void connectDocument();
  void connectRun();
  void showSetup();
  void showRunState();
  QString statusText() const;
  void tellEnding(const RunEnding& ending);

  document::Document& m_document;
  RunController* m_run;
  controls::MessageBar* m_message;
  CautionList* m_cautions;
  RunControls* m_controls;
  LossCurves* m_curves;
  NeighborCurves* m_neighbors;
  LiveVectors* m_vectors;
  FilmBar* m_film;
  std::optional<QString> m_panelProblem;
};

}  // namespace embedscope::train
