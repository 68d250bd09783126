// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/alignment.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace embedscope::projection {
namespace {

base::RowMatrix someRows() {
  base::RowMatrix rows(5, 3);
  rows << 1, 2, 0, 0, 1, 3, 2, 2, 1, 4, 0, 1, 1, -1, 2;
  return rows;
}

base::RowMatrix otherRows() {
  base::RowMatrix rows(5, 3);
  rows << 2, -1, 1, 1, 0, 4, 2, -2, 2, 0, -4, 1, -1, -1, 3;
  return rows;
}

TEST(Alignment, TurnsAsSciPyDoes) {
  // scipy.linalg.orthogonal_procrustes of both tables minus their column means.
  Eigen::Matrix3d expected;
  expected << -0.03317490207727312, -0.9864071910131602, -0.16093563741350306,  //
      0.9975264418702738, -0.04266333831285705, 0.05586445501062123,            //
      -0.06197115169007538, -0.1586842559346381, 0.985382607557428;
  const auto alignment = align(someRows(), otherRows());
  ASSERT_TRUE(alignment);
  EXPECT_LT((alignment->rotation - expected).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR((alignment->apply(someRows()) - otherRows()).norm(), 0.6049732563831799, 1e-6);
}

TEST(Alignment, UndoesARotationAndAShift) {
  const double angle = 0.7;
  Eigen::Matrix3f turn = Eigen::Matrix3f::Identity();
  turn.topLeftCorner<2, 2>() << static_cast<float>(std::cos(angle)),
      static_cast<float>(-std::sin(angle)), static_cast<float>(std::sin(angle)),
      static_cast<float>(std::cos(angle));
  base::RowMatrix moved = someRows() * turn;
  moved.rowwise() += Eigen::RowVector3f(5, -3, 1);
  const auto alignment = align(moved, someRows());
  EXPECT_LT((alignment->apply(moved) - someRows()).cwiseAbs().maxCoeff(), 1e-5F);
}

TEST(Alignment, RowsThatAreNotFiniteStayOut) {
  base::RowMatrix from = someRows();
  base::RowMatrix to = otherRows();
  const auto clean = align(from.topRows(4), to.topRows(4));
  from(4, 1) = std::numeric_limits<float>::quiet_NaN();
  const auto alignment = align(from, to);
  EXPECT_EQ(alignment->rotation, clean->rotation);
  from.setConstant(std::numeric_limits<float>::infinity());
  EXPECT_EQ(align(from, to)->rotation, Eigen::MatrixXd::Identity(3, 3));
}

TEST(Alignment, EqualRowsAreNotTurned) {
  const base::RowMatrix same = base::RowMatrix::Ones(4, 3);
  EXPECT_EQ(align(same, someRows().topRows(4))->rotation, Eigen::MatrixXd::Identity(3, 3));
}

TEST(Alignment, RefusesOtherShapes) {
  EXPECT_THROW(align(someRows(), someRows().leftCols(2)), base::Error);
  EXPECT_THROW(align(someRows(), someRows().topRows(2)), base::Error);
  EXPECT_THROW(align(base::RowMatrix(3, 0), base::RowMatrix(3, 0)), base::Error);
}

TEST(Alignment, CanBeStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(align(someRows(), otherRows(), base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::projection
