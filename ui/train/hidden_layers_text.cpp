// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/hidden_layers_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace embedscope::train {

namespace {

constexpr std::int64_t kWidest = 4096;
constexpr std::size_t kMostLayers = 8;

QString translated(const char* text) {
  return QCoreApplication::translate("HiddenLayers", text);
}

}  // namespace

std::variant<HiddenLayers, QString> hiddenLayersIn(const QString& text) {
  static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
  HiddenLayers layers;
  for (const QString& part : text.split(separators, Qt::SkipEmptyParts)) {
    bool isNumber = false;
    const qlonglong width = part.toLongLong(&isNumber);
    if (!isNumber) {
      return translated("“%1” is not a whole number. Write widths such as 32, 16.").arg(part);
    }
    if (width < 1 || width > kWidest) {
      return translated("A layer has 1 to %1 units, not %2.").arg(kWidest).arg(part);
    }
    layers.push_back(width);
  }
  if (layers.size() > kMostLayers) {
    return translated("At most %1 hidden layers.").arg(kMostLayers);
  }
  return layers;
}

QString hiddenLayersText(const HiddenLayers& layers) {
  QStringList parts;
  for (const std::int64_t width : layers) {
    parts += QString::number(width);
  }
  return parts.join(QStringLiteral(", "));
}

}  // namespace embedscope::train
