// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/crossover.h"
#include "core/training/paired_difference.h"
#include "ui/document/document.h"

#include <QString>

#include <cstdint>

namespace embedscope::train {

/// A metric as tables write it: "0.1142" or "93.2 %". @param metricName  "rmse" or "accuracy".
QString metricNumberText(double value, const QString& metricName);

/// "0.1142 ± 0.0009"; without a known error the mean alone; "–" for NaN.
QString meanWithErrorText(double mean, double standardError, const QString& metricName);

/// A difference of metrics: "0.0123", or "1.2 points" of accuracy.
QString differenceText(double value, const QString& metricName);

/// "0.0123 (0.004 to 0.021)"; without a known interval the mean alone.
QString intervalText(const training::PairedDifference& difference, const QString& metricName);

/// The metric that judges predictions of the target: "rmse" for numbers, "accuracy" for labels.
QString metricNameOf(const document::DataEntry& data, const data::DatasetSelection& selection);

/// "312 B", "84 KB", "1.2 MB"
QString bytesText(std::int64_t bytes);

/// How long an epoch takes: "310 µs", "4.2 ms", then as durationText.
QString epochTimeText(double seconds);

/// "categories", "rows per category", "dimensions d"
QString axisText(training::CrossoverRecipe::Axis axis);

}  // namespace embedscope::train
