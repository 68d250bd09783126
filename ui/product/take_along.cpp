// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/take_along.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace embedscope::product {

TakeAlong::TakeAlong(QWidget* parent)
    : QWidget(parent),
      m_code(new QPushButton(tr("Copy code"), this)),
      m_pictures(new QPushButton(tr("Save"), this)) {
  m_code->setObjectName(QStringLiteral("copyCode"));
  m_code->setToolTip(tr("Code that gives the numbers on the screen, for the clipboard"));
  auto* codes = new QMenu(m_code);
  m_numpy = codes->addAction(tr("As NumPy"));
  m_torch = codes->addAction(tr("As PyTorch"));
  m_numpy->setObjectName(QStringLiteral("copyNumPy"));
  m_torch->setObjectName(QStringLiteral("copyPyTorch"));
  m_code->setMenu(codes);
  m_pictures->setObjectName(QStringLiteral("savePictures"));
  m_pictures->setToolTip(tr("The picture as PNG, SVG or PDF"));
  auto* pictures = new QMenu(m_pictures);
  QAction* one = pictures->addAction(tr("This step …"));
  m_allSteps = pictures->addAction(tr("All steps …"));
  m_allSteps->setToolTip(tr("As one PDF, or as numbered files"));
  m_pictures->setMenu(pictures);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_code, 1);
  layout->addWidget(m_pictures, 1);
  connect(m_numpy, &QAction::triggered, this,
          [this] { emit codeRequested(explain::SnippetLanguage::NumPy); });
  connect(m_torch, &QAction::triggered, this,
          [this] { emit codeRequested(explain::SnippetLanguage::PyTorch); });
  connect(one, &QAction::triggered, this, &TakeAlong::pictureRequested);
  connect(m_allSteps, &QAction::triggered, this, &TakeAlong::allPicturesRequested);
}

void TakeAlong::setLanguages(bool numpy, bool torch) {
  m_numpy->setEnabled(numpy);
  m_torch->setEnabled(torch);
  m_code->setEnabled(numpy || torch);
}

void TakeAlong::setPictures(bool any, bool several) {
  m_pictures->setEnabled(any);
  m_allSteps->setEnabled(several);
}

}  // namespace embedscope::product
