// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/feature_menu.h"

#include "ui/train/form_parts.h"

#include <QAction>
#include <QMenu>
#include <QSignalBlocker>

namespace embedscope::train {

FeatureMenu::FeatureMenu(document::Document& document, QWidget* parent)
    : QToolButton(parent), m_document(document) {
  describe(this, "racingFeatures", tr("Features that race"),
           tr("Which features enter in different ways; the others stay as defined. All of them is "
              "a good start, one alone tells most about itself."));
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setMenu(new QMenu(this));
  connect(&document, &document::Document::trainingSetupChanged, this, &FeatureMenu::rebuild);
  rebuild();
}

void FeatureMenu::rebuild() {
  const QStringList& offered = m_document.trainingSetup().categorical;
  if (offered != m_offered) {
    m_offered = offered;
    menu()->clear();
    for (const QString& name : m_offered) {
      QAction* action = menu()->addAction(name);
      action->setCheckable(true);
      action->setData(name);
      connect(action, &QAction::toggled, this, &FeatureMenu::tell);
    }
  }
  showChosen(m_chosen);
}

void FeatureMenu::showChosen(const QStringList& chosen) {
  m_chosen = chosen;
  QStringList known;
  for (const QString& name : m_offered) {
    if (chosen.contains(name)) {
      known += name;
    }
  }
  for (QAction* action : menu()->actions()) {
    const QSignalBlocker blocker(action);
    action->setChecked(known.isEmpty() || known.contains(action->data().toString()));
  }
  showText();
}

void FeatureMenu::tell() {
  QStringList chosen;
  for (const QAction* action : menu()->actions()) {
    if (action->isChecked()) {
      chosen += action->data().toString();
    }
  }
  if (chosen.size() == m_offered.size()) {
    chosen.clear();
  }
  emit chosenChanged(chosen);
}

void FeatureMenu::showText() {
  QStringList ticked;
  for (const QAction* action : menu()->actions()) {
    if (action->isChecked()) {
      ticked += action->data().toString();
    }
  }
  setEnabled(m_offered.size() > 1);
  if (m_offered.isEmpty()) {
    setText(tr("no feature yet"));
  } else if (ticked.size() == m_offered.size()) {
    setText(m_offered.size() == 1 ? m_offered.first()
                                  : tr("all %1 features").arg(m_offered.size()));
  } else {
    setText(ticked.join(QStringLiteral(", ")));
  }
}

}  // namespace embedscope::train
