// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/repulsion.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/projection/grid_convolution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stop_token>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;

/// Points that lie in clusters and between them, as on a picture.
RowMatrix cloud(Eigen::Index rows, Eigen::Index dims, double extent) {
  base::RandomStream random(3, 0);
  RowMatrix points(rows, dims);
  for (Eigen::Index row = 0; row < rows; ++row) {
    for (Eigen::Index axis = 0; axis < dims; ++axis) {
      const double centre = std::sin(static_cast<double>((row % 20) * (axis + 2)));
      const double place = row % 3 == 0 ? random.uniform(-1, 1) : centre + 0.03 * random.normal();
      points(row, axis) = static_cast<float>(extent / 2 * place);
    }
  }
  return points;
}

TEST(GridConvolution, QuickLengthsAreEightTimesSmoothNumbers) {
  EXPECT_EQ(quickLength(1), 8);
  EXPECT_EQ(quickLength(8), 8);
  EXPECT_EQ(quickLength(50), 64);
  EXPECT_EQ(quickLength(97), 120);  // not 104, which is 8 · 13
}

/// Against the sum over all pairs of nodes, with kernels even and odd along every axis.
TEST(GridConvolution, SumsOverAllPairsOfNodes) {
  const auto radial = [](double squared) { return 1 / (2 + squared); };
  for (const GridShape& shape : {GridShape{9, 1, 17}, GridShape{5, 4, 6}}) {
    std::vector<GridKernel> kernels{
        {radial, {}}, {radial, GridAxis::Outer}, {radial, GridAxis::Inner}};
    if (shape.middle > 1) {
      kernels.push_back({radial, GridAxis::Middle});
    }
    base::RandomStream random(5, 0);
    std::vector<float> in(shape.nodes());
    for (float& value : in) {
      value = static_cast<float>(random.normal());
    }
    GridConvolution convolution(shape, kernels, [](double) { return 1.0; });
    std::vector<std::vector<float>> out(kernels.size());
    ASSERT_TRUE(convolution.run(in, out));
    std::size_t a = 0;
    for (int z = 0; z < shape.outer; ++z) {
      for (int y = 0; y < shape.middle; ++y) {
        for (int x = 0; x < shape.inner; ++x, ++a) {
          std::vector<double> sums(kernels.size(), 0.0);
          std::size_t b = 0;
          for (int w = 0; w < shape.outer; ++w) {
            for (int v = 0; v < shape.middle; ++v) {
              for (int u = 0; u < shape.inner; ++u, ++b) {
                const int dz = z - w;
                const int dy = y - v;
                const int dx = x - u;
                const double term =
                    radial(dz * dz + dy * dy + dx * dx) * static_cast<double>(in[b]);
                sums[0] += term;
                sums[1] += term * dz;
                sums[2] += term * dx;
                if (shape.middle > 1) {
                  sums[3] += term * dy;
                }
              }
            }
          }
          for (std::size_t kernel = 0; kernel < sums.size(); ++kernel) {
            ASSERT_NEAR(static_cast<double>(out[kernel][a]), sums[kernel], 2e-5)
                << kernel << " at " << z << ' ' << y << ' ' << x;
          }
        }
      }
    }
  }
}

TEST(Repulsion, OfTwoPointsIsTheFormula) {
  RowMatrix points(2, 2);
  points << 0, 0, 3, 4;
  Repulsion out;
  ASSERT_TRUE(exactRepulsion(points, out));
  EXPECT_NEAR(out.sum, 2.0 / 26, 1e-7);
  EXPECT_NEAR(out.forces(1, 0), 3.0 / 676, 1e-8);
  EXPECT_NEAR(out.forces(0, 1), -4.0 / 676, 1e-8);
}

/// From the first tiny cloud to a wide picture, flat and deep.
TEST(Repulsion, GridAgreesWithAllPairs) {
  for (const Eigen::Index dims : {2, 3}) {
    GridRepulsion grid;
    for (const double extent : {1e-4, 1e-2, 1.0, dims == 2 ? 60.0 : 20.0}) {
      const RowMatrix points = cloud(1500, dims, extent);
      Repulsion exact;
      Repulsion quick;
      ASSERT_TRUE(exactRepulsion(points, exact));
      ASSERT_TRUE(grid.measure(points, quick));
      EXPECT_NEAR(quick.sum / exact.sum, 1, 4e-3) << dims << ' ' << extent;
      const float error = (quick.forces - exact.forces).norm() / exact.forces.norm();
      EXPECT_LT(error, 0.04F) << dims << ' ' << extent;
    }
  }
}

/// Any two points push each other alike, so no group of points pushes itself along.
TEST(Repulsion, ForcesOfTheGridAddUpToNothing) {
  const RowMatrix points = cloud(1500, 2, 40);
  GridRepulsion grid;
  Repulsion out;
  ASSERT_TRUE(grid.measure(points, out));
  const Eigen::RowVectorXd sum = out.forces.cast<double>().colwise().sum();
  EXPECT_LT(sum.norm(), 1e-5 * static_cast<double>(out.forces.cwiseAbs().sum()));
}

TEST(Repulsion, ThreadCountsAndHistoryGiveEqualBits) {
  for (const Eigen::Index dims : {2, 3}) {
    const RowMatrix points = cloud(9000, dims, 30);
    base::setThreadCount(1);
    GridRepulsion first;
    Repulsion once;
    ASSERT_TRUE(first.measure(points, once));
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      GridRepulsion grid;
      Repulsion other;
      ASSERT_TRUE(grid.measure(cloud(100, dims, 3), other));
      ASSERT_TRUE(grid.measure(points, other));
      EXPECT_EQ(other.forces, once.forces);
      EXPECT_EQ(other.sum, once.sum);
    }
    base::setThreadCount(0);
  }
}

TEST(Repulsion, OddPicturesAndStopping) {
  GridRepulsion grid;
  Repulsion out;
  ASSERT_TRUE(grid.measure(RowMatrix::Ones(40, 2), out));  // all at one place
  EXPECT_NEAR(out.sum / (40 * 39), 1, 1e-2);
  EXPECT_LT(out.forces.norm(), 1e-3F);
  RowMatrix line = cloud(50, 2, 500);
  line.col(1).setZero();
  ASSERT_TRUE(grid.measure(line, out));
  EXPECT_LT(out.forces.col(1).norm(), 1e-3F * out.forces.col(0).norm());
  RowMatrix far = cloud(50, 2, 1);
  far(7, 0) = 1e6F;  // the grid becomes coarse instead of large
  ASSERT_TRUE(grid.measure(far, out));
  EXPECT_TRUE(out.forces.allFinite());
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext stopped(stop.get_token(), {});
  EXPECT_FALSE(grid.measure(line, out, stopped));
  EXPECT_FALSE(exactRepulsion(line, out, stopped));
}

TEST(GridRepulsion, PushesAnyPlaceAsAPointThere) {
  for (const Eigen::Index dims : {2, 3}) {
    const RowMatrix points = cloud(3000, dims, 40);
    GridRepulsion grid;
    Repulsion repulsion;
    ASSERT_TRUE(grid.measure(points, repulsion));
    for (const Eigen::Index row : {0, 7, 2999}) {
      const Push push = grid.pushAt(points.row(row).data());
      for (Eigen::Index axis = 0; axis < dims; ++axis) {
        EXPECT_EQ(push.force[static_cast<std::size_t>(axis)], repulsion.forces(row, axis));
      }
      const Eigen::VectorXf squares = (points.rowwise() - points.row(row)).rowwise().squaredNorm();
      const float sum = (1 + squares.array()).inverse().sum();
      EXPECT_NEAR(push.sum, sum, 0.01F * sum);
      const Push exact = exactPush(points.array(), points.row(row).data());
      EXPECT_NEAR(exact.sum, sum, 1e-4F * sum);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        EXPECT_NEAR(exact.force[axis], push.force[axis], 0.02F * sum);
      }
    }
    const Eigen::RowVectorXf corner = points.colwise().maxCoeff();
    const Eigen::RowVectorXf beyond = corner.array() + 1e9F;
    EXPECT_EQ(grid.pushAt(beyond.data()).sum, grid.pushAt(corner.data()).sum);
    const Eigen::RowVectorXf nowhere = corner * std::nanf("");
    EXPECT_TRUE(std::isfinite(grid.pushAt(nowhere.data()).sum));
  }
}

}  // namespace
}  // namespace embedscope::projection
