// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/axes.h"

#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <limits>

namespace embedscope::explore {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Variances 8 and 2 along the first two dimensions, nothing along the third: shares 80 % and 20 %.
table::TablePtr cross() {
  return tests::makeTable({"e", "w", "n", "s", "o"},
                          {{4, 0, 5}, {-4, 0, 5}, {0, 2, 5}, {0, -2, 5}, {0, 0, 5}});
}

TEST(Axes, ShowUpToTwoDimensionsAsTheyAre) {
  EXPECT_EQ(usualAxes(*tests::makeTable({"a"}, {{1, 2}})).kind, Axes::Kind::Dimensions);
  EXPECT_EQ(usualAxes(*tests::makeTable({"a"}, {{1}})).kind, Axes::Kind::Dimensions);
  EXPECT_EQ(usualAxes(*cross()).kind, Axes::Kind::Components);
}

TEST(Axes, PickColumns) {
  const base::RowMatrix points = columnsOf(cross()->values(), {2, 0});
  EXPECT_EQ(points(0, 0), 5);
  EXPECT_EQ(points(0, 1), 4);
}

TEST(Axes, GiveZerosForADimensionThatIsNotThere) {
  const base::RowMatrix points = columnsOf(tests::makeTable({"a"}, {{7}})->values(), {0, 1});
  EXPECT_EQ(points(0, 0), 7);
  EXPECT_EQ(points(0, 1), 0);
}

TEST(Axes, CountRowsThatCannotBeDrawn) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{1, 2}, {kNaN, 2}, {1, -kNaN}});
  EXPECT_EQ(undrawnCount(table->values()), 2);
}

TEST(Axes, SayTheRecipeAndTheShare) {
  const table::TablePtr table = cross();
  const PrincipalPtr principal = principalOf(*table);

  EXPECT_NEAR(principal->share(0), 0.8, 1e-12);
  EXPECT_NEAR(principal->share(1), 0.2, 1e-12);
  EXPECT_EQ(axisTitle(Axes::Kind::Components, 0, principal.get()), "PC 1 (80.0 %)");
  EXPECT_EQ(captionText(*table, {Axes::Kind::Components, 0, 1}, principal.get(), 0),
            "5 rows · PCA, centred · axes 1, 2 · 100.0 % of variance shown");
  EXPECT_EQ(captionText(*table, {Axes::Kind::Components, 1, 1}, principal.get(), 0),
            "5 rows · PCA, centred · axes 2 · 20.0 % of variance shown");
  EXPECT_EQ(captionText(*table, {Axes::Kind::Dimensions, 0, 2}, nullptr, 3),
            "5 rows · raw dimensions 0, 2 · 3 with NaN or infinity not drawn");
}

TEST(Axes, SayHowRowsArePrepared) {
  const table::TablePtr table = cross();
  Axes axes;
  axes.preparation = {.centre = true, .unitRows = true};
  EXPECT_EQ(captionText(*table, axes, nullptr, 0), "5 rows · centred · unit rows · PCA, centred");
  axes.kind = Axes::Kind::Dimensions;
  EXPECT_EQ(captionText(*table, axes, nullptr, 0), "5 rows · raw dimensions 0, 1")
      << "nothing is done to raw dimensions";
}

TEST(Axes, HaveAThirdOneInSpace) {
  const table::TablePtr table = cross();
  const PrincipalPtr principal = principalOf(*table);
  Axes axes;
  EXPECT_EQ(axes.columns(), (std::vector<Eigen::Index>{0, 1}));
  EXPECT_EQ(axes.labelAxes().size(), 2U);
  axes.dims = 3;
  EXPECT_EQ(axes.columns(), (std::vector<Eigen::Index>{0, 1, 2}));
  EXPECT_EQ(axes.labelAxes().size(), 3U);
  EXPECT_EQ(columnsOf(table->values(), axes.columns()), base::RowMatrix(table->values()));
  EXPECT_EQ(captionText(*table, axes, principal.get(), 0),
            "5 rows · PCA, centred · axes 1, 2, 3 · 100.0 % of variance shown");
  axes.kind = Axes::Kind::Dimensions;
  axes.z = 0;
  EXPECT_EQ(captionText(*table, axes, nullptr, 0), "5 rows · raw dimensions 0, 1");
}

TEST(Axes, NameComponentsBeforeTheirShareIsKnown) {
  EXPECT_EQ(axisTitle(Axes::Kind::Components, 1, nullptr), "PC 2");
  EXPECT_EQ(axisTitle(Axes::Kind::Dimensions, 3, nullptr), "dimension 3");
}

TEST(Axes, LayoutRecipesHoldWhatRepeatsThem) {
  projection::UmapOptions umap;
  umap.neighbors = 20;
  EXPECT_EQ(layoutRecipeText(umap, 5000, 7, {}),
            "UMAP · cosine, 20 neighbors, min. distance 0.1, seed 1 · epoch 7");
  projection::TsneOptions tsne;
  tsne.metric = neighbors::Metric::Euclidean;
  tsne.seed = 3;
  EXPECT_EQ(layoutRecipeText(tsne, 5000, 1000, 2.3531),
            "t-SNE · euclidean, perplexity 30, exaggeration 12, seed 3 · iteration 1000 · "
            "KL divergence 2.353");
  EXPECT_EQ(layoutRecipeText(tsne, 31, 10, {}),
            "t-SNE · euclidean, perplexity 10, exaggeration 12, seed 3 · iteration 10")
      << "of 31 rows";
}

TEST(Principal, HasAShareOfNothingWhereNothingVaries) {
  const PrincipalPtr principal = principalOf(*tests::makeTable({"a", "b"}, {{1, 2, 3}, {1, 2, 3}}));
  EXPECT_EQ(principal->share(0), 0);
}

TEST(Principal, KeepsRowsWithoutAPlaceApart) {
  const PrincipalPtr principal =
      principalOf(*tests::makeTable({"a", "b", "c"}, {{1, 0, 0}, {kNaN, 0, 0}, {3, 0, 0}}));
  EXPECT_EQ(undrawnCount(principal->scores.leftCols(2)), 1);
  EXPECT_FLOAT_EQ(std::abs(principal->scores(0, 0) - principal->scores(2, 0)), 2);
}

}  // namespace
}  // namespace embedscope::explore
