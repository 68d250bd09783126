// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace embedscope::data {

/// Data whose structure is known, so that a person can see whether training finds it.
enum class GeneratedKind {
  TwoValues,      ///< one feature of two categories; the target is their mean plus noise
  Months,         ///< twelve months on a circle; the target is a wave over the year
  LatentFactors,  ///< n categories with hidden vectors of known rank that interact with numbers
  Grid,           ///< two features; the target depends on rows and columns of a hidden grid
  Ratings,        ///< users × items; both have a hidden level and a hidden vector of known rank
};

struct GeneratedSpec {
  GeneratedKind kind = GeneratedKind::Months;
  std::int64_t categories = 12;        ///< LatentFactors, Grid, and the users of Ratings; ≥ 2
  std::int64_t items = 1700;           ///< Ratings only, ≥ 2
  std::int64_t rowsPerCategory = 100;  ///< ≥ 1; for Ratings those of a user
  std::int64_t latentRank = 2;         ///< LatentFactors and Ratings, ≥ 1
  double noise = 0.1;                  ///< standard deviation added to the target, ≥ 0
  std::uint64_t seed = 1;
};

struct GeneratedInfo {
  GeneratedKind kind;
  std::string_view name;         ///< "months"
  std::string_view title;        ///< "Months on a circle"
  std::string_view description;  ///< what is hidden in it and what to expect
  std::string_view target;       ///< name of its target column
};

std::span<const GeneratedInfo> generatedKinds();

/// Numbers that suit the kind: for Ratings 1,000 users and 1,700 items with 100,000 ratings of
/// rank 4, otherwise those that a spec starts with.
GeneratedSpec suggestedSpec(GeneratedKind kind);

/// Makes the data. The same spec gives the same bytes on every machine.
/// @throws Error InvalidArgument when a number is out of its range.
DataTablePtr generate(const GeneratedSpec& spec);

}  // namespace embedscope::data
