// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

namespace embedscope::base {

/// Appends the shortest decimal text that reads back as the same float, and of those the closest to
/// it: what std::to_chars makes. "0.1", "-0", "1e-05", "16777216", "inf", "nan"; at most 15 bytes.
///
/// The digits come from Schubfach (Giulietti, "The Schubfach way to render doubles", 2020), with
/// one product in place of three. Subnormal numbers are left to the standard library.
void appendFloat(std::string& out, float value);

/// Appends numbers as appendFloat does, with `separator` before each but the first. From 16 numbers
/// on much faster where the processor has AVX-512.
void appendFloats(std::string& out, std::span<const float> values, char separator);

}  // namespace embedscope::base
