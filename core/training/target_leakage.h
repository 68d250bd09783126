// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::training {

/// Values as codes: equal values, equal codes.
struct CodedValues {
  std::vector<std::int32_t> codes;  ///< one for each row
  std::vector<double> values;       ///< of each code, rising; empty for classes
  std::int64_t distinct = 0;        ///< codes are below it
};

/// @param values  finite. Cost O(rows · log rows).
CodedValues codedValues(std::span<const double> values);

/// The target as codes; no codes when there is no target.
CodedValues codedTarget(const data::Target& target);

/// How a column gives the target away.
struct Leakage {
  std::int64_t categories = 0;  ///< of the column, those left aside not counted
  bool oneToOne = false;        ///< each value of the target has one category as well
  std::int64_t category = 0;    ///< an example: the category with the most rows …
  std::int32_t value = 0;       ///< … and the target's code in them
};

/// Whether the target has one value in all rows of each category, so that the column decides it.
///
/// Not so when there are more than half as many categories as rows (then it says little), or when
/// chance could do it: with independent columns the probability is at most
/// Π over categories c of ‖p‖₂^rows(c), where p are the shares of the target's values and
/// categories of a single row count nothing; it has to be below one in a million.
///
/// @param codes       of the column, one for each row.
/// @param categories  codes are below it.
/// @param leftAside   a category whose rows do not matter, "(missing)" for instance.
/// Cost O(rows + categories).
std::optional<Leakage> leakageOf(std::span<const std::int32_t> codes, std::int64_t categories,
                                 const CodedValues& target,
                                 std::optional<std::int64_t> leftAside = {});

/// Whether one column is the other times a number plus a number, up to rounding (1e-9 of its
/// range), with more than two different values. Cost O(rows).
bool isSameUpToScale(std::span<const double> column, std::span<const double> target);

}  // namespace embedscope::training
