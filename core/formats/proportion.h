// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace embedscope::formats {

/// Memory that the name of a row without a label takes.
constexpr std::uint64_t kBytesOfAName = 64;

/// True when so much memory is out of all proportion to the bytes in the file that ask for it: more
/// than 200 times as much, and more than 256 MB. Real tables do not shrink like that; files that
/// mean harm do.
constexpr bool isOutOfProportion(std::uint64_t needed, std::uint64_t present) {
  constexpr std::uint64_t kMostTimes = 200;
  constexpr std::uint64_t kSmallEnough = 256'000'000;
  return needed > kSmallEnough && needed / kMostTimes > present;
}

}  // namespace embedscope::formats
