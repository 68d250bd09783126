// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/label_rules.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <unordered_set>

namespace embedscope::formats {

namespace {

constexpr int kExamples = 3;

bool breaksCharacters(std::string_view label, const LabelRules& rules) {
  return label.find_first_of(rules.forbidden) != std::string_view::npos;
}

bool breaksText(std::string_view label, const LabelRules& rules) {
  return !rules.holdsBytes && !base::isUtf8(label);
}

bool breaks(std::string_view label, const LabelRules& rules) {
  return breaksCharacters(label, rules) || breaksText(label, rules) ||
         (label.empty() && !rules.allowsEmpty);
}

std::string replaced(std::string_view label, const LabelRules& rules) {
  std::string out = rules.holdsBytes ? std::string(label) : base::shownUtf8(label);
  for (char& c : out) {
    c = rules.forbidden.find(c) == std::string_view::npos ? c : rules.replacement;
  }
  return out.empty() ? std::string(1, rules.replacement) : out;
}

std::string madeUnique(const std::string& label, const table::Vocabulary& vocabulary,
                       const std::unordered_set<std::string>& given) {
  std::string candidate = label;
  for (int number = 2; vocabulary.find(candidate) || given.contains(candidate); ++number) {
    candidate = fmt::format("{}_{}", label, number);
  }
  return candidate;
}

}  // namespace

std::vector<std::string> writableLabels(const table::Vocabulary& vocabulary,
                                        const LabelRules& rules) {
  std::vector<std::string> labels;
  labels.reserve(static_cast<std::size_t>(vocabulary.size()));
  std::unordered_set<std::string> given;
  for (std::int64_t row = 0; row < vocabulary.size(); ++row) {
    const std::string_view label = vocabulary.label(row);
    if (!breaks(label, rules)) {
      labels.emplace_back(label);
      continue;
    }
    labels.push_back(madeUnique(replaced(label, rules), vocabulary, given));
    given.insert(labels.back());
  }
  return labels;
}

std::vector<std::string> labelLosses(const table::Vocabulary& vocabulary, const LabelRules& rules,
                                     std::string_view formatTitle) {
  std::int64_t changed = 0;
  std::int64_t empty = 0;
  std::int64_t bytes = 0;
  std::string examples;
  for (std::int64_t row = 0; row < vocabulary.size(); ++row) {
    const std::string_view label = vocabulary.label(row);
    empty += label.empty() && !rules.allowsEmpty ? 1 : 0;
    bytes += breaksText(label, rules) ? 1 : 0;
    if (breaksCharacters(label, rules) && ++changed <= kExamples) {
      examples += fmt::format("{}\"{}\"", changed == 1 ? "" : ", ", base::shownUtf8(label));
    }
  }
  std::vector<std::string> losses;
  if (changed > 0) {
    losses.push_back(fmt::format("{} {} {}, which {} cannot hold: {}{}; written with '{}' instead",
                                 base::groupedDigits(changed),
                                 changed == 1 ? "label contains" : "labels contain",
                                 rules.forbiddenIs, formatTitle, examples,
                                 changed > kExamples ? ", …" : "", rules.replacement));
  }
  if (empty > 0) {
    losses.push_back(
        fmt::format("{} empty, which {} cannot hold; written as '{}'",
                    empty == 1 ? "1 label is" : base::groupedDigits(empty) + " labels are",
                    formatTitle, rules.replacement));
  }
  if (bytes > 0) {
    losses.push_back(fmt::format(
        "{} not UTF-8, which {} cannot hold; the bytes are written as "
        "\\xNN",
        bytes == 1 ? "1 label is" : base::groupedDigits(bytes) + " labels are", formatTitle));
  }
  return losses;
}

std::vector<std::string> lossesWithoutMetadata(const table::EmbeddingTable& table,
                                               const LabelRules& rules,
                                               std::string_view formatTitle) {
  std::vector<std::string> losses = labelLosses(table.vocabulary(), rules, formatTitle);
  const std::size_t columns = table.metadata().columns().size();
  if (columns > 0) {
    losses.push_back(fmt::format("{} metadata {}, which {} cannot hold", columns,
                                 columns == 1 ? "column" : "columns", formatTitle));
  }
  return losses;
}

LabelRules word2vecLabelRules() {
  return {" \t\n\r", "blanks", '_', false};
}

LabelRules lineLabelRules(bool allowsEmpty) {
  return {"\t\n\r", "tabs or line ends", ' ', allowsEmpty};
}

LabelRules anyLabelRules() {
  return {"", "", '_', true};
}

LabelRules anyTextRules() {
  return {"", "", '_', true, false};
}

}  // namespace embedscope::formats
