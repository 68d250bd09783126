// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/umap_run.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace embedscope::explore {

/// What UMAP is to do, the button that starts, pauses and continues it, and how far it is.
class UmapPanel : public QWidget {
  Q_OBJECT

 public:
  explicit UmapPanel(QWidget* parent = nullptr);

  /// Tells how long about it will take with this table; null: nothing.
  void setTable(const table::TablePtr& table);

  /// As the controls say.
  projection::UmapOptions options() const;

  /// Shows how far a run is, or null for none.
  void showRun(const UmapRun* run);

 signals:
  void startRequested();
  void pauseRequested();
  void resumeRequested();

 private:
  void buildOptions();
  void showEstimate();
  void press();

  table::TablePtr m_table;
  UmapRun::State m_state = UmapRun::State::Idle;
  QSpinBox* m_neighbors;
  QDoubleSpinBox* m_minDist;
  QComboBox* m_metric;
  QSpinBox* m_seed;
  QPushButton* m_button;
  QPushButton* m_again;
  QLabel* m_words;
};

/// How long UMAP takes about, in seconds, on two cores: a rough guide, told with one digit.
double umapSeconds(std::int64_t rows, std::int64_t dimension,
                   const projection::UmapOptions& options);

}  // namespace embedscope::explore
