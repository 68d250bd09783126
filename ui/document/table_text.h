// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>

#include <cstdint>
#include <string_view>

namespace embedscope::document {

/// A label as people see it: bytes that are not UTF-8 as \xNN.
QString shownText(std::string_view utf8);

/// The label of a row as text, as shownText. O(length of the label).
QString labelText(const table::EmbeddingTable& table, std::int64_t row);

/// "1,234,567"
QString groupedText(std::int64_t value);

/// "10,000 × 100"
QString shapeText(const table::EmbeddingTable& table);

/// Where the table came from, in short: "sample", "covid/tensor.bytes", "run 3 · step 1,200",
/// "selection of covid".
QString originText(const TableEntry& entry);

}  // namespace embedscope::document
