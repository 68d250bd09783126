// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/label_lookup.h"

#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace embedscope::cli {

namespace {

constexpr std::size_t kSuggestions = 5;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The optimal string alignment distance of two texts.
class EditDistance {
 public:
  std::size_t operator()(std::string_view a, std::string_view b) {
    m_before.assign(b.size() + 1, 0);
    m_last.resize(b.size() + 1);
    m_now.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
      m_last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
      m_now[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const bool same = lower(a[i - 1]) == lower(b[j - 1]);
        m_now[j] = std::min({m_last[j] + 1, m_now[j - 1] + 1, m_last[j - 1] + (same ? 0U : 1U)});
        if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
            lower(a[i - 2]) == lower(b[j - 1])) {
          m_now[j] = std::min(m_now[j], m_before[j - 2] + 1);
        }
      }
      std::swap(m_before, m_last);
      std::swap(m_last, m_now);
    }
    return m_last[b.size()];
  }

 private:
  std::vector<std::size_t> m_before;
  std::vector<std::size_t> m_last;
  std::vector<std::size_t> m_now;
};

}  // namespace

std::vector<std::string> closestLabels(const table::Vocabulary& vocabulary, std::string_view label,
                                       std::size_t count) {
  const std::size_t most = std::max<std::size_t>(1, label.size() / 3);
  EditDistance distance;
  std::vector<std::pair<std::size_t, std::int64_t>> close;
  for (std::int64_t row = 0; row < vocabulary.size(); ++row) {
    const std::string_view other = vocabulary.label(row);
    if (other.size() + most < label.size() || other.size() > label.size() + most) {
      continue;
    }
    if (const std::size_t edits = distance(label, other); edits <= most) {
      close.emplace_back(edits, row);
    }
  }
  std::sort(close.begin(), close.end());
  std::vector<std::string> labels;
  for (const auto& [edits, row] : close) {
    std::string text(vocabulary.label(row));
    if (labels.size() < count && std::find(labels.begin(), labels.end(), text) == labels.end()) {
      labels.push_back(std::move(text));
    }
  }
  return labels;
}

std::string unknownLabelText(const table::EmbeddingTable& table, std::string_view label) {
  std::string sentence = fmt::format("there is no label \"{}\" in {}", label, table.name());
  const std::vector<std::string> close = closestLabels(table.vocabulary(), label, kSuggestions);
  if (!close.empty()) {
    sentence += fmt::format("; did you mean \"{}\"?", fmt::join(close, "\", \""));
  }
  return sentence;
}

std::string composedLabelText(const table::EmbeddingTable& table, std::string_view label) {
  return fmt::format("there is no label \"{}\" in {}; its vector is composed of its subwords",
                     label, table.name());
}

std::int64_t rowOfLabel(const table::EmbeddingTable& table, std::string_view label) {
  if (const std::optional<std::int64_t> row = table.vocabulary().find(label)) {
    return *row;
  }
  throw base::Error(base::ErrorCode::BadData, unknownLabelText(table, label));
}

}  // namespace embedscope::cli
