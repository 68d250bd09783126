// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/feature.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace embedscope::document {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("Feature", text);
}

}  // namespace

table::Vocabulary Feature::vocabulary() const {
  table::Vocabulary out;
  for (const Category& category : categories) {
    out.append(category.label.toStdString());
  }
  return out;
}

std::int64_t Feature::effectiveDimension() const {
  return initialization == training::Initialization::FromTable && source ? source->dimension()
                                                                         : dimension;
}

std::optional<std::size_t> Feature::paddingPlace() const {
  const auto it = std::ranges::find_if(categories, &Category::padding);
  return it == categories.end()
             ? std::nullopt
             : std::optional<std::size_t>(static_cast<std::size_t>(it - categories.begin()));
}

std::vector<std::int64_t> Feature::counts() const {
  std::vector<std::int64_t> out;
  out.reserve(categories.size());
  for (const Category& category : categories) {
    out.push_back(category.count);
  }
  return out;
}

bool Feature::startsAsFullIdentity() const {
  return (initialization == training::Initialization::Identity ||
          initialization == training::Initialization::PermutedIdentity) &&
         dimension == static_cast<std::int64_t>(categories.size());
}

Feature withStart(const Feature& feature, training::Initialization initialization,
                  const table::TablePtr& source) {
  Feature out = feature;
  out.initialization = initialization;
  out.source = source;
  const auto n = static_cast<std::int64_t>(feature.categories.size());
  const bool identity = initialization == training::Initialization::Identity ||
                        initialization == training::Initialization::PermutedIdentity;
  if (identity && n > 0 && n <= kLargestFullIdentity) {
    out.dimension = n;
  }
  return out;
}

Feature withPadding(const Feature& feature, std::optional<std::size_t> place) {
  Feature out = feature;
  for (std::size_t i = 0; i < out.categories.size(); ++i) {
    out.categories[i].padding = i == place;
  }
  return out;
}

std::optional<QString> labelProblem(const Feature& feature, const QString& label,
                                    std::optional<std::size_t> except) {
  if (label.trimmed().isEmpty()) {
    return translated("A label cannot be empty.");
  }
  for (std::size_t i = 0; i < feature.categories.size(); ++i) {
    if (i != except && feature.categories[i].label == label) {
      return translated("“%1” is already category %2 of this feature.").arg(label).arg(i + 1);
    }
  }
  return {};
}

QStringList labelsInText(const QString& text) {
  static const QRegularExpression lineEnd(QStringLiteral("[\r\n]+"));
  static const QRegularExpression separators(QStringLiteral("[\t;,]"));
  const bool manyLines = text.trimmed().contains(lineEnd);
  QStringList out;
  for (const QString& part : text.split(manyLines ? lineEnd : separators, Qt::SkipEmptyParts)) {
    const QString label = part.trimmed();
    if (!label.isEmpty()) {
      out += label;
    }
  }
  return out;
}

LabelsAdded withLabels(const Feature& feature, const QStringList& labels) {
  LabelsAdded out{feature, 0, {}};
  QSet<QString> known;
  for (const Category& category : feature.categories) {
    known.insert(category.label);
  }
  for (const QString& label : labels) {
    if (known.contains(label)) {
      out.refused += label;
      continue;
    }
    known.insert(label);
    out.feature.categories.push_back({label, {}, 0});
    ++out.added;
  }
  return out;
}

Feature featureFromColumn(const data::DataTable& table, std::int64_t column) {
  Feature feature;
  feature.name = QString::fromStdString(table.columnName(column));
  table::Vocabulary labels;
  std::vector<std::int64_t> counts;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    const std::int64_t code = labels.findOrAppend(data::isMissing(cell) ? "(missing)" : cell);
    counts.resize(static_cast<std::size_t>(labels.size()));
    ++counts[static_cast<std::size_t>(code)];
  }
  for (std::int64_t code = 0; code < labels.size(); ++code) {
    const std::string_view label = labels.label(code);
    feature.categories.push_back(
        {QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size())),
         {},
         counts[static_cast<std::size_t>(code)]});
  }
  return feature;
}

}  // namespace embedscope::document
