// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/numerics.h"
#include "core/table/metadata.h"
#include "core/table/sprite_sheet.h"
#include "core/table/subword_model.h"
#include "core/table/vocabulary.h"

#include <memory>
#include <span>
#include <string>

namespace embedscope::table {

/// The embedding matrix W, n × d float32 row-major, with a label for every row. Immutable: passed
/// around and across threads as `shared_ptr<const EmbeddingTable>`.
///
/// The numbers are either owned or lie in a mapped file, which the table keeps open.
class EmbeddingTable {
 public:
  using View = Eigen::Map<const base::RowMatrix>;

  /// @param values    n × d with n == vocabulary.size().
  /// @param subwords  of dimension d, or null.
  /// @throws Error InvalidArgument when the sizes differ.
  EmbeddingTable(std::string name, Vocabulary vocabulary, base::RowMatrix values,
                 Metadata metadata = {}, SubwordsPtr subwords = {});

  /// Rows that stay in the file: n × `dimension` floats from byte `offset` on.
  ///
  /// @param offset  a multiple of 4.
  /// @throws Error InvalidArgument when the file does not hold so many bytes there.
  EmbeddingTable(std::string name, Vocabulary vocabulary,
                 std::shared_ptr<const base::MappedFile> file, std::size_t offset,
                 Eigen::Index dimension, Metadata metadata = {});

  const std::string& name() const { return m_name; }

  Eigen::Index rowCount() const { return m_rows; }

  Eigen::Index dimension() const { return m_dimension; }

  /// n × d.
  View values() const { return View(m_data, m_rows, m_dimension); }

  /// d numbers. @param row  0 ≤ row < rowCount().
  std::span<const float> row(Eigen::Index row) const {
    return {m_data + row * m_dimension, static_cast<std::size_t>(m_dimension)};
  }

  /// The file that the numbers stay in; null when they are in memory.
  const std::shared_ptr<const base::MappedFile>& file() const { return m_file; }

  const Vocabulary& vocabulary() const { return *m_vocabulary; }

  const Metadata& metadata() const { return m_metadata; }

  /// What gives vectors to words that are not in the vocabulary; null for most tables.
  const SubwordsPtr& subwords() const { return m_subwords; }

  /// Images of the rows; null for most tables.
  const SpritesPtr& sprites() const { return m_sprites; }

  /// The same table, sharing labels, numbers and all else with this one, but for a single part: its
  /// name, the metadata, or the images of its rows. Cost that of copying the metadata.
  ///
  /// @throws Error InvalidArgument: columns, or a list of images, of another length than the table.
  std::shared_ptr<const EmbeddingTable> renamed(std::string name) const;
  std::shared_ptr<const EmbeddingTable> withMetadata(Metadata metadata) const;
  std::shared_ptr<const EmbeddingTable> withSprites(SpritesPtr sprites) const;

 private:
  std::string m_name;
  std::shared_ptr<const Vocabulary> m_vocabulary;
  Metadata m_metadata;
  SubwordsPtr m_subwords;
  SpritesPtr m_sprites;
  std::shared_ptr<const base::RowMatrix> m_owned;
  std::shared_ptr<const base::MappedFile> m_file;
  const float* m_data = nullptr;
  Eigen::Index m_rows = 0;
  Eigen::Index m_dimension = 0;
};

/// How tables travel: shared, never changed.
using TablePtr = std::shared_ptr<const EmbeddingTable>;

}  // namespace embedscope::table
