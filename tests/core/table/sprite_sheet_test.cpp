// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/sprite_sheet.h"

#include <gtest/gtest.h>

namespace embedscope::table {
namespace {

TEST(SpriteSheet, CountsImagesRowByRowFromTheTopLeft) {
  const SpriteSheet sheet{"s.png", 20, 10, {}};
  EXPECT_EQ(sheet.cellOf(0, 70, 30), (SpriteSheet::Cell{0, 0}));
  EXPECT_EQ(sheet.cellOf(2, 70, 30), (SpriteSheet::Cell{40, 0}));  // the last 10 pixels hold none
  EXPECT_EQ(sheet.cellOf(3, 70, 30), (SpriteSheet::Cell{0, 10}));
  EXPECT_EQ(sheet.cellOf(8, 70, 30), (SpriteSheet::Cell{40, 20}));
}

TEST(SpriteSheet, HasNoImageBeyondThePicture) {
  const SpriteSheet sheet{"s.png", 20, 10, {}};
  EXPECT_FALSE(sheet.cellOf(9, 70, 30).has_value());
  EXPECT_FALSE(sheet.cellOf(0, 19, 30).has_value());
  EXPECT_FALSE(sheet.cellOf(0, 70, 9).has_value());
}

TEST(SpriteSheet, OfChosenRowsGivesEachItsOwnImage) {
  const SpriteSheet sheet{"s.png", 20, 10, {4, 0}};
  EXPECT_EQ(sheet.cellOf(0, 60, 30), (SpriteSheet::Cell{20, 10}));
  EXPECT_EQ(sheet.cellOf(1, 60, 30), (SpriteSheet::Cell{0, 0}));
}

}  // namespace
}  // namespace embedscope::table
