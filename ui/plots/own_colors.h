// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>

#include <map>

namespace embedscope::plots {

/// Colors of categories that do not go by `categoryMark`, by the index of the category.
using OwnColors = std::map<int, QRgb>;

}  // namespace embedscope::plots
