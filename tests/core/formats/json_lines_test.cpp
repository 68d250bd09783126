// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(JsonLines, LabelVectorAndMetadata) {
  const tests::TemporaryFolder folder;
  const auto path = folder.file(
      "v.jsonl",
      "{\"id\": 7, \"word\": \"K\\u00f6nig \\\"x\\\"\", \"embedding\": [1, -2.5e1, 0.1]}\n"
      "\n{\"embedding\":[3,4,5],\"id\":8,\"word\":\"b\",\"nested\":{\"a\":[1]}}\r\n");
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.report.format, FormatId::JsonLines);
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("König \"x\"", "b"));
  EXPECT_THAT(loaded.table->row(0), ElementsAre(1.0F, -25.0F, 0.1F));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(3.0F, 4.0F, 5.0F));
  EXPECT_THAT(loaded.table->metadata().find("id")->values, ElementsAre("7", "8"));
}

TEST(JsonLines, WhichVectorCanBeChosen) {
  const tests::TemporaryFolder folder;
  const auto path = folder.file("v.jsonl",
                                "{\"label\": \"a\", \"vector\": [1, 2], \"title\": [3, 4, 5]}\n"
                                "{\"label\": \"b\", \"vector\": [6, 7], \"title\": [8, 9, 0]}\n");
  EXPECT_EQ(load(path).table->dimension(), 2);
  ReadOptions options;
  options.tensor = "title";
  EXPECT_THAT(load(path, options).table->row(1), ElementsAre(8.0F, 9.0F, 0.0F));
}

TEST(JsonLines, ProblemsAreToldWithTheirLine) {
  const tests::TemporaryFolder folder;
  const std::string first = "{\"label\": \"a\", \"vector\": [1, 2]}\n";
  const auto lineOf = [&](const std::string& second) {
    const base::Error error = loadError(folder.file("v.jsonl", first + second + "\n" + first));
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    return error.place().line.value_or(0);
  };
  for (const char* bad :
       {"{\"label\": \"b\", \"vector\": [1, 2, 3]}", "{\"label\": \"b\"}", "[1, 2]",
        "{\"label\": \"b\", \"vector\": [1, \"x\"]}", "{\"label\": \"b\", \"vector\": [1, 2]",
        "{\"label\": \"b\", \"vector\": [1, 2]} {}", "not json"}) {
    EXPECT_EQ(lineOf(bad), 2) << bad;
  }
}

TEST(JsonLines, WritesWhatItReadsWithMetadata) {
  const tests::TemporaryFolder folder;
  base::RowMatrix values(2, 2);
  values << -0.0F, std::numeric_limits<float>::infinity(), 16777217.0F, 1e-42F;
  table::Metadata metadata;
  metadata.addColumn({"count", {"3", ""}});
  metadata.addColumn({"vector", {"x", "007"}});
  const table::EmbeddingTable table("t", {"tab\t\"q\"", ""}, values, metadata);
  writeTable(table, folder / "t.jsonl", FormatId::JsonLines);
  EXPECT_THAT(
      tests::fileBytes(folder / "t.jsonl"),
      HasSubstr(R"({"label": "tab\t\"q\"", "count": 3, "vector_2": "x", "vector": [-0.0, )"));
  const LoadedTable loaded = load(folder / "t.jsonl");
  EXPECT_TRUE(bitEqual(*loaded.table, table));
  EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
  EXPECT_THAT(loaded.table->metadata().find("count")->values, ElementsAre("3", ""));
  EXPECT_THAT(loaded.table->metadata().find("vector_2")->values, ElementsAre("x", "007"));
}

TEST(JsonLines, TellsWhatJsonCannotHold) {
  base::RowMatrix values(2, 1);
  values << std::nanf(""), 1.0F;
  const table::EmbeddingTable table("t", {"caf\xE9", "b"}, values);
  EXPECT_THAT(writeLosses(table, FormatId::JsonLines),
              ElementsAre(HasSubstr("1 label is not UTF-8"), HasSubstr("1 row holds NaN")));
  const tests::TemporaryFolder folder;
  writeTable(table, folder / "t.jsonl", FormatId::JsonLines);
  const LoadedTable loaded = load(folder / "t.jsonl");
  EXPECT_EQ(loaded.table->vocabulary().label(0), "caf\\xE9");
  EXPECT_TRUE(std::isnan(loaded.table->row(0)[0]));
}

}  // namespace
}  // namespace embedscope::formats
