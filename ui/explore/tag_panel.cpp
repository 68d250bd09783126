// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/tag_panel.h"

#include "core/formats/metadata_file.h"
#include "core/table/tagging.h"
#include "ui/document/table_text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include <filesystem>

namespace embedscope::explore {

TagPanel::TagPanel(document::Document& document, jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_column(new QComboBox(this)),
      m_value(new QLineEdit(this)),
      m_tag(new QPushButton(this)),
      m_save(new QPushButton(tr("Save metadata…"), this)),
      m_tagging(runner, this),
      m_saving(runner, this) {
  buildLayout();
  connect(m_tag, &QPushButton::clicked, this, &TagPanel::tag);
  connect(m_value, &QLineEdit::returnPressed, m_tag, &QPushButton::click);
  connect(m_value, &QLineEdit::textChanged, this, &TagPanel::showCount);
  connect(m_column, &QComboBox::editTextChanged, this, &TagPanel::showCount);
  connect(m_save, &QPushButton::clicked, this, &TagPanel::askSave);
  connect(&m_document, &document::Document::selectionChanged, this, &TagPanel::showCount);
  connect(&m_document, &document::Document::currentTableChanged, this, [this] {
    m_tagging.drop();
    showColumns();
  });
  connect(&m_document, &document::Document::metadataChanged, this, &TagPanel::showColumns);
  showColumns();
}

void TagPanel::buildLayout() {
  m_column->setObjectName(QStringLiteral("tagColumn"));
  m_column->setAccessibleName(tr("Column for the tag"));
  m_column->setToolTip(
      tr("The metadata column that gets the value: one of the table, or the name "
         "of a new one"));
  m_column->setEditable(true);
  m_column->setInsertPolicy(QComboBox::NoInsert);
  m_column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_column->lineEdit()->setPlaceholderText(tr("column"));
  m_value->setObjectName(QStringLiteral("tagValue"));
  m_value->setAccessibleName(tr("Value of the tag"));
  m_value->setPlaceholderText(tr("value"));
  m_value->setToolTip(tr("What the selected rows get in that column; empty takes it away"));
  m_tag->setObjectName(QStringLiteral("tagRows"));
  m_tag->setToolTip(
      tr("Write the value into the column of every selected row; Undo takes it back"));
  m_save->setObjectName(QStringLiteral("saveMetadata"));
  m_save->setToolTip(
      tr("Write labels and metadata as a TSV file for the Embedding Projector, or as CSV"));
  auto* fields = new QHBoxLayout;
  fields->setSpacing(8);
  fields->addWidget(m_column, 1);
  fields->addWidget(m_value, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(fields);
  layout->addWidget(m_tag);
  layout->addWidget(m_save);
}

/// The columns of the table; what is typed stays.
void TagPanel::showColumns() {
  const QString typed = m_column->currentText();
  m_column->clear();
  if (const document::TableEntry* entry = m_document.currentTableEntry()) {
    for (const table::MetadataColumn& column : entry->table->metadata().columns()) {
      m_column->addItem(QString::fromStdString(column.name));
    }
  }
  m_column->setCurrentText(typed);
  showCount();
}

void TagPanel::showCount() {
  const std::int64_t count = m_document.selection().count();
  m_tag->setText(count == 0   ? tr("Tag selected rows")
                 : count == 1 ? tr("Tag 1 selected row")
                              : tr("Tag %1 selected rows").arg(document::groupedText(count)));
  m_tag->setEnabled(count > 0 && !m_column->currentText().isEmpty() && !m_tagging.isRunning());
  m_save->setEnabled(m_document.currentTableEntry() != nullptr);
}

/// In the background: columns of a million values take their time.
void TagPanel::tag() {
  const document::TableId id = m_document.currentTable();
  const QString column = m_column->currentText();
  m_tagging.start(tr("Tagging rows"),
                  [table = m_document.currentTableEntry()->table, rows = m_document.selection(),
                   name = column.toStdString(),
                   value = m_value->text().toStdString()](const base::TaskContext&) {
                    return table::taggedRows(*table, name, rows, value);
                  },
                  {.done =
                       [this, id, column](const table::TablePtr& changed) {
                         m_document.changeMetadata(id, changed, tr("tag rows in “%1”").arg(column));
                         emit tagged(column);
                       },
                   .failed =
                       [this](const base::Error& error) {
                         showCount();
                         emit failed(QString::fromStdString(error.sentence()));
                       },
                   .cancelled = [this] { showCount(); }});
  showCount();
}

void TagPanel::askSave() {
  const QString key = QStringLiteral("files/exportFolder");
  QString path = QFileDialog::getSaveFileName(window(), tr("Save labels and metadata"),
                                              QSettings().value(key).toString(),
                                              tr("Projector metadata (*.tsv);;CSV (*.csv)"));
  if (path.isEmpty()) {
    return;
  }
  if (QFileInfo(path).suffix().isEmpty()) {
    path += QStringLiteral(".tsv");
  }
  QSettings().setValue(key, QFileInfo(path).absolutePath());
  save(path);
}

void TagPanel::save(const QString& path) {
  m_saving.start(
      tr("Writing %1").arg(QFileInfo(path).fileName()),
      [table = m_document.currentTableEntry()->table,
       file = std::filesystem::path(path.toStdU16String())](const base::TaskContext& context) {
        formats::writeMetadataFile(*table, file, context);
        const auto losses = formats::metadataLosses(*table, formats::metadataStyle(file));
        return losses.empty() ? std::string() : losses.front();
      },
      {.done =
           [this, path](const std::string& loss) {
             const QString sentence = tr("Written: %1").arg(path);
             emit saved(loss.empty()
                            ? sentence
                            : sentence + QStringLiteral("\n") + QString::fromStdString(loss));
           },
       .failed = [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

}  // namespace embedscope::explore
