// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_opener.h"

#include "core/base/text.h"
#include "core/data/delimited.h"
#include "ui/controls/message_bar.h"
#include "ui/document/samples.h"
#include "ui/window/memory.h"
#include "ui/window/recent_files.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace embedscope::window {

namespace {

using controls::MessageBar;

/// Tables above this size are announced and loaded only when the user says so.
constexpr std::int64_t kAskAboveBytes = 250'000'000;
constexpr std::size_t kWarningsShown = 3;

std::filesystem::path nativePath(const QString& path) {
  return path.toStdString();
}

QString fileName(const QString& path) {
  return QFileInfo(path).fileName();
}

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

QString sizeText(std::int64_t bytes) {
  return text(base::byteSize(static_cast<double>(bytes)));
}

QString number(std::int64_t value) {
  return text(base::groupedDigits(value));
}

/// "word2vec binary · 29,197 × 100 · 11.7 MB"
QString costText(const formats::Preview& preview) {
  const std::string_view title = formats::formatInfo(preview.format).title;
  return QObject::tr("%1 · %2%3 × %4 · %5")
      .arg(QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size())),
           preview.rowsEstimated ? QObject::tr("about ") : QString(), number(preview.rows),
           number(preview.dimension), sizeText(preview.tableBytes));
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
    return true;
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
                       controls::MessageBar& messages, QObject* parent)
    : QObject(parent), m_document(document), m_jobs(jobs), m_recent(recent), m_messages(messages) {}

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

void FileOpener::ask(Kind kind, QWidget* window) {
  const QString key = QStringLiteral("files/folder");
  const QString title = kind == Kind::Data ? tr("Open data") : tr("Open vectors");
  const QString filter =
      kind == Kind::Data
          ? tr("Delimited text (*.csv *.tsv *.tab *.data *.dat *.txt);;All files (*)")
          : tr("Vectors (*.bin *.txt *.vec *.npy *.npz *.safetensors *.pt *.pth *.th *.gguf *.ftz "
               "*.kv *.model *.tsv *.bytes *.json);;All files (*)");
  const QStringList paths =
      QFileDialog::getOpenFileNames(window, title, QSettings().value(key).toString(), filter);
  if (!paths.isEmpty()) {
    QSettings().setValue(key, QFileInfo(paths.first()).absolutePath());
    open(paths, kind);
  }
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
              .failed = [this, path](const base::Error& error) { showError(path, error); },
              .cancelled = {}});
}

void FileOpener::offer(const QString& path, const formats::Preview& preview) {
  emit announced(QStringLiteral("%1 · %2").arg(fileName(path), costText(preview)));
  const std::int64_t available = availableMemoryBytes();
  const bool tooLarge = available > 0 && preview.tableBytes > available;
  if (preview.tableBytes < kAskAboveBytes && !tooLarge) {
    load(path, preview);
    return;
  }
  const QString free = available > 0 ? tr(" Free memory: %1.").arg(sizeText(available)) : QString();
  m_messages.show(tooLarge ? MessageBar::Kind::Warning : MessageBar::Kind::Information,
                  tr("%1 is %2 in memory.%3").arg(fileName(path), costText(preview), free),
                  tr("Load"), [this, path, preview] { load(path, preview); });
}

void FileOpener::load(const QString& path, const formats::Preview& preview) {
  m_jobs.run(tr("Loading %1 · %2").arg(fileName(path), costText(preview)), this,
             [path](const base::TaskContext& context) {
               return formats::readTable(nativePath(path), {}, context);
             },
             {.done =
                  [this, path](const std::optional<formats::LoadedTable>& loaded) {
                    if (loaded) {
                      showLoaded(path, *loaded);
                    }
                  },
              .failed = [this, path](const base::Error& error) { showError(path, error); },
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

void FileOpener::showError(const QString& path, const base::Error& error) {
  m_recent.remove(path);
  base::Place place = error.place();
  place.path = place.path.filename();
  const QString where = text(place.text());
  m_messages.show(MessageBar::Kind::Error,
                  tr("%1: %2\nWhat was open is unchanged.")
                      .arg(where.isEmpty() ? fileName(path) : where, text(error.sentence())));
}

}  // namespace embedscope::window
