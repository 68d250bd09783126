// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/samples.h"

#include "core/base/random.h"

#include <QColor>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace embedscope::document {

namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr Eigen::Index kClusters = 40;

QString translated(const char* text) {
  return QCoreApplication::translate("Samples", text);
}

std::vector<data::ColumnSummary> summaries(const data::DataTable& table) {
  std::vector<data::ColumnSummary> out;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    out.push_back(data::summarize(table, column));
  }
  return out;
}

/// The named colors of SVG as vectors (red, green, blue), each in [0, 1].
table::TablePtr namedColors() {
  const QStringList names = QColor::colorNames();
  table::Vocabulary labels;
  table::MetadataColumn hex{"color", {}};
  std::vector<QColor> colors;
  for (const QString& name : names) {
    const QColor color(name);
    if (color.alpha() == 255) {
      labels.append(name.toStdString());
      hex.values.push_back(color.name().toStdString());
      colors.push_back(color);
    }
  }
  base::RowMatrix values(static_cast<Eigen::Index>(colors.size()), 3);
  for (std::size_t i = 0; i < colors.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    values.row(row) << static_cast<float>(colors[i].redF()), static_cast<float>(colors[i].greenF()),
        static_cast<float>(colors[i].blueF());
  }
  table::Metadata metadata;
  metadata.addColumn(std::move(hex));
  return std::make_shared<const table::EmbeddingTable>("named colors", std::move(labels),
                                                       std::move(values), std::move(metadata));
}

/// A million points in 40 clouds of different widths, 3 dimensions.
table::TablePtr millionPoints() {
  base::RandomStream random(1, 0);
  Eigen::Matrix<float, kClusters, 3> centers;
  std::array<double, kClusters> widths{};
  for (Eigen::Index c = 0; c < kClusters; ++c) {
    for (Eigen::Index j = 0; j < 3; ++j) {
      centers(c, j) = static_cast<float>(4 * random.normal());
    }
    widths[static_cast<std::size_t>(c)] = random.uniform(0.1, 1.2);
  }
  table::Vocabulary labels;
  labels.reserve(kMillion, kMillion * 16);
  base::RowMatrix values(kMillion, 3);
  for (Eigen::Index i = 0; i < kMillion; ++i) {
    const auto cluster = static_cast<Eigen::Index>(random.below(kClusters));
    labels.append("cloud " + std::to_string(cluster + 1) + " point " + std::to_string(i + 1));
    for (Eigen::Index j = 0; j < 3; ++j) {
      values(i, j) =
          centers(cluster, j) +
          static_cast<float>(random.normal() * widths[static_cast<std::size_t>(cluster)]);
    }
  }
  return std::make_shared<const table::EmbeddingTable>("a million points", std::move(labels),
                                                       std::move(values));
}

/// What lets the hidden structure show. Vectors that start small find a ring or an arc nearly
/// always; vectors that start far apart fit as well but stay where they happened to begin.
TrainingHints hintsFor(const data::GeneratedSpec& spec) {
  TrainingHints hints;
  switch (spec.kind) {
    case data::GeneratedKind::Months:
    case data::GeneratedKind::Grid:
      hints.initialization = training::Initialization::Uniform;
      hints.hidden = std::vector<std::int64_t>{32};
      hints.learningRate = 0.003;
      break;
    case data::GeneratedKind::LatentFactors:
      hints.dimension = spec.latentRank;
      break;
    case data::GeneratedKind::Ratings:
      hints.dimension = spec.latentRank + 1;  // the level beside the taste
      break;
    case data::GeneratedKind::TwoValues:
      hints.dimension = 1;
      break;
  }
  return hints;
}

Sample generatedSample(const char* key, const char* title, const char* description,
                       const data::GeneratedSpec& spec) {
  return {QString::fromLatin1(key), translated(title), translated(description), Page::Train,
          [spec]() -> SampleContent { return generatedData(spec); }};
}

std::vector<Sample> makeSamples() {
  std::vector<Sample> out;
  out.push_back(
      {QStringLiteral("smallest"), translated("The smallest case"),
       translated("[1, 0] × [[3, 4], [5, 6]] = [3, 4]: watch a product become nothing but "
                  "picking a row."),
       Page::Product, []() -> SampleContent { return smallestCase(); }});
  data::GeneratedSpec months;
  months.kind = data::GeneratedKind::Months;
  out.push_back(generatedSample("months", "Twelve months on a circle",
                                "Train vectors for the months from temperatures and see the year "
                                "close into a ring.",
                                months));
  data::GeneratedSpec two;
  two.kind = data::GeneratedKind::TwoValues;
  two.rowsPerCategory = 500;
  out.push_back(generatedSample("two", "A feature with two values",
                                "The question everybody starts with: does a switch that is off or "
                                "on need an embedding?",
                                two));
  data::GeneratedSpec factors;
  factors.kind = data::GeneratedKind::LatentFactors;
  factors.categories = 200;
  factors.rowsPerCategory = 60;
  factors.latentRank = 3;
  out.push_back(
      generatedSample("factors", "Products, hidden factors",
                      "200 products, each with three hidden numbers: an embedding of size 3 can "
                      "find them; one-hot needs far more weights.",
                      factors));
  out.push_back(
      {QStringLiteral("colors"), translated("Named colors"),
       translated("147 color names as (red, green, blue): explore a space whose neighbors "
                  "you can judge by eye."),
       Page::Explore, []() -> SampleContent { return namedColors(); }});
  out.push_back(
      {QStringLiteral("million"), translated("A million points"),
       translated("Forty clouds, nothing sampled away: pan, zoom and hover at full size."),
       Page::Explore, []() -> SampleContent { return millionPoints(); }});
  return out;
}

}  // namespace

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = makeSamples();
  return all;
}

table::TablePtr smallestCase() {
  base::RowMatrix values(2, 2);
  values << 3, 4, 5, 6;
  return std::make_shared<const table::EmbeddingTable>(
      "smallest case", table::Vocabulary{"no", "yes"}, std::move(values));
}

DataEntryPtr generatedData(const data::GeneratedSpec& spec) {
  DataEntry entry;
  entry.table = data::generate(spec);
  entry.columns = summaries(*entry.table);
  entry.hints = hintsFor(spec);
  return std::make_shared<const DataEntry>(std::move(entry));
}

DataEntryPtr summarizedData(data::LoadedData loaded, const QString& path) {
  DataEntry entry;
  entry.table = std::move(loaded.table);
  entry.columns = summaries(*entry.table);
  entry.warnings = std::move(loaded.warnings);
  entry.path = path;
  return std::make_shared<const DataEntry>(std::move(entry));
}

void openData(Document& document, const DataEntryPtr& data, const QString& target) {
  document.setData(data);
  TrainingSetup setup = suggestedSetup(*data->table, data->columns, target);
  setup.recipe.hidden = data->hints.hidden.value_or(setup.recipe.hidden);
  setup.recipe.optimizer.learningRate =
      data->hints.learningRate.value_or(setup.recipe.optimizer.learningRate);
  const bool news = std::ranges::any_of(
      setup.categorical, [&](const QString& column) { return !document.featureNamed(column); });
  if (news) {
    QUndoStack& stack = document.undoStack();
    stack.beginMacro(QCoreApplication::translate("Samples", "import features of “%1”")
                         .arg(QString::fromStdString(data->table->name())));
    for (const QString& column : setup.categorical) {
      document.ensureFeature(column);
    }
    stack.endMacro();
  }
  document.setTrainingSetup(std::move(setup));
}

}  // namespace embedscope::document
