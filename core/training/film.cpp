// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/film.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope::training {

namespace {

constexpr std::size_t kFewest = 4;

}  // namespace

std::size_t Film::framesWithin(std::int64_t frameBytes, std::int64_t budget) {
  const std::int64_t fit = budget / std::max<std::int64_t>(frameBytes, 1);
  const std::size_t frames = std::min(kMostFrames, static_cast<std::size_t>(fit));
  return frames < kFewest ? 0 : frames;
}

Film::Film(std::size_t mostFrames, std::int64_t expectedSteps)
    : m_mostFrames(mostFrames == 0 ? 0 : std::max(mostFrames, kFewest)) {
  const auto room = static_cast<std::int64_t>(m_mostFrames);
  while (room > 0 && expectedSteps / m_stride >= room) {
    m_stride *= 2;
  }
}

std::int64_t Film::nextStep(std::int64_t step) const {
  if (m_mostFrames == 0) {
    return std::numeric_limits<std::int64_t>::max();
  }
  return (step / m_stride + 1) * m_stride;
}

bool Film::wants(std::int64_t step) const {
  return m_mostFrames > 0 && step % m_stride == 0 &&
         (m_frames.empty() || m_frames.back()->step < step);
}

void Film::add(CheckpointPtr frame) {
  if (!wants(frame->step)) {
    return;
  }
  m_frames.push_back(std::move(frame));
  if (m_frames.size() >= m_mostFrames) {
    thin();
  }
}

void Film::append(CheckpointPtr frame) {
  if (wants(frame->step)) {
    add(std::move(frame));
  } else {
    end(std::move(frame));
  }
}

void Film::end(CheckpointPtr frame) {
  if (m_mostFrames == 0) {
    return;
  }
  while (!m_frames.empty() && m_frames.back()->step >= frame->step) {
    m_frames.pop_back();
  }
  m_frames.push_back(std::move(frame));
}

void Film::cutAfter(std::int64_t step) {
  std::erase_if(m_frames, [&](const CheckpointPtr& frame) {
    return frame->step > step || frame->step % m_stride != 0;
  });
}

void Film::thin() {
  const CheckpointPtr first = m_frames.front();
  m_stride *= 2;
  std::erase_if(m_frames, [&](const CheckpointPtr& frame) {
    return frame != first && frame->step % m_stride != 0;
  });
}

}  // namespace embedscope::training
