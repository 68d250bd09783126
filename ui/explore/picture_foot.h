// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace embedscope::controls {
class ElidedLabel;
}

namespace embedscope::explore {

/// The line under a picture: its recipe, and buttons that measure it, keep its coordinates and show
/// all of it.
class PictureFoot : public QWidget {
  Q_OBJECT

 public:
  explicit PictureFoot(QWidget* parent = nullptr);

  /// How the picture was made; empty: there is none.
  void setRecipe(const QString& recipe);
  const QString& recipe() const;

  void setCanMeasure(bool can);
  void setCanKeep(bool can);

 signals:
  void measureRequested();
  void keepRequested();
  void fitRequested();

 private:
  QToolButton* makeButton(const char* name, const QString& icon, const QString& title,
                          const QString& tip);

  controls::ElidedLabel* m_recipe;
  QToolButton* m_measure;
  QToolButton* m_keep;
  QToolButton* m_fit;
};

}  // namespace embedscope::explore
