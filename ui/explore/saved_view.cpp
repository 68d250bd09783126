// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/saved_view.h"

#include "core/base/error.h"
#include "ui/explore/projector_bookmarks.h"
#include "ui/explore/row_preparation.h"

#include <QColor>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

namespace embedscope::explore {

namespace {

using base::Error;
using base::ErrorCode;

const QString kFormat = QStringLiteral("embedscope views");

constexpr std::array<std::pair<Axes::Kind, const char*>, 6> kKinds{{
    {Axes::Kind::Components, "components"},
    {Axes::Kind::Dimensions, "dimensions"},
    {Axes::Kind::Labels, "labels"},
    {Axes::Kind::Umap, "umap"},
    {Axes::Kind::Tsne, "tsne"},
    {Axes::Kind::Imported, "imported"},
}};

QString kindName(Axes::Kind kind) {
  const auto* found = std::ranges::find(kKinds, kind, &std::pair<Axes::Kind, const char*>::first);
  return QLatin1String(found->second);
}

Axes::Kind kindNamed(const QString& name) {
  for (const auto& [kind, known] : kKinds) {
    if (name == QLatin1String(known)) {
      return kind;
    }
  }
  throw Error(ErrorCode::BadData, "a view has axes of an unknown kind, \"" + name.toStdString() +
                                      "\": it may come from a newer version");
}

QJsonObject axesJson(const Axes& axes) {
  QJsonObject json{{QStringLiteral("kind"), kindName(axes.kind)},
                   {QStringLiteral("x"), static_cast<qint64>(axes.x)},
                   {QStringLiteral("y"), static_cast<qint64>(axes.y)},
                   {QStringLiteral("z"), static_cast<qint64>(axes.z)},
                   {QStringLiteral("dims"), axes.dims}};
  if (!axes.preparation.isNone()) {
    json.insert(QStringLiteral("preparation"), preparationJson(axes.preparation));
  }
  if (axes.kind == Axes::Kind::Labels) {
    QJsonArray labels;
    for (const LabelAxis& axis : axes.labels) {
      labels += QJsonObject{{QStringLiteral("from"), axis.from}, {QStringLiteral("to"), axis.to}};
    }
    json.insert(QStringLiteral("labels"), labels);
  }
  return json;
}

Axes axesFrom(const QJsonObject& json, std::int64_t dimension) {
  Axes axes;
  axes.kind = kindNamed(json.value(QStringLiteral("kind")).toString());
  const auto number = [&](const char* name, qint64 usual) {
    return std::clamp<qint64>(json.value(QLatin1String(name)).toInteger(usual), 0, dimension - 1);
  };
  axes.x = number("x", 0);
  axes.y = number("y", 1);
  axes.z = number("z", 2);
  axes.dims = json.value(QStringLiteral("dims")).toInt(2) == 3 ? 3 : 2;
  axes.preparation =
      preparationFrom(json.value(QStringLiteral("preparation")).toObject(), dimension);
  const QJsonArray labels = json.value(QStringLiteral("labels")).toArray();
  for (qsizetype i = 0; i < std::min<qsizetype>(labels.size(), std::ssize(axes.labels)); ++i) {
    const QJsonObject axis = labels.at(i).toObject();
    axes.labels[static_cast<std::size_t>(i)] = {axis.value(QStringLiteral("from")).toString(),
                                                axis.value(QStringLiteral("to")).toString()};
  }
  return axes;
}

/// Little-endian float32, row by row, in base 64.
QJsonObject pointsJson(const base::RowMatrix& points) {
  QByteArray bytes(points.size() * qsizetype{sizeof(float)}, Qt::Uninitialized);
  qToLittleEndian<quint32>(points.data(), points.size(), bytes.data());
  return {{QStringLiteral("columns"), static_cast<qint64>(points.cols())},
          {QStringLiteral("float32"), QString::fromLatin1(bytes.toBase64())}};
}

std::shared_ptr<const base::RowMatrix> pointsFrom(const QJsonObject& json, std::int64_t rows) {
  if (json.isEmpty()) {
    return nullptr;
  }
  const QByteArray bytes =
      QByteArray::fromBase64(json.value(QStringLiteral("float32")).toString().toLatin1());
  const qint64 columns = json.value(QStringLiteral("columns")).toInteger();
  if (columns < 2 || columns > 3 || bytes.size() != rows * columns * qint64{sizeof(float)}) {
    throw Error(ErrorCode::BadData,
                "the coordinates of a view are not two or three numbers for "
                "each row of the table: the file is damaged");
  }
  auto points = std::make_shared<base::RowMatrix>(rows, columns);
  qFromLittleEndian<quint32>(bytes.constData(), points->size(), points->data());
  return points;
}

/// The rotation as a quaternion, and whether there is perspective.
QJsonObject cameraJson(const plots::SpaceCamera& camera) {
  const Eigen::Quaterniond& q = camera.orientation();
  return {{QStringLiteral("quaternion"), QJsonArray{q.w(), q.x(), q.y(), q.z()}},
          {QStringLiteral("perspective"), camera.perspective()}};
}

std::optional<plots::SpaceCamera> cameraFrom(const QJsonObject& json) {
  const QJsonArray q = json.value(QStringLiteral("quaternion")).toArray();
  const Eigen::Quaterniond orientation(q.at(0).toDouble(), q.at(1).toDouble(), q.at(2).toDouble(),
                                       q.at(3).toDouble());
  if (!(orientation.norm() > 0)) {
    return {};
  }
  plots::SpaceCamera camera;
  camera.setOrientation(orientation.normalized());
  camera.setPerspective(json.value(QStringLiteral("perspective")).toBool());
  return camera;
}

/// Category → "#rrggbb".
QJsonObject pinsJson(const Pins& pins) {
  QJsonObject json;
  for (const auto& [category, color] : pins) {
    json.insert(category, QColor(color).name());
  }
  return json;
}

Pins pinsFrom(const QJsonObject& json) {
  Pins pins;
  for (auto pin = json.begin(); pin != json.end(); ++pin) {
    const QColor color(pin.value().toString());
    if (!color.isValid()) {
      throw Error(ErrorCode::BadData, "a view has a color that is none, \"" +
                                          pin.value().toString().toStdString() + "\"");
    }
    pins[pin.key()] = color.rgb();
  }
  return pins;
}

QJsonObject viewJson(const SavedView& view) {
  QJsonObject json{{QStringLiteral("name"), view.name},
                   {QStringLiteral("axes"), axesJson(view.axes)},
                   {QStringLiteral("color"), view.colorColumn}};
  if (!view.pins.empty()) {
    json.insert(QStringLiteral("pins"), pinsJson(view.pins));
  }
  if (!view.selection.empty()) {
    QJsonArray rows;
    for (const std::int64_t row : view.selection) {
      rows += static_cast<qint64>(row);
    }
    json.insert(QStringLiteral("selection"), rows);
  }
  if (view.currentRow) {
    json.insert(QStringLiteral("row"), static_cast<qint64>(*view.currentRow));
  }
  if (view.plane) {
    json.insert(QStringLiteral("plane"), QJsonArray{view.plane->x(), view.plane->y(),
                                                    view.plane->width(), view.plane->height()});
  }
  if (view.camera) {
    json.insert(QStringLiteral("camera"), cameraJson(*view.camera));
  }
  if (view.points) {
    json.insert(QStringLiteral("points"), pointsJson(*view.points));
    json.insert(QStringLiteral("recipe"), view.recipe);
  }
  return json;
}

SavedView viewFrom(const QJsonObject& json, std::int64_t rows, std::int64_t dimension) {
  SavedView view;
  view.name = json.value(QStringLiteral("name")).toString();
  view.axes = axesFrom(json.value(QStringLiteral("axes")).toObject(), dimension);
  view.colorColumn = json.value(QStringLiteral("color")).toString();
  view.pins = pinsFrom(json.value(QStringLiteral("pins")).toObject());
  for (const QJsonValue& row : json.value(QStringLiteral("selection")).toArray()) {
    view.selection.push_back(row.toInteger(-1));
  }
  const bool areRows =
      std::ranges::all_of(view.selection, [&](std::int64_t row) { return row >= 0 && row < rows; });
  const qint64 current = json.value(QStringLiteral("row")).toInteger(-1);
  if (!areRows || current >= rows) {
    throw Error(ErrorCode::BadData, "a view selects rows that the table does not have");
  }
  if (current >= 0) {
    view.currentRow = current;
  }
  const QJsonArray plane = json.value(QStringLiteral("plane")).toArray();
  const QRectF rect(plane.at(0).toDouble(), plane.at(1).toDouble(), plane.at(2).toDouble(),
                    plane.at(3).toDouble());
  if (rect.isValid()) {
    view.plane = rect;
  }
  view.camera = cameraFrom(json.value(QStringLiteral("camera")).toObject());
  if (view.axes.isLayout() || view.axes.kind == Axes::Kind::Imported) {
    view.points = pointsFrom(json.value(QStringLiteral("points")).toObject(), rows);
  }
  view.recipe = json.value(QStringLiteral("recipe")).toString();
  return view;
}

}  // namespace

QByteArray viewsJson(const std::vector<SavedView>& views, std::int64_t rows) {
  QJsonArray list;
  for (const SavedView& view : views) {
    list += viewJson(view);
  }
  const QJsonObject json{{QStringLiteral("format"), kFormat},
                         {QStringLiteral("rows"), static_cast<qint64>(rows)},
                         {QStringLiteral("views"), list}};
  return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

std::vector<SavedView> viewsFromJson(const QByteArray& json, std::int64_t rows,
                                     std::int64_t dimension) {
  QJsonParseError problem;
  const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
  if (document.isNull()) {
    throw Error(ErrorCode::BadData, "byte " + std::to_string(problem.offset) + ": " +
                                        problem.errorString().toStdString() +
                                        "; views are a JSON file");
  }
  if (document.isArray()) {
    return viewsFromBookmarks(document.array(), rows, dimension);
  }
  const QJsonObject object = document.object();
  if (object.value(QStringLiteral("format")).toString() != kFormat) {
    throw Error(ErrorCode::BadData,
                "these are neither views saved here nor bookmarks of the Embedding Projector");
  }
  const qint64 own = object.value(QStringLiteral("rows")).toInteger();
  if (own != rows) {
    throw Error(ErrorCode::BadData, "the views are of a table of " + std::to_string(own) +
                                        " rows; this one has " + std::to_string(rows));
  }
  std::vector<SavedView> views;
  for (const QJsonValue& view : object.value(QStringLiteral("views")).toArray()) {
    views.push_back(viewFrom(view.toObject(), rows, dimension));
  }
  return views;
}

}  // namespace embedscope::explore
