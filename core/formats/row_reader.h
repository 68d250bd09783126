// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/byte_progress.h"
#include "core/formats/row_choice.h"
#include "core/formats/text_rows.h"

#include <vector>

namespace embedscope::formats {

/// Reads the rows of an indexed text, in parallel over its chunks: the work of readRows().
///
/// Where all rows are wanted they are read straight into the matrix, and bad ones are closed up
/// afterwards; otherwise every chunk keeps what it finds, and the pieces are joined.
class RowReader {
 public:
  /// @param rows  with its index; gets everything else. All arguments have to outlive the reader.
  RowReader(const Source& source, const TextBody& body, const RowFormat& format, TextRows& rows);

  /// @return false when stopped. @throws Error BadData as readRows().
  bool read(const base::TaskContext& context);

 private:
  /// What one chunk gives.
  struct Piece {
    SkippedLines skipped;
    std::vector<std::int64_t> badRows;
    std::vector<std::int64_t> fileRows;
    std::vector<float> values;
    std::vector<std::string_view> labels;
    std::vector<std::vector<std::string_view>> metadata;
  };

  bool mayFit() const;
  void findRaggedRow(const base::TaskContext& context) const;
  void fill(ByteProgress& progress);
  void fillChunk(std::size_t number);
  void closeUp();
  void pick(ByteProgress& progress);
  void pickChunk(std::size_t number);
  void join();
  void makeRoom(std::int64_t rows);
  void collectSkipped();
  [[noreturn]] void failEmpty() const;
  std::vector<float> scratchRow(const TextChunk& chunk) const;
  bool isSound(const std::optional<RowFault>& fault, std::int64_t row, std::int64_t line,
               Piece& piece) const;

  const Source& m_source;
  const TextBody& m_body;
  const RowFormat& m_format;
  TextRows& m_rows;
  RowChoice m_choice;
  std::vector<Piece> m_pieces;
};

}  // namespace embedscope::formats
