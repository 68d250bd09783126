// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"
#include "ui/document/document.h"
#include "ui/document/samples.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QStringList>

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::window {

class RecentFiles;

/// Opens files: looks first, says what it will cost, loads in the background, and tells what it
/// found. What was open stays as it was until a file has been read whole.
class FileOpener : public QObject {
  Q_OBJECT

 public:
  enum class Kind { Any, Vectors, Data };

  FileOpener(document::Document& document, jobs::JobRunner& jobs, RecentFiles& recent,
             controls::MessageBar& messages, QWidget* window);

  /// Opens every path. With `Any`, delimited files (.csv, and .tsv with words in its first line)
  /// are data, unless their header counts dimensions; everything else is vectors.
  void open(const QStringList& paths, Kind kind = Kind::Any);

  /// Asks for files, beginning in the folder used last; for a single file of vectors then how to
  /// read it.
  void ask(Kind kind);

  /// Shows what a file of vectors is, and asks how to read it.
  /// @param error  what went wrong when it was read before.
  void askHow(const QString& path, const std::optional<base::Error>& error = {});

  /// Opens one of document::samples() by its key.
  void openSample(const QString& key);

 signals:
  /// What a file holds and what it will cost, before it is loaded.
  void announced(const QString& text);

  /// Something is open now, and this page shows it best.
  void opened(embedscope::document::Page page);

 private:
  void openVectors(const QString& path);
  void offer(const QString& path, const formats::Preview& preview);
  void load(const QString& path, const formats::ReadOptions& options);
  void openDataFile(const QString& path);
  void showLoaded(const QString& path, const formats::LoadedTable& loaded);
  void checkNumbers(const QString& path, const table::TablePtr& table);
  void showError(const QString& path, const base::Error& error);

  /// The same with the offer to say how to read it.
  void showLoadError(const QString& path, const base::Error& error);
  static QString problemText(const QString& path, const base::Error& error);

  document::Document& m_document;
  jobs::JobRunner& m_jobs;
  RecentFiles& m_recent;
  controls::MessageBar& m_messages;
  QWidget* m_window;
};

}  // namespace embedscope::window
