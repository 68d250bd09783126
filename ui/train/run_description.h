// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/table/vocabulary.h"
#include "ui/jobs/run_id.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::train {

/// One feature of a run, as it was when the run began.
struct RunFeature {
  QString name;
  std::shared_ptr<const table::Vocabulary> vocabulary;
  bool oneHot = false;  ///< enters as its one-hot row: there are no vectors to keep
};

/// What a run trains: fixed at its start, whatever becomes of the document meanwhile.
struct RunDescription {
  jobs::RunId id;
  QString target;
  data::TargetKind targetKind = data::TargetKind::Regression;
  bool oneHot = false;  ///< every feature is
  std::int64_t epochs = 0;
  std::optional<std::int64_t>
      continuedAt;                   ///< the step of an older run from which this one goes on
  std::vector<RunFeature> features;  ///< in the order of the recipe
};

}  // namespace embedscope::train
