// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"
#include "ui/files/file_look.h"
#include "ui/jobs/latest_job.h"

#include <QDialog>
#include <QString>
#include <QTimer>

#include <chrono>
#include <optional>

class QPushButton;

namespace embedscope::controls {
class MessageBar;
}

namespace embedscope::files {

class BadLinesList;
class FileFacts;
class FirstRowsView;
class ReadOptionsForm;

/// What a file is, what it will cost and what it begins with, and how to read it.
///
/// Looks at the file in the background, again whenever an option changes, and never waits for it.
/// Decides nothing: what the person chose is told by openRequested, or by loadedRequested where
/// looking for bad lines has read the whole file already.
class OpenDialog : public QDialog {
  Q_OBJECT

 public:
  OpenDialog(const QString& path, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~OpenDialog() override;

  /// Begins with what went wrong when the file was read; with a bad line all others are looked for.
  void showProblem(const base::Error& error);

 signals:
  void openRequested(const embedscope::formats::ReadOptions& options);
  void loadedRequested(const embedscope::formats::LoadedTable& loaded);

 private:
  void look();
  void showLook(const FileLook& look);
  void lookForBadLines();
  void optionsChanged();
  void finish();

  QString m_path;
  FileFacts* m_facts;
  FirstRowsView* m_firstRows;
  ReadOptionsForm* m_form;
  BadLinesList* m_badLines;
  controls::MessageBar* m_message;
  QPushButton* m_open = nullptr;
  QTimer m_pause;  ///< between the last change and the next look
  bool m_listsBadLines = false;
  std::optional<formats::LoadedTable> m_loaded;  ///< read while looking for bad lines
  jobs::LatestJob m_looking;
  jobs::LatestJob m_listing;
};

}  // namespace embedscope::files
