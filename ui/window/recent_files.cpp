// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace embedscope::window {

namespace {

constexpr int kMost = 10;

QString settingsKey() {
  return QStringLiteral("files/recent");
}

}  // namespace

RecentFiles::RecentFiles(QObject* parent)
    : QObject(parent), m_paths(QSettings().value(settingsKey()).toStringList()) {}

void RecentFiles::add(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  m_paths.removeAll(absolute);
  m_paths.prepend(absolute);
  while (m_paths.size() > kMost) {
    m_paths.removeLast();
  }
  store();
}

void RecentFiles::remove(const QString& path) {
  if (m_paths.removeAll(QFileInfo(path).absoluteFilePath()) > 0) {
    store();
  }
}

void RecentFiles::clear() {
  m_paths.clear();
  store();
}

void RecentFiles::store() {
  QSettings().setValue(settingsKey(), m_paths);
  emit changed();
}

}  // namespace embedscope::window
