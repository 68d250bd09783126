// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/generated.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::data {

namespace {

using base::Error;
using base::ErrorCode;
using base::RandomStream;

/// What a random stream is used for; the hidden structure does not change with the number of rows.
enum Stream : std::uint64_t { kHidden = 1, kInputs = 2, kNoise = 3 };

constexpr std::int64_t kMostRows = 10'000'000;
constexpr std::int64_t kMostHidden = 100'000'000;  ///< numbers in hidden vectors

constexpr double kMeanRating = 3.5;
constexpr double kLevelDeviation = 0.4;
constexpr double kTasteDeviation = 0.5;

constexpr std::array<GeneratedInfo, 5> kInfos = {{
    {GeneratedKind::TwoValues, "two-values", "Two values",
     "The smallest case: a switch that is worth 1 when off and 3 when on, plus noise. One number "
     "for each category is enough, and one-hot, identity and random start must all end at the same "
     "loss: the variance of the noise.",
     "value"},
    {GeneratedKind::Months, "months", "Months on a circle",
     "The temperature is 12 + 8 (north · cos a + coast · sin a), where a is the month's angle on "
     "the year's circle, July at 0, and north and coast run from -1 to 1. Two dimensions are "
     "needed and enough: the learned vectors of the months should lie on a closed curve in the "
     "order of the year, and the loss should come down to the variance of the noise.",
     "temperature"},
    {GeneratedKind::LatentFactors, "latent-factors", "Hidden factors",
     "Every product has a hidden vector of r normal numbers; the sales are its inner product with "
     "the r numbers x1, x2, … of the row. Embeddings of r dimensions can express this exactly, "
     "smaller ones cannot; larger ones gain nothing.",
     "sales"},
    {GeneratedKind::Grid, "grid", "Rows and columns of a grid",
     "Rows and columns of a grid have hidden places from 0 to 1 in shuffled order; the target is "
     "cos(pi · (place of row − place of column)). Neither feature alone tells anything about the "
     "middle of the grid. The learned vectors of both should line up along an arc in the hidden "
     "order.",
     "height"},
    {GeneratedKind::Ratings, "ratings", "Users rate items",
     "A rating is 3.5 + the level of the user + the level of the item + half the inner product of "
     "their hidden vectors / √r, where levels have a deviation of 0.4 and vectors are r normal "
     "numbers. Every user rates equally often; few items are rated much and many little, so that "
     "evidence about an item may be scarce. Two features with many categories: one-hot needs many "
     "weights, and no model can come below the deviation of the noise.",
     "rating"},
}};

std::string numberText(double value) {
  std::array<char, 64> buffer;
  // Rounded so far that the last bits of a machine's cosine cannot show.
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                           std::chars_format::fixed, 6);
  return {buffer.data(), end};
}

/// "p001" … "p120": all of one width, at least `width` digits.
std::string numberedLabel(char letter, std::int64_t number, std::int64_t count, std::size_t width) {
  width = std::max(width, std::to_string(count).size());
  std::string digits = std::to_string(number);
  return letter + std::string(width - std::min(width, digits.size()), '0') + digits;
}

class RowWriter {
 public:
  RowWriter(std::string name, std::vector<std::string> columns)
      : m_table(std::make_shared<DataTable>(std::move(name), std::move(columns))) {}

  void append(const std::vector<std::string>& cells) {
    m_table->appendRow({cells.begin(), cells.end()});
  }

  DataTablePtr table() const { return m_table; }

 private:
  std::shared_ptr<DataTable> m_table;
};

void check(bool holds, const char* sentence) {
  if (!holds) {
    throw Error(ErrorCode::InvalidArgument, sentence);
  }
}

void checkSpec(const GeneratedSpec& spec) {
  check(spec.categories >= 2, "generated data needs at least 2 categories");
  check(spec.rowsPerCategory >= 1, "generated data needs at least 1 row for each category");
  check(spec.latentRank >= 1 && spec.latentRank <= 1000, "the hidden rank must be 1 to 1,000");
  check(std::isfinite(spec.noise) && spec.noise >= 0, "the noise must be 0 or more");
  const auto rows = base::checkedProduct(spec.categories, spec.rowsPerCategory);
  check(spec.items >= 2 && spec.items <= kMostRows, "generated ratings need 2 to 10,000,000 items");
  check(rows && *rows <= kMostRows && spec.rowsPerCategory <= kMostRows / 12,
        "generated data is limited to 10,000,000 rows");
  check(std::max(spec.categories, spec.items) <= kMostHidden / spec.latentRank,
        "generated data is limited to 100,000,000 hidden numbers: lower the hidden rank or the "
        "number of categories");
}

DataTablePtr twoValues(const GeneratedSpec& spec) {
  RandomStream noise(spec.seed, kNoise);
  RowWriter rows("two-values", {"switch", "value"});
  for (std::int64_t i = 0; i < 2 * spec.rowsPerCategory; ++i) {
    const bool on = i % 2 == 1;
    rows.append({on ? "on" : "off", numberText((on ? 3.0 : 1.0) + spec.noise * noise.normal())});
  }
  return rows.table();
}

DataTablePtr months(const GeneratedSpec& spec) {
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  RandomStream inputs(spec.seed, kInputs);
  RandomStream noise(spec.seed, kNoise);
  RowWriter rows("months", {"month", "north", "coast", "temperature"});
  for (std::int64_t i = 0; i < 12 * spec.rowsPerCategory; ++i) {
    const std::int64_t month = i % 12;
    const double angle = 2 * std::numbers::pi * static_cast<double>(month - 6) / 12;
    const double north = inputs.uniform(-1, 1);
    const double coast = inputs.uniform(-1, 1);
    const double temperature = 12 + 8 * (north * std::cos(angle) + coast * std::sin(angle));
    rows.append({kMonths.at(static_cast<std::size_t>(month)), numberText(north), numberText(coast),
                 numberText(temperature + spec.noise * noise.normal())});
  }
  return rows.table();
}

DataTablePtr latentFactors(const GeneratedSpec& spec) {
  const auto rank = static_cast<std::size_t>(spec.latentRank);
  RandomStream hidden(spec.seed, kHidden);
  std::vector<double> factors(static_cast<std::size_t>(spec.categories) * rank);
  std::generate(factors.begin(), factors.end(), [&] { return hidden.normal(); });

  std::vector<std::string> columns(1, "product");
  for (std::size_t j = 1; j <= rank; ++j) {
    columns.emplace_back(1, 'x').append(std::to_string(j));
  }
  columns.emplace_back("sales");
  RandomStream inputs(spec.seed, kInputs);
  RandomStream noise(spec.seed, kNoise);
  RowWriter rows("latent-factors", std::move(columns));
  std::vector<std::string> cells(rank + 2);
  for (std::int64_t i = 0; i < spec.categories * spec.rowsPerCategory; ++i) {
    const std::int64_t product = i % spec.categories;
    const double* factor = factors.data() + static_cast<std::size_t>(product) * rank;
    cells.front() = numberedLabel('p', product + 1, spec.categories, 3);
    double sales = 0;
    for (std::size_t j = 0; j < rank; ++j) {
      const double x = inputs.uniform(-1, 1);
      cells[j + 1] = numberText(x);
      sales += factor[j] * x;
    }
    cells.back() = numberText(sales + spec.noise * noise.normal());
    rows.append(cells);
  }
  return rows.table();
}

/// Places 0 … 1 at equal distances, in shuffled order (Fisher and Yates).
std::vector<double> shuffledPlaces(std::int64_t count, RandomStream& random) {
  std::vector<double> places(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i] = static_cast<double>(i) / static_cast<double>(count - 1);
  }
  for (std::size_t i = places.size(); i > 1; --i) {
    std::swap(places[i - 1], places[random.below(static_cast<std::uint32_t>(i))]);
  }
  return places;
}

DataTablePtr grid(const GeneratedSpec& spec) {
  RandomStream hidden(spec.seed, kHidden);
  const std::vector<double> rowPlaces = shuffledPlaces(spec.categories, hidden);
  const std::vector<double> columnPlaces = shuffledPlaces(spec.categories, hidden);
  RandomStream inputs(spec.seed, kInputs);
  RandomStream noise(spec.seed, kNoise);
  RowWriter rows("grid", {"row", "column", "height"});
  for (std::int64_t i = 0; i < spec.categories * spec.rowsPerCategory; ++i) {
    const auto row = static_cast<std::size_t>(i % spec.categories);
    const std::size_t column = inputs.below(static_cast<std::uint32_t>(spec.categories));
    const double height = std::cos(std::numbers::pi * (rowPlaces[row] - columnPlaces[column]));
    rows.append({numberedLabel('r', static_cast<std::int64_t>(row) + 1, spec.categories, 2),
                 numberedLabel('c', static_cast<std::int64_t>(column) + 1, spec.categories, 2),
                 numberText(height + spec.noise * noise.normal())});
  }
  return rows.table();
}

/// What users, or items, are like.
struct Tastes {
  std::vector<double> levels;
  std::vector<double> vectors;  ///< count × rank

  Tastes(std::int64_t count, std::size_t rank, RandomStream& random)
      : levels(static_cast<std::size_t>(count)), vectors(levels.size() * rank) {
    std::generate(levels.begin(), levels.end(), [&] { return kLevelDeviation * random.normal(); });
    std::generate(vectors.begin(), vectors.end(), [&] { return random.normal(); });
  }
};

DataTablePtr ratings(const GeneratedSpec& spec) {
  const auto rank = static_cast<std::size_t>(spec.latentRank);
  RandomStream hidden(spec.seed, kHidden);
  const Tastes users(spec.categories, rank, hidden);
  const Tastes items(spec.items, rank, hidden);
  const double scale = kTasteDeviation / std::sqrt(static_cast<double>(rank));
  RandomStream inputs(spec.seed, kInputs);
  RandomStream noise(spec.seed, kNoise);
  RowWriter rows("ratings", {"user", "item", "rating"});
  for (std::int64_t i = 0; i < spec.categories * spec.rowsPerCategory; ++i) {
    const auto user = static_cast<std::size_t>(i % spec.categories);
    // The square of a uniform number prefers the first items, as tastes do.
    const double place = inputs.uniform();
    const auto item =
        static_cast<std::size_t>(place * place * static_cast<double>(items.levels.size()));
    const double taste =
        std::inner_product(users.vectors.begin() + static_cast<std::ptrdiff_t>(user * rank),
                           users.vectors.begin() + static_cast<std::ptrdiff_t>((user + 1) * rank),
                           items.vectors.begin() + static_cast<std::ptrdiff_t>(item * rank), 0.0);
    const double rating = kMeanRating + users.levels[user] + items.levels[item] + scale * taste;
    rows.append({numberedLabel('u', static_cast<std::int64_t>(user) + 1, spec.categories, 2),
                 numberedLabel('i', static_cast<std::int64_t>(item) + 1, spec.items, 2),
                 numberText(rating + spec.noise * noise.normal())});
  }
  return rows.table();
}

}  // namespace

GeneratedSpec suggestedSpec(GeneratedKind kind) {
  GeneratedSpec spec;
  spec.kind = kind;
  if (kind == GeneratedKind::Ratings) {
    spec.categories = 1000;
    spec.latentRank = 4;
    spec.noise = 0.3;
  }
  return spec;
}

std::span<const GeneratedInfo> generatedKinds() {
  return kInfos;
}

DataTablePtr generate(const GeneratedSpec& spec) {
  checkSpec(spec);
  switch (spec.kind) {
    case GeneratedKind::TwoValues:
      return twoValues(spec);
    case GeneratedKind::Months:
      return months(spec);
    case GeneratedKind::LatentFactors:
      return latentFactors(spec);
    case GeneratedKind::Grid:
      return grid(spec);
    case GeneratedKind::Ratings:
      return ratings(spec);
  }
  throw Error(ErrorCode::InvalidArgument, "unknown kind of generated data");
}

}  // namespace embedscope::data
