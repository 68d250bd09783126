// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/disclosure.h"

#include "ui/controls/disclosure_heading.h"
#include "ui/controls/elided_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace embedscope::controls {

Disclosure::Disclosure(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_heading(new DisclosureHeading(title, this)),
      m_summary(new ElidedLabel(Qt::ElideRight, this)),
      m_content(new QWidget(this)),
      m_body(new QVBoxLayout(m_content)) {
  m_heading->setObjectName(QStringLiteral("disclosureHeading"));
  m_summary->setForegroundRole(QPalette::PlaceholderText);
  m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_body->setContentsMargins(0, 0, 0, 0);
  m_body->setSpacing(8);
  auto* heading = new QHBoxLayout;
  heading->setSpacing(8);
  heading->addWidget(m_heading);
  heading->addWidget(m_summary, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(heading);
  layout->addWidget(m_content);
  connect(m_heading, &QAbstractButton::toggled, this, [this](bool open) {
    follow();
    emit toggled(open);
  });
  follow();
}

bool Disclosure::isOpen() const {
  return m_heading->isChecked();
}

void Disclosure::setOpen(bool open) {
  m_heading->setChecked(open);
}

void Disclosure::setTitle(const QString& title) {
  m_heading->setText(title);
  follow();
}

void Disclosure::setSummary(const QString& summary) {
  m_summary->setFullText(summary);
}

void Disclosure::follow() {
  const bool open = m_heading->isChecked();
  m_heading->setToolTip(open ? tr("Hide these options") : tr("Show these options"));
  m_heading->setAccessibleName(open ? tr("%1, shown").arg(m_heading->text())
                                    : tr("%1, hidden").arg(m_heading->text()));
  m_content->setVisible(open);
  m_summary->setVisible(!open);
}

}  // namespace embedscope::controls
