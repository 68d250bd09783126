// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/start_words.h"

#include "ui/document/table_text.h"
#include "ui/document/training_setup.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace embedscope::define {

namespace {

using training::Initialization;

constexpr double kTruncatedDeviation = 0.01;  // fastai's
constexpr double kTruncatedPart = 0.8796;     // of it, left by the cut at two deviations

QString translated(const char* text) {
  return QCoreApplication::translate("StartWords", text);
}

QString number(double value) {
  return QString::number(value, 'g', 2);
}

/// "Numbers ±0.25, vectors about 0.29 long."
QString scale(const QString& numbers, double length) {
  return translated(" Numbers %1, vectors about %2 long.").arg(numbers, number(length));
}

QString identityHint(const document::Feature& feature) {
  const auto n = static_cast<std::int64_t>(feature.categories.size());
  const std::int64_t d = feature.dimension;
  const bool permuted = feature.initialization == Initialization::PermutedIdentity;
  const QString shownN = document::groupedText(n);
  if (d < n) {
    return translated(permuted ? "Only the last %1 of %2 vectors get their 1, the others start as "
                                 "zeros. Use d = %2 for all."
                               : "Only the first %1 of %2 vectors get their 1, the others start as "
                                 "zeros. Use d = %2 for all.")
        .arg(document::groupedText(d), shownN);
  }
  const QString more =
      d > n ? translated(" Columns beyond %1 start as zeros.").arg(shownN) : QString();
  return (permuted ? translated("Vector i has a single 1 in column n − 1 − i: one-hot in reverse "
                                "order, all 1 long.")
                   : translated("Vector i has a single 1 in column i: one-hot at the start, all 1 "
                                "long.")) +
         more;
}

}  // namespace

std::int64_t knownLabels(const document::Feature& feature) {
  return std::ranges::count_if(feature.categories, [&](const document::Category& category) {
    return feature.source->vocabulary().find(category.label.toStdString()).has_value();
  });
}

QString startName(Initialization initialization) {
  switch (initialization) {
    case Initialization::Identity:
      return translated("Identity");
    case Initialization::PermutedIdentity:
      return translated("Identity, permuted");
    case Initialization::Normal:
      return translated("Random, N(0, 1)");
    case Initialization::TruncatedNormal:
      return translated("Random, truncated normal 0.01");
    case Initialization::Uniform:
      return translated("Random, uniform ±0.5/d");
    case Initialization::Xavier:
      return translated("Random, Xavier");
    case Initialization::FromTable:
      return translated("From a loaded table…");
  }
  return {};
}

QString startTip(Initialization initialization) {
  switch (initialization) {
    case Initialization::Identity:
      return translated("[[1, 0], [0, 1]] for two categories: begins as one-hot.");
    case Initialization::PermutedIdentity:
      return translated("[[0, 1], [1, 0]] for two categories: one-hot with its columns reversed.");
    case Initialization::Normal:
      return translated("Standard normal numbers: what PyTorch's nn.Embedding does.");
    case Initialization::TruncatedNormal:
      return translated("Standard deviation 0.01, nothing beyond two of them: what fastai does.");
    case Initialization::Uniform:
      return translated("Small uniform numbers: what word2vec does.");
    case Initialization::Xavier:
      return translated("Uniform in ±√(6 / (n + d)): Glorot and Bengio, 2010.");
    case Initialization::FromTable:
      return translated(
          "The rows of another table, found by label. Open vectors first; they "
          "appear here.");
  }
  return {};
}

QString startHint(const document::Feature& feature) {
  const auto n = static_cast<double>(feature.categories.size());
  const auto d = static_cast<double>(feature.dimension);
  switch (feature.initialization) {
    case Initialization::Identity:
    case Initialization::PermutedIdentity:
      return identityHint(feature);
    case Initialization::Normal:
      return translated("As PyTorch's nn.Embedding.") +
             scale(translated("mostly within ±2"), std::sqrt(d));
    case Initialization::TruncatedNormal:
      return translated("As fastai.") +
             scale(QStringLiteral("±0.02"), kTruncatedDeviation * kTruncatedPart * std::sqrt(d));
    case Initialization::Uniform:
      return translated("As word2vec.") +
             scale(QStringLiteral("±%1").arg(number(0.5 / d)), 0.5 / std::sqrt(3 * d));
    case Initialization::Xavier: {
      const double bound = std::sqrt(6 / (n + d));
      return translated("±√(6 / (n + d)), after Glorot.") +
             scale(QStringLiteral("±%1").arg(number(bound)), bound * std::sqrt(d / 3));
    }
    case Initialization::FromTable:
      return translated("%1 of %2 labels are in that table; the others start as N(0, 1).")
          .arg(document::groupedText(feature.source ? knownLabels(feature) : 0),
               document::groupedText(static_cast<std::int64_t>(feature.categories.size())));
  }
  return {};
}

QString frozenHint(const document::Feature& feature) {
  if (document::isFrozenOneHot(feature)) {
    return translated("Identity, frozen: exactly one-hot, same numbers and same losses.");
  }
  if (feature.maxNorm) {
    return translated("Frozen, but the max-norm shortens vectors that are looked up.");
  }
  switch (feature.initialization) {
    case Initialization::Identity:
    case Initialization::PermutedIdentity:
      return feature.startsAsFullIdentity()
                 ? translated(
                       "Permuted identity, frozen: one-hot with its columns in another "
                       "order.")
                 : translated("Frozen: the vectors stay as they start.");
    case Initialization::FromTable:
      return translated("Frozen: pretrained vectors as they are; only the layers behind learn.");
    case Initialization::Normal:
    case Initialization::TruncatedNormal:
    case Initialization::Uniform:
    case Initialization::Xavier:
      break;
  }
  return translated("Frozen: the vectors stay random; only the layers behind learn.");
}

}  // namespace embedscope::define
