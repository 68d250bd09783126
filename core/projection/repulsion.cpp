// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/repulsion.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope::projection {

namespace {

constexpr float kSpacing = 0.4F;
constexpr float kLeastNodes = 32;  ///< across the picture
constexpr float kMostFlatNodes = 2048;
constexpr float kMostDeepNodes = 160;
constexpr double kStepsPerDoubling = 4;  ///< of spacings
constexpr int kOrder = 4;                ///< nodes that a cubic B-spline reaches
constexpr Eigen::Index kPointsPerBlock = 1024;
constexpr Eigen::Index kExactPerBlock = 32;
constexpr std::size_t kPointsPerBand = 2048;

using Weights = Eigen::Array4f;

/// Where a point lies along one axis: the first of its four nodes, and their weights.
struct Spline {
  Spline(float place) {
    const float whole = std::floor(place);
    first = static_cast<int>(whole) - 1;
    const float t = place - whole;
    const float s = 1 - t;
    values = {s * s * s / 6, (4 + 3 * t * t * (t - 2)) / 6, (4 + 3 * s * s * (s - 2)) / 6,
              t * t * t / 6};
  }

  int first;
  Weights values;
};

/// The transform of the cubic B-spline at the nodes.
double splineTransform(double frequency) {
  return (2 + std::cos(2 * 3.14159265358979323846 * frequency)) / 3;
}

/// So that a picture of this extent has at least kLeastNodes and at most so many across; in steps,
/// because a new spacing costs a new transform of the kernel.
float spacingFor(float extent, float mostNodes) {
  if (!(extent > 0)) {
    return kSpacing;
  }
  const double nodes = static_cast<double>(extent / kSpacing);
  double steps = 0;
  if (nodes < static_cast<double>(kLeastNodes)) {
    steps = std::floor(std::log2(nodes / static_cast<double>(kLeastNodes)) * kStepsPerDoubling);
  } else if (nodes > static_cast<double>(mostNodes)) {
    steps = std::ceil(std::log2(nodes / static_cast<double>(mostNodes)) * kStepsPerDoubling);
  }
  return static_cast<float>(static_cast<double>(kSpacing) * std::exp2(steps / kStepsPerDoubling));
}

template <int kDims>
bool exactIn(const base::RowMatrix& points, Repulsion& out, const base::TaskContext& context) {
  const Eigen::Index n = points.rows();
  const Eigen::ArrayXXf columns = points.array();
  std::vector<double> sums(static_cast<std::size_t>((n + kExactPerBlock - 1) / kExactPerBlock));
  base::parallelBlocks(static_cast<std::int64_t>(sums.size()), [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    std::array<Eigen::ArrayXf, kDims> away;
    Eigen::ArrayXf near(n);
    double sum = 0;
    const Eigen::Index end = std::min(n, (block + 1) * kExactPerBlock);
    for (Eigen::Index row = block * kExactPerBlock; row < end; ++row) {
      near.setOnes();
      for (int axis = 0; axis < kDims; ++axis) {
        auto& part = away[static_cast<std::size_t>(axis)];
        part = points(row, axis) - columns.col(axis);
        near += part.square();
      }
      near = near.inverse();
      sum += static_cast<double>(near.sum()) - 1;
      near = near.square();
      for (int axis = 0; axis < kDims; ++axis) {
        out.forces(row, axis) = (near * away[static_cast<std::size_t>(axis)]).sum();
      }
    }
    sums[static_cast<std::size_t>(block)] = sum;
  });
  out.sum = std::accumulate(sums.begin(), sums.end(), 0.0);
  return !context.stopRequested();
}

}  // namespace

bool exactRepulsion(const base::RowMatrix& points, Repulsion& out,
                    const base::TaskContext& context) {
  out.forces.resize(points.rows(), points.cols());
  return points.cols() == 2 ? exactIn<2>(points, out, context) : exactIn<3>(points, out, context);
}

Push exactPush(const Eigen::ArrayXXf& columns, const float* place) {
  constexpr int kBlock = 512;
  using Block = Eigen::Array<float, Eigen::Dynamic, 1, Eigen::ColMajor, kBlock, 1>;
  Push push;
  for (Eigen::Index first = 0; first < columns.rows(); first += kBlock) {
    const Eigen::Index count = std::min<Eigen::Index>(kBlock, columns.rows() - first);
    Block near = Block::Ones(count);
    for (Eigen::Index axis = 0; axis < columns.cols(); ++axis) {
      near += (place[axis] - columns.col(axis).segment(first, count)).square();
    }
    near = near.inverse();
    push.sum += near.sum();
    near = near.square();
    for (Eigen::Index axis = 0; axis < columns.cols(); ++axis) {
      push.force[static_cast<std::size_t>(axis)] +=
          (near * (place[axis] - columns.col(axis).segment(first, count))).sum();
    }
  }
  return push;
}

bool GridRepulsion::measure(const base::RowMatrix& points, Repulsion& out,
                            const base::TaskContext& context) {
  out.forces.resize(points.rows(), points.cols());
  return points.cols() == 2 ? measureIn<2>(points, out, context)
                            : measureIn<3>(points, out, context);
}

template <int kDims>
bool GridRepulsion::measureIn(const base::RowMatrix& points, Repulsion& out,
                              const base::TaskContext& context) {
  fit<kDims>(points);
  sortIntoBands<kDims>(points);
  spread<kDims>(points, context);
  if (!m_convolution->run(m_density, m_fields, context)) {
    return false;
  }
  gather<kDims>(points, out, context);
  return !context.stopRequested();
}

/// Lays the grid over the points.
template <int kDims>
void GridRepulsion::fit(const base::RowMatrix& points) {
  std::array<int, 3> nodes{1, 1, 1};
  std::array<float, kDims> extents;
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    const auto column = points.col(static_cast<Eigen::Index>(axis));
    m_origin[axis] = column.minCoeff();
    m_end[axis] = column.maxCoeff();
    extents[axis] = m_end[axis] - m_origin[axis];
  }
  const float spacing = spacingFor(*std::max_element(extents.begin(), extents.end()),
                                   kDims == 2 ? kMostFlatNodes : kMostDeepNodes);
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    nodes[axis] = quickLength(static_cast<int>(extents[axis] / spacing) + kOrder + 1);
  }
  const GridShape shape{nodes[kDims - 1], kDims == 3 ? nodes[1] : 1, nodes[0]};
  if (m_convolution && m_convolution->shape() == shape && m_spacing == spacing) {
    return;
  }
  m_spacing = spacing;
  const auto step = static_cast<double>(spacing);
  const auto nearness = [step](double squared) { return 1 / (1 + squared * step * step); };
  const auto force = [step, nearness](double squared) {
    return step * nearness(squared) * nearness(squared);
  };
  std::vector<GridKernel> kernels{{nearness, {}}, {force, GridAxis::Inner}};
  if constexpr (kDims == 3) {
    kernels.push_back({force, GridAxis::Middle});
  }
  kernels.push_back({force, GridAxis::Outer});
  m_convolution.emplace(shape, kernels, [](double frequency) {
    const double spline = splineTransform(frequency);
    return 1 / (spline * spline);
  });
  m_density.resize(shape.nodes());
  m_fields.resize(kernels.size());
}

namespace {

/// The place of a coordinate on the grid, in nodes; one node is left free before the first point.
float placeOf(float coordinate, float origin, float spacing) {
  return (coordinate - origin) / spacing + 1;
}

/// Calls `body(first node, weight)` for each of the lines of four nodes around a point.
template <int kDims, typename Body>
void forEachLine(const GridShape& shape, const std::array<Spline, kDims>& splines,
                 const Body& body) {
  const Spline& outer = splines[kDims - 1];
  for (int z = 0; z < kOrder; ++z) {
    const Eigen::Index plane = static_cast<Eigen::Index>(outer.first + z) * shape.middle;
    if constexpr (kDims == 2) {
      body(plane * shape.inner + splines[0].first, outer.values[z]);
    } else {
      for (int y = 0; y < kOrder; ++y) {
        body((plane + splines[1].first + y) * shape.inner + splines[0].first,
             outer.values[z] * splines[1].values[y]);
      }
    }
  }
}

template <int kDims>
std::array<Spline, kDims> splinesOf(const float* point, const std::array<float, 3>& origin,
                                    float spacing) {
  if constexpr (kDims == 2) {
    return {Spline(placeOf(point[0], origin[0], spacing)),
            Spline(placeOf(point[1], origin[1], spacing))};
  } else {
    return {Spline(placeOf(point[0], origin[0], spacing)),
            Spline(placeOf(point[1], origin[1], spacing)),
            Spline(placeOf(point[2], origin[2], spacing))};
  }
}

}  // namespace

/// Bands of the outermost axis, wide enough that those of every other one share no nodes.
template <int kDims>
void GridRepulsion::sortIntoBands(const base::RowMatrix& points) {
  const auto n = static_cast<std::size_t>(points.rows());
  const int outer = m_convolution->shape().outer;
  const auto wanted = static_cast<int>(std::min<std::size_t>(n / kPointsPerBand + 1, 1024));
  m_bandNodes = std::max(kOrder, (outer + wanted - 1) / wanted);
  const auto bands = static_cast<std::size_t>((outer + m_bandNodes - 1) / m_bandNodes);
  const auto bandOf = [&](std::size_t row) {
    const float place =
        placeOf(points.data()[row * kDims + kDims - 1], m_origin[kDims - 1], m_spacing);
    return static_cast<std::size_t>(static_cast<int>(place) / m_bandNodes);
  };
  m_begins.assign(bands + 1, 0);
  for (std::size_t row = 0; row < n; ++row) {
    ++m_begins[bandOf(row) + 1];
  }
  std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
  std::vector<std::size_t> ends(m_begins.begin(), m_begins.end() - 1);
  m_order.resize(n);
  for (std::size_t row = 0; row < n; ++row) {
    m_order[ends[bandOf(row)]++] = static_cast<std::int32_t>(row);
  }
}

template <int kDims>
void GridRepulsion::spread(const base::RowMatrix& points, const base::TaskContext& context) {
  std::fill(m_density.begin(), m_density.end(), 0.0F);
  const auto bands = static_cast<std::int64_t>(m_begins.size()) - 1;
  for (std::int64_t parity = 0; parity < 2; ++parity) {
    base::parallelBlocks((bands + 1 - parity) / 2, [&](std::int64_t block) {
      if (context.stopRequested()) {
        return;
      }
      const auto band = static_cast<std::size_t>(2 * block + parity);
      for (std::size_t i = m_begins[band]; i < m_begins[band + 1]; ++i) {
        const auto splines = splinesOf<kDims>(points.row(m_order[i]).data(), m_origin, m_spacing);
        forEachLine<kDims>(m_convolution->shape(), splines, [&](Eigen::Index node, float weight) {
          Eigen::Map<Weights>(m_density.data() + node) += weight * splines[0].values;
        });
      }
    });
  }
}

/// Σ q, then the force by axis.
template <int kDims>
std::array<float, kDims + 1> GridRepulsion::fieldsAt(const float* place) const {
  const auto splines = splinesOf<kDims>(place, m_origin, m_spacing);
  std::array<Weights, kDims + 1> fields;
  fields.fill(Weights::Zero());
  forEachLine<kDims>(m_convolution->shape(), splines, [&](Eigen::Index node, float weight) {
    for (std::size_t field = 0; field < fields.size(); ++field) {
      fields[field] += weight * Eigen::Map<const Weights>(m_fields[field].data() + node);
    }
  });
  std::array<float, kDims + 1> sums;
  std::ranges::transform(fields, sums.begin(),
                         [&](const Weights& field) { return (field * splines[0].values).sum(); });
  return sums;
}

template <int kDims>
Push GridRepulsion::pushIn(const float* place) const {
  std::array<float, kDims> within;
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    within[axis] =
        std::min(place[axis] > m_origin[axis] ? place[axis] : m_origin[axis],  // NaN, too
                 m_end[axis]);
  }
  const auto fields = fieldsAt<kDims>(within.data());
  Push push{fields[0], {}};
  std::copy(fields.begin() + 1, fields.end(), push.force.begin());
  return push;
}

Push GridRepulsion::pushAt(const float* place) const {
  return m_fields.size() == 3 ? pushIn<2>(place) : pushIn<3>(place);
}

template <int kDims>
void GridRepulsion::gather(const base::RowMatrix& points, Repulsion& out,
                           const base::TaskContext& context) {
  const Eigen::Index n = points.rows();
  std::vector<double> sums(static_cast<std::size_t>((n + kPointsPerBlock - 1) / kPointsPerBlock));
  base::parallelBlocks(static_cast<std::int64_t>(sums.size()), [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    double sum = 0;
    const Eigen::Index end = std::min(n, (block + 1) * kPointsPerBlock);
    for (Eigen::Index row = block * kPointsPerBlock; row < end; ++row) {
      const auto fields = fieldsAt<kDims>(points.row(row).data());
      sum += static_cast<double>(fields[0]) - 1;
      for (std::size_t axis = 0; axis < kDims; ++axis) {
        out.forces(row, static_cast<Eigen::Index>(axis)) = fields[axis + 1];
      }
    }
    sums[static_cast<std::size_t>(block)] = sum;
  });
  out.sum = std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace embedscope::projection
