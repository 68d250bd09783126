// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/picture_foot.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/icons.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace embedscope::explore {

PictureFoot::PictureFoot(QWidget* parent)
    : QWidget(parent),
      m_recipe(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_measure(makeButton(
          "measureFaithfulness", QStringLiteral("compare"),
          tr("Measure how faithful the picture is"),
          tr("Measures how faithful the picture is: whether rows that lie near each other here are "
             "near in the table, by cosine (trustworthiness), and how many true neighbors stayed "
             "neighbors"))),
      m_keep(makeButton(
          "keepCoordinates", QStringLiteral("export"), tr("Keep the coordinates as a table"),
          tr("Keeps the coordinates of the points as a table, with the labels and metadata of the "
             "rows; it can be saved in every format"))),
      m_fit(makeButton("fitView", QStringLiteral("fit"), tr("Show all points"),
                       tr("Shows all points (F)"))) {
  m_recipe->setObjectName(QStringLiteral("caption"));
  m_recipe->setForegroundRole(QPalette::PlaceholderText);
  m_recipe->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(16, 4, 8, 4);
  layout->addWidget(m_recipe, 1);
  layout->addWidget(m_measure);
  layout->addWidget(m_keep);
  layout->addWidget(m_fit);
  connect(m_measure, &QToolButton::clicked, this, &PictureFoot::measureRequested);
  connect(m_keep, &QToolButton::clicked, this, &PictureFoot::keepRequested);
  connect(m_fit, &QToolButton::clicked, this, &PictureFoot::fitRequested);
  setCanMeasure(false);
  setCanKeep(false);
}

QToolButton* PictureFoot::makeButton(const char* name, const QString& icon, const QString& title,
                                     const QString& tip) {
  auto* button = new QToolButton(this);
  button->setObjectName(QLatin1String(name));
  button->setAccessibleName(title);
  button->setToolTip(tip);
  button->setAutoRaise(true);
  controls::setThemedIcon(button, icon);
  return button;
}

void PictureFoot::setRecipe(const QString& recipe) {
  m_recipe->setFullText(recipe);
}

const QString& PictureFoot::recipe() const {
  return m_recipe->fullText();
}

void PictureFoot::setCanMeasure(bool can) {
  m_measure->setEnabled(can);
}

void PictureFoot::setCanKeep(bool can) {
  m_keep->setEnabled(can);
}

}  // namespace embedscope::explore
