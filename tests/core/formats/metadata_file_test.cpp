// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/metadata_file.h"

#include "core/base/error.h"
#include "core/formats/label_file.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::fileBytes;

table::TablePtr taggedTable() {
  table::Metadata metadata;
  metadata.addColumn({"kind, of", {"x\ty", "", "say \"a\""}});
  metadata.addColumn({"count", {"1", "2", ""}});
  return tests::makeTable({"a,b", "c\td", "e"}, {{1}, {2}, {3}}, std::move(metadata));
}

TEST(MetadataFile, IsTsvOfTheProjector) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(writeMetadataFile(*taggedTable(), folder / "m.tsv"));
  EXPECT_EQ(fileBytes(folder / "m.tsv"),
            "label\tkind, of\tcount\n"
            "a,b\tx y\t1\n"
            "c d\t\t2\n"
            "e\tsay \"a\"\t\n");
  const auto read = readLabelFile(folder / "m.tsv", 3, 3);
  ASSERT_TRUE(read.has_value());
  EXPECT_THAT(read->labels, ElementsAre("a,b", "c d", "e"));
  EXPECT_THAT(read->metadata.find("count")->values, ElementsAre("1", "2", ""));
}

TEST(MetadataFile, IsCsvThatHoldsEveryText) {
  const tests::TemporaryFolder folder;
  ASSERT_TRUE(writeMetadataFile(*taggedTable(), folder / "m.csv"));
  EXPECT_EQ(fileBytes(folder / "m.csv"),
            "label,\"kind, of\",count\n"
            "\"a,b\",x\ty,1\n"
            "c\td,,2\n"
            "e,\"say \"\"a\"\"\",\n");
}

TEST(MetadataFile, HasNoHeaderWhereLabelsAreAll) {
  const tests::TemporaryFolder folder;
  const auto table = tests::makeTable({"a", "b"}, {{1}, {2}});
  for (const char* name : {"m.tsv", "m.csv"}) {
    ASSERT_TRUE(writeMetadataFile(*table, folder / name));
    EXPECT_EQ(fileBytes(folder / name), "a\nb\n");
  }
}

TEST(MetadataFile, TellsWhatItCannotHold) {
  EXPECT_THAT(metadataLosses(*taggedTable(), MetadataStyle::Csv), IsEmpty());
  EXPECT_THAT(metadataLosses(*taggedTable(), MetadataStyle::Tsv),
              ElementsAre(HasSubstr("c"), HasSubstr("1 value of \"kind, of\"")));
}

TEST(MetadataFile, StyleIsThatOfTheName) {
  EXPECT_EQ(metadataStyle("a.csv"), MetadataStyle::Csv);
  EXPECT_EQ(metadataStyle("a.csv.gz"), MetadataStyle::Csv);
  EXPECT_EQ(metadataStyle("a.tsv"), MetadataStyle::Tsv);
  EXPECT_EQ(metadataStyle("metadata"), MetadataStyle::Tsv);
}

TEST(MetadataFile, LeavesNothingBehindWhenStoppedOrRefused) {
  const tests::TemporaryFolder folder;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(
      writeMetadataFile(*taggedTable(), folder / "m.tsv", base::TaskContext(stop.get_token(), {})));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THROW(writeMetadataFile(*taggedTable(), folder / "no/m.tsv"), base::Error);
}

}  // namespace
}  // namespace embedscope::formats
