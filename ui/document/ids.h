// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace embedscope::document {

/// A number that names one thing of one kind for the life of a document; never reused.
template <typename Tag>
struct Id {
  std::int64_t value = 0;  ///< 0 names nothing

  explicit operator bool() const { return value != 0; }

  auto operator<=>(const Id&) const = default;
};

using FeatureId = Id<struct FeatureTag>;
using TableId = Id<struct TableTag>;

}  // namespace embedscope::document
