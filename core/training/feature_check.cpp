// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/feature_check.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace embedscope::training {

namespace {

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

/// What the feature asks of a lookup, in words; empty when it asks nothing.
std::string_view lookupOption(const FeatureRecipe& feature) {
  if (feature.paddingRow) {
    return "padding row";
  }
  if (!feature.frozenRows.empty()) {
    return "frozen rows";
  }
  if (feature.maxNorm) {
    return "largest norm";
  }
  return feature.scaleGradientByFrequency ? "scaling by frequency" : std::string_view();
}

void checkLookup(const FeatureRecipe& feature, std::int64_t categories) {
  if (isOneHotInput(feature)) {
    if (const std::string_view option = lookupOption(feature); !option.empty()) {
      refuse(fmt::format("feature \"{}\": {} needs a table that learns, and {} has none",
                         feature.name, option,
                         feature.approach == Approach::OneHot ? "one-hot" : "a frozen identity"));
    }
    return;
  }
  if (feature.denseOneHot) {
    refuse(fmt::format("feature \"{}\": a dense product is a way to compute one-hot, not {}",
                       feature.name, approachName(feature.approach)));
  }
  if (feature.paddingRow &&
      (*feature.paddingRow < -categories || *feature.paddingRow >= categories)) {
    refuse(fmt::format(
        "feature \"{}\": padding row {} is not one of its {} rows; give 0 to {}, or "
        "-1 for the last",
        feature.name, *feature.paddingRow, base::groupedDigits(categories), categories - 1));
  }
  for (const std::int32_t row : feature.frozenRows) {
    if (row < 0 || row >= categories) {
      refuse(fmt::format("feature \"{}\": frozen row {} is not one of its {} rows", feature.name,
                         row, base::groupedDigits(categories)));
    }
  }
  if (feature.maxNorm && !(*feature.maxNorm > 0 && std::isfinite(*feature.maxNorm))) {
    refuse(fmt::format("feature \"{}\": largest norm {} must be above 0", feature.name,
                       *feature.maxNorm));
  }
  if (!(feature.normType > 0)) {
    refuse(fmt::format("feature \"{}\": p = {} of the norm must be above 0", feature.name,
                       feature.normType));
  }
}

void checkFeatureSize(const FeatureRecipe& feature, std::int64_t categories,
                      std::int64_t firstWidth) {
  const std::int64_t dimension = tableDimension(feature, categories);
  if (dimension < 1) {
    refuse(fmt::format("feature \"{}\": dimension {} must be at least 1", feature.name, dimension));
  }
  const std::int64_t widest = std::max(dimension, firstWidth);
  if (base::checkedProduct(categories, widest).value_or(kLargestParameter + 1) >
      kLargestParameter) {
    refuse(fmt::format(
        "feature \"{}\": {} numbers for each of {} categories are too many to train; choose a "
        "smaller dimension, or the approach random instead of one-hot or identity",
        feature.name, base::groupedDigits(widest), base::groupedDigits(categories)));
  }
}

void checkStart(const FeatureRecipe& feature) {
  if (!startsFromTable(feature)) {
    return;
  }
  if (!feature.pretrained || feature.pretrained->rowCount() == 0) {
    refuse(fmt::format("feature \"{}\": a pretrained table is needed to start from", feature.name));
  }
  if (!feature.pretrained->values().allFinite()) {
    throw base::Error(base::ErrorCode::NonFinite,
                      fmt::format("feature \"{}\": the pretrained table \"{}\" holds NaN or "
                                  "infinity",
                                  feature.name, feature.pretrained->name()));
  }
}

void checkCodes(const data::CategoricalColumn& column, std::int64_t rows) {
  const std::int64_t categories = column.vocabulary.size();
  if (categories < 1) {
    refuse(fmt::format("feature \"{}\" has no categories", column.name));
  }
  if (static_cast<std::int64_t>(column.codes.size()) != rows) {
    refuse(fmt::format("feature \"{}\" has {} codes for {} rows", column.name, column.codes.size(),
                       rows));
  }
  for (const std::int32_t code : column.codes) {
    if (code < 0 || code >= categories) {
      refuse(fmt::format("feature \"{}\": code {} is not one of its {} categories", column.name,
                         code, categories));
    }
  }
}

}  // namespace

void checkFeature(const FeatureRecipe& feature, const data::CategoricalColumn& column,
                  std::int64_t rows, std::int64_t firstWidth) {
  if (feature.name != column.name) {
    refuse(fmt::format("feature \"{}\" stands where the data has the column \"{}\"", feature.name,
                       column.name));
  }
  checkCodes(column, rows);
  const std::int64_t categories = column.vocabulary.size();
  checkStart(feature);
  checkFeatureSize(feature, categories, firstWidth);
  checkLookup(feature, categories);
}

}  // namespace embedscope::training
