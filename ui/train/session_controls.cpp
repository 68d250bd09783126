// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/session_controls.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QPushButton>

namespace embedscope::train {

namespace {

QPushButton* button(QWidget* parent, const QString& name, const QString& icon, const QString& text,
                    const QString& tip, const QKeySequence& keys) {
  auto* made = new QPushButton(text, parent);
  made->setObjectName(name);
  made->setAccessibleName(text);
  made->setToolTip(QStringLiteral("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
  made->setShortcut(keys);
  controls::setThemedIcon(made, icon);
  return made;
}

}  // namespace

SessionControls::SessionControls(const QString& name, const QString& startText,
                                 const QString& startTip, QWidget* parent)
    : QWidget(parent),
      m_start(button(this, QStringLiteral("start") + name, QStringLiteral("play"), startText,
                     startTip, QKeySequence(Qt::CTRL | Qt::Key_R))),
      m_cancel(button(this, QStringLiteral("cancel") + name, QStringLiteral("stop"), tr("Cancel"),
                      tr("End it now; what has been drawn stays"),
                      QKeySequence(Qt::CTRL | Qt::Key_Period))),
      m_status(new controls::HintLabel({}, this)) {
  m_start->setDefault(true);
  m_status->setObjectName(name.toLower() + QStringLiteral("Status"));
  m_status->setAccessibleName(tr("State"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_start);
  row->addWidget(m_cancel);
  row->addSpacing(8);
  row->addWidget(m_status, 1);
  connect(m_start, &QPushButton::clicked, this, &SessionControls::startRequested);
  connect(m_cancel, &QPushButton::clicked, this, &SessionControls::cancelRequested);
  setState(false, false, {});
}

void SessionControls::setState(bool active, bool canStart, const QString& status) {
  // Qt would hand the focus of a button that is disabled to whatever comes next.
  const bool hadFocus = m_start->hasFocus() || m_cancel->hasFocus();
  m_start->setEnabled(!active && canStart);
  m_cancel->setEnabled(active);
  if (hadFocus && (active || canStart)) {
    (active ? m_cancel : m_start)->setFocus(Qt::OtherFocusReason);
  }
  if (m_status->text() != status) {
    m_status->setText(status);
  }
}

}  // namespace embedscope::train
