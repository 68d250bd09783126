// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/projection/faithfulness.h"
#include "core/projection/layout.h"
#include "core/projection/preparation.h"
#include "core/table/embedding_table.h"
#include "ui/explore/label_axis.h"
#include "ui/explore/projector.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// Which two or three numbers of every row become x, y and z.
struct Axes {
  enum class Kind { Components, Dimensions, Labels, Umap, Tsne, Imported };

  Kind kind = Kind::Components;
  Eigen::Index x = 0;  ///< component or dimension, counted from 0
  Eigen::Index y = 1;
  std::array<LabelAxis, 3> labels{};      ///< of Kind::Labels, for x, y and z
  Eigen::Index z = 2;                     ///< as x and y
  int dims = 2;                           ///< 2: the plane, without z; 3: space
  projection::Preparation preparation{};  ///< chosen; done where preparesRows()

  /// x, y and in space z.
  std::vector<Eigen::Index> columns() const;

  /// The first `dims` of the labels.
  std::vector<LabelAxis> labelAxes() const;

  /// Whether the points come from a layout that runs for a while and gives the axes no meaning.
  bool isLayout() const { return kind == Kind::Umap || kind == Kind::Tsne; }

  /// Whether rows are projected, so that something can be done to them before.
  bool preparesRows() const { return kind == Kind::Components || isLayout(); }

  /// What is done to the rows, beyond the centring that belongs to principal components.
  projection::Preparation donePreparation() const;

  bool operator==(const Axes&) const = default;
};

/// What a table is shown by at first: its first two components; as it is up to two dimensions, and
/// where finding components would take longer than one wants to wait for a first picture.
Axes usualAxes(const table::EmbeddingTable& table);

/// Some columns of an n × c matrix as n × columns. A column ≥ c (a table of one dimension has no
/// second number) gives zeros.
base::RowMatrix columnsOf(const Eigen::Ref<const base::RowMatrix>& matrix,
                          const std::vector<Eigen::Index>& columns);

/// How many rows hold NaN or infinity and so cannot be drawn.
std::int64_t undrawnCount(const base::RowMatrix& points);

/// "23.4 %"
QString shareText(double share);

/// "PC 1 (23.4 %)" or "dimension 3". @param principal  null: the shares are not known.
QString axisTitle(Axes::Kind kind, Eigen::Index axis, const Principal* principal);

/// "10,000 rows", and how they are prepared: "10,000 rows · centred · unit rows".
QString rowsText(std::int64_t rows, const projection::Preparation& preparation);

/// The recipe of the picture: "10,000 rows · PCA, centred · axes 1, 2 · 11.3 % of variance shown".
///
/// @param undrawn  rows that could not be drawn; told when there are any.
QString captionText(const table::EmbeddingTable& table, const Axes& axes,
                    const Principal* principal, std::int64_t undrawn);

/// "trustworthiness 0.951 · 39.1 % of 15 neighbors kept (500 rows measured)".
QString faithfulnessText(const projection::Faithfulness& measured);

/// "UMAP · cosine, 15 neighbors, min. distance 0.1, seed 1 · epoch 500", or "t-SNE · cosine,
/// perplexity 30, exaggeration 12, seed 1 · iteration 1000 · KL divergence 2.354"; with
/// "3 dimensions" in space.
///
/// @param rows        of the table: they limit the perplexity.
/// @param divergence  of t-SNE, once it is known.
/// @param supervisor  the column that supervises UMAP: "supervised by “kind” (weight 0.5)" is told,
///                    too; empty: none.
QString layoutRecipeText(const projection::LayoutOptions& options, Eigen::Index rows,
                         std::int64_t step, std::optional<double> divergence,
                         const QString& supervisor = {});

}  // namespace embedscope::explore
