// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/train/race_controller.h"

#include <QString>
#include <QWidget>

#include <optional>

class QSplitter;

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::train {

class RaceCurves;
class RaceTable;
class SessionControls;
class VerdictLabel;

/// The picture of a race: its verdict, its curves and its table, live.
class RaceView : public QWidget {
  Q_OBJECT

 public:
  RaceView(document::Document& document, jobs::JobRunner& jobs, RaceFunction race,
           QWidget* parent = nullptr);

  controls::MessageBar& messages() { return *m_message; }

  /// Why the panel beside it cannot be used, if it cannot.
  void setPanelProblem(const std::optional<QString>& problem);

 signals:
  /// A contestant was put into the setup of a single run.
  void contestantTaken(const QString& name);

 private:
  void layOut();
  void connectRace();
  void showState();
  void begin();
  void makeRoom();
  void tellEnding(const RaceEnding& ending);
  void take(std::size_t contestant);

  document::Document& m_document;
  RaceController* m_race;
  controls::MessageBar* m_message;
  SessionControls* m_controls;
  VerdictLabel* m_verdict;
  QSplitter* m_splitter;
  RaceCurves* m_curves;
  RaceTable* m_table;
  std::optional<QString> m_panelProblem;
  bool m_arranged = false;  ///< somebody has moved the splitter
};

}  // namespace embedscope::train
