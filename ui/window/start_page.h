// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;

namespace embedscope::window {

class RecentFiles;

/// The first page: what one can do here, samples to open with one click, recent files.
class StartPage : public QWidget {
  Q_OBJECT

 public:
  explicit StartPage(RecentFiles& recent, QWidget* parent = nullptr);

 signals:
  void openVectorsRequested();
  void openDataRequested();
  void defineRequested();
  void sampleRequested(const QString& key);
  void fileRequested(const QString& path);

 private:
  QWidget* makeWelcome();
  QWidget* makeSamples();
  QWidget* makeRecent();
  void fillRecent();

  RecentFiles& m_recent;
  QListWidget* m_recentList = nullptr;
};

}  // namespace embedscope::window
