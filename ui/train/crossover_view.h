// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/plots/difference_plot.h"
#include "ui/train/crossover_controller.h"

#include <QString>
#include <QWidget>

#include <optional>

class QSplitter;

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::train {

class CrossoverTableModel;
class ResultTable;
class SessionControls;
class VerdictLabel;

/// The picture of a crossover: its sentence, the differences with their intervals, growing point by
/// point, and the same as a table.
class CrossoverView : public QWidget {
  Q_OBJECT

 public:
  CrossoverView(document::Document& document, jobs::JobRunner& jobs, CrossoverFunction measure,
                QWidget* parent = nullptr);

  controls::MessageBar& messages() { return *m_message; }

  /// Why the panel beside it cannot be used, if it cannot.
  void setPanelProblem(const std::optional<QString>& problem);

 private:
  void buildPlot();
  QWidget* buildTable();
  void layOut();
  void connectMeasurement();
  void showState();
  void begin();
  void makeRoom();
  void showPoints();
  void showCrossover(const training::CrossoverResult& result);
  void tellEnding(const CrossoverEnding& ending);

  document::Document& m_document;
  CrossoverController* m_measurement;
  controls::MessageBar* m_message;
  SessionControls* m_controls;
  VerdictLabel* m_sentence;
  plots::DifferencePlot* m_plot;
  CrossoverTableModel* m_model;
  QSplitter* m_splitter;
  ResultTable* m_table;
  std::optional<QString> m_panelProblem;
  bool m_arranged = false;  ///< somebody has moved the splitter
};

}  // namespace embedscope::train
