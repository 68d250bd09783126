// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::table {

/// One picture that holds an image for every row of a table: images of one size, row by row from
/// the top left, as the Embedding Projector has them.
struct SpriteSheet {
  /// Where an image lies in the picture, in pixels.
  struct Cell {
    std::int64_t x = 0;
    std::int64_t y = 0;

    bool operator==(const Cell&) const = default;
  };

  std::filesystem::path path;  ///< of the picture, PNG or JPEG
  int imageWidth = 0;          ///< of one image, in pixels, above 0
  int imageHeight = 0;
  std::vector<std::int64_t> images;  ///< the image of each row; empty: row i has image i

  std::int64_t imageOf(std::int64_t row) const {
    return images.empty() ? row : images[static_cast<std::size_t>(row)];
  }

  /// The image of a row.
  ///
  /// @param sheetWidth, sheetHeight  of the whole picture, in pixels.
  /// @return nothing when the picture ends before that image.
  std::optional<Cell> cellOf(std::int64_t row, std::int64_t sheetWidth,
                             std::int64_t sheetHeight) const;
};

/// How they travel: shared, never changed.
using SpritesPtr = std::shared_ptr<const SpriteSheet>;

}  // namespace embedscope::table
