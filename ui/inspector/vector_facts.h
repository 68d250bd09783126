// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <span>

namespace embedscope::inspector {

/// The numbers that sum up one vector, accumulated in double.
struct VectorFacts {
  double norm = 0;  ///< Euclidean length
  double least = 0;
  double greatest = 0;
  double mean = 0;
  std::int64_t nonFinite = 0;  ///< how many of the d numbers are NaN or infinite
};

/// @param vector  d ≥ 1 numbers; those that are not finite are only counted. If there are no
///                others, the four facts are NaN.
VectorFacts vectorFacts(std::span<const float> vector);

/// The numbers, separated by ", ", each the shortest text that reads back as the same float.
QString vectorAsText(std::span<const float> vector);

}  // namespace embedscope::inspector
