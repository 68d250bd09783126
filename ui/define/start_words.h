// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/feature.h"

#include <QString>

namespace embedscope::define {

/// What an initialization is called in a list.
QString startName(training::Initialization initialization);

/// What it is and where it is used, for a tooltip.
QString startTip(training::Initialization initialization);

/// What the feature's start means for it, and its scale: the size of the numbers and the usual
/// length of a vector, √(Σ variance).
QString startHint(const document::Feature& feature);

/// What keeping the numbers means for this start.
QString frozenHint(const document::Feature& feature);

/// How many categories of the feature its source table knows by label. O(n).
std::int64_t knownLabels(const document::Feature& feature);

}  // namespace embedscope::define
