// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/advice.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

using base::groupedDigits;

constexpr std::int64_t kMostForOneHot = 3;
constexpr std::int64_t kMostForTie = 10;
constexpr std::int64_t kHundreds = 100;

/// So many times the weights that one-hot gives a category are plenty of rows for it. A way to
/// choose words; no published threshold.
constexpr double kPlenty = 10;

constexpr const char* kMeasure =
    "Measuring decides: race one-hot against embeddings of several sizes on your own data "
    "(Train page, or embedscope-cli compare).";

double median(std::vector<std::int64_t> counts) {
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  const auto upper = static_cast<double>(*middle);
  if (counts.size() % 2 == 1) {
    return upper;
  }
  return (static_cast<double>(*std::max_element(counts.begin(), middle)) + upper) / 2;
}

/// "5,421" or "12.5".
std::string rowsText(double rows) {
  const auto whole = static_cast<std::int64_t>(std::floor(rows));
  return groupedDigits(whole) + (rows > static_cast<double>(whole) ? ".5" : "");
}

std::string breakEvenText(double breakEven) {
  return fmt::format("{:.1f}", breakEven);
}

void countRows(std::span<const std::int64_t> counts, Advice& advice) {
  advice.rowsKnown = std::any_of(counts.begin(), counts.end(), [](auto rows) { return rows > 0; });
  if (!advice.rowsKnown) {
    return;
  }
  advice.medianRows = median({counts.begin(), counts.end()});
  advice.fewestRows = *std::min_element(counts.begin(), counts.end());
  advice.emptyCategories = std::count(counts.begin(), counts.end(), 0);
}

Advice::Choice choiceFor(std::int64_t categories, std::int64_t hidden) {
  if (categories < 2) {
    return Advice::Choice::Nothing;
  }
  if (categories <= kMostForOneHot || hidden == 0) {
    return Advice::Choice::OneHot;
  }
  if (categories <= kMostForTie) {
    return Advice::Choice::Tie;
  }
  return categories < kHundreds ? Advice::Choice::ByEvidence : Advice::Choice::Embedding;
}

/// Rows of a category against the h weights that one-hot gives it for itself.
enum class Evidence { Unknown, Few, Some, Plenty };

Evidence evidenceIn(const Advice& advice) {
  if (!advice.rowsKnown) {
    return Evidence::Unknown;
  }
  const auto own = static_cast<double>(advice.hidden);
  return advice.medianRows < own             ? Evidence::Few
         : advice.medianRows < kPlenty * own ? Evidence::Some
                                             : Evidence::Plenty;
}

std::string evidenceText(const Advice& advice) {
  const std::string h = groupedDigits(advice.hidden);
  const std::string rows = rowsText(advice.medianRows);
  switch (evidenceIn(advice)) {
    case Evidence::Unknown:
      return fmt::format(
          "How many rows each category has is not known: where they are fewer than the h = {} "
          "weights that one-hot gives each category, a small embedding lets categories share what "
          "they learn.",
          h);
    case Evidence::Few:
      return fmt::format(
          "The median category has {} rows for the h = {} weights that one-hot gives it: an "
          "embedding well below d* lets categories share what they learn.",
          rows, h);
    case Evidence::Some:
      return fmt::format(
          "The median category has {} rows for the h = {} weights that one-hot gives it, neither "
          "few nor plenty: try both.",
          rows, h);
    case Evidence::Plenty:
      return fmt::format(
          "The median category has {} rows, plenty for the h = {} weights that one-hot gives it: "
          "an embedding saves weights rather than errors, unless you want the vectors.",
          rows, h);
  }
  return {};
}

std::string evidenceHeadline(const Advice& advice) {
  switch (evidenceIn(advice)) {
    case Evidence::Unknown:
      return "It depends on the rows per category";
    case Evidence::Few:
      return "Few rows each: a small embedding";
    case Evidence::Some:
      return "Either one, by measuring";
    case Evidence::Plenty:
      return "Rows enough for one-hot";
  }
  return {};
}

std::string recommendation(const Advice& advice) {
  const std::string n = groupedDigits(advice.categories);
  const std::string breakEven = breakEvenText(advice.breakEven);
  switch (advice.choice) {
    case Advice::Choice::Nothing:
      return advice.categories == 0
                 ? "Add categories first: all rules go by their number."
                 : "A feature with one category is the same in every row and tells nothing: leave "
                   "it out, or add categories.";
    case Advice::Choice::OneHot:
      if (advice.categories <= kMostForOneHot) {
        return fmt::format(
            "With {} categories there is nothing to save: one-hot, which is the same as an "
            "identity table that is frozen. Take an embedding only for vectors that come from "
            "elsewhere, or that you want to look at.",
            n);
      }
      return "Without a hidden layer a category acts by one number for each output. One-hot has "
             "exactly that; an embedding can express nothing more, and saves weights only with "
             "many outputs (o of them: d < n·o / (n + o)).";
    case Advice::Choice::Tie:
      return fmt::format(
          "With {} categories neither has a clear advantage: take an embedding if you want vectors "
          "to look at or to reuse, one-hot otherwise. Below d* = {} an embedding has fewer "
          "weights.",
          n, breakEven);
    case Advice::Choice::ByEvidence:
      return evidenceText(advice) +
             fmt::format(" Below d* = {} an embedding has fewer weights than one-hot.", breakEven);
    case Advice::Choice::Embedding:
      return fmt::format(
                 "With {} categories one-hot needs n·h = {} weights; an embedding has fewer below "
                 "d* = {}, and hashing suits categories that keep coming. ",
                 n, groupedDigits(advice.categories * advice.hidden), breakEven) +
             evidenceText(advice);
  }
  return {};
}

std::string headlineFor(const Advice& advice) {
  switch (advice.choice) {
    case Advice::Choice::Nothing:
      return advice.categories == 0 ? "No categories yet" : "Leave it out";
    case Advice::Choice::OneHot:
      return advice.categories <= kMostForOneHot ? "One-hot" : "One-hot, without a hidden layer";
    case Advice::Choice::Tie:
      return "A tie: by whether you want vectors";
    case Advice::Choice::ByEvidence:
      return evidenceHeadline(advice);
    case Advice::Choice::Embedding:
      return "Embedding, or hashing";
  }
  return {};
}

std::string emptyText(std::int64_t empty) {
  if (empty == 0) {
    return {};
  }
  return empty == 1 ? " One category has no rows: nothing is learned for it."
                    : fmt::format(" {} categories have no rows: nothing is learned for them.",
                                  groupedDigits(empty));
}

/// "fastai (77), pytorch-forecasting (77) and AutoGluon (76)"
std::string namesOf(const std::vector<SizeRule>& rules) {
  std::string out;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const char* between = i == 0 ? "" : i + 1 == rules.size() ? " and " : ", ";
    out += fmt::format("{}{} ({})", between, rules[i].name, groupedDigits(rules[i].dimension));
  }
  return out;
}

std::string warningOf(const Advice& advice) {
  std::vector<SizeRule> heavy;
  std::vector<SizeRule> wide;
  for (const SizeRule& rule : advice.rules) {
    const Excess excess = excessOf(rule, advice);
    if (excess != Excess::None) {
      (excess == Excess::MoreWeights ? heavy : wide).push_back(rule);
    }
  }
  std::string text;
  if (!wide.empty()) {
    text = fmt::format("{} would use as many numbers as one-hot or more (d ≥ n).", namesOf(wide));
  }
  if (!heavy.empty()) {
    text += fmt::format("{}{} {} d* = {}: more weights than one-hot.", text.empty() ? "" : " ",
                        namesOf(heavy), heavy.size() == 1 ? "exceeds" : "exceed",
                        breakEvenText(advice.breakEven));
  }
  return text;
}

}  // namespace

Advice advise(std::span<const std::int64_t> counts, std::int64_t hidden) {
  Advice advice;
  advice.categories = static_cast<std::int64_t>(counts.size());
  advice.hidden = hidden;
  countRows(counts, advice);
  if (advice.categories > 0) {
    advice.rules = sizeRules(advice.categories);
    advice.breakEven = hidden > 0 ? breakEvenDimension(advice.categories, hidden) : 0;
  }
  advice.choice = choiceFor(advice.categories, hidden);
  advice.headline = headlineFor(advice);
  advice.text = recommendation(advice);
  if (advice.choice != Advice::Choice::Nothing) {
    advice.text += emptyText(advice.emptyCategories) + " " + kMeasure;
    advice.warning = warningOf(advice);
  }
  return advice;
}

Excess excessOf(const SizeRule& rule, const Advice& advice) {
  if (rule.meaning != SizeRule::Meaning::Size) {
    return Excess::None;
  }
  if (rule.dimension >= advice.categories) {
    return Excess::NoBottleneck;
  }
  const bool heavier =
      advice.breakEven > 0 && static_cast<double>(rule.dimension) > advice.breakEven;
  return heavier ? Excess::MoreWeights : Excess::None;
}

}  // namespace embedscope::training
