// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/projector_bookmarks.h"

#include "core/base/error.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace embedscope::explore {

namespace {

/// "^bad$" means the label "bad"; other texts are taken as they are.
QString labelFrom(const QJsonObject& state, const char* text, const char* isRegex) {
  QString label = state.value(QLatin1String(text)).toString();
  if (state.value(QLatin1String(isRegex)).toBool()) {
    label.remove(QLatin1Char('^')).remove(QLatin1Char('$'));
  }
  return label;
}

/// The coordinates of all rows by a method; null when the state does not hold one for each.
std::shared_ptr<const base::RowMatrix> pointsFrom(const QJsonObject& state, const QString& method,
                                                  std::int64_t rows) {
  const QJsonArray projections = state.value(QStringLiteral("projections")).toArray();
  if (projections.size() != rows) {
    return nullptr;
  }
  auto points = std::make_shared<base::RowMatrix>(rows, 2);
  for (qsizetype row = 0; row < projections.size(); ++row) {
    const QJsonObject projection = projections.at(row).toObject();
    for (int axis = 0; axis < 2; ++axis) {
      const QJsonValue value = projection.value(QStringLiteral("%1-%2").arg(method).arg(axis));
      if (!value.isDouble()) {
        return nullptr;
      }
      (*points)(row, axis) = static_cast<float>(value.toDouble());
    }
  }
  return points;
}

void readAxes(SavedView& view, const QJsonObject& state, std::int64_t rows,
              std::int64_t dimension) {
  const QString method = state.value(QStringLiteral("selectedProjection")).toString();
  if (method == QStringLiteral("custom")) {
    view.axes.kind = Axes::Kind::Labels;
    view.axes.labels[0] = {labelFrom(state, "customXLeftText", "customXLeftRegex"),
                           labelFrom(state, "customXRightText", "customXRightRegex")};
    view.axes.labels[1] = {labelFrom(state, "customYDownText", "customYDownRegex"),
                           labelFrom(state, "customYUpText", "customYUpRegex")};
  } else if (method == QStringLiteral("tsne") || method == QStringLiteral("umap")) {
    view.points = pointsFrom(state, method, rows);
    const bool isTsne = method == QStringLiteral("tsne");
    view.axes.kind = !view.points ? Axes::Kind::Components
                     : isTsne     ? Axes::Kind::Tsne
                                  : Axes::Kind::Umap;
    view.recipe = isTsne ? QStringLiteral("t-SNE of the Embedding Projector")
                         : QStringLiteral("UMAP of the Embedding Projector");
  } else {
    const QJsonArray chosen = state.value(QStringLiteral("pcaComponentDimensions")).toArray();
    view.axes.x = std::clamp<qint64>(chosen.at(0).toInteger(0), 0, dimension - 1);
    view.axes.y = std::clamp<qint64>(chosen.at(1).toInteger(1), 0, dimension - 1);
  }
}

SavedView viewFrom(const QJsonValue& value, std::int64_t rows, std::int64_t dimension) {
  const QJsonObject state = value.toObject();
  if (!state.contains(QStringLiteral("selectedProjection"))) {
    throw base::Error(base::ErrorCode::BadData,
                      "this is a JSON array, but not one of bookmarks of the Embedding Projector");
  }
  SavedView view;
  view.name = state.value(QStringLiteral("label")).toString();
  readAxes(view, state, rows, dimension);
  for (const QJsonValue& row : state.value(QStringLiteral("selectedPoints")).toArray()) {
    view.selection.push_back(row.toInteger(-1));
  }
  if (!std::ranges::all_of(view.selection,
                           [&](std::int64_t row) { return row >= 0 && row < rows; })) {
    throw base::Error(base::ErrorCode::BadData, "the bookmark \"" + view.name.toStdString() +
                                                    "\" selects rows that the table does not have");
  }
  return view;
}

}  // namespace

std::vector<SavedView> viewsFromBookmarks(const QJsonArray& states, std::int64_t rows,
                                          std::int64_t dimension) {
  std::vector<SavedView> views;
  for (const QJsonValue& state : states) {
    views.push_back(viewFrom(state, rows, dimension));
  }
  return views;
}

}  // namespace embedscope::explore
