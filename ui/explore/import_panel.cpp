// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/import_panel.h"

#include "ui/controls/elided_label.h"
#include "ui/document/table_text.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

namespace embedscope::explore {

namespace {

const QString kFolderKey = QStringLiteral("files/folder");

bool holdsCoordinates(const table::EmbeddingTable& table) {
  return table.dimension() == 2 || table.dimension() == 3;
}

}  // namespace

ImportPanel::ImportPanel(document::Document& document, CoordinateImporter& importer,
                         QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_importer(importer),
      m_file(new QPushButton(tr("From a file…"), this)),
      m_table(new QPushButton(tr("From an open table"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_tables(new QMenu(this)),
      m_words(new controls::ElidedLabel(Qt::ElideMiddle, this)) {
  setObjectName(QStringLiteral("importPanel"));
  m_file->setObjectName(QStringLiteral("importFile"));
  m_file->setToolTip(tr(
      "Two or three numbers for each row, in CSV, TSV, .npy or another format that is read here. "
      "Rows are matched by their labels, or by their order where there are none"));
  m_table->setObjectName(QStringLiteral("importTable"));
  m_table->setMenu(m_tables);
  m_tables->setObjectName(QStringLiteral("importTables"));
  m_cancel->setObjectName(QStringLiteral("importCancel"));
  m_cancel->setToolTip(tr("Stops the import; what is drawn stays"));
  m_words->setObjectName(QStringLiteral("importWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  for (QWidget* widget : {static_cast<QWidget*>(m_file), static_cast<QWidget*>(m_table),
                          static_cast<QWidget*>(m_words), static_cast<QWidget*>(m_cancel)}) {
    layout->addWidget(widget);
  }
  connect(m_file, &QPushButton::clicked, this, &ImportPanel::askForFile);
  connect(m_cancel, &QPushButton::clicked, &m_importer, &CoordinateImporter::cancel);
  connect(&m_importer, &CoordinateImporter::changed, this, &ImportPanel::showState);
  connect(&m_importer, &CoordinateImporter::progressed, this, [this](double fraction) {
    m_words->setFullText(
        tr("Reading %1… %2 %")
            .arg(m_importer.source(), QString::number(static_cast<int>(100 * fraction))));
  });
  connect(&m_document, &document::Document::tablesChanged, this, &ImportPanel::fillTables);
  connect(&m_document, &document::Document::currentTableChanged, this, &ImportPanel::fillTables);
  fillTables();
}

Eigen::Index ImportPanel::dims() const {
  const ImportedPtr imported = m_importer.find(m_document.currentTable());
  return imported ? imported->points->cols() : 0;
}

void ImportPanel::askForFile() {
  const QString path = QFileDialog::getOpenFileName(
      window(), tr("Import coordinates"), QSettings().value(kFolderKey).toString(),
      tr("Coordinates (*.csv *.tsv *.txt *.npy *.npz *.bytes *.jsonl *.gz *.zip);;All files (*)"));
  if (!path.isEmpty()) {
    QSettings().setValue(kFolderKey, QFileInfo(path).absolutePath());
    m_importer.readFile(path);
  }
}

/// Every other table that could be coordinates.
void ImportPanel::fillTables() {
  m_tables->clear();
  for (const document::TableEntry& entry : m_document.tables()) {
    if (entry.id != m_document.currentTable() && holdsCoordinates(*entry.table)) {
      const QString name = QString::fromStdString(entry.table->name());
      QAction* action = m_tables->addAction(tr("%1 · %2")
                                                .arg(name, document::shapeText(*entry.table))
                                                .replace(QLatin1Char('&'), QStringLiteral("&&")));
      connect(action, &QAction::triggered, this,
              [this, id = entry.id] { m_importer.takeFrom(id); });
    }
  }
  m_table->setEnabled(!m_tables->isEmpty());
  m_table->setToolTip(
      m_tables->isEmpty()
          ? tr("No other table of two or three dimensions is open. Coordinates of a picture become "
               "one by the button under it")
          : tr("A table of two or three dimensions, for instance coordinates that were kept"));
  showState();
}

/// Nothing is told of coordinates that are there: the line under the picture does that.
void ImportPanel::showState() {
  m_words->setFullText(tr("Reading %1…").arg(m_importer.source()));
  m_words->setVisible(m_importer.isRunning());
  m_cancel->setVisible(m_importer.isRunning());
}

}  // namespace embedscope::explore
