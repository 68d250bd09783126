// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/sprite_sheet.h"

namespace embedscope::table {

std::optional<SpriteSheet::Cell> SpriteSheet::cellOf(std::int64_t row, std::int64_t sheetWidth,
                                                     std::int64_t sheetHeight) const {
  const std::int64_t across = sheetWidth / imageWidth;
  const std::int64_t down = sheetHeight / imageHeight;
  const std::int64_t image = imageOf(row);
  if (across < 1 || image / across >= down) {
    return {};
  }
  return Cell{image % across * imageWidth, image / across * imageHeight};
}

}  // namespace embedscope::table
