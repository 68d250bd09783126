// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/placing.h"

#include "core/projection/placing.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::explore {

namespace {

using Rows = Eigen::Ref<const base::RowMatrix>;

std::optional<base::RowMatrix> placesBetweenLabels(const PlacingPicture& picture, const Rows& rows,
                                                   const base::TaskContext& context) {
  base::RowMatrix places(rows.rows(), picture.axes.dims);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    if (context.stopRequested()) {
      return {};
    }
    const std::span<const float> vector(rows.row(row).data(),
                                        static_cast<std::size_t>(rows.cols()));
    places.row(row) = placeOnAxes(*picture.table, picture.axes.labelAxes(), vector);
  }
  return places;
}

/// In a layout of rows that were prepared: the new ones are prepared in the same way.
std::optional<base::RowMatrix> placesInLayout(const PlacingPicture& picture, const Rows& rows,
                                              const base::TaskContext& context) {
  const projection::LayoutOptions& layout = picture.layout.value();
  if (picture.axes.preparation.isNone()) {
    return projection::placeRows(picture.table, *picture.points, layout, rows, context);
  }
  constexpr double kPrepared = 0.3;
  auto prepared = projection::PreparedRows::of(picture.table->values(), picture.axes.preparation,
                                               context.part(0, kPrepared));
  const auto own =
      prepared ? prepared->preparer().apply(rows, base::TaskContext(context.stopToken(), {}))
               : std::nullopt;
  if (!own) {
    return {};
  }
  const auto table = std::make_shared<const table::EmbeddingTable>(
      picture.table->name(), picture.table->vocabulary(), base::RowMatrix(prepared->values()));
  prepared.reset();
  return projection::placeRows(table, *picture.points, layout, *own, context.part(kPrepared, 1));
}

std::optional<base::RowMatrix> placesOnComponents(const PlacingPicture& picture, const Rows& rows,
                                                  const base::TaskContext& context) {
  const auto scores = picture.principal->pca.project(rows, context);
  return scores ? std::optional(columnsOf(*scores, picture.axes.columns())) : std::nullopt;
}

/// A column of both tables; no value where a table has none.
table::MetadataColumn joined(const std::string& name, const table::EmbeddingTable& first,
                             const table::EmbeddingTable& second) {
  table::MetadataColumn column{name, {}};
  column.values.reserve(static_cast<std::size_t>(first.rowCount() + second.rowCount()));
  for (const table::EmbeddingTable* table : {&first, &second}) {
    if (const table::MetadataColumn* own = table->metadata().find(name)) {
      column.values.insert(column.values.end(), own->values.begin(), own->values.end());
    } else {
      column.values.resize(column.values.size() + static_cast<std::size_t>(table->rowCount()));
    }
  }
  return column;
}

table::Metadata joinedMetadata(const table::EmbeddingTable& first,
                               const table::EmbeddingTable& second) {
  table::Metadata metadata;
  for (const table::EmbeddingTable* table : {&first, &second}) {
    for (const table::MetadataColumn& column : table->metadata().columns()) {
      if (metadata.find(column.name) == nullptr) {
        metadata.addColumn(joined(column.name, first, second));
      }
    }
  }
  return metadata;
}

}  // namespace

std::optional<base::RowMatrix> placesIn(const PlacingPicture& picture, const Rows& rows,
                                        const base::TaskContext& context) {
  switch (picture.axes.kind) {
    case Axes::Kind::Umap:
    case Axes::Kind::Tsne:
      return placesInLayout(picture, rows, context);
    case Axes::Kind::Labels:
      return placesBetweenLabels(picture, rows, context);
    case Axes::Kind::Components:
      return placesOnComponents(picture, rows, context);
    case Axes::Kind::Dimensions:
      return columnsOf(rows, picture.axes.columns());
    case Axes::Kind::Imported:
      break;  // nobody knows how they came about
  }
  return {};
}

table::TablePtr togetherTable(const PlacingPicture& picture, const table::EmbeddingTable& other,
                              const base::RowMatrix& places, const QString& name,
                              const QString& column) {
  const table::EmbeddingTable& first = *picture.table;
  table::Vocabulary labels;
  table::MetadataColumn origin{column.toStdString(), {}};
  const bool isNamesake = other.name() == first.name();
  for (const table::EmbeddingTable* table : {&first, &other}) {
    const std::string tableName =
        table == &other && isNamesake ? other.name() + " (placed)" : table->name();
    for (Eigen::Index row = 0; row < table->rowCount(); ++row) {
      labels.append(table->vocabulary().label(row));
      origin.values.push_back(tableName);
    }
  }
  base::RowMatrix points(picture.points->rows() + places.rows(), places.cols());
  points << *picture.points, places;
  table::Metadata metadata = joinedMetadata(first, other);
  metadata.setColumn(std::move(origin));
  return std::make_shared<const table::EmbeddingTable>(name.toStdString(), std::move(labels),
                                                       std::move(points), std::move(metadata));
}

}  // namespace embedscope::explore
