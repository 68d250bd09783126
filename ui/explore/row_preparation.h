// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/preparation.h"

#include <QJsonObject>
#include <QString>

namespace embedscope::explore {

/// "centred · first 2 components removed · unit rows"; empty when rows stay as they are.
QString preparationText(const projection::Preparation& preparation);

/// For files of views; the other way round, with as many components removed as there can be and
/// with nothing done where nothing is said.
/// @param dimension  d of the table, ≥ 1.
QJsonObject preparationJson(const projection::Preparation& preparation);
projection::Preparation preparationFrom(const QJsonObject& json, Eigen::Index dimension);

}  // namespace embedscope::explore
