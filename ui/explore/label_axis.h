// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/projection/chosen_axis.h"
#include "core/table/embedding_table.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace embedscope::explore {

/// An axis as it is typed: labels at both ends, parted by commas.
struct LabelAxis {
  QString from;
  QString to;

  bool isEmpty() const { return from.isEmpty() && to.isEmpty(); }

  bool operator==(const LabelAxis&) const = default;
};

/// The rows of labels that are parted by commas; one that holds a comma stands in double quotes,
/// in which a quote is doubled.
/// @throws Error InvalidArgument: a label that the table lacks, or a quote without its end.
std::vector<std::int64_t> rowsOfLabels(const table::Vocabulary& labels, const QString& text);

/// Where the rows of a table lie on such axes, n × axes. An axis without labels gives zeros.
/// @throws Error as above and as projection::axisBetween.
/// @return nothing when stopped.
std::optional<base::RowMatrix> placesOnAxes(const table::EmbeddingTable& table,
                                            const std::vector<LabelAxis>& axes,
                                            const base::TaskContext& context = {});

/// The same for one vector of the table's dimension, 1 × axes.
base::RowMatrix placeOnAxes(const table::EmbeddingTable& table, const std::vector<LabelAxis>& axes,
                            std::span<const float> vector);

/// "man, boy → woman, girl"; empty for an axis without labels.
QString labelAxisTitle(const LabelAxis& axis);

}  // namespace embedscope::explore
