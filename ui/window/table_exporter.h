// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"
#include "ui/document/document.h"
#include "ui/jobs/job_runner.h"

#include <QObject>

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::window {

/// Writes a table of the document to a file of the user's choice, in the background.
class TableExporter : public QObject {
  Q_OBJECT

 public:
  TableExporter(document::Document& document, jobs::JobRunner& jobs, controls::MessageBar& messages,
                QObject* parent = nullptr);

  /// Asks in which format, with what beside it, and where, for the current table.
  void ask(QWidget* window);

  /// Writes the current table; says first what the format cannot hold, and offers to go on.
  void exportTo(const QString& path, formats::FormatId format);

 signals:
  void exported(const QStringList& files);

 private:
  void write(const table::TablePtr& table, const QString& path, formats::FormatId format,
             const formats::WriteOptions& options);
  static QString askForPath(QWidget* window, const table::EmbeddingTable& table,
                            const QString& ending);

  document::Document& m_document;
  jobs::JobRunner& m_jobs;
  controls::MessageBar& m_messages;
};

}  // namespace embedscope::window
