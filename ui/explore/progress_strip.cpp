// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/progress_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace embedscope::explore {

namespace {

constexpr int kPatience = 200;  // ms
constexpr int kSteps = 1000;

}  // namespace

ProgressStrip::ProgressStrip(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_bar(new QProgressBar(this)) {
  setObjectName(QStringLiteral("progressStrip"));
  m_bar->setRange(0, kSteps);
  m_bar->setTextVisible(false);
  m_bar->setAccessibleName(tr("Progress"));
  auto* cancel = new QPushButton(tr("Cancel"), this);
  cancel->setObjectName(QStringLiteral("cancelProjection"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(16, 8, 16, 8);
  layout->setSpacing(16);
  layout->addWidget(m_title);
  layout->addWidget(m_bar, 1);
  layout->addWidget(cancel);
  m_patience.setSingleShot(true);
  m_patience.setInterval(kPatience);
  connect(&m_patience, &QTimer::timeout, this, &QWidget::show);
  connect(cancel, &QPushButton::clicked, this, &ProgressStrip::cancelRequested);
  hide();
}

void ProgressStrip::begin(const QString& title) {
  m_title->setText(title);
  m_bar->setValue(0);
  m_patience.start();
}

void ProgressStrip::setProgress(double fraction) {
  m_bar->setValue(static_cast<int>(fraction * kSteps));
}

void ProgressStrip::end() {
  m_patience.stop();
  hide();
}

}  // namespace embedscope::explore
