// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

namespace embedscope::window {

class Appearance;
class MainWindow;

/// Renders every page with the samples to PNG files, in light and dark: start-light.png, …
///
/// Drives the real window as a person would: opens samples, trains one, looks at every page. Work
/// goes through the event loop; `finished` tells the outcome.
class Gallery : public QObject {
  Q_OBJECT

 public:
  /// @param folder  is created when missing.
  /// @param size    of the window, in logical pixels.
  Gallery(MainWindow& window, Appearance& appearance, QString folder, QSize size,
          QObject* parent = nullptr);

  void start();

 signals:
  /// @param problem  empty when every picture was written.
  void finished(const QStringList& files, const QString& problem);

 private:
  struct Step {
    std::function<void()> act;
    QString picture;  ///< name of the picture to take when all is quiet; empty: none
  };

  void plan();
  void prepareCrossover();
  void next();
  void waitUntilQuiet();
  bool take(const QString& name);
  void click(const char* objectName);
  void finish(const QString& problem);

  MainWindow& m_window;
  Appearance& m_appearance;
  QString m_folder;
  QSize m_size;
  std::vector<Step> m_steps;
  std::size_t m_done = 0;
  int m_quietTicks = 0;
  QTimer m_timer;
  QStringList m_files;
};

}  // namespace embedscope::window
