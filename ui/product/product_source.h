// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>

#include <variant>
#include <vector>

namespace embedscope::product {

/// A table the page can show: an open one, what a feature starts from, or the built-in smallest
/// case.
struct ProductSource {
  struct Smallest {
    bool operator==(const Smallest&) const = default;
  };

  std::variant<Smallest, document::TableId, document::FeatureId> what;
  QString title;  ///< for the list of tables

  bool operator==(const ProductSource& other) const { return what == other.what; }
};

/// Everything that can be shown: open tables first, then features with categories; the smallest
/// case when there is nothing else.
std::vector<ProductSource> sourcesOf(const document::Document& document);

}  // namespace embedscope::product
