// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/axes.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace embedscope::explore {

class UmapPanel;

/// Chooses what the two axes show: principal components (with their share of the variance), raw
/// dimensions, where rows lie between labels, or UMAP.
class AxesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit AxesPanel(QWidget* parent = nullptr);

  /// Shows a choice. @param dimension  d of the table, ≥ 1. @param principal  null: not known yet.
  void setAxes(const Axes& axes, Eigen::Index dimension, const PrincipalPtr& principal);

  const Axes& axes() const { return m_axes; }

  /// What belongs to Axes::Kind::Umap.
  UmapPanel& umap() { return *m_umap; }

 signals:
  /// Changed by hand.
  void axesChosen(const embedscope::explore::Axes& axes);

 private:
  QWidget* makeComponents();
  QWidget* makeDimensions();
  QWidget* makeLabels();
  void chooseKind(Axes::Kind kind);
  void chooseLabels();
  void takeRoom();
  void choose(const Axes& axes);
  void fillComponents(QComboBox& combo, Eigen::Index count, const Principal* principal,
                      Eigen::Index current);

  Axes m_axes;
  Eigen::Index m_dimension = 1;
  QComboBox* m_kind;
  UmapPanel* m_umap;
  QStackedWidget* m_stack;
  QComboBox* m_componentX;
  QComboBox* m_componentY;
  QSpinBox* m_dimensionX;
  QSpinBox* m_dimensionY;
  std::array<QLineEdit*, 4> m_labels{};  ///< x from, x to, y from, y to
};

}  // namespace embedscope::explore
