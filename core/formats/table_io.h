// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/formats/framework.h"
#include "core/formats/number_type.h"
#include "core/table/embedding_table.h"
#include "core/table/provenance.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

enum class FormatId {
  Word2VecText,
  Word2VecBinary,
  GloveText,
  Npy,
  Npz,
  Safetensors,
  FastText,
  Gguf,
  PyTorch,
  Gensim,
  ProjectorTsv,
  ProjectorBytes,
  ProjectorConfig,
  Csv,
  Tsv,
  JsonLines,
};

struct FormatInfo {
  FormatId id;
  std::string_view name;       ///< for the command line: "word2vec-text"
  std::string_view title;      ///< for people: "word2vec text"
  std::string_view extension;  ///< the usual one, with the dot
  std::string_view summary;    ///< one sentence
  bool reads;
  bool writes;
};

/// Every format, in the order in which they are listed to people.
std::span<const FormatInfo> allFormats();
const FormatInfo& formatInfo(FormatId id);
std::optional<FormatId> formatFromName(std::string_view name);

/// The format that a file of this name is written in: by its ending, with or without .gz; nothing
/// when no format has it.
std::optional<FormatId> writtenFormatFromPath(const std::filesystem::path& path);

/// Something that is not as it should be but does not keep the rest from being used.
struct Warning {
  base::Place place;
  std::string text;
};

/// What becomes of rows whose label has occurred before.
enum class Duplicates {
  Keep,    ///< all stay, a search finds the first
  First,   ///< only the first row of each label stays, as in gensim
  Suffix,  ///< all stay, the later ones are called "label_2", "label_3", …
};

struct ReadOptions {
  std::optional<FormatId> format;  ///< otherwise found by content, then by name
  std::optional<std::filesystem::path>
      vocabulary;                     ///< labels, one a line; otherwise looked for beside the file
  std::optional<std::int64_t> limit;  ///< read at most so many rows, before `only`
  std::optional<std::string> tensor;  ///< of a file with several; otherwise the likeliest
  std::int64_t every = 1;             ///< read the 1st row, the (every + 1)th, …
  std::optional<std::vector<std::string>> only;  ///< only rows with these labels, in this order
  bool strip = false;                            ///< take blanks off the ends of labels
  bool lowerCase = false;                        ///< labels in lower case
  bool skipBadLines = false;  ///< leave lines out that cannot be read, in text formats
  Duplicates duplicates = Duplicates::Keep;
  bool checksMapped = true;  ///< look for NaN and infinity also where the numbers stay in the file,
                             ///< which reads all of them; else checkMapped() does it later
};

/// One array of a file that may hold several.
struct TensorInfo {
  std::string name;
  std::string dtype;
  std::vector<std::int64_t> shape;
  bool isTable = false;  ///< can be read as a table: two axes, neither empty, of numbers
};

/// What a look at the beginning of a file tells, before anything large is allocated.
struct Preview {
  FormatId format{};
  std::string why;  ///< what gave the format away, in words
  std::int64_t rows = 0;
  bool rowsEstimated = false;  ///< counted only on reading
  std::int64_t dimension = 0;
  std::string dtype;     ///< "float32", "decimal text", …
  std::string encoding;  ///< of text formats: "UTF-8", "not UTF-8"; as far as the beginning shows
  std::int64_t fileBytes = 0;
  std::int64_t tableBytes = 0;               ///< of the table's float32 numbers
  bool mapped = false;                       ///< they stay in the file and take no memory
  std::vector<std::string> firstLabels;      ///< up to 5
  std::vector<TensorInfo> tensors;           ///< all arrays, in the file's order; else empty
  std::string tensor;                        ///< the one that will be read
  std::vector<std::filesystem::path> parts;  ///< every file that will be read
  std::vector<Warning> warnings;
};

/// Lines of a text format that could not be read and were left out (ReadOptions::skipBadLines).
struct SkippedLines {
  std::int64_t count = 0;
  std::vector<Warning> first;  ///< up to 20, each with its line and what is wrong with it
};

/// What reading a file brought to light.
struct ReadReport {
  FormatId format{};
  std::string dtype;
  std::string tensor;           ///< the name of the array that was read, if the file names them
  std::int64_t duplicates = 0;  ///< rows whose label had occurred before
  std::int64_t nonFinite = 0;   ///< rows holding NaN or infinity
  bool unchecked = false;       ///< not looked for (ReadOptions::checksMapped)
  SkippedLines skipped;
  std::vector<Warning> warnings;
};

struct LoadedTable {
  table::TablePtr table;
  ReadReport report;
};

/// Looks for NaN and infinity in a table whose numbers stay in its file, which readTable() left to
/// the caller.
///
/// Parallel; takes no memory. @return warnings with the byte of the first such row; none when all
/// numbers are finite, or when stopped.
std::vector<Warning> checkMapped(const table::EmbeddingTable& table,
                                 const base::TaskContext& context = {});

/// Looks at a file without loading it. Of text and word2vec files that are compressed only the
/// beginning is unpacked; others are unpacked whole.
///
/// @throws Error BadData (with line or byte) when the file is empty, of no known format, or its
///         header promises more than the file holds; FileAccess when it cannot be opened.
Preview previewTable(const std::filesystem::path& path, const ReadOptions& options = {});

/// Reads a table: all of it, or what the options ask for.
///
/// Files that are gzip-compressed and text files in zip archives are unpacked on the way
/// (unpacking.h).
///
/// @return nothing when stopped; then everything is freed.
/// @throws Error as previewTable, also for ragged rows, bad numbers and truncated files. Sizes are
///         checked against the file's real size before memory is asked for.
/// Threads: may be called from any thread; concurrent calls are safe.
std::optional<LoadedTable> readTable(const std::filesystem::path& path,
                                     const ReadOptions& options = {},
                                     const base::TaskContext& context = {});

/// True when delimited text (.csv, .tsv) is a table of vectors and not one of data: its header
/// counts the dimensions, as in "label,0,1,2".
/// @throws Error FileAccess when the file cannot be opened.
bool holdsCountedVectors(const std::filesystem::path& path);

/// The first rows of what readTable would give, for a look before that: of large files only the
/// beginning is read where the format allows it. Heeds the options but for `only`.
///
/// @param rows  at most so many, ≥ 1.
/// @return nothing when stopped. @throws Error as readTable.
std::optional<LoadedTable> readFirstRows(const std::filesystem::path& path, std::int64_t rows,
                                         const ReadOptions& options = {},
                                         const base::TaskContext& context = {});

/// How a table is written, where a format leaves a choice.
struct WriteOptions {
  NumberType numbers = NumberType::Float32;        ///< one of writableNumbers
  std::optional<table::Provenance> manifest = {};  ///< writes one, which tells this (manifest.h)
  std::vector<Framework> snippets = {};  ///< writes programs that load the table (snippet.h)
};

/// The numbers that a format can be written in, the usual ones first; Float32 alone where there is
/// no choice: formats of texts hold float32 exactly.
std::span<const NumberType> writableNumbers(FormatId format);

/// True for formats that may be written compressed, to a name that ends in .gz.
bool canBeCompressed(FormatId format);

/// @throws Error InvalidArgument: the format is not written, or not in these numbers.
void checkWritable(FormatId format, const WriteOptions& options = {});

/// What will be lost when this table is written in this format (labels with blanks in word2vec
/// text, or precision, for instance); empty when nothing is.
///
/// @throws Error as checkWritable.
std::vector<std::string> writeLosses(const table::EmbeddingTable& table, FormatId format,
                                     const WriteOptions& options = {});

/// Writes a table so that it appears whole or not at all.
///
/// @param path  the main file; formats of several files put the others beside it:
///              Npy: `name.npy` + `name.labels.txt`; projector: `name.tsv` (or `.bytes`) +
///              `name.metadata.tsv` + `projector_config.json` + `projector_config.pbtxt`. A name
///              that ends in .gz makes a compressed file, in text formats and word2vec binary.
///              A manifest and snippets stand beside it: `name.npy.manifest.json`,
///              `name.npy.pytorch.py`.
/// @return every file written, the main one first; empty when stopped (nothing is left behind).
/// @throws Error as checkWritable, also for a .gz of a format that is not written compressed;
///         FileAccess with the system's reason.
std::vector<std::filesystem::path> writeTable(const table::EmbeddingTable& table,
                                              const std::filesystem::path& path, FormatId format,
                                              const base::TaskContext& context = {},
                                              const WriteOptions& options = {});

}  // namespace embedscope::formats
