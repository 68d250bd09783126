// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/explore/axes.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace embedscope::explore {

class ImportPanel;
class LayoutPanel;
class PreparationPanel;

/// Chooses how many axes there are, two or three, and what they show: principal components (with
/// their share of the variance), raw dimensions, where rows lie between labels, UMAP, t-SNE, or
/// coordinates from elsewhere; and what is done to the rows before, where something can be.
class AxesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit AxesPanel(QWidget* parent = nullptr);

  /// Shows a choice. @param dimension  d of the table, ≥ 1. @param principal  null: not known yet.
  void setAxes(const Axes& axes, Eigen::Index dimension, const PrincipalPtr& principal);

  const Axes& axes() const { return m_axes; }

  /// What belongs to one of the layouts. @param kind  Umap or Tsne.
  LayoutPanel& layoutPanel(Axes::Kind kind);

  /// Puts in what belongs to imported coordinates; once, before axes are shown.
  void setImportPanel(ImportPanel* panel);

 signals:
  /// Changed by hand.
  void axesChosen(const embedscope::explore::Axes& axes);

 private:
  QWidget* makeSpaceSwitch();
  QWidget* makeComponents();
  QWidget* makeDimensions();
  QWidget* makeLabels();
  QGridLayout* addPage();
  void addLine(QGridLayout& grid, const QString& name, QWidget* control, bool isOfSpace);
  void chooseColumn(std::size_t axis, Eigen::Index column);
  void chooseDims(int dims);
  void chooseKind(Axes::Kind kind);
  void chooseLabels();
  void choosePreparation(const projection::Preparation& preparation);
  void takeRoom();
  void choose(const Axes& axes);
  void fillComponents(QComboBox& combo, Eigen::Index count, const Principal* principal,
                      Eigen::Index current);

  Axes m_axes;
  Eigen::Index m_dimension = 1;
  QComboBox* m_kind;
  LayoutPanel* m_umap;
  LayoutPanel* m_tsne;
  ImportPanel* m_import = nullptr;
  QStackedWidget* m_stack;
  PreparationPanel* m_preparation = nullptr;
  std::array<QToolButton*, 2> m_dims;        ///< the plane, space
  std::array<QComboBox*, 3> m_components{};  ///< x, y, z
  std::array<QSpinBox*, 3> m_dimensions{};   ///< x, y, z
  std::array<QLineEdit*, 6> m_labels{};      ///< x from, x to, y from, y to, z from, z to
  std::vector<QWidget*> m_ofSpace;           ///< what is shown with three axes only
};

}  // namespace embedscope::explore
