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

TEST(TableSelection, PickedRowsKeepTheirImagesAndFollowEachOther) {
  TablePtr table = std::make_shared<const EmbeddingTable>("t", Vocabulary({"a", "b", "c", "d"}),
                                                          base::RowMatrix::Zero(4, 2));
  table = withColumn(*table, {"__seq_next__", {"1", "3", "-1", "2"}});
  table = withColumn(*table, {"age", {"1", "3", "1", "2"}});
  table = table->withSprites(
      std::make_shared<const SpriteSheet>(SpriteSheet{"images.png", 28, 14, {}}));
  const TablePtr picked = selectRows(*table, std::vector<std::int64_t>{3, 2, 0});
  EXPECT_THAT(picked->metadata().find("__seq_next__")->values, ElementsAre("1", "-1", ""));
  EXPECT_THAT(picked->metadata().find("age")->values, ElementsAre("2", "1", "1"));
  ASSERT_TRUE(picked->sprites());
  EXPECT_EQ(picked->sprites()->imageWidth, 28);
  EXPECT_THAT(picked->sprites()->images, ElementsAre(3, 2, 0));
  const TablePtr again = selectRows(*picked, std::vector<std::int64_t>{2, 0});
  EXPECT_THAT(again->sprites()->images, ElementsAre(0, 3));
  EXPECT_EQ(normalizedRows(*picked)->sprites(), picked->sprites());
}

TEST(TableSelection, AColumnIsAddedReplacedAndTakenAwayBesideTheSameNumbers) {
  const EmbeddingTable table = tableWithSubwords();
  const TablePtr tagged = withColumn(table, {"tag", {"x", "", "y"}});
  EXPECT_EQ(tagged->row(0).data(), table.row(0).data());
  EXPECT_EQ(&tagged->vocabulary(), &table.vocabulary());
  EXPECT_EQ(tagged->subwords(), table.subwords());
  EXPECT_EQ(tagged->name(), "words");
  ASSERT_EQ(tagged->metadata().columns().size(), 2U);
  EXPECT_THAT(tagged->metadata().find("tag")->values, ElementsAre("x", "", "y"));
  EXPECT_EQ(table.metadata().find("tag"), nullptr);

  const TablePtr again = withColumn(*tagged, {"count", {"1", "2", "3"}});
  ASSERT_EQ(again->metadata().columns().size(), 2U);
  EXPECT_EQ(again->metadata().columns()[0].name, "count");
  EXPECT_THAT(again->metadata().columns()[0].values, ElementsAre("1", "2", "3"));

  const TablePtr without = withoutColumn(*again, "count");
  ASSERT_EQ(without->metadata().columns().size(), 1U);
  EXPECT_EQ(without->metadata().columns()[0].name, "tag");
  EXPECT_EQ(withoutColumn(*without, "none")->metadata().columns().size(), 1U);
}

TEST(TableSelection, AColumnAndImagesHaveToFitTheRows) {
  const EmbeddingTable table = tableWithSubwords();
  EXPECT_THROW(withColumn(table, {"tag", {"x"}}), base::Error);
  const EmbeddingTable bare("t", Vocabulary({"a", "b"}), base::RowMatrix::Zero(2, 2));
  EXPECT_THROW(withColumn(bare, {"tag", {"x"}}), base::Error);
  EXPECT_THROW(bare.withSprites(std::make_shared<const SpriteSheet>(
                   SpriteSheet{"images.png", 28, 14, {0, 1, 2}})),
               base::Error);
}

TEST(TableSelection, SubwordsLiveInTheSpaceOfTheTable) {
  EXPECT_THROW(EmbeddingTable("t", Vocabulary({"a"}), base::RowMatrix::Zero(1, 3), {},
                              std::make_shared<const ThreeFour>()),
               base::Error);
}

}  // namespace
}  // namespace embedscope::table
