// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

#include <optional>
#include <vector>

namespace embedscope::formats {

/// One table of a projector_config.json.
struct ProjectorEntry {
  std::string name;
  std::optional<std::int64_t> rows;
  std::optional<std::int64_t> dimension;
  std::filesystem::path tensor;  ///< as it was found
  std::optional<std::filesystem::path> metadata;
  table::SpritesPtr sprites;      ///< null: there are none
  std::vector<Warning> warnings;  ///< files found elsewhere than the configuration says
};

/// The TensorBoard Embedding Projector's configuration, as JSON (the stand-alone projector) or as a
/// text proto (TensorBoard's projector_config.pbtxt): names the tensor file, its shape and the
/// metadata. Of several tables the first one whose tensor file exists is read.
///
/// Paths are relative to the configuration; a file that is not there is looked for by its name
/// beside the configuration, with a warning. So is a sprite sheet; one that is not there, or
/// without the size of an image, is left out. Refused: neither of both, a bad shape, no tensor
/// file.
extern const Format kProjectorConfigFormat;

/// The entry for a tensor file in the `projector_config.json` beside it (or another file whose name
/// ends so, or `projector_config.pbtxt`); nothing when there is no such entry, or the configuration
/// is broken.
std::optional<ProjectorEntry> findProjectorEntry(const std::filesystem::path& tensor);

/// The source with the labels that its entry names; the same without an entry.
Source withMetadataOf(const Source& source, const std::optional<ProjectorEntry>& entry);

/// Which choices of rows a reader has heeded itself, before images are given to rows.
enum class RowsHeeded { None, Every, EveryAndLabels };

/// Gives a table that was just read the images that an entry names.
///
/// Where reading left rows out by their labels or because they could not be read, nobody knows any
/// more which image is whose: they are left out with a warning.
/// @param heeded  which of the caller's choices of rows the reader has heeded already.
void attachSprites(const ProjectorEntry& entry, const Source& tensor, RowsHeeded heeded,
                   LoadedTable& loaded);

/// Adds `projector_config.json` and `projector_config.pbtxt` beside a tensor file to the files to
/// be written: the stand-alone projector reads the one, TensorBoard's plugin the other.
///
/// Entries of other tables in a configuration that is already there are kept; one for the same
/// tensor file is replaced.
void writeProjectorConfig(const table::EmbeddingTable& table, const std::filesystem::path& tensor,
                          const std::filesystem::path& metadata, OutputFiles& files);

}  // namespace embedscope::formats
