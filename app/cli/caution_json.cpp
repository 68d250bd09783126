// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/caution_json.h"

#include <nlohmann/json.hpp>

namespace embedscope::cli {

nlohmann::ordered_json cautionsJson(const std::vector<training::Caution>& cautions) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const training::Caution& caution : cautions) {
    list.push_back({{"kind", training::cautionName(caution.kind)},
                    {"column", caution.column.empty() ? Json(nullptr) : Json(caution.column)},
                    {"text", caution.text}});
  }
  return list;
}

}  // namespace embedscope::cli
