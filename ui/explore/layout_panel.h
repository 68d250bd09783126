// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/layout_run.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace embedscope::explore {

/// What a layout is to do, the button that starts, pauses and continues it, and how far it is.
/// UMAP and t-SNE each have a form of their own below it.
class LayoutPanel : public QWidget {
  Q_OBJECT

 public:
  /// Tells how long about it will take with this table; null: nothing.
  virtual void setTable(const table::TablePtr& table);

  /// As the controls say.
  virtual projection::LayoutOptions options() const = 0;

  /// The metadata column that is to supervise; empty: none.
  virtual QString supervisor() const { return {}; }

  /// Shows how far a run is, or null for none.
  void showRun(const LayoutRun* run);

 signals:
  void startRequested();
  void pauseRequested();
  void resumeRequested();

 protected:
  /// @param prefix  of the object names: "umap".
  explicit LayoutPanel(const QString& prefix, QWidget* parent);

  /// Controls of this layout alone; they come before those of both, in the order of the calls.
  void addRow(const QString& name, QWidget* control, const QString& objectName,
              const QString& toolTip);

  /// To be called when all rows are there, and when a control has changed.
  void showEstimate();

  /// Whether the row of a control that addRow was given is shown.
  void setRowVisible(QWidget* control, bool visible);

  neighbors::Metric metric() const;
  std::uint64_t seed() const;

 private:
  void buildShared(const QString& prefix);
  void press();

  table::TablePtr m_table;
  LayoutRun::State m_state = LayoutRun::State::Idle;
  QFormLayout* m_form;
  QComboBox* m_metric;
  QSpinBox* m_seed;
  QPushButton* m_button;
  QPushButton* m_again;
  QLabel* m_words;
};

class UmapPanel : public LayoutPanel {
  Q_OBJECT

 public:
  explicit UmapPanel(QWidget* parent = nullptr);

  void setTable(const table::TablePtr& table) override;
  projection::LayoutOptions options() const override;
  QString supervisor() const override;

 private:
  void addSupervision();

  QSpinBox* m_neighbors;
  QDoubleSpinBox* m_minDist;
  QComboBox* m_supervisor;
  QDoubleSpinBox* m_weight;
};

class TsnePanel : public LayoutPanel {
  Q_OBJECT

 public:
  explicit TsnePanel(QWidget* parent = nullptr);

  projection::LayoutOptions options() const override;

 private:
  QSpinBox* m_perplexity;
  QSpinBox* m_iterations;
  QDoubleSpinBox* m_exaggeration;
};

/// How long a layout takes about, in seconds, on two cores: a rough guide, told with one digit.
double layoutSeconds(std::int64_t rows, std::int64_t dimension,
                     const projection::LayoutOptions& options);

}  // namespace embedscope::explore
