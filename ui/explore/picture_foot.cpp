// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/picture_foot.h"

#include "ui/controls/elided_label.h"
#include "ui/controls/icon_button.h"
#include "ui/document/table_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace embedscope::explore {

PictureFoot::PictureFoot(QWidget* parent)
    : QWidget(parent),
      m_recipe(new controls::ElidedLabel(Qt::ElideRight, this)),
      m_selection(new QLabel(this)),
      m_clear(controls::iconButton(this, "clearSelection", QStringLiteral("close"),
                                   tr("Select none"), tr("Selects no row (Ctrl+Shift+A)"))),
      m_measure(controls::iconButton(
          this, "measureFaithfulness", QStringLiteral("compare"),
          tr("Measure how faithful the picture is"),
          tr("Measures how faithful the picture is: whether rows that lie near each other here are "
             "near in the table, by cosine (trustworthiness), and how many true neighbors stayed "
             "neighbors"))),
      m_keep(controls::iconButton(
          this, "keepCoordinates", QStringLiteral("export"), tr("Keep the coordinates as a table"),
          tr("Keeps the coordinates of the points as a table, with the labels and metadata of the "
             "rows; it can be saved in every format"))),
      m_place(controls::iconButton(this, "placeRows", QStringLiteral("place"),
                                   tr("Place rows of another table"))),
      m_tables(new QMenu(this)),
      m_fit(controls::iconButton(this, "fitView", QStringLiteral("fit"), tr("Show all points"),
                                 tr("Shows all points (F)"))),
      m_perspective(controls::iconButton(
          this, "perspective", QStringLiteral("perspective"), tr("Perspective"),
          tr("What is near is drawn larger, as the eye sees it (P). Without "
             "it equal distances stay equal"))),
      m_turn(
          controls::iconButton(this, "turnSlowly", QStringLiteral("turn"), tr("Turn slowly"),
                               tr("The cloud turns slowly, which shows what lies in front (O)"))),
      m_axes{makeAxisButton(plots::SpaceAxis::X, QStringLiteral("x")),
             makeAxisButton(plots::SpaceAxis::Y, QStringLiteral("y")),
             makeAxisButton(plots::SpaceAxis::Z, QStringLiteral("z"))},
      m_beside(controls::iconButton(
          this, "toggleBeside", QStringLiteral("rows"), tr("Views beside the picture"),
          tr("Opens or closes the views beside the picture: all rows as a list, "
             "heat map, similarity, vector lengths, variance (T)"))) {
  m_recipe->setObjectName(QStringLiteral("caption"));
  m_recipe->setForegroundRole(QPalette::PlaceholderText);
  m_recipe->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(16, 4, 8, 4);
  layout->addWidget(m_recipe, 1);
  for (QToolButton* axis : m_axes) {
    layout->addWidget(axis);
  }
  layout->addWidget(m_perspective);
  layout->addWidget(m_turn);
  layout->addSpacing(8);
  layout->addWidget(m_selection);
  layout->addWidget(m_clear);
  layout->addWidget(m_measure);
  layout->addWidget(m_keep);
  layout->addWidget(m_place);
  layout->addWidget(m_fit);
  layout->addWidget(m_beside);
  connect(m_measure, &QToolButton::clicked, this, &PictureFoot::measureRequested);
  connect(m_keep, &QToolButton::clicked, this, &PictureFoot::keepRequested);
  connect(m_fit, &QToolButton::clicked, this, &PictureFoot::fitRequested);
  m_place->setMenu(m_tables);
  m_place->setPopupMode(QToolButton::InstantPopup);
  m_tables->setObjectName(QStringLiteral("placeableTables"));
  for (QToolButton* toggle : {m_perspective, m_turn}) {
    toggle->setCheckable(true);
  }
  connect(m_perspective, &QToolButton::clicked, this, &PictureFoot::perspectiveRequested);
  connect(m_turn, &QToolButton::clicked, this, &PictureFoot::turningRequested);
  m_beside->setCheckable(true);
  connect(m_beside, &QToolButton::clicked, this, &PictureFoot::besideRequested);
  connect(m_clear, &QToolButton::clicked, this, &PictureFoot::clearSelectionRequested);
  m_selection->setObjectName(QStringLiteral("selectionCount"));
  setSelection(0, 0);
  setCanMeasure(false);
  setCanKeep(false);
  setPlaceable({});
  showSpace(false, false, false);
}

QToolButton* PictureFoot::makeAxisButton(plots::SpaceAxis axis, const QString& name) {
  auto* button = new QToolButton(this);
  button->setObjectName(QStringLiteral("along_") + name);
  button->setText(name);
  button->setAccessibleName(tr("Look along %1").arg(name));
  button->setToolTip(
      tr("Looks along %1: the other two lie in the picture (%2)").arg(name, name.toUpper()));
  button->setAutoRaise(true);
  connect(button, &QToolButton::clicked, this, [this, axis] { emit axisRequested(axis); });
  return button;
}

void PictureFoot::showSpace(bool isSpace, bool perspective, bool turning) {
  for (QToolButton* button : {m_perspective, m_turn, m_axes[0], m_axes[1], m_axes[2]}) {
    button->setVisible(isSpace);
  }
  m_perspective->setChecked(perspective);
  m_turn->setChecked(turning);
}

void PictureFoot::setRecipe(const QString& recipe) {
  m_recipe->setFullText(recipe);
}

const QString& PictureFoot::recipe() const {
  return m_recipe->fullText();
}

void PictureFoot::setBesideOpen(bool open) {
  m_beside->setChecked(open);
}

void PictureFoot::setSelection(std::int64_t selected, std::int64_t rows) {
  m_selection->setText(
      tr("%1 of %2 selected").arg(document::groupedText(selected), document::groupedText(rows)));
  m_selection->setVisible(selected > 0);
  m_clear->setVisible(selected > 0);
}

void PictureFoot::setCanMeasure(bool can) {
  m_measure->setEnabled(can);
}

void PictureFoot::setCanKeep(bool can) {
  m_keep->setEnabled(can);
}

void PictureFoot::setPlaceable(const std::vector<std::pair<qint64, QString>>& tables) {
  if (m_placeable == tables) {
    return;  // the menu may be open
  }
  m_placeable = tables;
  m_tables->clear();
  for (const auto& [table, name] : tables) {
    QString shown = name;
    shown.replace(QLatin1Char('&'), QLatin1String("&&"));  // not a key
    QAction* action = m_tables->addAction(tr("Place the rows of “%1”").arg(shown));
    connect(action, &QAction::triggered, this, [this, id = table] { emit placeRequested(id); });
  }
  m_place->setEnabled(!tables.empty());
  m_place->setToolTip(
      tables.empty()
          ? tr("Places the rows of another open table into this picture. Needs one of as many "
               "dimensions, and a picture at rest that was made here")
          : tr("Places the rows of another open table into this picture, whose points stay where "
               "they are; the points of both open as a table, with a column that tells them "
               "apart"));
}

}  // namespace embedscope::explore
