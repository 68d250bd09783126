// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_opener.h"

#include "core/data/delimited.h"
#include "ui/controls/message_bar.h"
#include "ui/document/samples.h"
#include "ui/files/file_facts.h"
#include "ui/files/memory.h"
#include "ui/files/open_dialog.h"
#include "ui/window/recent_files.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace embedscope::window {

namespace {

using controls::MessageBar;

/// Tables above this size are loaded only when the user has seen what they will cost.
constexpr std::int64_t kAskAboveBytes = 250'000'000;
constexpr std::size_t kWarningsShown = 3;

/// So long after a table has been opened are the numbers in its file checked: the picture first.
constexpr std::chrono::seconds kCheckAfter{1};

std::filesystem::path nativePath(const QString& path) {
  return path.toStdString();
}

QString fileName(const QString& path) {
  return QFileInfo(path).fileName();
}

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

template <typename Warnings>
QString warningText(const Warnings& warnings) {
  QStringList lines;
  for (std::size_t i = 0; i < std::min(warnings.size(), kWarningsShown); ++i) {
    base::Place place = warnings[i].place;
    place.path.clear();
    const QString where = text(place.text());
    const QString what = text(warnings[i].text);
    lines += where.isEmpty() ? what : QStringLiteral("%1: %2").arg(where, what);
  }
  if (warnings.size() > kWarningsShown) {
    lines += QObject::tr("and %1 more").arg(warnings.size() - kWarningsShown);
  }
  return lines.join(QLatin1Char('\n'));
}

/// True when a delimited file holds data rather than vectors.
bool looksLikeData(const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (suffix == QLatin1String("csv") || suffix == QLatin1String("data") ||
      suffix == QLatin1String("dat")) {
    return !formats::holdsCountedVectors(nativePath(path));
  }
  if (suffix != QLatin1String("tsv") && suffix != QLatin1String("tab")) {
    return false;
  }
  try {
    formats::previewTable(nativePath(path));
    return false;
  } catch (const base::Error&) {
    return true;
  }
}

}  // namespace

FileOpener::FileOpener(document::Document& document, jobs::JobRunner& jobs, RecentFiles& recent,
                       controls::MessageBar& messages, QWidget* window)
    : QObject(window),
      m_document(document),
      m_jobs(jobs),
      m_recent(recent),
      m_messages(messages),
      m_window(window) {}

void FileOpener::open(const QStringList& paths, Kind kind) {
  m_messages.clear();
  for (const QString& path : paths) {
    if (kind == Kind::Any) {
      m_jobs.run(
          tr("Looking at %1").arg(fileName(path)), this,
          [path](const base::TaskContext&) { return looksLikeData(path); },
          {.done = [this, path](bool data) { data ? openDataFile(path) : openVectors(path); },
           .failed = [this, path](const base::Error& error) { showError(path, error); },
           .cancelled = {}});
    } else if (kind == Kind::Data) {
      openDataFile(path);
    } else {
      openVectors(path);
    }
  }
}

void FileOpener::ask(Kind kind) {
  const QString key = QStringLiteral("files/folder");
  const QString title = kind == Kind::Data ? tr("Open data") : tr("Open vectors");
  const QString filter =
      kind == Kind::Data
          ? tr("Delimited text (*.csv *.tsv *.tab *.data *.dat *.txt);;All files (*)")
          : tr("Vectors (*.bin *.txt *.vec *.npy *.npz *.safetensors *.csv *.jsonl *.gz *.zip *.pt "
               "*.pth *.th *.gguf *.ftz "
               "*.kv *.model *.tsv *.bytes *.json *.pbtxt);;All files (*)");
  const QStringList paths =
      QFileDialog::getOpenFileNames(m_window, title, QSettings().value(key).toString(), filter);
  if (paths.isEmpty()) {
    return;
  }
  QSettings().setValue(key, QFileInfo(paths.first()).absolutePath());
  if (kind == Kind::Vectors && paths.size() == 1) {
    m_messages.clear();
    askHow(paths.first());
  } else {
    open(paths, kind);
  }
}

void FileOpener::askHow(const QString& path, const std::optional<base::Error>& error) {
  auto* dialog = new files::OpenDialog(path, m_jobs, m_window);
  if (error) {
    dialog->showProblem(*error);
  }
  connect(dialog, &files::OpenDialog::openRequested, this,
          [this, path](const formats::ReadOptions& options) { load(path, options); });
  connect(dialog, &files::OpenDialog::loadedRequested, this,
          [this, path](const formats::LoadedTable& loaded) { showLoaded(path, loaded); });
  dialog->open();
}

void FileOpener::openSample(const QString& key) {
  const auto& all = document::samples();
  const auto sample = std::ranges::find(all, key, &document::Sample::key);
  if (sample == all.end()) {
    return;
  }
  m_messages.clear();
  m_jobs.run(tr("Preparing “%1”").arg(sample->title), this,
             [make = sample->make](const base::TaskContext&) { return make(); },
             {.done =
                  [this, page = sample->page](document::SampleContent content) {
                    if (const auto* table = std::get_if<table::TablePtr>(&content)) {
                      m_document.addTable(*table, document::TableEntry::Origin::Sample,
                                          tr("sample"));
                    } else {
                      document::openData(m_document, std::get<document::DataEntryPtr>(content));
                    }
                    emit opened(page);
                  },
              .failed = [this, key](const base::Error& error) { showError(key, error); },
              .cancelled = {}});
}

void FileOpener::openVectors(const QString& path) {
  m_jobs.run(tr("Looking at %1").arg(fileName(path)), this,
             [path](const base::TaskContext&) { return formats::previewTable(nativePath(path)); },
             {.done = [this, path](const formats::Preview& preview) { offer(path, preview); },
              .failed = [this, path](const base::Error& error) { showLoadError(path, error); },
              .cancelled = {}});
}

void FileOpener::offer(const QString& path, const formats::Preview& preview) {
  emit announced(QStringLiteral("%1 · %2").arg(fileName(path), files::costText(preview)));
  const std::int64_t available = files::availableMemoryBytes();
  const bool tooLarge = available > 0 && preview.tableBytes > available;
  if (preview.mapped || (preview.tableBytes < kAskAboveBytes && !tooLarge)) {
    load(path, {});
  } else {
    askHow(path);
  }
}

void FileOpener::load(const QString& path, const formats::ReadOptions& options) {
  m_jobs.run(tr("Loading %1").arg(fileName(path)), this,
             [path, options](const base::TaskContext& context) {
               formats::ReadOptions read = options;
               read.checksMapped = false;
               return formats::readTable(nativePath(path), read, context);
             },
             {.done =
                  [this, path](const std::optional<formats::LoadedTable>& loaded) {
                    if (loaded) {
                      showLoaded(path, *loaded);
                    }
                  },
              .failed = [this, path](const base::Error& error) { showLoadError(path, error); },
              .cancelled =
                  [this, path] {
                    m_messages.show(
                        MessageBar::Kind::Information,
                        tr("Loading %1 was cancelled. Nothing changed.").arg(fileName(path)),
                        tr("Load again"), [this, path] { openVectors(path); });
                  }});
}

void FileOpener::showLoaded(const QString& path, const formats::LoadedTable& loaded) {
  m_document.addTable(loaded.table, document::TableEntry::Origin::File, path);
  m_recent.add(path);
  if (!loaded.report.warnings.empty()) {
    m_messages.show(MessageBar::Kind::Warning,
                    tr("%1 is open, with remarks:\n%2")
                        .arg(fileName(path), warningText(loaded.report.warnings)));
  }
  emit opened(document::Page::Explore);
  if (loaded.report.unchecked) {
    QTimer::singleShot(kCheckAfter, this,
                       [this, path, table = loaded.table] { checkNumbers(path, table); });
  }
}

void FileOpener::checkNumbers(const QString& path, const table::TablePtr& table) {
  m_jobs.run(
      tr("Checking the numbers of %1").arg(fileName(path)), this,
      [table](const base::TaskContext& context) { return formats::checkMapped(*table, context); },
      {.done =
           [this, path](const std::vector<formats::Warning>& warnings) {
             if (!warnings.empty()) {
               m_messages.show(MessageBar::Kind::Warning,
                               QStringLiteral("%1: %2").arg(fileName(path), warningText(warnings)));
             }
           },
       .failed = {},
       .cancelled = {}});
}

void FileOpener::openDataFile(const QString& path) {
  m_jobs.run(tr("Loading %1").arg(fileName(path)), this,
             [path](const base::TaskContext& context) -> document::DataEntryPtr {
               std::optional<data::LoadedData> loaded =
                   data::readDelimited(nativePath(path), {}, context);
               return loaded ? document::summarizedData(std::move(*loaded), path) : nullptr;
             },
             {.done =
                  [this, path](const document::DataEntryPtr& data) {
                    if (!data) {
                      return;
                    }
                    document::openData(m_document, data);
                    m_recent.add(path);
                    if (!data->warnings.empty()) {
                      m_messages.show(MessageBar::Kind::Warning,
                                      tr("%1 is open, with remarks:\n%2")
                                          .arg(fileName(path), warningText(data->warnings)));
                    }
                    emit opened(document::Page::Train);
                  },
              .failed = [this, path](const base::Error& error) { showError(path, error); },
              .cancelled = {}});
}

QString FileOpener::problemText(const QString& path, const base::Error& error) {
  base::Place place = error.place();
  place.path = place.path.filename();
  const QString where = text(place.text());
  return tr("%1: %2\nWhat was open is unchanged.")
      .arg(where.isEmpty() ? fileName(path) : where, text(error.sentence()));
}

void FileOpener::showError(const QString& path, const base::Error& error) {
  m_recent.remove(path);
  m_messages.show(MessageBar::Kind::Error, problemText(path, error));
}

void FileOpener::showLoadError(const QString& path, const base::Error& error) {
  if (error.code() == base::ErrorCode::FileAccess) {
    showError(path, error);
    return;
  }
  m_messages.show(MessageBar::Kind::Error, problemText(path, error), tr("Open with options …"),
                  [this, path, error] { askHow(path, error); });
}

}  // namespace embedscope::window
