// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/views_panel.h"

#include "ui/controls/icon_button.h"
#include "ui/controls/section.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::explore {

namespace {

constexpr int kMostLines = 6;  // more scroll

const QString kFolderKey = QStringLiteral("explore/viewsFolder");

}  // namespace

ViewsPanel::ViewsPanel(QWidget* parent)
    : QWidget(parent),
      m_list(new QListWidget(this)),
      m_hint(new controls::HintLabel(
          tr("A view is how the table is looked at now: axes, colors, selection, and the part of "
             "the picture that is shown."),
          this)),
      m_save(new QPushButton(tr("Save view"), this)) {
  m_list->setObjectName(QStringLiteral("savedViews"));
  m_list->setAccessibleName(tr("Saved views"));
  m_list->setToolTip(
      tr("Enter or a double click goes to a view, F2 renames it, Delete removes it"));
  m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
  m_list->installEventFilter(this);
  buildButtons();
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  buttons->addWidget(m_save, 1);
  buttons->addWidget(m_remove);
  buttons->addWidget(m_open);
  buttons->addWidget(m_export);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_hint);
  layout->addWidget(m_list);
  layout->addLayout(buttons);
  connect(m_list, &QListWidget::itemActivated, this,
          [this](QListWidgetItem* item) { emit goRequested(m_list->row(item)); });
  connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    if (!m_filling) {
      emit renamed(m_list->row(item), item->text());
    }
  });
  setViews({});
}

void ViewsPanel::buildButtons() {
  m_save->setObjectName(QStringLiteral("saveView"));
  m_save->setToolTip(tr("Remember how the table is looked at now"));
  m_remove = controls::iconButton(this, "removeView", QStringLiteral("delete"), tr("Remove view"),
                                  tr("Remove the chosen view (Delete)"));
  m_open = controls::iconButton(
      this, "openViews", QStringLiteral("open"), tr("Open views"),
      tr("Read views from a file: one saved here, or bookmarks of the Embedding Projector"));
  m_export = controls::iconButton(this, "exportViews", QStringLiteral("export"),
                                  tr("Save views to a file"),
                                  tr("Write all views of this table to a JSON file"));
  connect(m_save, &QPushButton::clicked, this, &ViewsPanel::saveRequested);
  connect(m_remove, &QToolButton::clicked, this, &ViewsPanel::removeCurrent);
  connect(m_open, &QToolButton::clicked, this, &ViewsPanel::askOpen);
  connect(m_export, &QToolButton::clicked, this, &ViewsPanel::askExport);
}

void ViewsPanel::setViews(const std::vector<SavedView>& views) {
  const QScopedValueRollback<bool> filling(m_filling, true);
  const int current = m_list->currentRow();
  m_list->clear();
  for (const SavedView& view : views) {
    auto* item = new QListWidgetItem(view.name, m_list);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
  }
  m_list->setCurrentRow(std::min(current, m_list->count() - 1));
  const int lines = std::min(kMostLines, m_list->count());
  m_list->setFixedHeight(lines * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
  m_list->setVisible(!views.empty());
  m_hint->setVisible(views.empty());
  m_export->setEnabled(!views.empty());
  m_remove->setEnabled(!views.empty());
}

void ViewsPanel::removeCurrent() {
  if (m_list->currentRow() >= 0) {
    emit removed(m_list->currentRow());
  }
}

bool ViewsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_list && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
    removeCurrent();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void ViewsPanel::askOpen() {
  const QString path = QFileDialog::getOpenFileName(
      window(), tr("Open views"), QSettings().value(kFolderKey).toString(),
      tr("Views and bookmarks (*.json *.txt);;All files (*)"));
  if (!path.isEmpty()) {
    QSettings().setValue(kFolderKey, QFileInfo(path).absolutePath());
    emit openRequested(path);
  }
}

void ViewsPanel::askExport() {
  QString path = QFileDialog::getSaveFileName(
      window(), tr("Save views"), QSettings().value(kFolderKey).toString(), tr("Views (*.json)"));
  if (path.isEmpty()) {
    return;
  }
  if (QFileInfo(path).suffix().isEmpty()) {
    path += QStringLiteral(".json");
  }
  QSettings().setValue(kFolderKey, QFileInfo(path).absolutePath());
  emit exportRequested(path);
}

}  // namespace embedscope::explore
