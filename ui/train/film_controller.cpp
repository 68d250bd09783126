// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/film_controller.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace embedscope::train {

namespace {

constexpr std::int64_t kMostExtentNumbers = 500'000;
constexpr std::size_t kMostExtentFrames = 16;

}  // namespace

FilmController::FilmController(RunController& run, Views views, QObject* parent)
    : QObject(parent), m_run(run), m_views(views) {
  connect(&m_run, &RunController::started, this, &FilmController::begin);
  connect(&m_run, &RunController::updated, this, &FilmController::takeFilm);
  connect(&m_run, &RunController::stateChanged, this, &FilmController::showState);
  connect(&m_run, &RunController::ended, this, &FilmController::showState);
  connect(m_views.bar, &FilmBar::frameChosen, this, &FilmController::showFrame);
  connect(m_views.bar, &FilmBar::turningChanged, this, &FilmController::showFrame);
  connect(m_views.bar, &FilmBar::continueRequested, this, [this] {
    if (const auto frame = m_views.bar->frame()) {
      m_run.continueFrom(*frame);
    }
  });
  connect(m_views.vectors, &LiveVectors::chosenRowChanged, this, &FilmController::follow);
  const auto goTo = [this](double step) {
    m_views.bar->showStep(static_cast<std::int64_t>(std::llround(std::max(step, 0.0))));
  };
  connect(m_views.losses, &LossCurves::stepClicked, this, goTo);
  connect(m_views.neighbors, &NeighborCurves::stepClicked, this, goTo);
}

void FilmController::begin() {
  m_extent.clear();
  m_views.bar->clear();
  m_views.vectors->showNewest();
  m_views.neighbors->clear();
  showFrame();
  showState();
}

void FilmController::takeFilm() {
  m_views.bar->setFilm(m_run.film(), m_run.progress().stepsPerEpoch);
}

void FilmController::showState() {
  const bool held = !m_run.isActive() || m_run.state() == jobs::SessionState::Paused;
  m_views.bar->setCanContinue(held);
  if (held) {
    follow();
  }
}

void FilmController::showFrame() {
  const std::optional<std::size_t> frame = m_views.bar->frame();
  const auto& frames = m_run.film().frames();
  if (!frame || *frame >= frames.size() || !m_views.vectors->newest()) {
    m_extent.clear();
    m_views.vectors->showNewest();
    m_views.losses->setMarker(std::numeric_limits<double>::quiet_NaN());
    m_views.neighbors->setMarker(std::numeric_limits<double>::quiet_NaN());
    return;
  }
  if (m_extent.empty()) {
    m_extent = framesForExtent();
  }
  const training::Checkpoint& shown = *frames[*frame];
  m_views.vectors->showFrame(jobs::snapshotOf(shown, *m_views.vectors->newest()), m_extent,
                             m_views.bar->turning());
  m_views.losses->setMarker(static_cast<double>(shown.step));
  m_views.neighbors->setMarker(static_cast<double>(shown.step));
}

/// Frames from all over the film; fewer of large tables, which take time to copy.
std::vector<jobs::SnapshotPtr> FilmController::framesForExtent() const {
  const jobs::SnapshotPtr& newest = m_views.vectors->newest();
  std::int64_t numbers = 1;
  for (const jobs::FeatureSnapshot& feature : newest->features) {
    numbers += feature.values.size();
  }
  const auto& frames = m_run.film().frames();
  const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(
      kMostExtentNumbers / numbers, 1, static_cast<std::int64_t>(kMostExtentFrames)));
  std::vector<jobs::SnapshotPtr> chosen = {newest};
  const std::size_t stride = std::max<std::size_t>(1, frames.size() / count);
  for (std::size_t i = 0; i < frames.size(); i += stride) {
    chosen.push_back(jobs::snapshotOf(*frames[i], *newest));
  }
  return chosen;
}

void FilmController::follow() {
  const std::optional<std::int64_t> row = m_views.vectors->chosenRow();
  const jobs::SnapshotPtr& newest = m_views.vectors->newest();
  if (!row || !newest) {
    m_views.neighbors->clear();
    return;
  }
  const auto feature =
      std::ranges::find(newest->features, m_views.vectors->watchedFeature().toStdString(),
                        &jobs::FeatureSnapshot::name);
  FilmedTable film = filmOf(static_cast<std::size_t>(feature - newest->features.begin()));
  if (film.frames.empty()) {
    m_views.neighbors->clear();
    return;
  }
  m_views.neighbors->follow(std::move(film), *row, [vectors = m_views.vectors](std::int64_t other) {
    return vectors->labelOfRow(other);
  });
}

/// The feature's tables without copies. A table that training leaves alone has none.
FilmedTable FilmController::filmOf(std::size_t feature) const {
  FilmedTable film;
  for (const training::CheckpointPtr& frame : m_run.film().frames()) {
    if (feature < frame->numbers.tables.size() && frame->numbers.tables[feature].size() > 0) {
      film.steps.push_back(frame->step);
      film.frames.emplace_back(frame, &frame->numbers.tables[feature]);
    }
  }
  return film;
}

}  // namespace embedscope::train
