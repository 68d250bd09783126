// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/embedding_table.h"

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstring>

namespace embedscope::table {
namespace {

base::RowMatrix smallest() {
  base::RowMatrix values(2, 2);
  values << 3, 4, 5, 6;
  return values;
}

TEST(EmbeddingTable, RowsAreContiguous) {
  const EmbeddingTable table("t", {"a", "b"}, smallest());
  EXPECT_EQ(table.row(1)[0], 5);
  EXPECT_EQ(table.row(1)[1], 6);
  EXPECT_EQ(table.values()(0, 1), 4);
}

TEST(EmbeddingTable, RefusesLabelsThatDoNotFit) {
  EXPECT_THROW(EmbeddingTable("t", {"a"}, smallest()), base::Error);
}

TEST(EmbeddingTable, ReadsRowsFromAMappedFile) {
  const tests::TemporaryFolder folder;
  const base::RowMatrix values = smallest();
  std::string bytes(4 + 16, '\0');
  std::memcpy(bytes.data() + 4, values.data(), 16);
  const auto file = base::MappedFile::open(folder.file("t.bytes", bytes));
  const EmbeddingTable table("t", {"a", "b"}, file, 4, 2);
  EXPECT_TRUE(table.values() == values);
  EXPECT_THROW(EmbeddingTable("t", {"a", "b"}, file, 8, 2), base::Error);
  EXPECT_THROW(EmbeddingTable("t", {"a", "b"}, file, 2, 2), base::Error);
}

TEST(EmbeddingTable, RenamingSharesTheNumbers) {
  const EmbeddingTable table("t", {"a", "b"}, smallest());
  const TablePtr other = table.renamed("u");
  EXPECT_EQ(other->name(), "u");
  EXPECT_EQ(other->row(0).data(), table.row(0).data());
}

}  // namespace
}  // namespace embedscope::table
