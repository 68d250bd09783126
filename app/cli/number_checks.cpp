// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/number_checks.h"

#include "core/base/text.h"

#include <string>

namespace embedscope::cli {

CLI::Validator atLeastOne() {
  return {[](const std::string& text) {
            const auto number = base::parseInteger(text);
            return number && *number >= 1 ? std::string()
                                          : text + " is not a whole number of 1 or more";
          },
          "POSITIVE"};
}

}  // namespace embedscope::cli
