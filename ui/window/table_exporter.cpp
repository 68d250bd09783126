// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/table_exporter.h"

#include "core/formats/snippet.h"
#include "ui/controls/message_bar.h"
#include "ui/files/export_dialog.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>

namespace embedscope::window {

namespace {

using controls::MessageBar;

QString proposedName(const table::EmbeddingTable& table) {
  QString name = QString::fromStdString(table.name());
  return name.replace(QLatin1Char('/'), QLatin1Char('-'));
}

}  // namespace

TableExporter::TableExporter(document::Document& document, jobs::JobRunner& jobs,
                             controls::MessageBar& messages, QObject* parent)
    : QObject(parent), m_document(document), m_jobs(jobs), m_messages(messages) {}

void TableExporter::ask(QWidget* window) {
  const document::TableEntry* entry = m_document.currentTableEntry();
  if (entry == nullptr) {
    m_messages.show(MessageBar::Kind::Information,
                    tr("There is no table to export yet. Train one, or open vectors."));
    return;
  }
  auto* dialog = new files::ExportDialog(*entry, m_jobs, window);
  connect(
      dialog, &files::ExportDialog::chosen, this,
      [this, window, table = entry->table](
          formats::FormatId format, const formats::WriteOptions& options, const QString& ending) {
        const QString path = askForPath(window, *table, ending);
        if (!path.isEmpty()) {
          write(table, path, format, options);
        }
      });
  dialog->open();
}

QString TableExporter::askForPath(QWidget* window, const table::EmbeddingTable& table,
                                  const QString& ending) {
  const QString folderKey = QStringLiteral("files/exportFolder");
  const QDir folder(QSettings().value(folderKey, QDir::homePath()).toString());
  QString path = QFileDialog::getSaveFileName(
      window, tr("Export table “%1”").arg(QString::fromStdString(table.name())),
      folder.filePath(proposedName(table) + ending), tr("Tables (*%1)").arg(ending));
  if (path.isEmpty()) {
    return path;
  }
  QSettings().setValue(folderKey, QFileInfo(path).absolutePath());
  return path.endsWith(ending) || QFileInfo(path).fileName().contains(QLatin1Char('.'))
             ? path
             : path + ending;
}

void TableExporter::exportTo(const QString& path, formats::FormatId format) {
  const document::TableEntry* entry = m_document.currentTableEntry();
  if (entry == nullptr) {
    return;
  }
  const table::TablePtr table = entry->table;
  m_jobs.run(
      tr("Checking what the format can hold"), this,
      [table, format](const base::TaskContext&) { return formats::writeLosses(*table, format); },
      {.done =
           [this, table, path, format](const std::vector<std::string>& losses) {
             if (losses.empty()) {
               write(table, path, format, {});
               return;
             }
             QStringList lines;
             for (const std::string& loss : losses) {
               lines += QString::fromStdString(loss);
             }
             m_messages.show(MessageBar::Kind::Warning, lines.join(QLatin1Char('\n')),
                             tr("Write anyway"),
                             [this, table, path, format] { write(table, path, format, {}); });
           },
       .failed = {},
       .cancelled = {}});
}

void TableExporter::write(const table::TablePtr& table, const QString& path,
                          formats::FormatId format, const formats::WriteOptions& options) {
  const std::string_view example =
      table->rowCount() > 0 ? table->vocabulary().label(0) : std::string_view();
  const QString snippet = QString::fromStdString(
      formats::loadingSnippet(formats::Framework::PyTorch, format, path.toStdString(), options,
                              table->dimension(), example));
  m_jobs.run(tr("Writing %1").arg(QFileInfo(path).fileName()), this,
             [table, path, format, options](const base::TaskContext& context) {
               return formats::writeTable(*table, path.toStdString(), format, context, options);
             },
             {.done =
                  [this, snippet](const std::vector<std::filesystem::path>& files) {
                    QStringList names;
                    QStringList paths;
                    for (const std::filesystem::path& file : files) {
                      names += QString::fromStdString(file.filename().string());
                      paths += QString::fromStdString(file.string());
                    }
                    if (!files.empty()) {
                      m_messages.show(MessageBar::Kind::Information,
                                      tr("Written: %1").arg(names.join(QStringLiteral(", "))),
                                      tr("Copy PyTorch code"), [snippet] {
                                        QGuiApplication::clipboard()->setText(snippet);
                                      });
                      emit exported(paths);
                    }
                  },
              .failed =
                  [this](const base::Error& error) {
                    m_messages.show(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
                  },
              .cancelled =
                  [this] {
                    m_messages.show(MessageBar::Kind::Information,
                                    tr("Writing was cancelled; no file was changed."));
                  }});
}

}  // namespace embedscope::window
