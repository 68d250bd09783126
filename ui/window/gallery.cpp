// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gallery.h"

#include "ui/document/document.h"
#include "ui/window/appearance.h"
#include "ui/window/file_opener.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QDir>
#include <QPixmap>
#include <QSaveFile>

namespace embedscope::window {

namespace {

constexpr int kTickMs = 50;
constexpr int kQuietTicks = 8;  ///< no job for so long: everything has been drawn

}  // namespace

Gallery::Gallery(MainWindow& window, Appearance& appearance, QString folder, QSize size,
                 QObject* parent)
    : QObject(parent),
      m_window(window),
      m_appearance(appearance),
      m_folder(std::move(folder)),
      m_size(size) {
  m_timer.setInterval(kTickMs);
  connect(&m_timer, &QTimer::timeout, this, &Gallery::waitUntilQuiet);
}

void Gallery::start() {
  if (!QDir().mkpath(m_folder)) {
    finish(tr("The folder %1 cannot be made.").arg(m_folder));
    return;
  }
  m_window.resize(m_size);
  m_window.show();
  plan();
  next();
}

void Gallery::plan() {
  const auto sample = [this](const char* key) {
    return [this, key] { m_window.opener().openSample(QString::fromLatin1(key)); };
  };
  const auto show = [this](document::Page page) {
    return [this, page] { m_window.showPage(page); };
  };
  const auto choose = [this](std::int64_t row) {
    return [this, row] { m_window.document().setCurrentRow(row); };
  };
  for (const Appearance::Mode mode : {Appearance::Mode::Light, Appearance::Mode::Dark}) {
    const QString theme = QLatin1Char('-') + Appearance::modeName(mode);
    m_steps.push_back({[this, mode] { m_appearance.showMode(mode); }, {}});
    m_steps.push_back({show(document::Page::Start), QStringLiteral("start") + theme});
    m_steps.push_back({sample("months"), {}});
    m_steps.push_back({[this] { click("startTraining"); }, {}});
    m_steps.push_back({show(document::Page::Train), QStringLiteral("train") + theme});
    m_steps.push_back({[this] { click("raceMode"); }, {}});
    m_steps.push_back({[this] { click("startRace"); }, QStringLiteral("race") + theme});
    m_steps.push_back({[this] { prepareCrossover(); }, {}});
    m_steps.push_back({[this] { click("startCrossover"); }, QStringLiteral("crossover") + theme});
    m_steps.push_back({[this] { click("oneRunMode"); }, {}});
    m_steps.push_back({show(document::Page::Define), QStringLiteral("define") + theme});
    m_steps.push_back({sample("smallest"), {}});
    m_steps.push_back({choose(1), QStringLiteral("product") + theme});
    m_steps.push_back({sample("colors"), {}});
    m_steps.push_back({choose(8), QStringLiteral("explore") + theme});
    m_steps.push_back({sample("million"), {}});
    m_steps.push_back({show(document::Page::Explore), QStringLiteral("explore-million") + theme});
  }
}

/// A measurement that is over in seconds.
void Gallery::prepareCrossover() {
  document::CrossoverSetup setup;
  setup.categoryCounts = {10, 20, 50, 100, 200};
  m_window.document().setCrossoverSetup(setup);
  click("crossoverMode");
}

void Gallery::next() {
  if (m_done == m_steps.size()) {
    finish({});
    return;
  }
  m_steps[m_done].act();
  m_quietTicks = 0;
  m_timer.start();
}

void Gallery::waitUntilQuiet() {
  m_quietTicks = m_window.jobs().jobs().empty() ? m_quietTicks + 1 : 0;
  if (m_quietTicks < kQuietTicks) {
    return;
  }
  m_timer.stop();
  const QString picture = m_steps[m_done].picture;
  if (!picture.isEmpty() && !take(picture)) {
    finish(tr("%1 cannot be written.").arg(m_files.last()));
    return;
  }
  ++m_done;
  next();
}

bool Gallery::take(const QString& name) {
  m_files += QDir(m_folder).filePath(name + QStringLiteral(".png"));
  QSaveFile file(m_files.last());
  return file.open(QIODevice::WriteOnly) && m_window.grab().save(&file, "PNG") && file.commit();
}

void Gallery::click(const char* objectName) {
  if (auto* button = m_window.findChild<QAbstractButton*>(QString::fromLatin1(objectName))) {
    button->click();
  }
}

void Gallery::finish(const QString& problem) {
  m_timer.stop();
  emit finished(m_files, problem);
}

}  // namespace embedscope::window
