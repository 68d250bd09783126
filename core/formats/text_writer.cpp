// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_writer.h"

#include "core/base/float_text.h"
#include "core/formats/row_writer.h"

namespace embedscope::formats {

bool writeLabelledRows(const table::EmbeddingTable& table, const LabelRules& rules,
                       base::AtomicFile& file, const base::TaskContext& context) {
  const std::vector<std::string> labels = writableLabels(table.vocabulary(), rules);
  return writeRows(file, table.rowCount(), context, [&](std::int64_t row, std::string& out) {
    out += labels[static_cast<std::size_t>(row)];
    out += ' ';
    base::appendFloats(out, table.row(row), ' ');
    out += '\n';
  });
}

}  // namespace embedscope::formats
