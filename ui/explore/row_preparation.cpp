// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/row_preparation.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace embedscope::explore {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("RowPreparation", text);
}

}  // namespace

QString preparationText(const projection::Preparation& preparation) {
  QStringList steps;
  if (preparation.centres()) {
    steps += translated("centred");
  }
  if (preparation.removedComponents > 0) {
    steps += preparation.removedComponents == 1
                 ? translated("first component removed")
                 : translated("first %1 components removed").arg(preparation.removedComponents);
  }
  if (preparation.unitRows) {
    steps += translated("unit rows");
  }
  return steps.join(QStringLiteral(" · "));
}

QJsonObject preparationJson(const projection::Preparation& preparation) {
  return {{QStringLiteral("centre"), preparation.centre},
          {QStringLiteral("removedComponents"), static_cast<qint64>(preparation.removedComponents)},
          {QStringLiteral("unitRows"), preparation.unitRows}};
}

projection::Preparation preparationFrom(const QJsonObject& json, Eigen::Index dimension) {
  return {.centre = json.value(QStringLiteral("centre")).toBool(),
          .removedComponents = std::clamp<qint64>(
              json.value(QStringLiteral("removedComponents")).toInteger(), 0, dimension - 1),
          .unitRows = json.value(QStringLiteral("unitRows")).toBool()};
}

}  // namespace embedscope::explore
