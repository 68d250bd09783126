// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/grid_convolution.h"

#include "core/base/parallel.h"

#include <fftw3.h>

#include <algorithm>
#include <complex>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace embedscope::projection {

namespace {

using Complex = std::complex<float>;

/// Columns that are transformed together, so that each step works on whole vectors.
constexpr int kColumns = 16;
constexpr int kLinesPerBlock = 8;

/// FFTW makes one plan at a time.
std::mutex& planning() {
  static std::mutex mutex;
  return mutex;
}

struct FreePlan {
  void operator()(fftwf_plan plan) const {
    const std::scoped_lock lock(planning());
    fftwf_destroy_plan(plan);
  }
};

using Plan = std::unique_ptr<std::remove_pointer_t<fftwf_plan>, FreePlan>;

struct FreeMemory {
  void operator()(void* memory) const { fftwf_free(memory); }
};

/// Zeros, aligned as FFTW likes it.
template <typename Number>
std::unique_ptr<Number[], FreeMemory> zeros(std::size_t count) {
  auto* memory = static_cast<Number*>(fftwf_malloc(count * sizeof(Number)));
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  std::fill_n(memory, count, Number());
  return std::unique_ptr<Number[], FreeMemory>(memory);
}

fftwf_complex* raw(Complex* numbers) {
  return reinterpret_cast<fftwf_complex*>(numbers);
}

std::size_t size(int count) {
  return static_cast<std::size_t>(count);
}

/// Of kColumns columns of `length` numbers each that lie side by side, in place.
Plan columnPlan(int length, int direction) {
  const auto buffer = zeros<Complex>(size(length) * size(kColumns));
  const std::scoped_lock lock(planning());
  return Plan(fftwf_plan_many_dft(1, &length, kColumns, raw(buffer.get()), nullptr, kColumns, 1,
                                  raw(buffer.get()), nullptr, kColumns, 1, direction,
                                  FFTW_ESTIMATE));
}

}  // namespace

int quickLength(int count) {
  constexpr int kUnit = 8;
  for (int units = std::max((count + kUnit - 1) / kUnit, 1);; ++units) {
    int rest = units;
    for (const int factor : {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    if (rest == 1) {
      return kUnit * units;
    }
  }
}

namespace {

int length(int nodes) {
  return nodes > 1 ? 2 * nodes : 1;
}

/// What a spectrum is multiplied by.
struct Response {
  /// The spectrum of a kernel is real, or where it is odd along an axis, −i times real.
  bool isImaginary = false;
  bool isOddOutside = false;   ///< odd along the outermost axis
  bool isOddMidway = false;    ///< odd along the middle one
  std::vector<float> factors;  ///< (outer + 1) × (middle + 1, flat grids 1) × stride
};

/// One axis of a kernel's transform: a kernel that is even there needs a cosine transform of its
/// half, an odd one a sine transform, which leaves out the zeros at both ends.
struct HalfAxis {
  HalfAxis(int nodes, bool odd)
      : first(odd ? 1 : 0), count(nodes > 1 ? nodes + 1 - 2 * first : 1) {}

  fftwf_r2r_kind kind() const { return first == 1 ? FFTW_RODFT00 : FFTW_REDFT00; }

  int first;
  int count;
};

}  // namespace

/// The lines of a grid become spectra, then its columns. A spectrum is kept for one half of the
/// innermost axis, for all of the middle one, and for the outermost one only within a buffer.
struct GridConvolution::Transforms {
  using Spectrum = std::unique_ptr<Complex[], FreeMemory>;  ///< outer × middle length × stride

  Transforms(const GridShape& grid, std::span<const GridKernel> kernels,
             const std::function<double(double)>& filter);

  Response responseOf(const GridKernel& kernel, const std::function<double(double)>& filter) const;
  void transformLines(const float* in, const base::TaskContext& context);
  void transformMiddle(const Spectrum& spectrum, bool back, const base::TaskContext& context);
  void convolveOuter(const base::TaskContext& context);
  void restoreLines(const Spectrum& spectrum, float* out, const base::TaskContext& context);

  Spectrum emptySpectrum() const {
    return zeros<Complex>(size(shape.outer) * size(length(shape.middle)) * size(stride));
  }

  Complex* line(const Spectrum& spectrum, int outer, int middle) const {
    return spectrum.get() +
           (size(outer) * size(length(shape.middle)) + size(middle)) * size(stride);
  }

  GridShape shape;
  int stride;  ///< numbers in a line of a spectrum, whole sets of columns
  std::vector<Response> responses;
  Spectrum given;
  std::vector<Spectrum> results;
  Plan lineForward;
  Plan lineBack;
  Plan middleForward;
  Plan middleBack;
  Plan outerForward;
  Plan outerBack;
};

GridConvolution::Transforms::Transforms(const GridShape& grid, std::span<const GridKernel> kernels,
                                        const std::function<double(double)>& filter)
    : shape(grid), stride((grid.inner + 1 + kColumns - 1) / kColumns * kColumns) {
  given = emptySpectrum();
  for (const GridKernel& kernel : kernels) {
    results.push_back(emptySpectrum());
    responses.push_back(responseOf(kernel, filter));
  }
  {
    const auto numbers = zeros<float>(size(2 * shape.inner));
    const auto half = zeros<Complex>(size(stride));
    const std::scoped_lock lock(planning());
    lineForward.reset(
        fftwf_plan_dft_r2c_1d(2 * shape.inner, numbers.get(), raw(half.get()), FFTW_ESTIMATE));
    lineBack.reset(
        fftwf_plan_dft_c2r_1d(2 * shape.inner, raw(half.get()), numbers.get(), FFTW_ESTIMATE));
  }
  if (shape.middle > 1) {
    middleForward = columnPlan(2 * shape.middle, FFTW_FORWARD);
    middleBack = columnPlan(2 * shape.middle, FFTW_BACKWARD);
  }
  outerForward = columnPlan(2 * shape.outer, FFTW_FORWARD);
  outerBack = columnPlan(2 * shape.outer, FFTW_BACKWARD);
}

Response GridConvolution::Transforms::responseOf(
    const GridKernel& kernel, const std::function<double(double)>& filter) const {
  const auto isAlong = [&](GridAxis axis) { return kernel.along == axis; };
  const HalfAxis outer(shape.outer, isAlong(GridAxis::Outer));
  const HalfAxis middle(shape.middle, isAlong(GridAxis::Middle));
  const HalfAxis inner(shape.inner, isAlong(GridAxis::Inner));
  const auto values = zeros<float>(size(outer.count) * size(middle.count) * size(inner.count));
  const auto forEach = [&](const auto& body) {
    std::size_t i = 0;
    for (int z = outer.first; z < outer.first + outer.count; ++z) {
      for (int y = middle.first; y < middle.first + middle.count; ++y) {
        for (int x = inner.first; x < inner.first + inner.count; ++x) {
          body(values[i++], z, y, x);
        }
      }
    }
  };
  forEach([&](float& value, int z, int y, int x) {
    const int part = isAlong(GridAxis::Outer)    ? z
                     : isAlong(GridAxis::Middle) ? y
                     : isAlong(GridAxis::Inner)  ? x
                                                 : 1;
    const double squared =
        static_cast<double>(z) * z + static_cast<double>(y) * y + static_cast<double>(x) * x;
    value = static_cast<float>(kernel.radial(squared) * part);
  });
  std::vector<int> counts{outer.count};
  std::vector<fftwf_r2r_kind> kinds{outer.kind()};
  if (shape.middle > 1) {
    counts.push_back(middle.count);
    kinds.push_back(middle.kind());
  }
  counts.push_back(inner.count);
  kinds.push_back(inner.kind());
  Plan plan;
  {
    const std::scoped_lock lock(planning());
    plan.reset(fftwf_plan_r2r(static_cast<int>(counts.size()), counts.data(), values.get(),
                              values.get(), kinds.data(), FFTW_ESTIMATE));
  }
  fftwf_execute(plan.get());

  Response response{
      kernel.along.has_value(), isAlong(GridAxis::Outer), isAlong(GridAxis::Middle), {}};
  const int middles = shape.middle > 1 ? shape.middle + 1 : 1;
  response.factors.assign(size(shape.outer + 1) * size(middles) * size(stride), 0.0F);
  const auto filtersOf = [&](int nodes) {
    std::vector<double> filters(1, 1.0);
    for (int i = 0; nodes > 1 && i <= nodes; ++i) {
      filters.resize(size(i) + 1);
      filters.back() = filter(static_cast<double>(i) / (2.0 * nodes)) / (2.0 * nodes);
    }
    return filters;
  };
  const std::vector<double> outerFilters = filtersOf(shape.outer);
  const std::vector<double> middleFilters = filtersOf(shape.middle);
  const std::vector<double> innerFilters = filtersOf(shape.inner);
  forEach([&](float& value, int z, int y, int x) {
    response.factors[(size(z) * size(middles) + size(y)) * size(stride) + size(x)] =
        static_cast<float>(static_cast<double>(value) * outerFilters[size(z)] *
                           middleFilters[size(y)] * innerFilters[size(x)]);
  });
  return response;
}

void GridConvolution::Transforms::transformLines(const float* in,
                                                 const base::TaskContext& context) {
  const int lines = shape.outer * shape.middle;
  base::parallelBlocks((lines + kLinesPerBlock - 1) / kLinesPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const auto padded = zeros<float>(size(2 * shape.inner));
    const int first = static_cast<int>(block) * kLinesPerBlock;
    for (int i = first; i < std::min(lines, first + kLinesPerBlock); ++i) {
      std::copy_n(in + size(i) * size(shape.inner), shape.inner, padded.get());
      fftwf_execute_dft_r2c(lineForward.get(), padded.get(),
                            raw(line(given, i / shape.middle, i % shape.middle)));
      std::fill_n(padded.get() + shape.inner, shape.inner, 0.0F);
    }
  });
}

void GridConvolution::Transforms::transformMiddle(const Spectrum& spectrum, bool back,
                                                  const base::TaskContext& context) {
  if (shape.middle == 1) {
    return;
  }
  const int whole = length(shape.middle);
  const int known = back ? whole : shape.middle;
  const int wanted = back ? shape.middle : whole;
  base::parallelBlocks(shape.outer, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const int outer = static_cast<int>(block);
    const auto buffer = zeros<Complex>(size(whole) * size(kColumns));
    for (int column = 0; column < stride; column += kColumns) {
      for (int i = 0; i < known; ++i) {
        std::copy_n(line(spectrum, outer, i) + column, kColumns,
                    buffer.get() + size(i) * size(kColumns));
      }
      std::fill_n(buffer.get() + size(known) * size(kColumns), size(whole - known) * size(kColumns),
                  Complex());
      fftwf_execute_dft(back ? middleBack.get() : middleForward.get(), raw(buffer.get()),
                        raw(buffer.get()));
      for (int i = 0; i < wanted; ++i) {
        std::copy_n(buffer.get() + size(i) * size(kColumns), kColumns,
                    line(spectrum, outer, i) + column);
      }
    }
  });
}

namespace {

/// numbers · factors, or numbers · −i · factors.
void multiply(const Complex* numbers, const float* factors, bool isImaginary, bool isNegative,
              Complex* out) {
  const auto* in = reinterpret_cast<const float*>(numbers);
  auto* to = reinterpret_cast<float*>(out);
  const float sign = isNegative ? -1.0F : 1.0F;
  if (isImaginary) {
    for (int i = 0; i < kColumns; ++i) {
      const float factor = sign * factors[i];
      to[2 * i] = in[2 * i + 1] * factor;
      to[2 * i + 1] = -in[2 * i] * factor;
    }
  } else {
    for (int i = 0; i < kColumns; ++i) {
      to[2 * i] = in[2 * i] * factors[i];
      to[2 * i + 1] = in[2 * i + 1] * factors[i];
    }
  }
}

}  // namespace

void GridConvolution::Transforms::convolveOuter(const base::TaskContext& context) {
  const int sets = stride / kColumns;
  const int whole = length(shape.outer);
  const int middles = shape.middle > 1 ? shape.middle + 1 : 1;
  base::parallelBlocks(
      static_cast<std::int64_t>(length(shape.middle)) * sets, [&](std::int64_t block) {
        if (context.stopRequested()) {
          return;
        }
        const int middle = static_cast<int>(block / sets);
        const int column = static_cast<int>(block % sets) * kColumns;
        const int near = std::min(middle, length(shape.middle) - middle);
        const std::size_t count = size(whole) * size(kColumns);
        const auto transformed = zeros<Complex>(count);
        const auto buffer = zeros<Complex>(count);
        const auto at = [&](const auto& numbers, int i) {
          return numbers.get() + size(i) * size(kColumns);
        };
        for (int i = 0; i < shape.outer; ++i) {
          std::copy_n(line(given, i, middle) + column, kColumns, at(transformed, i));
        }
        fftwf_execute_dft(outerForward.get(), raw(transformed.get()), raw(transformed.get()));
        for (std::size_t kernel = 0; kernel < responses.size(); ++kernel) {
          const Response& response = responses[kernel];
          for (int i = 0; i < whole; ++i) {
            const bool isNegative = (response.isOddOutside && i > shape.outer) !=
                                    (response.isOddMidway && middle > shape.middle);
            const std::size_t factors =
                (size(std::min(i, whole - i)) * size(middles) + size(near)) * size(stride) +
                size(column);
            multiply(at(transformed, i), response.factors.data() + factors, response.isImaginary,
                     isNegative, at(buffer, i));
          }
          fftwf_execute_dft(outerBack.get(), raw(buffer.get()), raw(buffer.get()));
          for (int i = 0; i < shape.outer; ++i) {
            std::copy_n(at(buffer, i), kColumns, line(results[kernel], i, middle) + column);
          }
        }
      });
}

void GridConvolution::Transforms::restoreLines(const Spectrum& spectrum, float* out,
                                               const base::TaskContext& context) {
  const int lines = shape.outer * shape.middle;
  base::parallelBlocks((lines + kLinesPerBlock - 1) / kLinesPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const auto padded = zeros<float>(size(2 * shape.inner));
    const int first = static_cast<int>(block) * kLinesPerBlock;
    for (int i = first; i < std::min(lines, first + kLinesPerBlock); ++i) {
      fftwf_execute_dft_c2r(lineBack.get(), raw(line(spectrum, i / shape.middle, i % shape.middle)),
                            padded.get());
      std::copy_n(padded.get(), shape.inner, out + size(i) * size(shape.inner));
    }
  });
}

GridConvolution::GridConvolution(const GridShape& shape, std::span<const GridKernel> kernels,
                                 const std::function<double(double frequency)>& filter)
    : m_transforms(std::make_unique<Transforms>(shape, kernels, filter)) {}

GridConvolution::~GridConvolution() = default;
GridConvolution::GridConvolution(GridConvolution&&) noexcept = default;
GridConvolution& GridConvolution::operator=(GridConvolution&&) noexcept = default;

const GridShape& GridConvolution::shape() const {
  return m_transforms->shape;
}

bool GridConvolution::run(std::span<const float> in, std::span<std::vector<float>> out,
                          const base::TaskContext& context) {
  m_transforms->transformLines(in.data(), context);
  m_transforms->transformMiddle(m_transforms->given, false, context);
  m_transforms->convolveOuter(context);
  for (std::size_t kernel = 0; kernel < out.size(); ++kernel) {
    out[kernel].resize(shape().nodes());
    m_transforms->transformMiddle(m_transforms->results[kernel], true, context);
    m_transforms->restoreLines(m_transforms->results[kernel], out[kernel].data(), context);
  }
  return !context.stopRequested();
}

}  // namespace embedscope::projection
