// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/race_session.h"
#include "ui/plots/curves.h"
#include "ui/train/race_board.h"

#include <QString>
#include <QWidget>

#include <map>
#include <optional>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;

namespace embedscope::train {

/// The validation curves of a race as they come: one color for each approach, its mean over the
/// seeds that have ended, their spread as a band, and thin lines for runs under way.
class RaceCurves : public QWidget {
  Q_OBJECT

 public:
  explicit RaceCurves(QWidget* parent = nullptr);

  /// @param board  of the race; must outlive its curves.
  void begin(const RaceBoard& board, const QString& metricName, const QString& target);

  /// Draws what these messages, already on the board, have changed.
  void append(const std::vector<jobs::RaceMessage>& messages);

  void clear();

  /// Brings one approach to the front; nothing: all alike.
  void highlight(std::optional<std::size_t> contestant);

 private:
  using RunPlace = std::pair<std::size_t, std::size_t>;  ///< contestant, seed

  RaceQuantity quantity() const;
  void redrawAll();
  void redrawBand(std::size_t contestant);
  void appendEpoch(const RunPlace& place, const training::EpochRecord& epoch);
  void endRun(const RunPlace& place);
  plots::CurveStyle styleOf(std::size_t contestant) const;
  void showQuantity();

  plots::CurvePlot* m_plot;
  QComboBox* m_quantity;
  QCheckBox* m_logarithmic;
  const RaceBoard* m_board = nullptr;
  QString m_metricName;
  QString m_target;
  std::vector<plots::CurvePlot::SeriesId> m_means;           ///< by contestant
  std::map<RunPlace, plots::CurvePlot::SeriesId> m_running;  ///< runs under way
  std::optional<std::size_t> m_highlighted;
};

}  // namespace embedscope::train
