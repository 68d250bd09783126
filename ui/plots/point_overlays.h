// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace embedscope::plots {

/// Lines through points: the rows of each in their order.
using PointLines = std::vector<std::vector<std::int64_t>>;

/// So many parts of lines are drawn within a frame; of more only those through the selected row.
constexpr std::int64_t kMostLineParts = 20'000;

/// How many parts the lines have.
std::int64_t partCount(const PointLines& lines);

/// The image of a row; a null one when it has none, or not yet.
using ImageProvider = std::function<QImage(std::int64_t row)>;

/// Up to so many points are drawn as their images.
constexpr std::size_t kMostPointImages = 150;

}  // namespace embedscope::plots
