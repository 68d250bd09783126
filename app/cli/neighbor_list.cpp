// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/neighbor_list.h"

#include "app/cli/output.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace embedscope::cli {

using neighbors::Neighbor;

nlohmann::ordered_json neighborsJson(const table::Vocabulary& labels,
                                     std::span<const Neighbor> found) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Neighbor& neighbor : found) {
    list.push_back({{"label", base::shownUtf8(labels.label(neighbor.row))},
                    {"row", neighbor.row},
                    {"score", neighbor.score}});
  }
  return list;
}

std::string neighborsText(const table::Vocabulary& labels, std::string_view scoreName,
                          std::span<const Neighbor> found) {
  std::size_t labelWidth = 5;
  for (const Neighbor& neighbor : found) {
    labelWidth = std::max(labelWidth, displayWidth(labels.label(neighbor.row)));
  }
  const std::size_t scoreWidth = std::max<std::size_t>(scoreName.size(), 12);
  std::string text =
      fmt::format("{}  {:>{}}  {:>8}\n", padded("label", labelWidth), scoreName, scoreWidth, "row");
  for (const Neighbor& neighbor : found) {
    text += fmt::format("{}  {:>{}.6f}  {:>8}\n", padded(labels.label(neighbor.row), labelWidth),
                        neighbor.score, scoreWidth, neighbor.row);
  }
  return text;
}

}  // namespace embedscope::cli
