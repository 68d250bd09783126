// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/saved_views.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "ui/explore/views_panel.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace embedscope::explore {

namespace {

constexpr qint64 kMostBytes = qint64{1} << 30;  // no file of views is as large as that

std::filesystem::path pathOf(const QString& path) {
  return std::filesystem::path(path.toStdU16String());
}

std::vector<SavedView> readViews(const QString& path, std::int64_t rows, std::int64_t dimension) {
  const auto fail = [&](const std::string& sentence) {
    throw base::Error(base::ErrorCode::FileAccess, sentence, base::Place::ofFile(pathOf(path)));
  };
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    fail(file.errorString().toStdString());
  }
  if (file.size() > kMostBytes) {
    fail("the file is too large to hold views");
  }
  return viewsFromJson(file.readAll(), rows, dimension);
}

}  // namespace

SavedViews::SavedViews(document::Document& document, ViewsPanel& panel, jobs::JobRunner& runner,
                       Capture capture, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_panel(panel),
      m_capture(std::move(capture)),
      m_job(runner, this) {
  connect(&m_document, &document::Document::currentTableChanged, this, &SavedViews::show);
  connect(&m_document, &document::Document::tablesChanged, this, [this] {
    std::erase_if(m_views, [this](const auto& own) { return !m_document.table(own.first); });
  });
  connect(&m_panel, &ViewsPanel::saveRequested, this, &SavedViews::save);
  connect(&m_panel, &ViewsPanel::renamed, this, &SavedViews::rename);
  connect(&m_panel, &ViewsPanel::removed, this, &SavedViews::remove);
  connect(&m_panel, &ViewsPanel::openRequested, this, &SavedViews::open);
  connect(&m_panel, &ViewsPanel::exportRequested, this, &SavedViews::write);
  connect(&m_panel, &ViewsPanel::goRequested, this, [this](int place) {
    emit goRequested(SavedView(own()[static_cast<std::size_t>(place)]));
  });
  show();
}

const std::vector<SavedView>& SavedViews::views() const {
  static const std::vector<SavedView> kNone;
  const auto found = m_views.find(m_document.currentTable());
  return found == m_views.end() ? kNone : found->second;
}

void SavedViews::show() {
  m_panel.setViews(views());
}

void SavedViews::save() {
  SavedView view = m_capture();
  view.name = tr("View %1").arg(own().size() + 1);
  own().push_back(std::move(view));
  show();
}

void SavedViews::rename(int place, const QString& name) {
  own()[static_cast<std::size_t>(place)].name = name;
}

void SavedViews::remove(int place) {
  own().erase(own().begin() + place);
  show();
}

void SavedViews::open(const QString& path) {
  const document::TableId id = m_document.currentTable();
  const table::TablePtr table = m_document.currentTableEntry()->table;
  m_job.start(tr("Reading views"),
              [path, rows = table->rowCount(), dimension = table->dimension()](
                  const base::TaskContext&) { return readViews(path, rows, dimension); },
              {.done =
                   [this, id](std::vector<SavedView> views) {
                     if (m_document.table(id)) {
                       std::ranges::move(views, std::back_inserter(m_views[id]));
                       show();
                     }
                   },
               .failed =
                   [this, path](const base::Error& error) {
                     emit failed(QStringLiteral("%1: %2").arg(
                         QFileInfo(path).fileName(), QString::fromStdString(error.sentence())));
                   },
               .cancelled = {}});
}

void SavedViews::write(const QString& path) {
  const std::int64_t rows = m_document.currentTableEntry()->table->rowCount();
  m_job.start(
      tr("Saving views"),
      [path, views = views(), rows](const base::TaskContext&) {
        const QByteArray json = viewsJson(views, rows);
        base::AtomicFile file(pathOf(path));
        file.write(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
        file.commit();
        return views.size();
      },
      {.done =
           [this, path](std::size_t count) {
             emit saved(count == 1 ? tr("1 view is saved as %1.").arg(path)
                                   : tr("%1 views are saved as %2.").arg(count).arg(path));
           },
       .failed =
           [this](const base::Error& error) {
             emit failed(QString::fromStdString(error.sentence()));
           },
       .cancelled = {}});
}

}  // namespace embedscope::explore
