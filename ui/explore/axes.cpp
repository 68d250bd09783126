// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/axes.h"

#include "core/base/parallel.h"
#include "core/projection/affinities.h"
#include "ui/document/table_text.h"
#include "ui/explore/row_preparation.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope::explore {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("Axes", text);
}

float entry(const Eigen::Ref<const base::RowMatrix>& matrix, Eigen::Index row,
            Eigen::Index column) {
  return column < matrix.cols() ? matrix(row, column) : 0.0F;
}

/// Axes that exist: a table of one dimension has no second one, the same one twice counts once.
std::vector<Eigen::Index> shownAxes(const Axes& axes, Eigen::Index count) {
  std::vector<Eigen::Index> shown;
  for (const Eigen::Index axis : axes.columns()) {
    if (std::find(shown.begin(), shown.end(), axis) == shown.end() &&
        (shown.empty() || axis < count)) {
      shown.push_back(axis);
    }
  }
  return shown;
}

QString listText(const std::vector<Eigen::Index>& numbers, Eigen::Index first) {
  QStringList words;
  for (const Eigen::Index number : numbers) {
    words += QString::number(number + first);
  }
  return words.join(QStringLiteral(", "));
}

QString recipeText(const Axes& axes, Eigen::Index dimension, const Principal* principal) {
  if (axes.kind == Axes::Kind::Labels) {
    QStringList titles;
    for (const LabelAxis& axis : axes.labelAxes()) {
      titles += labelAxisTitle(axis);
    }
    return translated("axes between labels: %1")
        .arg(titles.filter(QRegularExpression(QStringLiteral("."))).join(QStringLiteral("; ")));
  }
  if (axes.kind == Axes::Kind::Dimensions) {
    return translated("raw dimensions %1").arg(listText(shownAxes(axes, dimension), 0));
  }
  if (!principal) {
    return translated("PCA, centred");
  }
  const std::vector<Eigen::Index> shown = shownAxes(axes, principal->scores.cols());
  double share = 0;
  for (const Eigen::Index component : shown) {
    share += principal->share(component);
  }
  return translated("PCA, centred · axes %1 · %2 of variance shown")
      .arg(listText(shown, 1), shareText(share));
}

}  // namespace

std::vector<Eigen::Index> Axes::columns() const {
  return dims == 3 ? std::vector<Eigen::Index>{x, y, z} : std::vector<Eigen::Index>{x, y};
}

std::vector<LabelAxis> Axes::labelAxes() const {
  return {labels.begin(), labels.begin() + dims};
}

projection::Preparation Axes::donePreparation() const {
  if (!preparesRows()) {
    return {};
  }
  projection::Preparation done = preparation;
  done.centre = done.centre && (isLayout() || done.unitRows);
  return done;
}

Axes usualAxes(const table::EmbeddingTable& table) {
  constexpr double kQuickWork = 1e11;  // n·d²: about three seconds
  const auto dimension = static_cast<double>(table.dimension());
  const bool isQuick = static_cast<double>(table.rowCount()) * dimension * dimension <= kQuickWork;
  Axes axes;
  axes.kind = table.dimension() <= 2 || !isQuick ? Axes::Kind::Dimensions : Axes::Kind::Components;
  return axes;
}

base::RowMatrix columnsOf(const Eigen::Ref<const base::RowMatrix>& matrix,
                          const std::vector<Eigen::Index>& columns) {
  constexpr Eigen::Index kRowsInBlock = 1 << 14;
  base::RowMatrix points(matrix.rows(), static_cast<Eigen::Index>(columns.size()));
  base::parallelBlocks((matrix.rows() + kRowsInBlock - 1) / kRowsInBlock, [&](std::int64_t block) {
    const Eigen::Index end = std::min((block + 1) * kRowsInBlock, matrix.rows());
    for (Eigen::Index row = block * kRowsInBlock; row < end; ++row) {
      for (Eigen::Index i = 0; i < points.cols(); ++i) {
        points(row, i) = entry(matrix, row, columns[static_cast<std::size_t>(i)]);
      }
    }
  });
  return points;
}

std::int64_t undrawnCount(const base::RowMatrix& points) {
  std::int64_t count = 0;
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    count += points.row(row).allFinite() ? 0 : 1;
  }
  return count;
}

QString shareText(double share) {
  return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 1);
}

QString axisTitle(Axes::Kind kind, Eigen::Index axis, const Principal* principal) {
  if (kind == Axes::Kind::Dimensions) {
    return translated("dimension %1").arg(axis);
  }
  if (!principal || axis >= principal->scores.cols()) {
    return QStringLiteral("PC %1").arg(axis + 1);
  }
  return QStringLiteral("PC %1 (%2)").arg(axis + 1).arg(shareText(principal->share(axis)));
}

QString faithfulnessText(const projection::Faithfulness& measured) {
  const QString rows =
      measured.isSampled
          ? translated("%1 rows measured")
                .arg(document::groupedText(static_cast<std::int64_t>(measured.rows.size())))
          : translated("all rows measured");
  return translated("trustworthiness %1 · %2 of %3 neighbors kept (%4)")
      .arg(measured.trustworthiness, 0, 'f', 3)
      .arg(shareText(measured.neighborsKept))
      .arg(measured.k)
      .arg(rows);
}

QString layoutRecipeText(const projection::LayoutOptions& options, Eigen::Index rows,
                         std::int64_t step, std::optional<double> divergence,
                         const QString& supervisor) {
  const QString name = std::holds_alternative<projection::UmapOptions>(options)
                           ? QStringLiteral("UMAP · ")
                           : QStringLiteral("t-SNE · ");
  const QString dimensions =
      projection::layoutDims(options) == 3 ? translated("3 dimensions, ") : QString();
  const QString metric =
      QString::fromStdString(std::string(neighbors::metricName(projection::layoutMetric(options))));
  const QString seed = QString::number(projection::layoutSeed(options));
  if (const auto* umap = std::get_if<projection::UmapOptions>(&options)) {
    const QString supervised = supervisor.isEmpty() ? QString()
                                                    : translated("supervised by “%1” (weight %2), ")
                                                          .arg(supervisor)
                                                          .arg(umap->targetWeight);
    return name + dimensions + supervised +
           translated("%1, %2 neighbors, min. distance %3, seed %4 · epoch %5")
               .arg(metric)
               .arg(umap->neighbors)
               .arg(umap->minDist)
               .arg(seed)
               .arg(step);
  }
  const auto& tsne = std::get<projection::TsneOptions>(options);
  QString text = name + dimensions +
                 translated("%1, perplexity %2, exaggeration %3, seed %4 · iteration %5")
                     .arg(metric)
                     .arg(projection::possiblePerplexity(tsne.perplexity, rows), 0, 'g', 4)
                     .arg(tsne.exaggeration)
                     .arg(seed)
                     .arg(step);
  if (divergence) {
    text += translated(" · KL divergence %1").arg(*divergence, 0, 'f', 3);
  }
  return text;
}

QString rowsText(std::int64_t rows, const projection::Preparation& preparation) {
  const QString count =
      rows == 1 ? translated("1 row") : translated("%1 rows").arg(document::groupedText(rows));
  const QString prepared = preparationText(preparation);
  return prepared.isEmpty() ? count : QStringLiteral("%1 · %2").arg(count, prepared);
}

QString captionText(const table::EmbeddingTable& table, const Axes& axes,
                    const Principal* principal, std::int64_t undrawn) {
  QString text = QStringLiteral("%1 · %2").arg(rowsText(table.rowCount(), axes.donePreparation()),
                                               recipeText(axes, table.dimension(), principal));
  if (undrawn > 0) {
    text += QStringLiteral(" · ") +
            translated("%1 with NaN or infinity not drawn").arg(document::groupedText(undrawn));
  }
  return text;
}

}  // namespace embedscope::explore
