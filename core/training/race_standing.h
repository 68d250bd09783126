// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"

#include <string>
#include <vector>

namespace embedscope::training {

/// The runs of a contestant as a line of the table.
///
/// @param dataset  of the race, for the numbers of categories.
RaceStanding standingOf(const RaceRecipe& recipe, std::size_t contestant,
                        const data::Dataset& dataset, const std::vector<RaceRun>& runs);

/// How much better `a` is than `b`, seed by seed; positive when it is.
PairedDifference leadOf(const RaceStanding& a, const RaceStanding& b, const std::string& metricName,
                        double confidence = 0.95);

/// NaN are left out; NaN when nothing remains.
double median(std::vector<double> values);

}  // namespace embedscope::training
