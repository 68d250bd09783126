// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/table_selection.h"

#include <cmath>

namespace embedscope::table {

namespace {

Metadata selectMetadata(const Metadata& metadata, std::span<const std::int64_t> rows) {
  Metadata out;
  for (const MetadataColumn& column : metadata.columns()) {
    MetadataColumn picked{column.name, {}};
    picked.values.reserve(rows.size());
    for (const std::int64_t row : rows) {
      picked.values.push_back(column.values[static_cast<std::size_t>(row)]);
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
  return std::make_shared<const EmbeddingTable>(
      table.name(), std::move(vocabulary), std::move(values),
      selectMetadata(table.metadata(), rows), table.subwords());
}

TablePtr normalizedRows(const EmbeddingTable& table) {
  base::RowMatrix values = table.values();
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    normalize(values.row(row));
  }
  SubwordsPtr subwords =
      table.subwords() ? std::make_shared<const NormalizedSubwords>(table.subwords()) : nullptr;
  return std::make_shared<const EmbeddingTable>(table.name(), table.vocabulary(), std::move(values),
                                                table.metadata(), std::move(subwords));
}

}  // namespace embedscope::table
