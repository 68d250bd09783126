// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/about_dialog.h"

#include "ui/controls/key_help.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMessageBox>
#include <QSet>
#include <QTableWidget>
#include <QVBoxLayout>

namespace embedscope::window {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("About", text);
}

}  // namespace

void showAbout(QWidget* window) {
  QMessageBox::about(
      window, translated("About Embedscope"),
      translated("<h3>Embedscope %1</h3><p>Define, train, see and take away embeddings.</p>"
                 "<p>Free software under the GNU General Public License, version 3 or later, "
                 "without any warranty.</p><p>Built with Qt %2, Eigen, OpenBLAS, QCustomPlot, fmt "
                 "and nlohmann-json.</p>")
          .arg(QStringLiteral(EMBEDSCOPE_VERSION), QString::fromLatin1(qVersion())));
}

void showShortcuts(QWidget* window) {
  QDialog dialog(window);
  dialog.setWindowTitle(translated("Keyboard shortcuts"));
  auto* table = new QTableWidget(&dialog);
  table->setColumnCount(2);
  table->setHorizontalHeaderLabels({translated("Keys"), translated("What they do")});
  table->verticalHeader()->hide();
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setShowGrid(false);
  QSet<QString> listed;  // many plots share an action
  const auto add = [table, &listed](const QString& keys, const QString& words) {
    const QString line = keys + QLatin1Char('\t') + words;
    if (listed.contains(line)) {
      return;
    }
    listed.insert(line);
    const int row = table->rowCount();
    table->insertRow(row);
    table->setItem(row, 0, new QTableWidgetItem(keys));
    table->setItem(row, 1, new QTableWidgetItem(words));
  };
  for (const QAction* action : window->findChildren<QAction*>()) {
    if (!action->shortcut().isEmpty() && !action->text().isEmpty()) {
      add(action->shortcut().toString(QKeySequence::NativeText),
          action->text().remove(QLatin1Char('&')));
    }
  }
  for (const controls::KeyHelp& help : controls::keyHelpIn(*window)) {
    add(help.keys, help.words);
  }
  table->resizeColumnsToContents();
  table->horizontalHeader()->setStretchLastSection(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
  QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  auto* layout = new QVBoxLayout(&dialog);
  layout->addWidget(table);
  layout->addWidget(buttons);
  dialog.resize(480, 520);
  dialog.exec();
}

}  // namespace embedscope::window
