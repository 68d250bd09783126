// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <locale>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ReadOptions as(FormatId format) {
  ReadOptions options;
  options.format = format;
  return options;
}

TEST(CsvVectors, HeaderThatCountsTheDimensions) {
  const tests::TemporaryFolder folder;
  const auto path = folder.file("v.csv",
                                "label,0,1\n\"New \"\"York\"\"\",0.5,-1\n"
                                "\"two\nlines\",1e-3,+2\r\n\"a,b\",.5,3.\n");
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.report.format, FormatId::Csv);
  EXPECT_THAT(loaded.table->vocabulary().labels(),
              ElementsAre("New \"York\"", "two\nlines", "a,b"));
  EXPECT_THAT(loaded.table->row(0), ElementsAre(0.5F, -1.0F));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(1e-3F, 2.0F));
  EXPECT_THAT(loaded.table->row(2), ElementsAre(0.5F, 3.0F));
  const Preview preview = previewTable(path);
  EXPECT_EQ(preview.dimension, 2);
  EXPECT_THAT(preview.firstLabels, ElementsAre("New \"York\"", "two\nlines", "a,b"));
}

TEST(CsvVectors, TheLabelIsFoundByItsNameAndOtherColumnsAreMetadata) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded =
      load(folder.file("v.csv", "kind,word,d1,d2\ncity,Rome,1,2\nriver,Rhine,3,4\n"));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("Rome", "Rhine"));
  EXPECT_THAT(loaded.table->metadata().find("kind")->values, ElementsAre("city", "river"));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(3.0F, 4.0F));
}

TEST(CsvVectors, SemicolonsWithDecimalCommasAndTheLineOfExcel) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded =
      load(folder.file("v.csv", "\xEF\xBB\xBFsep=;\nlabel;x;y\na;1,5;-0,25\nb;2;1e1\n"));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b"));
  EXPECT_THAT(loaded.table->row(0), ElementsAre(1.5F, -0.25F));
  EXPECT_THAT(loaded.table->row(1), ElementsAre(2.0F, 10.0F));
}

TEST(CsvVectors, WithoutAHeader) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("v.csv", "a,1,2\nb,3,4\nc,5,6\n"), as(FormatId::Csv));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(loaded.table->row(2), ElementsAre(5.0F, 6.0F));
}

TEST(CsvVectors, AHeaderMayBeLongerThanTheRows) {
  const tests::TemporaryFolder folder;
  const LoadedTable named = load(folder.file("n.csv", "word,x,y,\na,1,2\nb,3,4\nc,5,6\n"));
  EXPECT_THAT(named.table->vocabulary().labels(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(named.table->row(2), ElementsAre(5.0F, 6.0F));
  const LoadedTable numbers = load(folder.file("u.csv", "a,b,c,\n1,2,3\n4,5,6\n"));
  EXPECT_THAT(numbers.table->row(1), ElementsAre(4.0F, 5.0F, 6.0F));
}

TEST(CsvVectors, ProblemsAreToldWithTheirLine) {
  const tests::TemporaryFolder folder;
  const base::Error ragged =
      loadError(folder.file("r.csv", "label,0,1\na,1,2\n\"b\nb\",3\nc,5,6\n"));
  EXPECT_EQ(ragged.place().line, 3);
  const base::Error word = loadError(folder.file("w.csv", "label,0,1\na,1,2\nb,x,3\n"));
  EXPECT_EQ(word.place().line, 3);
  EXPECT_THAT(word.sentence(), HasSubstr("\"x\""));
  const base::Error open = loadError(folder.file("q.csv", "label,0,1\na,1,2\n\"b,3,4\n"));
  EXPECT_EQ(open.place().line, 3);
  EXPECT_THAT(open.sentence(), HasSubstr("never closed"));
}

TEST(TsvVectors, LabelsInTheFirstColumnUnderAHeader) {
  const tests::TemporaryFolder folder;
  const LoadedTable loaded = load(folder.file("v.tsv", "word\t0\t1\nNew York\t1\t2\nb\t3\t4\n"));
  EXPECT_EQ(loaded.report.format, FormatId::Tsv);
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("New York", "b"));
}

/// A locale in which numbers have decimal commas and grouped digits, set while it lives.
class GermanNumbers {
 public:
  GermanNumbers() : m_before(std::locale::global({std::locale::classic(), new Punctuation()})) {}

  ~GermanNumbers() { std::locale::global(m_before); }

  GermanNumbers(const GermanNumbers&) = delete;
  GermanNumbers& operator=(const GermanNumbers&) = delete;

 private:
  struct Punctuation : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }

    char do_thousands_sep() const override { return '.'; }

    std::string do_grouping() const override { return "\3"; }
  };

  std::locale m_before;
};

TEST(Locale, NeitherReadersNorWritersHeedIt) {
  base::RowMatrix values(2, 2);
  values << 12345.5F, -0.25F, 1e-7F, 3.0F;
  const table::EmbeddingTable table("t", {"a", "b"}, values);
  for (const FormatInfo& info : allFormats()) {
    if (info.writes) {
      const tests::TemporaryFolder folder;
      const tests::TemporaryFolder other;
      const std::string name = "t" + std::string(info.extension);
      writeTable(table, folder / name, info.id);
      const GermanNumbers german;
      writeTable(table, other / name, info.id);
      EXPECT_EQ(tests::fileBytes(folder / name), tests::fileBytes(other / name)) << info.name;
      EXPECT_TRUE(bitEqual(*load(other / name).table, table)) << info.name;
    }
  }
}

}  // namespace
}  // namespace embedscope::formats
