// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/space_camera.h"

#include <QWidget>

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::explore {

/// The line under a picture: its recipe, how many rows are selected, and buttons that measure it,
/// keep its coordinates and show all of it; of a picture in space also those that look at it from
/// elsewhere.
class PictureFoot : public QWidget {
  Q_OBJECT

 public:
  explicit PictureFoot(QWidget* parent = nullptr);

  /// How the picture was made; empty: there is none.
  void setRecipe(const QString& recipe);
  const QString& recipe() const;

  /// How many of how many rows are selected; 0: nothing is told.
  void setSelection(std::int64_t selected, std::int64_t rows);

  void setCanMeasure(bool can);
  void setCanKeep(bool can);

  /// What other tables there are whose rows could be placed into the picture: identifiers and
  /// names. None are offered where rows cannot be placed.
  void setPlaceable(const std::vector<std::pair<qint64, QString>>& tables);

  /// @param isSpace  whether the picture lies in space; otherwise the rest does not matter.
  void showSpace(bool isSpace, bool perspective, bool turning);
  /// Whether the views beside the picture are open.
  void setBesideOpen(bool open);

 signals:
  void measureRequested();
  void keepRequested();
  void placeRequested(qint64 table);
  void fitRequested();
  void axisRequested(embedscope::plots::SpaceAxis axis);
  void perspectiveRequested(bool on);
  void turningRequested(bool on);
  void besideRequested(bool open);
  void clearSelectionRequested();

 private:
  QToolButton* makeAxisButton(plots::SpaceAxis axis, const QString& name);

  controls::ElidedLabel* m_recipe;
  QLabel* m_selection;
  QToolButton* m_clear;
  QToolButton* m_measure;
  QToolButton* m_keep;
  QToolButton* m_place;
  QMenu* m_tables;
  std::optional<std::vector<std::pair<qint64, QString>>> m_placeable;  ///< what the menu holds
  QToolButton* m_fit;
  QToolButton* m_perspective;
  QToolButton* m_turn;
  std::array<QToolButton*, 3> m_axes;
  QToolButton* m_beside;
};

}  // namespace embedscope::explore
