// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/delimited.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::TemporaryFolder;

class Delimited : public testing::Test {
 protected:
  LoadedData read(const std::string& bytes) {
    return readDelimited(m_folder.file("data.csv", bytes)).value();
  }

  base::Error failure(const std::string& bytes) {
    try {
      read(bytes);
    } catch (const base::Error& error) {
      return error;
    }
    ADD_FAILURE() << "no error for: " << bytes;
    return {base::ErrorCode::BadData, ""};
  }

  TemporaryFolder m_folder;
};

std::vector<std::string> names(const LoadedData& data) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < data.table->columnCount(); ++i) {
    out.push_back(data.table->columnName(i));
  }
  return out;
}

std::vector<std::string> row(const LoadedData& data, std::int64_t index) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < data.table->columnCount(); ++i) {
    out.emplace_back(data.table->cell(index, i));
  }
  return out;
}

std::string warnings(const LoadedData& data) {
  std::string out;
  for (const DataWarning& warning : data.warnings) {
    out += warning.place.text() + ": " + warning.text + "\n";
  }
  return out;
}

TEST_F(Delimited, ReadsQuotesAsRfc4180Says) {
  const LoadedData data =
      read("a,b,n\r\n\"x, y\",\"he said \"\"no\"\"\",1\r\n\"two\r\nlines\",5\",2\r\n");
  ASSERT_EQ(data.table->rowCount(), 2);
  EXPECT_THAT(row(data, 0), ElementsAre("x, y", "he said \"no\"", "1"));
  // A quote inside a field that did not begin with one is a letter like any other.
  EXPECT_THAT(row(data, 1), ElementsAre("two\r\nlines", "5\"", "2"));
  EXPECT_EQ(warnings(data), "");
}

TEST_F(Delimited, EmptyQuotedFieldsAndDoubledQuotesAtTheEnds) {
  const LoadedData data = read("a,n\n\"\",1\n\"\"\"x\"\"\",2\n\"\"\"\",3\n");
  EXPECT_EQ(data.table->cell(0, 0), "");
  EXPECT_EQ(data.table->cell(1, 0), "\"x\"");
  EXPECT_EQ(data.table->cell(2, 0), "\"");
}

struct DialectCase {
  std::string bytes;
  std::string delimiter;
  char quote;
  bool header;
};

class Detection : public testing::TestWithParam<DialectCase> {};

TEST_P(Detection, FindsHowTheFileIsWritten) {
  const TemporaryFolder folder;
  const Dialect dialect = detectDialect(folder.file("data", GetParam().bytes));
  EXPECT_EQ(dialect.delimiter, GetParam().delimiter);
  EXPECT_EQ(dialect.quote, GetParam().quote);
  EXPECT_EQ(dialect.header, GetParam().header);
}

INSTANTIATE_TEST_SUITE_P(
    Dialects, Detection,
    testing::Values(DialectCase{"a,b\n1,2\n3,4\n", ",", '"', true},
                    DialectCase{"a;b\n1;2,5\n3;4,5\n", ";", '"', true},
                    DialectCase{"a\tb\n1, x\t2\n3, y\t4\n", "\t", '"', true},
                    DialectCase{"1|a|x\n2|b|y\n", "|", '"', false},
                    DialectCase{"1::1193::5\n1::661::3\n", "::", '"', false},
                    DialectCase{"'a','b, c'\n'a','d'\n", ",", '\'', false},
                    DialectCase{"0.5,'-1'\n0.25,'1'\n", ",", '\'', false},
                    DialectCase{"word,n\n'tis,1\n'twas,2\n", ",", '"', true},
                    DialectCase{"city\nBerlin\nParis\n", ",", '"', true},
                    DialectCase{"label,0,1\ncat,0.5,0.25\ndog,1,2\n", ",", '"', true},
                    DialectCase{"red,S\nblue,M\nred,L\n", ",", '"', false},
                    DialectCase{"title,genres\n\"A, b\",x|y\nC,x\nD,x|y|z\n", ",", '"', true}));

TEST_F(Delimited, RewritesDecimalCommas) {
  const LoadedData data = read("stadt;umsatz;n\nKöln;1,5;1\nBonn;-1.234,25;2\na,b;,5;3\n");
  EXPECT_TRUE(data.dialect.decimalComma);
  EXPECT_EQ(data.table->cell(0, 1), "1.5");
  EXPECT_EQ(data.table->cell(1, 1), "-1234.25");
  EXPECT_EQ(data.table->cell(2, 0), "a,b");
  EXPECT_EQ(data.table->cell(2, 1), "0.5");
  EXPECT_EQ(summarize(*data.table, 1).kind, ColumnKind::Number);
}

TEST_F(Delimited, LeavesCommasAloneWherePointsAreUsed) {
  const LoadedData data = read("a;b\n1,5;0.5\n2,5;1.5\n");
  EXPECT_FALSE(data.dialect.decimalComma);
  EXPECT_EQ(data.table->cell(0, 0), "1,5");
}

TEST_F(Delimited, HonorsExcelsSeparatorLine) {
  const LoadedData data = read("\xEF\xBB\xBFsep=;\r\na,b;c\r\n1;2\r\n1\r\n");
  EXPECT_THAT(names(data), ElementsAre("a,b", "c"));
  EXPECT_THAT(warnings(data), HasSubstr("line 4 has 1"));
}

TEST_F(Delimited, TrimsBlanksAndSkipsBlankLinesAndTheByteOrderMark) {
  const LoadedData data = read(
      "\xEF\xBB\xBF"
      "city , n\n\n Berlin, 1\n   \nParis ,\t2\n\n");
  EXPECT_THAT(names(data), ElementsAre("city", "n"));
  ASSERT_EQ(data.table->rowCount(), 2);
  EXPECT_THAT(row(data, 0), ElementsAre("Berlin", "1"));
  EXPECT_THAT(row(data, 1), ElementsAre("Paris", "2"));
}

TEST_F(Delimited, BlanksBeforeAQuoteDoNotHideIt) {
  const LoadedData data = read("a, b\n1, \"x, y\"\n2, \"z\"\n");
  EXPECT_EQ(data.table->cell(0, 1), "x, y");
}

TEST_F(Delimited, EveryLineEndCounts) {
  const LoadedData data = read("a,b\n1,2\r\n3,4\r5,6");
  EXPECT_EQ(data.table->rowCount(), 3);
  EXPECT_THAT(row(data, 2), ElementsAre("5", "6"));
  EXPECT_THAT(warnings(data), HasSubstr("mixed line ends"));
  EXPECT_EQ(warnings(read("a,b\r\n1,2\r\n")), "");
}

TEST_F(Delimited, PadsAndCutsRaggedRowsAndCountsThem) {
  std::string bytes = "a,b,c\n1,2,3\n4,5\n6,7,8,9\n";
  const LoadedData data = read(bytes);
  EXPECT_THAT(row(data, 1), ElementsAre("4", "5", ""));
  EXPECT_THAT(row(data, 2), ElementsAre("6", "7", "8"));
  EXPECT_THAT(warnings(data), HasSubstr("2 rows"));
  EXPECT_THAT(warnings(data), HasSubstr("line 3 has 2, line 4 has 4"));
  EXPECT_THAT(warnings(data), HasSubstr("3 of the header"));

  for (int i = 0; i < 2000; ++i) {
    bytes += "1,2,3\n";
  }
  for (int i = 0; i < 50; ++i) {
    bytes += "1\n";
  }
  EXPECT_THAT(warnings(read(bytes)), HasSubstr("52 rows"));
}

TEST_F(Delimited, RenamesColumnsThatCannotBeToldApart) {
  const LoadedData data = read("a,a,b,,a_2,a\n1,2,3,4,5,6\n");
  EXPECT_THAT(names(data), ElementsAre("a", "a_3", "b", "column 4", "a_2", "a_4"));
  EXPECT_EQ(data.warnings.size(), 3U);
}

TEST_F(Delimited, NamesColumnsOfHeaderlessFiles) {
  const LoadedData data = read("3,red,S\n4,blue,M\n5,red,L\n");
  EXPECT_THAT(names(data), ElementsAre("1", "2", "3"));
  EXPECT_EQ(data.table->rowCount(), 3);
  EXPECT_THAT(warnings(data), HasSubstr("headerless"));
}

TEST_F(Delimited, AGivenDialectWins) {
  Dialect dialect;
  dialect.delimiter = "|";
  dialect.header = false;
  const auto data = readDelimited(m_folder.file("d", "a,b|c\n1,2|3\n"), dialect).value();
  EXPECT_THAT(row(data, 0), ElementsAre("a,b", "c"));
}

TEST_F(Delimited, SaysWhereAQuoteStaysOpen) {
  const base::Error error = failure("city,n\nx,1\n\"two\nlines\",1\n\"Paris,2\nx,y\n");
  EXPECT_EQ(error.code(), base::ErrorCode::BadData);
  EXPECT_EQ(error.place().line, 5);
  EXPECT_THAT(error.sentence(), HasSubstr("never closed"));
}

TEST_F(Delimited, RefusesEmptyFilesAndUtf16ByName) {
  EXPECT_THAT(failure("").sentence(), HasSubstr("empty"));
  EXPECT_THAT(failure("\xEF\xBB\xBF \r\n\n").sentence(), HasSubstr("empty"));
  EXPECT_THAT(failure(std::string("\xFF\xFE") + std::string("a\0,\0", 4)).sentence(),
              HasSubstr("UTF-16"));
  EXPECT_THAT(failure(std::string("\xFE\xFF") + std::string("\0a\0,", 4)).sentence(),
              HasSubstr("UTF-16"));
  EXPECT_EQ(failure("").code(), base::ErrorCode::BadData);
}

TEST_F(Delimited, MissingFileIsAFileError) {
  try {
    readDelimited(m_folder / "nowhere.csv");
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::FileAccess);
  }
}

TEST_F(Delimited, WarnsAboutNulAndBytesThatAreNotUtf8) {
  const LoadedData nul = read(std::string("a,b\n1\0,2\n3,4\n", 13));
  EXPECT_THAT(warnings(nul), HasSubstr("data.csv:2: NUL"));
  EXPECT_EQ(nul.table->cell(0, 0), "1");
  const LoadedData latin = read("city,n\nParis,1\nK\xF6ln,2\n");
  EXPECT_THAT(warnings(latin), HasSubstr("data.csv:3: the text is not UTF-8"));
  EXPECT_EQ(latin.table->cell(1, 0), "K\xEF\xBF\xBDln");
}

TEST_F(Delimited, NotesColumnsThatMakePoorFeatures) {
  EXPECT_THAT(warnings(read("a,b\n,x\nNA,y\n?,x\n")), HasSubstr("\"a\" has no values"));
  EXPECT_THAT(warnings(read("a,y\nx,1\nx,2\n")), HasSubstr("\"a\" has one category"));
  EXPECT_THAT(warnings(read("city\nBerlin\nberlin\nBERLIN\n")), HasSubstr("letter case"));
  EXPECT_THAT(warnings(read("a,b\nBerlin,\"say \\\"hi\\\", ok\"\n")), HasSubstr("backslash"));
}

TEST_F(Delimited, EveryTruncationLoadsOrFailsWithAnError) {
  const std::string whole =
      "\xEF\xBB\xBFsep=;\r\nname;\"a;b\";x\r\n\"K\xC3\xB6ln \"\"am\"\" "
      "Rhein\r\n\";1,5;2\r\n'a';;\r\n";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    try {
      const LoadedData data = read(whole.substr(0, size));
      EXPECT_LE(data.table->rowCount(), 2) << size;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::BadData) << size;
    }
  }
}

TEST_F(Delimited, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const auto path = m_folder.file("d", "a,b\n1,2\n");
  EXPECT_FALSE(readDelimited(path, {}, base::TaskContext(stop.get_token(), {})));
}

TEST_F(Delimited, StopsInTheMiddleAndReportsProgress) {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 20000; ++i) {
    bytes += "1,2\n";
  }
  std::stop_source stop;
  double last = 0;
  const base::TaskContext context(stop.get_token(), [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
    if (fraction > 0.5) {
      stop.request_stop();
    }
  });
  EXPECT_FALSE(readDelimited(m_folder.file("d", bytes), {}, context));
  EXPECT_GT(last, 0.5);
  EXPECT_LT(last, 0.9);
}

}  // namespace
}  // namespace embedscope::data
