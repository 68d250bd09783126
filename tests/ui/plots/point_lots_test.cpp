// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_lots.h"

#include "ui/plots/point_cloud.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace embedscope::plots {
namespace {

constexpr Eigen::Index kMany = 60'000;

PointLots::Points randomPoints(Eigen::Index axes, Eigen::Index count = kMany) {
  return std::make_shared<const base::RowMatrix>(base::RowMatrix::Random(count, axes));
}

std::vector<QRgb> ownColors(Eigen::Index count = kMany) {
  std::vector<QRgb> colors(static_cast<std::size_t>(count));
  std::ranges::generate(colors, [row = 0U]() mutable { return 0xFF000000U | row++; });
  return colors;
}

TEST(PointLots, FewPointsStayAsTheyAre) {
  PointLots lots;
  EXPECT_TRUE(lots.all().xy.empty());
  EXPECT_TRUE(lots.others().xy.empty());
  const auto points = randomPoints(2, 100);
  lots.setPoints(points, nullptr);
  for (int picture = 0; picture < 3; ++picture) {
    EXPECT_EQ(lots.all().xy.data(), points->data());
    EXPECT_TRUE(lots.all().colors.empty());
  }
  lots.setColors(ownColors(99));
  EXPECT_TRUE(lots.all().colors.empty()) << "not every point has one";
}

TEST(PointLots, PointsThatStayAreBroughtIntoOrderWithTheirColors) {
  PointLots lots;
  const auto points = randomPoints(2);
  lots.setPoints(points, nullptr);
  lots.setColors(ownColors());
  EXPECT_EQ(lots.all().xy.data(), points->data()) << "these may be gone by the next picture";
  const PointLot lot = lots.all();
  ASSERT_EQ(lot.xy.size(), static_cast<std::size_t>(2 * kMany));
  ASSERT_EQ(lot.colors.size(), static_cast<std::size_t>(kMany));
  std::vector<char> seen(static_cast<std::size_t>(kMany));
  std::size_t moved = 0;
  for (std::size_t place = 0; place < lot.colors.size(); ++place) {
    const Eigen::Index row = static_cast<Eigen::Index>(lot.colors[place] & 0xFFFFFFU);
    ASSERT_EQ(lot.xy[2 * place], (*points)(row, 0));
    ASSERT_EQ(lot.xy[2 * place + 1], (*points)(row, 1));
    ASSERT_EQ(std::exchange(seen[static_cast<std::size_t>(row)], 1), 0);
    moved += static_cast<std::size_t>(row) != place ? 1 : 0;
  }
  EXPECT_GT(moved, lot.colors.size() / 2);
  EXPECT_EQ(lots.all().xy.data(), lot.xy.data()) << "kept";
}

TEST(PointLots, OthersAndSelectedAreAllPoints) {
  PointLots lots;
  const auto points = randomPoints(3);
  const SpacePoints space(*points);
  lots.setPoints(points, &space);
  lots.setColors(ownColors());
  EXPECT_EQ(lots.all().space, &space);
  table::RowSet rows(kMany);
  for (std::int64_t row = 0; row < kMany; row += 3) {
    rows.insert(row);
  }
  lots.setSelection(rows);
  const PointLot others = lots.others();
  const PointLot selected = lots.selected();
  ASSERT_NE(selected.space, nullptr);
  ASSERT_EQ(static_cast<std::int64_t>(selected.space->size()), rows.count());
  EXPECT_EQ(static_cast<std::int64_t>(others.space->size()), kMany - rows.count());
  EXPECT_TRUE(others.colors.empty()) << "they are grey";
  for (std::size_t place = 0; place < selected.colors.size(); ++place) {
    const Eigen::Index row = static_cast<Eigen::Index>(selected.colors[place] & 0xFFFFFFU);
    ASSERT_TRUE(rows.contains(row));
    ASSERT_EQ((*selected.space)[place], points->row(row).transpose().cast<double>());
  }
}

TEST(PointLots, TheOrderDoesNotShow) {
  for (const Eigen::Index axes : {2, 3}) {
    PointCloudPlot plot;
    plot.resize(600, 400);
    plot.setPoints(randomPoints(axes));
    std::vector<int> categories(static_cast<std::size_t>(kMany));
    std::ranges::generate(categories, [row = 0]() mutable { return row++ % 7; });
    plot.setColorIndices(categories);
    plot.show();
    plot.replotNow();
    const QImage first = plot.grab().toImage();
    plot.replotNow();
    plot.replotNow();
    EXPECT_EQ(plot.grab().toImage(), first) << axes;
  }
}

}  // namespace
}  // namespace embedscope::plots
