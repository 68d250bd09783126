// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/label_axis.h"

#include "core/base/error.h"

#include <QCoreApplication>

#include <string>

namespace embedscope::explore {

namespace {

using base::Error;
using base::ErrorCode;

QString translated(const char* text) {
  return QCoreApplication::translate("LabelAxis", text);
}

Error problem(const QString& words) {
  return {ErrorCode::InvalidArgument, words.toStdString()};
}

/// The parts of the text; blanks around them do not count.
std::vector<QString> labelsIn(const QString& text) {
  std::vector<QString> labels;
  QString label;
  bool quoted = false;
  bool wasQuoted = false;
  const auto finish = [&] {
    const QString whole = wasQuoted ? label : label.trimmed();
    if (wasQuoted || !whole.isEmpty()) {
      labels.push_back(whole);
    }
    label.clear();
    wasQuoted = false;
  };
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    if (quoted && c == QLatin1Char('"') && i + 1 < text.size() && text[i + 1] == c) {
      label += c;
      ++i;
    } else if (c == QLatin1Char('"') && (quoted || label.trimmed().isEmpty())) {
      label = quoted ? label : QString();
      wasQuoted = true;
      quoted = !quoted;
    } else if (c == QLatin1Char(',') && !quoted) {
      finish();
    } else if (quoted || !wasQuoted) {
      label += c;
    }
  }
  if (quoted) {
    throw problem(translated("A label begins with a quote that does not end: %1").arg(text));
  }
  finish();
  return labels;
}

std::optional<projection::ChosenAxis> axisOf(const table::EmbeddingTable& table,
                                             const LabelAxis& axis) {
  if (axis.isEmpty()) {
    return {};
  }
  const auto from = rowsOfLabels(table.vocabulary(), axis.from);
  const auto to = rowsOfLabels(table.vocabulary(), axis.to);
  if (from.empty() || to.empty()) {
    throw problem(translated("An axis goes from labels to labels: type some in both fields"));
  }
  return projection::axisBetween(table, from, to);
}

}  // namespace

std::vector<std::int64_t> rowsOfLabels(const table::Vocabulary& labels, const QString& text) {
  std::vector<std::int64_t> rows;
  for (const QString& label : labelsIn(text)) {
    const auto row = labels.find(label.toStdString());
    if (!row) {
      throw problem(translated("The table has no label “%1”").arg(label));
    }
    rows.push_back(*row);
  }
  return rows;
}

std::optional<base::RowMatrix> placesOnAxes(const table::EmbeddingTable& table,
                                            const std::vector<LabelAxis>& axes,
                                            const base::TaskContext& context) {
  base::RowMatrix places =
      base::RowMatrix::Zero(table.rowCount(), static_cast<Eigen::Index>(axes.size()));
  for (std::size_t side = 0; side < axes.size(); ++side) {
    const auto axis = axisOf(table, axes[side]);
    if (!axis) {
      continue;
    }
    const auto coordinates = projection::coordinatesAlong(table, *axis, context);
    if (!coordinates) {
      return {};
    }
    places.col(static_cast<Eigen::Index>(side)) =
        Eigen::Map<const Eigen::VectorXf>(coordinates->data(), places.rows());
  }
  return places;
}

base::RowMatrix placeOnAxes(const table::EmbeddingTable& table, const std::vector<LabelAxis>& axes,
                            std::span<const float> vector) {
  base::RowMatrix place = base::RowMatrix::Zero(1, static_cast<Eigen::Index>(axes.size()));
  for (std::size_t side = 0; side < axes.size(); ++side) {
    if (const auto axis = axisOf(table, axes[side])) {
      place(0, static_cast<Eigen::Index>(side)) = axis->coordinate(vector);
    }
  }
  return place;
}

QString labelAxisTitle(const LabelAxis& axis) {
  return axis.isEmpty()
             ? QString()
             : QStringLiteral("%1 → %2").arg(axis.from.simplified(), axis.to.simplified());
}

}  // namespace embedscope::explore
