// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/table_exporter.h"

#include "ui/controls/message_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace embedscope::window {

namespace {

using controls::MessageBar;

struct Choice {
  formats::FormatId format;
  QString filter;
  QString extension;
};

std::vector<Choice> choices() {
  std::vector<Choice> out;
  for (const formats::FormatInfo& info : formats::allFormats()) {
    if (info.writes) {
      const QString extension =
          QString::fromUtf8(info.extension.data(), static_cast<qsizetype>(info.extension.size()));
      const QString title =
          QString::fromUtf8(info.title.data(), static_cast<qsizetype>(info.title.size()));
      out.push_back({info.id, QStringLiteral("%1 (*%2)").arg(title, extension), extension});
    }
  }
  return out;
}

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
  const std::vector<Choice> all = choices();
  QStringList filters;
  std::ranges::transform(all, std::back_inserter(filters), &Choice::filter);
  const QString folderKey = QStringLiteral("files/exportFolder");
  QFileDialog dialog(window,
                     tr("Export table “%1”").arg(QString::fromStdString(entry->table->name())));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDirectory(QSettings().value(folderKey, QDir::homePath()).toString());
  dialog.setNameFilters(filters);
  dialog.selectFile(proposedName(*entry->table) + all.front().extension);
  connect(&dialog, &QFileDialog::filterSelected, &dialog, [&](const QString& filter) {
    const auto choice = std::ranges::find(all, filter, &Choice::filter);
    if (choice != all.end() && !dialog.selectedFiles().isEmpty()) {
      const QFileInfo chosen(dialog.selectedFiles().constFirst());
      dialog.selectFile(chosen.completeBaseName() + choice->extension);
    }
  });
  if (dialog.exec() != QDialog::Accepted) {
    return;
  }
  const QString path = dialog.selectedFiles().constFirst();
  QSettings().setValue(folderKey, QFileInfo(path).absolutePath());
  const auto choice = std::ranges::find(all, dialog.selectedNameFilter(), &Choice::filter);
  exportTo(path, choice == all.end() ? all.front().format : choice->format);
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
               write(table, path, format);
               return;
             }
             QStringList lines;
             for (const std::string& loss : losses) {
               lines += QString::fromStdString(loss);
             }
             m_messages.show(MessageBar::Kind::Warning, lines.join(QLatin1Char('\n')),
                             tr("Write anyway"),
                             [this, table, path, format] { write(table, path, format); });
           },
       .failed = {},
       .cancelled = {}});
}

void TableExporter::write(const table::TablePtr& table, const QString& path,
                          formats::FormatId format) {
  m_jobs.run(tr("Writing %1").arg(QFileInfo(path).fileName()), this,
             [table, path, format](const base::TaskContext& context) {
               return formats::writeTable(*table, path.toStdString(), format, context);
             },
             {.done =
                  [this](const std::vector<std::filesystem::path>& files) {
                    QStringList names;
                    QStringList paths;
                    for (const std::filesystem::path& file : files) {
                      names += QString::fromStdString(file.filename().string());
                      paths += QString::fromStdString(file.string());
                    }
                    if (!files.empty()) {
                      m_messages.show(MessageBar::Kind::Information,
                                      tr("Written: %1").arg(names.join(QStringLiteral(", "))));
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
