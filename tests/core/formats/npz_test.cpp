// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/npy_text.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

TEST(Npz, TheArrayCalledVectorsIsReadAndOthersCanBeNamed) {
  const LoadedTable loaded = load(reference("several.npz"));
  EXPECT_EQ(loaded.report.tensor, "vectors");
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "König", "東京"));
  EXPECT_THAT(warningsText(loaded.report.warnings),
              HasSubstr("objects.npy is left out: element type '|O': Python objects"));
  ReadOptions options;
  options.tensor = "other";
  const LoadedTable other = load(reference("several.npz"), options);
  EXPECT_EQ(other.table->rowCount(), 5);
  EXPECT_THAT(other.table->row(4), ElementsAre(1.0F, 1.0F));
  EXPECT_EQ(other.table->vocabulary().label(4), "4") << "three words do not fit five rows";
  options.tensor = "bias";
  EXPECT_THAT(loadError(reference("several.npz"), options).sentence(),
              HasSubstr("tensor \"bias\" has shape [4]"));
  options.tensor = "none";
  const base::Error error = loadError(reference("several.npz"), options);
  EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
  EXPECT_THAT(error.sentence(), HasSubstr("bias [4], other [5, 2], vectors [3, 4]"));
}

TEST(Npz, PreviewListsTheArrays) {
  const Preview preview = previewTable(reference("several.npz"));
  EXPECT_EQ(preview.tensor, "vectors");
  ASSERT_EQ(preview.tensors.size(), 3U);
  EXPECT_EQ(preview.tensors[0].name, "bias");
  EXPECT_FALSE(preview.tensors[0].isTable);
  EXPECT_TRUE(preview.tensors[1].isTable);
  EXPECT_THAT(preview.tensors[1].shape, ElementsAre(5, 2));
}

TEST(Npz, FewerRowsOfEveryKind) {
  for (const char* name : {"stored.npz", "deflated.npz", "fortran.npz"}) {
    ReadOptions options;
    options.limit = 2;
    const LoadedTable loaded = load(reference(name), options);
    EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "König"));
    EXPECT_THAT(loaded.table->row(1), ElementsAre(1.0F, 2.5F, -0.125F, 96.0F));
  }
}

TEST(Npz, TextsThatAreNoLabelsDoNotGetInTheWay) {
  const LoadedTable loaded = load(reference("texts.npz"));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("x", "y", "z"))
      << "not the name, the pairs, the four words or the three kinds";
  EXPECT_EQ(warningsText(loaded.report.warnings), "");
}

TEST(Npz, DamagedBytesAreFoundByTheirChecksum) {
  const tests::TemporaryFolder folder;
  std::string bytes = tests::fileBytes(reference("stored.npz"));
  const std::size_t value = bytes.find(std::string_view("\0\0\xE0\xC0", 4));  // -7
  ASSERT_NE(value, std::string::npos);
  bytes[value] = 1;
  const auto path = folder.file("t.npz", bytes);
  EXPECT_THAT(loadError(path).sentence(), HasSubstr("the checksum of member vectors.npy is wrong"));
  ReadOptions options;
  options.limit = 2;
  EXPECT_EQ(load(path, options).table->rowCount(), 2) << "only all of its bytes can be checked";
}

TEST(Npz, ArraysOutOfAllProportionAreRefusedBeforeAnythingIsMade) {
  const base::Error error = loadError(reference("proportion.npz"));
  EXPECT_EQ(error.code(), base::ErrorCode::BadData);
  EXPECT_THAT(error.sentence(),
              HasSubstr("would inflate from 15.6 kB to 16.0 MB and take 272 MB of memory"));
  EXPECT_THROW(previewTable(reference("proportion.npz")), base::Error);
  ReadOptions options;
  options.tensor = "small";
  EXPECT_EQ(load(reference("proportion.npz"), options).table->rowCount(), 2);
}

TEST(Npz, WhatIsWrittenCanBeMapped) {
  const table::EmbeddingTable table("t", {"a", "b"}, base::RowMatrix::Ones(2, 3));
  const tests::TemporaryFolder folder;
  writeTable(table, folder / "t.npz", FormatId::Npz);
  const std::string bytes = tests::fileBytes(folder / "t.npz");
  const std::size_t vectors = bytes.find("\x93NUMPY");
  EXPECT_EQ(vectors % 64, 0U);
  EXPECT_EQ(bytes.find("\x93NUMPY", vectors + 1) % 64, 0U);
}

TEST(Npz, WhatIsWrittenIsReadBack) {
  base::RowMatrix values(3, 2);
  values << 1.5F, -0.0F, std::numeric_limits<float>::quiet_NaN(), 1e-40F, 3, 4;
  const table::EmbeddingTable table("t", {"two words", "東京 𝔸", ""}, values);
  const tests::TemporaryFolder folder;
  EXPECT_TRUE(writeLosses(table, FormatId::Npz).empty());
  writeTable(table, folder.path() / "t.npz", FormatId::Npz);
  const LoadedTable loaded = load(folder.path() / "t.npz");
  EXPECT_TRUE(bitEqual(*loaded.table, table));
  EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
}

TEST(Npz, LabelsOfAnArrayOfTexts) {
  const tests::TemporaryFolder folder;
  const auto table = folder.file("t.npy", tests::fileBytes(reference("le_f4.npy")));
  folder.file("words.npy", npyOfTexts({"a", "b", "ü"}));
  EXPECT_THAT(load(table).table->vocabulary().labels(), ElementsAre("a", "b", "ü"));
  ReadOptions options;
  options.vocabulary = folder.file("four.npy", npyOfTexts({"a", "b", "c", "d"}));
  EXPECT_THAT(loadError(table, options).sentence(), HasSubstr("holds 4 labels"));
}

TEST(NpyTexts, DamagedArraysAreRefused) {
  const PlaceOfByte place = [](std::size_t) { return base::Place(); };
  const std::string whole = npyOfTexts({"one", "two"});
  EXPECT_THAT(readNpyTexts(whole, place), ElementsAre("one", "two"));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THROW(readNpyTexts(std::string_view(whole).substr(0, length), place), base::Error);
  }
  EXPECT_THROW(readNpyTexts(tests::fileBytes(reference("le_f4.npy")), place), base::Error);
}

}  // namespace
}  // namespace embedscope::formats
