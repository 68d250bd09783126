// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of 300 floats as text, beside the standard library.
#include "core/base/float_text.h"
#include "core/base/random.h"

#include <benchmark/benchmark.h>

#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace embedscope;

constexpr std::size_t kDimension = 300;
constexpr std::size_t kRows = 400;

/// Which numbers a table holds.
enum Numbers { Trained, Standard, Rounded };

std::vector<float> numbersOf(std::int64_t kind) {
  base::RandomStream random(1, 0);
  std::vector<float> values(kDimension * kRows);
  for (float& value : values) {
    const double normal = random.normal() * (kind == Standard ? 1.0 : 0.1);
    value = static_cast<float>(kind == Rounded ? std::round(normal * 1e5) / 1e5 : normal);
  }
  return values;
}

void appendByTheLibrary(std::string& out, std::span<const float> row) {
  for (const float value : row) {
    std::array<char, 32> buffer;
    const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), end);
    out += ' ';
  }
}

template <typename Append>
void writeRows(benchmark::State& state, Append append) {
  const std::vector<float> values = numbersOf(state.range(0));
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (std::size_t row = 0; row < kRows; ++row) {
      append(out, std::span(values).subspan(row * kDimension, kDimension));
    }
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}

void standardLibrary(benchmark::State& state) {
  writeRows(state, appendByTheLibrary);
}

void oneByOne(benchmark::State& state) {
  writeRows(state, [](std::string& out, std::span<const float> row) {
    for (const float value : row) {
      base::appendFloat(out, value);
      out += ' ';
    }
  });
}

void wholeRows(benchmark::State& state) {
  writeRows(state, [](std::string& out, std::span<const float> row) {
    base::appendFloats(out, row, ' ');
    out += '\n';
  });
}

BENCHMARK(standardLibrary)->Arg(Trained)->Arg(Standard)->Arg(Rounded);
BENCHMARK(oneByOne)->Arg(Trained)->Arg(Standard)->Arg(Rounded);
BENCHMARK(wholeRows)->Arg(Trained)->Arg(Standard)->Arg(Rounded);

}  // namespace
