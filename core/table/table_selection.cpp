// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/table_selection.h"

#include "core/base/text.h"
#include "core/table/sequences.h"

#include <cmath>
#include <unordered_map>

namespace embedscope::table {

namespace {

/// Replaces numbers of rows by those of the rows that were picked; of a row picked twice, the
/// first.
void renumber(MetadataColumn& column, std::span<const std::int64_t> rows) {
  std::unordered_map<std::int64_t, std::int64_t> places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    places.emplace(rows[i], static_cast<std::int64_t>(i));
  }
  for (std::string& value : column.values) {
    if (const std::optional<std::int64_t> row = base::parseInteger(value); row && *row >= 0) {
      const auto place = places.find(*row);
      value = place == places.end() ? std::string() : std::to_string(place->second);
    }
  }
}

SpritesPtr selectSprites(const SpritesPtr& sprites, std::span<const std::int64_t> rows) {
  if (!sprites) {
    return nullptr;
  }
  auto out = std::make_shared<SpriteSheet>(
      SpriteSheet{sprites->path, sprites->imageWidth, sprites->imageHeight, {}});
  out->images.reserve(rows.size());
  for (const std::int64_t row : rows) {
    out->images.push_back(sprites->imageOf(row));
  }
  return out;
}

Metadata selectMetadata(const Metadata& metadata, std::span<const std::int64_t> rows) {
  Metadata out;
  for (const MetadataColumn& column : metadata.columns()) {
    MetadataColumn picked{column.name, {}};
    picked.values.reserve(rows.size());
    for (const std::int64_t row : rows) {
      picked.values.push_back(column.values[static_cast<std::size_t>(row)]);
    }
    if (isSequenceName(column.name)) {
      renumber(picked, rows);
    }
    out.addColumn(std::move(picked));
  }
  return out;
}

/// Scales a vector to length 1, if it has a length.
template <typename Vector>
void normalize(Vector&& values) {
  const double length = values.template cast<double>().norm();
  if (length > 0 && std::isfinite(length)) {
    values = (values.template cast<double>() / length).template cast<float>();
  }
}

/// The vectors of another model, scaled to length 1.
class NormalizedSubwords final : public SubwordModel {
 public:
  explicit NormalizedSubwords(SubwordsPtr model) : m_model(std::move(model)) {}

  Eigen::Index dimension() const override { return m_model->dimension(); }

  std::optional<std::vector<float>> composeVector(std::string_view word) const override {
    std::optional<std::vector<float>> vector = m_model->composeVector(word);
    if (vector) {
      normalize(Eigen::Map<Eigen::VectorXf>(vector->data(), dimension()));
    }
    return vector;
  }

 private:
  SubwordsPtr m_model;
};

}  // namespace

TablePtr selectRows(const EmbeddingTable& table, std::span<const std::int64_t> rows) {
  base::RowMatrix values(static_cast<Eigen::Index>(rows.size()), table.dimension());
  Vocabulary vocabulary;
  vocabulary.reserve(static_cast<std::int64_t>(rows.size()), 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    values.row(static_cast<Eigen::Index>(i)) = table.values().row(rows[i]);
    vocabulary.append(table.vocabulary().label(rows[i]));
  }
  TablePtr selected = std::make_shared<const EmbeddingTable>(
      table.name(), std::move(vocabulary), std::move(values),
      selectMetadata(table.metadata(), rows), table.subwords());
  return table.sprites() ? selected->withSprites(selectSprites(table.sprites(), rows)) : selected;
}

TablePtr normalizedRows(const EmbeddingTable& table) {
  base::RowMatrix values = table.values();
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    normalize(values.row(row));
  }
  SubwordsPtr subwords =
      table.subwords() ? std::make_shared<const NormalizedSubwords>(table.subwords()) : nullptr;
  TablePtr normalized = std::make_shared<const EmbeddingTable>(
      table.name(), table.vocabulary(), std::move(values), table.metadata(), std::move(subwords));
  return table.sprites() ? normalized->withSprites(table.sprites()) : normalized;
}

TablePtr withColumn(const EmbeddingTable& table, MetadataColumn column) {
  Metadata metadata = table.metadata();
  metadata.setColumn(std::move(column));
  return table.withMetadata(std::move(metadata));
}

TablePtr withoutColumn(const EmbeddingTable& table, std::string_view name) {
  Metadata metadata = table.metadata();
  metadata.removeColumn(name);
  return table.withMetadata(std::move(metadata));
}

}  // namespace embedscope::table
