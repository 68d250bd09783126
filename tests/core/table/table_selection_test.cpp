// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/table_selection.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::table {
namespace {

using testing::ElementsAre;

/// Gives every word (3, 4), the empty one nothing.
class ThreeFour final : public SubwordModel {
 public:
  Eigen::Index dimension() const override { return 2; }

  std::optional<std::vector<float>> composeVector(std::string_view word) const override {
    return word.empty() ? std::nullopt : std::optional(std::vector<float>{3, 4});
  }
};

EmbeddingTable tableWithSubwords() {
  base::RowMatrix values(3, 2);
  values << 0, 2, 3, 4, 0, 0;
  Metadata metadata;
  metadata.addColumn({"count", {"7", "8", "9"}});
  return {"words", Vocabulary({"a", "b", "c"}), values, metadata,
          std::make_shared<const ThreeFour>()};
}

TEST(TableSelection, RowsKeepLabelsMetadataAndSubwords) {
  const EmbeddingTable table = tableWithSubwords();
  const TablePtr chosen = selectRows(table, std::vector<std::int64_t>{2, 0, 2});
  EXPECT_THAT(chosen->vocabulary().labels(), ElementsAre("c", "a", "c"));
  EXPECT_THAT(chosen->metadata().find("count")->values, ElementsAre("9", "7", "9"));
  EXPECT_THAT(chosen->row(1), ElementsAre(0.0F, 2.0F));
  EXPECT_EQ(chosen->subwords(), table.subwords());
}

TEST(TableSelection, NormalizingScalesRowsAndComposedVectors) {
  const TablePtr unit = normalizedRows(tableWithSubwords());
  EXPECT_THAT(unit->row(0), ElementsAre(0.0F, 1.0F));
  EXPECT_THAT(unit->row(1), ElementsAre(0.6F, 0.8F));
  EXPECT_THAT(unit->row(2), ElementsAre(0.0F, 0.0F));
  EXPECT_THAT(unit->subwords()->composeVector("x").value(), ElementsAre(0.6F, 0.8F));
  EXPECT_FALSE(unit->subwords()->composeVector("").has_value());
}

TEST(TableSelection, SubwordsLiveInTheSpaceOfTheTable) {
  EXPECT_THROW(EmbeddingTable("t", Vocabulary({"a"}), base::RowMatrix::Zero(1, 3), {},
                              std::make_shared<const ThreeFour>()),
               base::Error);
}

}  // namespace
}  // namespace embedscope::table
