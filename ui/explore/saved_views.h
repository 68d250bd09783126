// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/explore/saved_view.h"
#include "ui/jobs/latest_job.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <vector>

namespace embedscope::explore {

class ViewsPanel;

/// Keeps the saved views of every open table, and reads and writes them as files.
class SavedViews : public QObject {
  Q_OBJECT

 public:
  /// How the current table is looked at now; the name is given here.
  using Capture = std::function<SavedView()>;

  /// All must outlive the object.
  SavedViews(document::Document& document, ViewsPanel& panel, jobs::JobRunner& runner,
             Capture capture, QObject* parent = nullptr);

  /// Those of the current table.
  const std::vector<SavedView>& views() const;

 signals:
  /// Somebody wants to look at the current table in this way.
  void goRequested(const embedscope::explore::SavedView& view);

  /// Something to be told in place.
  void saved(const QString& sentence);
  void failed(const QString& sentence);

 private:
  void show();
  void save();
  void rename(int place, const QString& name);
  void remove(int place);
  void open(const QString& path);
  void write(const QString& path);

  std::vector<SavedView>& own() { return m_views[m_document.currentTable()]; }

  document::Document& m_document;
  ViewsPanel& m_panel;
  Capture m_capture;
  std::map<document::TableId, std::vector<SavedView>> m_views;
  jobs::LatestJob m_job;
};

}  // namespace embedscope::explore
