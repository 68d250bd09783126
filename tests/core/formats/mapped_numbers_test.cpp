// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace embedscope::formats {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// A .npy file of three rows, whose labels are "a", "b", "a" and whose second row holds infinity.
class MappedNumbers : public testing::Test {
 protected:
  MappedNumbers() {
    base::RowMatrix values(3, 2);
    values << 1, 2, 3, std::numeric_limits<float>::infinity(), 5, 6;
    writeTable(table::EmbeddingTable("t", {"a", "b", "a"}, values), m_path, FormatId::Npy);
    m_options.checksMapped = false;
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_path = m_folder / "t.npy";
  ReadOptions m_options;
};

TEST_F(MappedNumbers, AreCheckedLaterWhereTheCallerAsksForThat) {
  EXPECT_TRUE(previewTable(m_path).mapped);
  const LoadedTable later = load(m_path, m_options);
  EXPECT_TRUE(later.report.unchecked);
  EXPECT_EQ(later.report.nonFinite, 0);
  const LoadedTable atOnce = load(m_path);
  EXPECT_FALSE(atOnce.report.unchecked);
  EXPECT_EQ(atOnce.report.nonFinite, 1);
  const std::string told = warningsText(checkMapped(*later.table));
  EXPECT_THAT(told, HasSubstr("t.npy, byte 136: 1 row holds NaN or infinity"));
  EXPECT_THAT(warningsText(atOnce.report.warnings), HasSubstr(told));
}

TEST_F(MappedNumbers, AreCheckedAtOnceWhenRowsAreTakenOutOfTheFile) {
  for (const bool everySecond : {true, false}) {
    ReadOptions options = m_options;
    options.every = everySecond ? 2 : 1;
    options.duplicates = everySecond ? Duplicates::Keep : Duplicates::First;
    const LoadedTable loaded = load(m_path, options);
    EXPECT_FALSE(loaded.report.unchecked);
    EXPECT_FALSE(loaded.table->file());
    EXPECT_THAT(checkMapped(*loaded.table), IsEmpty());
  }
}

}  // namespace
}  // namespace embedscope::formats
