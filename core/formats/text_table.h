// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/row_format.h"
#include "core/formats/source.h"
#include "core/formats/text_header.h"
#include "core/formats/text_rows.h"

#include <memory>
#include <optional>
#include <span>

namespace embedscope::formats {

/// What all text formats have in common: one row a record.
struct TextLayout {
  FormatId format{};
  TextBody body;
  std::shared_ptr<const RowFormat> rows;
  std::optional<CountHeader> header;
  std::string why;  ///< what gave the format away

  std::int64_t dimension() const { return rows->dimension(); }
};

/// The layout of a file that is known to be blank-separated text, with or without a header.
///
/// The dimension is the header's, otherwise the commonest count of numbers that the first 1,000
/// lines end in.
/// @throws Error BadData: an impossible header, or no numbers in the first lines.
TextLayout blankSeparatedLayout(const Source& source, FormatId format);

/// Labels come from the lines; where they hold none, or the caller named a vocabulary, from a label
/// file (label_file.h). Reading heeds ReadOptions::every, only and skipBadLines.
Preview previewText(const Source& source, const TextLayout& layout);

std::optional<LoadedTable> readText(const Source& source, const TextLayout& layout,
                                    const base::TaskContext& context);

/// The commonest of some counts; the smaller one when two are equally common. 0 for none.
std::int64_t commonest(std::span<const std::int64_t> counts);

}  // namespace embedscope::formats
