// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Numbers that are hard to write: the least and the largest, many digits, both zeros.
base::RowMatrix hardNumbers() {
  using Limits = std::numeric_limits<float>;
  base::RowMatrix values(3, 3);
  values << 0.1F, -0.0F, Limits::denorm_min(),  //
      Limits::max(), Limits::lowest(), 1.0F / 3.0F, 16777217.0F, 1e-30F, -2.5F;
  return values;
}

table::EmbeddingTable plainTable() {
  return {"plain", {"a", "König", "東京"}, hardNumbers()};
}

TEST(Writers, RoundTripEveryBit) {
  const table::EmbeddingTable table = plainTable();
  for (const FormatInfo& info : allFormats()) {
    if (info.writes && info.reads) {
      const tests::TemporaryFolder folder;
      const auto path = folder / ("t" + std::string(info.extension));
      const auto files = writeTable(table, path, info.id);
      ASSERT_FALSE(files.empty());
      EXPECT_EQ(files.front(), path);
      const LoadedTable loaded = load(path);
      EXPECT_EQ(loaded.report.format, info.id);
      EXPECT_TRUE(bitEqual(*loaded.table, table)) << info.name;
      EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary()) << info.name;
      EXPECT_EQ(warningsText(loaded.report.warnings), "") << info.name;
      EXPECT_THAT(writeLosses(table, info.id), IsEmpty()) << info.name;
    }
  }
}

/// Numbers that a type of 16 bits holds, and some that it does not; rounded values are torch's.
table::EmbeddingTable tableToRound() {
  base::RowMatrix values(2, 3);
  values << 1.5F, -0.0F, 1.0F / 3.0F, 1e6F, 1e-30F, std::numeric_limits<float>::infinity();
  return {"t", {"a", "b"}, values};
}

TEST(Writers, RoundToNumbersOf16Bits) {
  const table::EmbeddingTable table = tableToRound();
  const tests::TemporaryFolder folder;
  const auto values = [&](FormatId format, NumberType type) {
    const auto path = folder / ("t" + std::string(formatInfo(format).extension));
    writeTable(table, path, format, {}, {type});
    const LoadedTable loaded = load(path);
    EXPECT_EQ(loaded.report.dtype, nameOf(type));
    EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
    return std::vector<float>(loaded.table->values().data(), loaded.table->values().data() + 6);
  };
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const FormatId format : {FormatId::Npy, FormatId::Npz, FormatId::Safetensors}) {
    EXPECT_THAT(values(format, NumberType::Float16),
                ElementsAre(1.5F, 0.0F, 0.333251953125F, kInfinity, 0.0F, kInfinity));
  }
  EXPECT_THAT(values(FormatId::Safetensors, NumberType::BFloat16),
              ElementsAre(1.5F, 0.0F, 0.333984375F, 999424.0F, 9.98402083170343e-31F, kInfinity));
}

TEST(Writers, TellWhatRoundingChanges) {
  const auto losses = writeLosses(tableToRound(), FormatId::Npz, {NumberType::Float16});
  EXPECT_THAT(losses,
              ElementsAre("numbers are rounded to float16: 1 of 6 changes, by up to 0.024 %",
                          "1 number is too large for float16 and written as infinity",
                          "1 number is too small for float16 and written as 0"));
  EXPECT_THAT(writeLosses(tableToRound(), FormatId::Safetensors, {NumberType::BFloat16}),
              ElementsAre(HasSubstr("rounded to bfloat16: 3 of 6 change, by up to 0.2 %")));
  EXPECT_THAT(
      writeLosses({"t", {"a"}, base::RowMatrix::Ones(1, 2)}, FormatId::Npy, {NumberType::Float16}),
      IsEmpty());
}

TEST(Writers, RefuseNumbersThatTheFormatDoesNotHave) {
  const tests::TemporaryFolder folder;
  for (const FormatId format : {FormatId::Npy, FormatId::Csv, FormatId::Word2VecBinary}) {
    EXPECT_THROW(writeTable(plainTable(), folder / "t", format, {}, {NumberType::BFloat16}),
                 base::Error);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  try {
    checkWritable(FormatId::Npy, {NumberType::BFloat16});
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    EXPECT_EQ(error.sentence(), "NumPy array is written in float32 or float16, not in bfloat16");
  }
}

TEST(Writers, CsvQuotesAsRfc4180Asks) {
  const tests::TemporaryFolder folder;
  base::RowMatrix values(4, 2);
  values << 1, 2, 3, 4, 5, 6, 7, 8;
  const table::EmbeddingTable table("t", {"Very Good", "a,b", "say \"x\"", "two\nlines"}, values);
  writeTable(table, folder / "t.csv", FormatId::Csv);
  EXPECT_EQ(tests::fileBytes(folder / "t.csv"),
            "label,0,1\nVery Good,1,2\n\"a,b\",3,4\n\"say \"\"x\"\"\",5,6\n\"two\nlines\",7,8\n");
  EXPECT_THAT(writeLosses(table, FormatId::Csv), IsEmpty());
}

TEST(Writers, Word2VecTextIsExactlyThis) {
  const tests::TemporaryFolder folder;
  base::RowMatrix values(2, 2);
  values << 3, 4, 5, 0.1F;
  writeTable({"t", {"a", "b"}, values}, folder / "t.txt", FormatId::Word2VecText);
  EXPECT_EQ(tests::fileBytes(folder / "t.txt"), "2 2\na 3 4\nb 5 0.1\n");
}

TEST(Writers, BlanksBecomeUnderscoresUnlessThatCollides) {
  const tests::TemporaryFolder folder;
  const table::EmbeddingTable table("t",
                                    {"Very Good", "Very_Good", "Very\tGood", "", "_", "b", "b"},
                                    base::RowMatrix::Ones(7, 1));
  for (const FormatId format : {FormatId::Word2VecText, FormatId::Word2VecBinary}) {
    const auto losses = writeLosses(table, format);
    ASSERT_EQ(losses.size(), 2U);
    EXPECT_THAT(losses[0], HasSubstr("2 labels contain blanks, which word2vec"));
    EXPECT_THAT(losses[0], HasSubstr("\"Very Good\""));
    EXPECT_THAT(losses[1], HasSubstr("1 label is empty"));
    writeTable(table, folder / "t.txt", format);
    EXPECT_THAT(load(folder / "t.txt").table->vocabulary().labels(),
                ElementsAre("Very_Good_2", "Very_Good", "Very_Good_3", "__2", "_", "b", "b"));
  }
}

TEST(Writers, LabelFilesHoldBlanksAndEmptyLabels) {
  const tests::TemporaryFolder folder;
  const table::EmbeddingTable table("t", {"Very Good", "", "x y", ""}, base::RowMatrix::Ones(4, 2));
  writeTable(table, folder / "t.npy", FormatId::Npy);
  EXPECT_TRUE(load(folder / "t.npy").table->vocabulary() == table.vocabulary());
}

TEST(Writers, ProjectorKeepsMetadata) {
  const tests::TemporaryFolder folder;
  table::Metadata metadata;
  metadata.addColumn({"count", {"3", "", "5"}});
  metadata.addColumn({"kind", {"x", "y z", "t\tab"}});
  const table::EmbeddingTable table("my table", {"New York", "b", "c"}, hardNumbers(), metadata);
  for (const FormatId format : {FormatId::ProjectorTsv, FormatId::ProjectorBytes}) {
    const auto path = folder / ("t" + std::string(formatInfo(format).extension));
    EXPECT_THAT(writeTable(table, path, format),
                ElementsAre(path, folder / "t.metadata.tsv", folder / "projector_config.json",
                            folder / "projector_config.pbtxt"));
    const LoadedTable loaded = load(path);
    EXPECT_TRUE(bitEqual(*loaded.table, table));
    EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
    EXPECT_THAT(loaded.table->metadata().find("count")->values, ElementsAre("3", "", "5"));
    EXPECT_THAT(loaded.table->metadata().find("kind")->values, ElementsAre("x", "y z", "t ab"));
  }
  EXPECT_EQ(tests::fileBytes(folder / "t.metadata.tsv"),
            "label\tcount\tkind\nNew York\t3\tx\nb\t\ty z\nc\t5\tt ab\n");
  EXPECT_THAT(writeLosses(table, FormatId::Csv), ElementsAre(HasSubstr("2 metadata columns")));
}

TEST(Writers, ProjectorConfigurationKeepsOtherTables) {
  const tests::TemporaryFolder folder;
  const table::EmbeddingTable table = plainTable();
  writeTable(table, folder / "one.bytes", FormatId::ProjectorBytes);
  writeTable(table, folder / "two.bytes", FormatId::ProjectorBytes);
  writeTable(table, folder / "one.bytes", FormatId::ProjectorBytes);
  const std::string config = tests::fileBytes(folder / "projector_config.json");
  EXPECT_THAT(config, HasSubstr("one.bytes"));
  EXPECT_THAT(config, HasSubstr("two.bytes"));
  EXPECT_EQ(config.find("one.bytes", config.find("one.bytes") + 1), std::string::npos);
  const LoadedTable loaded = load(folder / "projector_config.json");
  EXPECT_EQ(loaded.report.format, FormatId::ProjectorConfig);
  EXPECT_TRUE(bitEqual(*loaded.table, table));
}

TEST(Writers, AFileMayBeWrittenOverTheOneItWasReadFrom) {
  const tests::TemporaryFolder folder;
  const auto path = folder / "t.npy";
  writeTable(plainTable(), path, FormatId::Npy);
  const LoadedTable loaded = load(path);  // its rows stay in the mapped file
  writeTable(*loaded.table, path, FormatId::Npy);
  EXPECT_TRUE(bitEqual(*load(path).table, plainTable()));
  EXPECT_TRUE(bitEqual(*loaded.table, plainTable()));
}

TEST(Writers, RefuseWhatTheyCannotDo) {
  const tests::TemporaryFolder folder;
  try {
    writeTable(plainTable(), folder / "t.gguf", FormatId::Gguf);
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
  }
  try {
    writeTable(plainTable(), folder / "nowhere" / "t.txt", FormatId::Csv);
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::FileAccess);
  }
}

}  // namespace
}  // namespace embedscope::formats
