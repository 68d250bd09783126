// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::projection {

/// How many nodes a grid has along its outermost, middle and innermost axis; a flat grid has one
/// along the middle.
struct GridShape {
  int outer = 1;
  int middle = 1;
  int inner = 1;

  std::size_t nodes() const {
    return static_cast<std::size_t>(outer) * static_cast<std::size_t>(middle) *
           static_cast<std::size_t>(inner);
  }

  bool operator==(const GridShape&) const = default;
};

/// The smallest number from `count` on that is 8 times one without prime factors but 2, 3 and 5:
/// lengths that transforms are fast at, in steps of some percent.
int quickLength(int count);

enum class GridAxis { Outer, Middle, Inner };

/// A function of the way from one node to another: of its length, and for forces also of its part
/// along one axis.
struct GridKernel {
  std::function<double(double squared)> radial;  ///< of the squared length, the spacing being 1
  std::optional<GridAxis> along;                 ///< the radial part is multiplied by that part
};

/// Sums functions of the way over all pairs of nodes of a grid: out(a) = Σ_b kernel(a − b)·in(b),
/// by Fourier transforms of twice the length in each axis, so that nothing wraps around. The
/// transforms are FFTW's in float32 (its plans are estimated, so that each run gets the same ones);
/// lines that hold only padding are passed over.
class GridConvolution {
 public:
  /// @param kernels  one for each output.
  /// @param filter   of the frequency along an axis, in [0, 1/2] cycles per node: what the
  /// transform
  ///                 is multiplied by, once for each axis.
  GridConvolution(const GridShape& shape, std::span<const GridKernel> kernels,
                  const std::function<double(double frequency)>& filter);
  ~GridConvolution();
  GridConvolution(GridConvolution&&) noexcept;
  GridConvolution& operator=(GridConvolution&&) noexcept;

  const GridShape& shape() const;

  /// @param in   shape().nodes() numbers, innermost axis first.
  /// @param out  as many for each kernel.
  /// @return false when stopped; then `out` is worthless.
  /// Cost O(nodes·log(nodes)) for the input and each kernel, parallel; the same bits for any thread
  /// count.
  bool run(std::span<const float> in, std::span<std::vector<float>> out,
           const base::TaskContext& context = {});

 private:
  struct Transforms;
  std::unique_ptr<Transforms> m_transforms;
};

}  // namespace embedscope::projection
