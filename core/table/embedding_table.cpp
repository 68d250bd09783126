// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/embedding_table.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace embedscope::table {

namespace {

using base::Error;
using base::ErrorCode;

}  // namespace

EmbeddingTable::EmbeddingTable(std::string name, Vocabulary vocabulary, base::RowMatrix values,
                               Metadata metadata, SubwordsPtr subwords)
    : m_name(std::move(name)),
      m_vocabulary(std::make_shared<const Vocabulary>(std::move(vocabulary))),
      m_metadata(std::move(metadata)),
      m_subwords(std::move(subwords)),
      m_owned(std::make_shared<const base::RowMatrix>(std::move(values))),
      m_data(m_owned->data()),
      m_rows(m_owned->rows()),
      m_dimension(m_owned->cols()) {
  if (m_vocabulary->size() != m_rows) {
    throw Error(ErrorCode::InvalidArgument, "a table of " + std::to_string(m_rows) +
                                                " rows needs as many labels, not " +
                                                std::to_string(m_vocabulary->size()));
  }
  if (m_subwords && m_subwords->dimension() != m_dimension) {
    throw Error(ErrorCode::InvalidArgument, "a table of " + std::to_string(m_dimension) +
                                                " dimensions needs subwords of as many, not " +
                                                std::to_string(m_subwords->dimension()));
  }
}

EmbeddingTable::EmbeddingTable(std::string name, Vocabulary vocabulary,
                               std::shared_ptr<const base::MappedFile> file, std::size_t offset,
                               Eigen::Index dimension, Metadata metadata)
    : m_name(std::move(name)),
      m_vocabulary(std::make_shared<const Vocabulary>(std::move(vocabulary))),
      m_metadata(std::move(metadata)),
      m_file(std::move(file)),
      m_rows(m_vocabulary->size()),
      m_dimension(dimension) {
  const auto values = base::checkedProduct(m_rows, m_dimension);
  const auto bytes = values ? base::checkedProduct(*values, sizeof(float)) : std::nullopt;
  if (!bytes || offset % alignof(float) != 0 || offset > m_file->size() ||
      static_cast<std::size_t>(*bytes) > m_file->size() - offset) {
    throw Error(ErrorCode::InvalidArgument, "the file is too short for a table of this shape",
                base::Place::ofFile(m_file->path()));
  }
  m_data = reinterpret_cast<const float*>(m_file->data() + offset);  // NOLINT: aligned by check
}

std::shared_ptr<const EmbeddingTable> EmbeddingTable::renamed(std::string name) const {
  auto copy = std::make_shared<EmbeddingTable>(*this);
  copy->m_name = std::move(name);
  return copy;
}

std::shared_ptr<const EmbeddingTable> EmbeddingTable::withMetadata(Metadata metadata) const {
  for (const MetadataColumn& column : metadata.columns()) {
    if (static_cast<Eigen::Index>(column.values.size()) != m_rows) {
      throw Error(ErrorCode::InvalidArgument, "metadata column \"" + column.name + "\" has " +
                                                  std::to_string(column.values.size()) +
                                                  " values for a table of " +
                                                  std::to_string(m_rows) + " rows");
    }
  }
  auto copy = std::make_shared<EmbeddingTable>(*this);
  copy->m_metadata = std::move(metadata);
  return copy;
}

std::shared_ptr<const EmbeddingTable> EmbeddingTable::withSprites(SpritesPtr sprites) const {
  if (sprites && !sprites->images.empty() &&
      static_cast<Eigen::Index>(sprites->images.size()) != m_rows) {
    throw Error(ErrorCode::InvalidArgument, "a list of " + std::to_string(sprites->images.size()) +
                                                " images does not fit a table of " +
                                                std::to_string(m_rows) + " rows");
  }
  auto copy = std::make_shared<EmbeddingTable>(*this);
  copy->m_sprites = std::move(sprites);
  return copy;
}

}  // namespace embedscope::table
