// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/paired_difference.h"

#include <string>
#include <string_view>

namespace embedscope::training {

/// "RMSE" or "accuracy".
std::string_view metricTitle(const std::string& metricName);

/// "0.1146 ± 0.0004": as many digits as the error leaves sense to; "0.1146" without an error; "—"
/// without a mean.
std::string meanText(double mean, double standardError);

/// "0.0123 (95 % interval 0.0081 to 0.0165)"; the interval is left out when it is not known. The
/// sign is a true minus.
std::string differenceText(const PairedDifference& difference);

/// The name of a contestant so that it can stand among commas: "random (d = 4, frozen)" for
/// "random, d = 4, frozen".
std::string nameInSentence(const std::string& name);

/// The text with a capital letter in front.
std::string capitalized(std::string text);

/// With so many decimals and a true minus; never "−0".
std::string fixedText(double value, int decimals);

/// Decimals that show two digits of a scale; 4 when it is 0 or not finite. In [0, 8].
int decimalsFor(double scale);

/// Decimals that show two digits of the reach of the interval, or of the mean without one.
int decimalsOf(const PairedDifference& difference);

}  // namespace embedscope::training
