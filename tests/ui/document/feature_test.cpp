// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/feature.h"

#include <gtest/gtest.h>

namespace embedscope::document {
namespace {

Feature colors() {
  Feature feature;
  feature.name = QStringLiteral("color");
  feature.categories = {{QStringLiteral("red"), {}, 0}, {QStringLiteral("green"), {}, 0}};
  return feature;
}

TEST(Labels, EmptyOnesAndRepeatedOnesAreRefusedWithTheReason) {
  EXPECT_TRUE(labelProblem(colors(), QStringLiteral("  "))->contains(QStringLiteral("empty")));
  const auto repeated = labelProblem(colors(), QStringLiteral("green"));
  ASSERT_TRUE(repeated);
  EXPECT_TRUE(repeated->contains(QStringLiteral("category 2")));
  EXPECT_FALSE(labelProblem(colors(), QStringLiteral("blue")));
}

TEST(Labels, RenamingToItselfIsNoProblem) {
  EXPECT_FALSE(labelProblem(colors(), QStringLiteral("green"), 1));
  EXPECT_TRUE(labelProblem(colors(), QStringLiteral("green"), 0));
}

TEST(Labels, PastedTextIsOneALineOrSeparated) {
  EXPECT_EQ(labelsInText(QStringLiteral("a\r\n b, c \n\nd")),
            (QStringList{QStringLiteral("a"), QStringLiteral("b, c"), QStringLiteral("d")}));
  EXPECT_EQ(labelsInText(QStringLiteral("a, b;c\td\n")),
            (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                         QStringLiteral("d")}));
  EXPECT_TRUE(labelsInText(QStringLiteral(" \n ")).isEmpty());
}

TEST(Labels, AddingAListSkipsWhatIsThere) {
  const LabelsAdded out =
      withLabels(colors(), {QStringLiteral("blue"), QStringLiteral("red"), QStringLiteral("blue")});
  EXPECT_EQ(out.added, 1);
  EXPECT_EQ(out.refused, (QStringList{QStringLiteral("red"), QStringLiteral("blue")}));
  EXPECT_EQ(out.feature.categories.size(), 3U);
}

TEST(Feature, FromAColumnKeepsOrderAndCounts) {
  data::DataTable table("t", {"x", "cut"});
  table.appendRow({"1", "Ideal"});
  table.appendRow({"2", "Very Good"});
  table.appendRow({"3", "Ideal"});
  table.appendRow({"4", ""});
  const Feature feature = featureFromColumn(table, 1);
  EXPECT_EQ(feature.name, QStringLiteral("cut"));
  ASSERT_EQ(feature.categories.size(), 3U);
  EXPECT_EQ(feature.categories[0], (Category{QStringLiteral("Ideal"), {}, 2}));
  EXPECT_EQ(feature.categories[1], (Category{QStringLiteral("Very Good"), {}, 1}));
  EXPECT_EQ(feature.categories[2], (Category{QStringLiteral("(missing)"), {}, 1}));
  EXPECT_EQ(feature.vocabulary(), (table::Vocabulary{"Ideal", "Very Good", "(missing)"}));
}

TEST(Options, OneCategoryAtMostIsPadding) {
  Feature feature = withPadding(colors(), 0);
  EXPECT_EQ(feature.paddingPlace(), 0U);
  feature = withPadding(feature, 1);
  EXPECT_EQ(feature.paddingPlace(), 1U);
  EXPECT_FALSE(feature.categories[0].padding);
  EXPECT_FALSE(withPadding(feature, {}).paddingPlace());
}

TEST(Options, IdentitiesTakeTheSizeOfTheFeature) {
  Feature feature = colors();
  feature.dimension = 5;
  EXPECT_EQ(withStart(feature, training::Initialization::Identity).dimension, 2);
  EXPECT_EQ(withStart(feature, training::Initialization::PermutedIdentity).dimension, 2);
  EXPECT_EQ(withStart(feature, training::Initialization::Xavier).dimension, 5);
  EXPECT_TRUE(withStart(feature, training::Initialization::Identity).startsAsFullIdentity());
  EXPECT_FALSE(feature.startsAsFullIdentity());
}

}  // namespace
}  // namespace embedscope::document
