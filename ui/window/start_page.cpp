// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/start_page.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/window/recent_files.h"
#include "ui/window/sample_card.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace embedscope::window {

namespace {

constexpr int kContentWidth = 880;
constexpr int kColumns = 3;
constexpr int kRecentHeight = 168;
constexpr double kTitleScale = 2.2;
constexpr double kLeadScale = 1.15;

QFont scaled(QFont font, double factor) {
  font.setPointSizeF(font.pointSizeF() * factor);
  return font;
}

}  // namespace

StartPage::StartPage(RecentFiles& recent, QWidget* parent) : QWidget(parent), m_recent(recent) {
  setObjectName(QStringLiteral("startPage"));
  auto* content = new QWidget;
  content->setMaximumWidth(kContentWidth);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(32, 40, 32, 24);
  column->setSpacing(32);
  column->addStretch(1);
  column->addWidget(makeWelcome());
  column->addWidget(makeSamples());
  column->addWidget(makeRecent());
  column->addStretch(2);

  auto* centered = new QWidget;
  auto* row = new QHBoxLayout(centered);
  row->setContentsMargins(0, 0, 0, 0);
  row->addStretch(1);
  row->addWidget(content, 100);
  row->addStretch(1);

  auto* scroll = new QScrollArea(this);
  scroll->setWidget(centered);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll);

  fillRecent();
  connect(&m_recent, &RecentFiles::changed, this, &StartPage::fillRecent);
}

QWidget* StartPage::makeWelcome() {
  auto* box = new QWidget;
  auto* title = new QLabel(tr("Embedscope"), box);
  title->setFont(scaled(title->font(), kTitleScale));
  auto* lead = new QLabel(
      tr("Define categories, train their vectors, see what an embedding really does."), box);
  lead->setFont(scaled(lead->font(), kLeadScale));
  lead->setForegroundRole(QPalette::PlaceholderText);
  lead->setWordWrap(true);

  const auto button = [&](const QString& text, const QString& icon, const QString& name,
                          const QString& hint, void (StartPage::*signal)()) {
    auto* out = new QPushButton(text, box);
    out->setObjectName(name);
    out->setToolTip(hint);
    out->setMinimumHeight(32);
    controls::setThemedIcon(out, icon);
    connect(out, &QPushButton::clicked, this, signal);
    return out;
  };
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(button(tr("Open vectors…"), QStringLiteral("vectors"),
                            QStringLiteral("startOpenVectors"),
                            tr("word2vec, GloVe, NumPy or Embedding Projector files (Ctrl+O)"),
                            &StartPage::openVectorsRequested));
  buttons->addWidget(button(tr("Open data…"), QStringLiteral("data"),
                            QStringLiteral("startOpenData"),
                            tr("A CSV or TSV file with columns to learn from (Ctrl+Shift+O)"),
                            &StartPage::openDataRequested));
  buttons->addWidget(button(tr("Define categories"), QStringLiteral("define"),
                            QStringLiteral("startDefine"), tr("Begin with a feature of your own"),
                            &StartPage::defineRequested));
  buttons->addStretch(1);

  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(title);
  layout->addWidget(lead);
  layout->addSpacing(8);
  layout->addLayout(buttons);
  return box;
}

QWidget* StartPage::makeSamples() {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Samples")));
  auto* grid = new QGridLayout;
  grid->setSpacing(16);
  int place = 0;
  for (const document::Sample& sample : document::samples()) {
    auto* card = new SampleCard(sample, box);
    connect(card, &QAbstractButton::clicked, this,
            [this, key = sample.key] { emit sampleRequested(key); });
    grid->addWidget(card, place / kColumns, place % kColumns);
    ++place;
  }
  layout->addLayout(grid);
  return box;
}

QWidget* StartPage::makeRecent() {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Recent files")));
  m_recentList = new QListWidget(box);
  m_recentList->setObjectName(QStringLiteral("recentFiles"));
  m_recentList->setAccessibleName(tr("Recent files"));
  m_recentList->setFrameShape(QFrame::NoFrame);
  m_recentList->setMaximumHeight(kRecentHeight);
  m_recentList->viewport()->setAutoFillBackground(false);
  connect(m_recentList, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    emit fileRequested(item->data(Qt::UserRole).toString());
  });
  connect(m_recentList, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
    if (!item->data(Qt::UserRole).toString().isEmpty()) {
      emit fileRequested(item->data(Qt::UserRole).toString());
    }
  });
  layout->addWidget(m_recentList);
  return box;
}

void StartPage::fillRecent() {
  m_recentList->clear();
  for (const QString& path : m_recent.paths()) {
    const QFileInfo info(path);
    auto* item = new QListWidgetItem(
        QStringLiteral("%1   —   %2").arg(info.fileName(), info.absolutePath()), m_recentList);
    item->setData(Qt::UserRole, path);
    item->setToolTip(path);
  }
  if (m_recent.paths().isEmpty()) {
    auto* item = new QListWidgetItem(
        tr("Files you open appear here. You can also drop them on the window."), m_recentList);
    item->setFlags(Qt::NoItemFlags);
  }
}

}  // namespace embedscope::window
