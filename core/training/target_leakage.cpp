// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/target_leakage.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

constexpr std::int32_t kNone = -1;
constexpr double kChance = 1e-6;
constexpr double kRounding = 1e-9;  // of the range of the target
constexpr std::int64_t kFewestRowsPerCategory = 2;

/// ln ‖p‖₂ of the shares of the values.
double logNorm(const CodedValues& target) {
  std::vector<double> counts(static_cast<std::size_t>(target.distinct), 0);
  for (const std::int32_t code : target.codes) {
    ++counts[static_cast<std::size_t>(code)];
  }
  double squares = 0;
  const auto rows = static_cast<double>(target.codes.size());
  for (const double count : counts) {
    squares += count / rows * (count / rows);
  }
  return std::log(squares) / 2;
}

/// What is known of each category after one pass; nothing when the target varies within one.
struct Pass {
  std::vector<std::int64_t> rows;
  std::vector<std::int32_t> values;
};

std::optional<Pass> passOver(std::span<const std::int32_t> codes, std::int64_t categories,
                             const CodedValues& target, std::optional<std::int64_t> leftAside) {
  Pass pass;
  pass.rows.assign(static_cast<std::size_t>(categories), 0);
  pass.values.assign(static_cast<std::size_t>(categories), kNone);
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] == leftAside) {
      continue;
    }
    const auto category = static_cast<std::size_t>(codes[row]);
    std::int32_t& value = pass.values[category];
    if (value != kNone && value != target.codes[row]) {
      return {};
    }
    value = target.codes[row];
    ++pass.rows[category];
  }
  return pass;
}

}  // namespace

CodedValues codedValues(std::span<const double> values) {
  CodedValues out;
  out.values.assign(values.begin(), values.end());
  std::sort(out.values.begin(), out.values.end());
  out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
  out.distinct = static_cast<std::int64_t>(out.values.size());
  out.codes.reserve(values.size());
  for (const double value : values) {
    const auto place = std::lower_bound(out.values.begin(), out.values.end(), value);
    out.codes.push_back(static_cast<std::int32_t>(place - out.values.begin()));
  }
  return out;
}

CodedValues codedTarget(const data::Target& target) {
  if (target.kind == data::TargetKind::Regression) {
    return codedValues(target.values);
  }
  return {target.codes, {}, target.classes.size()};
}

std::optional<Leakage> leakageOf(std::span<const std::int32_t> codes, std::int64_t categories,
                                 const CodedValues& target, std::optional<std::int64_t> leftAside) {
  if (codes.empty() || codes.size() != target.codes.size()) {
    return {};
  }
  const std::optional<Pass> pass = passOver(codes, categories, target, leftAside);
  if (!pass) {
    return {};
  }
  Leakage leakage;
  std::int64_t rows = 0;
  std::int64_t repeatedRows = 0;
  std::int64_t most = 0;
  std::int64_t values = 0;
  std::vector<bool> seen(static_cast<std::size_t>(target.distinct), false);
  for (std::size_t category = 0; category < pass->rows.size(); ++category) {
    const std::int64_t here = pass->rows[category];
    if (here == 0) {
      continue;
    }
    ++leakage.categories;
    rows += here;
    repeatedRows += here > 1 ? here : 0;
    const auto value = static_cast<std::size_t>(pass->values[category]);
    values += seen[value] ? 0 : 1;
    seen[value] = true;
    if (here > most) {
      most = here;
      leakage.category = static_cast<std::int64_t>(category);
      leakage.value = pass->values[category];
    }
  }
  const bool byChance = logNorm(target) * static_cast<double>(repeatedRows) > std::log(kChance);
  if (byChance || kFewestRowsPerCategory * leakage.categories > rows) {
    return {};
  }
  leakage.oneToOne = values == leakage.categories;
  return leakage;
}

bool isSameUpToScale(std::span<const double> column, std::span<const double> target) {
  if (column.empty() || column.size() != target.size()) {
    return false;
  }
  const auto [low, high] = std::minmax_element(column.begin(), column.end());
  if (!(*low < *high)) {
    return false;
  }
  const double from = target[static_cast<std::size_t>(low - column.begin())];
  const double to = target[static_cast<std::size_t>(high - column.begin())];
  const double slope = (to - from) / (*high - *low);
  const double tolerance = kRounding * std::abs(to - from);
  bool more = false;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!(std::abs(from + slope * (column[row] - *low) - target[row]) <= tolerance)) {
      return false;
    }
    more = more || (column[row] > *low && column[row] < *high);
  }
  return more && slope != 0;
}

}  // namespace embedscope::training
