// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"

#include <QString>

#include <cstdint>

namespace embedscope::document {

/// The label of a row as text; bytes that are not UTF-8 become U+FFFD. O(length of the label).
QString labelText(const table::EmbeddingTable& table, std::int64_t row);

/// "1,234,567"
QString groupedText(std::int64_t value);

/// "10,000 × 100"
QString shapeText(const table::EmbeddingTable& table);

/// Where the table came from, in short: "sample", "covid/tensor.bytes", "run 3 · step 1,200".
QString originText(const TableEntry& entry);

}  // namespace embedscope::document
