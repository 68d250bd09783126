// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/race_session.h"

#include <utility>

namespace embedscope::jobs {

namespace {

RaceMessage messageOf(const training::RaceEvent& event) {
  RaceMessage message;
  message.kind = event.kind;
  message.contestant = event.contestant;
  message.seed = event.seed;
  message.epoch = event.epoch;
  if (event.run != nullptr) {
    message.run = std::make_shared<const training::RaceRun>(*event.run);
  }
  return message;
}

}  // namespace

RaceSession::Work raceWork(RaceTask task) {
  return [task = std::move(task)](const base::TaskContext& context, const RaceSession::Tell& tell) {
    return task(context, [&tell](const training::RaceEvent& event) { tell(messageOf(event)); });
  };
}

}  // namespace embedscope::jobs
