// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_cloud.h"
#include "ui/plots/point_split.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace embedscope::plots {
namespace {

using Rows = std::vector<std::int64_t>;
using table::RowSet;
using table::SetOperation;

/// Nine points, row by row from the upper left.
base::RowMatrix nine() {
  base::RowMatrix xy(9, 2);
  for (Eigen::Index row = 0; row < 9; ++row) {
    xy(row, 0) = static_cast<float>(row % 3);
    xy(row, 1) = static_cast<float>(2 - row / 3);
  }
  return xy;
}

class PointSelection : public testing::Test {
 protected:
  PointSelection() {
    plot.setPalette(Theme::light().palette());
    plot.resize(600, 500);
    plot.show();
    plot.setPoints(nine());
    QObject::connect(&plot, &PointCloudPlot::rowsPicked, &plot,
                     [this](const RowSet& rows, SetOperation operation) {
                       picked.push_back({rows.rows(), operation});
                     });
    QObject::connect(&plot, &PointCloudPlot::pointClicked, &plot,
                     [this](qint64 row) { clicked.push_back(row); });
    QObject::connect(&plot, &PointCloudPlot::pointToggled, &plot,
                     [this](qint64 row) { toggled.push_back(row); });
  }

  QPointF at(qint64 row, double dx = 0, double dy = 0) const {
    return *plot.positionOf(row) + QPointF(dx, dy);
  }

  void drag(const std::vector<QPointF>& way, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mousePress(&plot, Qt::LeftButton, modifiers, way.front().toPoint());
    for (const QPointF to : way) {
      QMouseEvent move(QEvent::MouseMove, to, plot.mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                       modifiers);
      QApplication::sendEvent(&plot, &move);
    }
    QTest::mouseRelease(&plot, Qt::LeftButton, modifiers, way.back().toPoint());
  }

  struct Picked {
    Rows rows;
    SetOperation operation = SetOperation::Replace;

    bool operator==(const Picked&) const = default;
  };

  QColor colorAt(qint64 row) {
    const QImage image = pictureOf(plot, 1);
    return image.pixelColor(at(row).toPoint());
  }

  PointCloudPlot plot;
  std::vector<Picked> picked;
  std::vector<qint64> clicked;
  std::vector<qint64> toggled;
};

bool isGrey(const QColor& color) {
  return std::abs(color.red() - color.blue()) < 24;
}

TEST_F(PointSelection, SelectsWithARectangle) {
  QTest::keyClick(&plot, Qt::Key_R);
  EXPECT_EQ(plot.tool(), ToolKind::Rectangle);
  const QRectF view = plot.view();
  drag({at(0, -20, -20), at(4, 20, 20)});
  drag({at(8, 20, 20), at(8, -20, -20)}, Qt::ShiftModifier);

  ASSERT_EQ(picked.size(), 2U);
  EXPECT_EQ(picked[0], (Picked{{0, 1, 3, 4}, SetOperation::Replace}));
  EXPECT_EQ(picked[1], (Picked{{8}, SetOperation::Add}));
  EXPECT_EQ(plot.view(), view);
  EXPECT_TRUE(clicked.empty());
}

TEST_F(PointSelection, SelectsWithALasso) {
  QTest::keyClick(&plot, Qt::Key_L);
  // A triangle around the lower left half, without the diagonal.
  drag({at(0, -30, -20), at(0, 10, 60), at(8, -60, 20), at(6, -30, 20)}, Qt::AltModifier);

  ASSERT_EQ(picked.size(), 1U);
  EXPECT_EQ(picked[0], (Picked{{3, 6, 7}, SetOperation::Subtract}));
}

TEST_F(PointSelection, SelectsWithABrush) {
  QTest::keyClick(&plot, Qt::Key_B);
  drag({at(0), at(2)});
  drag({at(4)}, Qt::ShiftModifier | Qt::AltModifier);
  QTest::keyClick(&plot, Qt::Key_BracketRight);

  ASSERT_EQ(picked.size(), 2U);
  EXPECT_EQ(picked[0].rows, (Rows{0, 1, 2}));
  EXPECT_EQ(picked[1], (Picked{{4}, SetOperation::Intersect}));
}

TEST_F(PointSelection, TakesAClickWithAToolForAPoint) {
  plot.setTool(ToolKind::Rectangle);
  drag({at(4, 1, 1)});
  drag({at(4, 60, 60)});
  ASSERT_EQ(picked.size(), 2U);
  EXPECT_EQ(picked[0].rows, Rows{4});
  EXPECT_EQ(picked[1], (Picked{{}, SetOperation::Replace})) << "empty ground clears";
}

TEST_F(PointSelection, TakesClicksWithModifiersForTheSelection) {
  drag({at(4)}, Qt::ControlModifier);
  drag({at(5)}, Qt::ShiftModifier);
  drag({at(6)}, Qt::AltModifier);
  drag({at(4, 60, 60)}, Qt::ShiftModifier);
  EXPECT_EQ(toggled, (std::vector<qint64>{4}));
  ASSERT_EQ(picked.size(), 2U) << "empty ground adds nothing";
  EXPECT_EQ(picked[0], (Picked{{5}, SetOperation::Add}));
  EXPECT_EQ(picked[1], (Picked{{6}, SetOperation::Subtract}));
  EXPECT_TRUE(clicked.empty());
}

TEST_F(PointSelection, LeavesStepByStepOnEscape) {
  plot.setSelectedRows(RowSet(9, Rows{1}));
  plot.setTool(ToolKind::Lasso);
  QTest::mousePress(&plot, Qt::LeftButton, Qt::NoModifier, at(0).toPoint());
  QTest::keyClick(&plot, Qt::Key_Escape);
  QTest::mouseRelease(&plot, Qt::LeftButton, Qt::NoModifier, at(0).toPoint());
  EXPECT_TRUE(picked.empty()) << "the drawing is dropped";
  EXPECT_EQ(plot.tool(), ToolKind::Lasso);
  QTest::keyClick(&plot, Qt::Key_Escape);
  EXPECT_EQ(plot.tool(), ToolKind::Choose);
  QTest::keyClick(&plot, Qt::Key_Escape);
  ASSERT_EQ(picked.size(), 1U);
  EXPECT_EQ(picked[0], Picked{});
  plot.setSelectedRows(RowSet(9));
  QTest::keyClick(&plot, Qt::Key_Escape);
  EXPECT_EQ(clicked, std::vector<qint64>{-1});
}

TEST_F(PointSelection, TakesQuickStrokesForStrokes) {
  plot.setTool(ToolKind::Rectangle);
  plot.zoomBy(2);
  const QRectF view = plot.view();
  QTest::mouseDClick(&plot, Qt::LeftButton, Qt::NoModifier, at(4).toPoint());
  EXPECT_EQ(plot.view(), view);
}

TEST_F(PointSelection, WalksFromPointToPointByKeys) {
  QTest::keyClick(&plot, Qt::Key_Right, Qt::AltModifier);
  ASSERT_EQ(clicked, std::vector<qint64>{4}) << "begins in the middle";
  plot.setSelected(4);
  QTest::keyClick(&plot, Qt::Key_Up, Qt::AltModifier);
  plot.setSelected(1);
  QTest::keyClick(&plot, Qt::Key_Left, Qt::AltModifier);
  plot.setSelected(0);
  QTest::keyClick(&plot, Qt::Key_Left, Qt::AltModifier);
  EXPECT_EQ(clicked, (std::vector<qint64>{4, 1, 0})) << "there is nothing further left";
  QTest::keyClick(&plot, Qt::Key_Space);
  EXPECT_EQ(toggled, std::vector<qint64>{0});
  qint64 activated = -1;
  QObject::connect(&plot, &PointCloudPlot::pointActivated, &plot,
                   [&](qint64 row) { activated = row; });
  QTest::keyClick(&plot, Qt::Key_Return);
  EXPECT_EQ(activated, 0);
}

TEST_F(PointSelection, GreysWhatIsNotSelected) {
  EXPECT_FALSE(isGrey(colorAt(3)));
  plot.setSelectedRows(RowSet(9, Rows{4}));
  EXPECT_TRUE(isGrey(colorAt(3)));
  EXPECT_FALSE(isGrey(colorAt(4)));
  plot.setSelectedRows(RowSet(9));
  EXPECT_FALSE(isGrey(colorAt(3)));
}

/// A hundred rows of fifty points each; the color of each tells its row.
class DensePointSelection : public PointSelection {
 protected:
  static constexpr Eigen::Index kCount = 5000;

  DensePointSelection() {
    base::RowMatrix xy(kCount, 2);
    std::vector<int> colors;
    for (Eigen::Index row = 0; row < kCount; ++row) {
      xy(row, 0) = static_cast<float>(row % 50);
      xy(row, 1) = static_cast<float>(row / 50);
      colors.push_back(1);
    }
    plot.setPoints(std::move(xy));
    plot.setColorIndices(colors);
    plot.fitView();
  }
};

TEST_F(DensePointSelection, GreysWhatIsNotSelectedInDensityToo) {
  EXPECT_FALSE(isGrey(colorAt(10)));
  Rows half;
  for (std::int64_t row = kCount / 2; row < kCount; ++row) {
    half.push_back(row);
  }
  plot.setSelectedRows(RowSet(kCount, half));
  EXPECT_TRUE(isGrey(colorAt(10)));
  EXPECT_FALSE(isGrey(colorAt(kCount - 10))) << "too many for marks";
  plot.setSelectedRows(RowSet(kCount, Rows{10}));
  EXPECT_FALSE(isGrey(colorAt(10))) << "a mark above the density";
  EXPECT_TRUE(isGrey(colorAt(kCount - 10)));
}

TEST_F(PointSelection, ShowsOnlyIsolatedRows) {
  plot.setIsolatedRows(RowSet(9, Rows{0, 1}));
  EXPECT_EQ(plot.pointCount(), 9);
  EXPECT_TRUE(plot.positionOf(1));
  EXPECT_FALSE(plot.positionOf(4));
  plot.fitView();
  EXPECT_FALSE(plot.view().contains(QPointF(0, 0)));
  plot.setPoints(nine());
  EXPECT_FALSE(plot.positionOf(4)) << "also when the points moved";
  plot.setTool(ToolKind::Rectangle);
  drag({QPointF(60, 15), QPointF(580, 450)});
  EXPECT_EQ(picked.back().rows, (Rows{0, 1}));
  plot.setIsolatedRows(std::nullopt);
  EXPECT_TRUE(plot.positionOf(4));
}

TEST(PointSplit, KeepsTheOrderOfRows) {
  const PointSplit split = splitPoints(nine(), RowSet(9, Rows{2, 0}), std::vector<QRgb>(9, 7));
  ASSERT_EQ(split.selected.rows(), 2);
  EXPECT_EQ(split.selected(1, 0), 2);
  ASSERT_EQ(split.others.rows(), 7);
  EXPECT_EQ(split.others(0, 0), 1);
  EXPECT_EQ(split.selectedColors, std::vector<QRgb>(2, 7));
  EXPECT_TRUE(splitPoints(nine(), RowSet(9, Rows{2}), {}).selectedColors.empty());
}

TEST(PointSplit, TakesAnotherOrder) {
  const std::vector<std::uint32_t> order{8, 2, 0, 1, 3, 4, 5, 6, 7};
  std::vector<QRgb> colors(9);
  std::iota(colors.begin(), colors.end(), 0U);
  const PointSplit split = splitPoints(nine(), RowSet(9, Rows{0, 2}), colors, order);
  EXPECT_EQ(split.selectedColors, (std::vector<QRgb>{2, 0}));
  EXPECT_EQ(split.selected.row(0), nine().row(2));
  EXPECT_EQ(split.others.row(0), nine().row(8));
  EXPECT_EQ(inOrder(nine(), order).row(1), nine().row(2));
  EXPECT_EQ(inOrder(colors, order), (std::vector<QRgb>(order.begin(), order.end())));
}

}  // namespace
}  // namespace embedscope::plots
