// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_look.h"

namespace embedscope::files {

std::optional<FileLook> lookAt(const std::filesystem::path& path,
                               const formats::ReadOptions& options,
                               const base::TaskContext& context) {
  FileLook look;
  try {
    look.preview = formats::previewTable(path, options);
    const auto rows = formats::readFirstRows(path, kFirstRows, options, context);
    if (!rows) {
      return {};
    }
    look.firstRows = rows->table;
  } catch (const base::Error& error) {
    look.problem = formats::Warning{error.place(), error.sentence()};
  }
  return look;
}

bool hasLines(formats::FormatId format) {
  using formats::FormatId;
  switch (format) {
    case FormatId::Word2VecText:
    case FormatId::GloveText:
    case FormatId::ProjectorTsv:
    case FormatId::Csv:
    case FormatId::Tsv:
    case FormatId::JsonLines:
      return true;
    default:
      return false;
  }
}

}  // namespace embedscope::files
