// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/label_axis.h"

#include "core/base/error.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

namespace embedscope::explore {
namespace {

using Rows = std::vector<std::int64_t>;
using testing::HasSubstr;

table::TablePtr people() {
  return tests::makeTable({"man", "woman", "a, b", "say \"hi\"", "king"},
                          {{0, 0}, {2, 0}, {0, 4}, {1, 1}, {0.5F, 2}});
}

std::string problemOf(const QString& text) {
  try {
    rowsOfLabels(people()->vocabulary(), text);
  } catch (const base::Error& error) {
    return error.what();
  }
  return {};
}

TEST(LabelAxis, PartsLabelsByCommas) {
  const auto table = people();
  const table::Vocabulary& labels = table->vocabulary();
  EXPECT_EQ(rowsOfLabels(labels, QStringLiteral(" man ,woman,")), (Rows{0, 1}));
  EXPECT_EQ(rowsOfLabels(labels, QStringLiteral("\"a, b\", man")), (Rows{2, 0}));
  EXPECT_EQ(rowsOfLabels(labels, QStringLiteral("\"say \"\"hi\"\"\"")), Rows{3});
  EXPECT_EQ(rowsOfLabels(labels, QString()), Rows{});
}

TEST(LabelAxis, NamesTheLabelThatIsMissing) {
  EXPECT_THAT(problemOf(QStringLiteral("man, boy")), HasSubstr("boy"));
  EXPECT_THAT(problemOf(QStringLiteral("\"man")), HasSubstr("quote"));
}

TEST(LabelAxis, PlacesRowsBetweenLabels) {
  const auto table = people();
  const std::vector<LabelAxis> axes{LabelAxis{"man", "woman"}, LabelAxis{"man", "\"a, b\""}};
  const auto places = placesOnAxes(*table, axes);
  ASSERT_TRUE(places);
  EXPECT_EQ(*places, (base::RowMatrix{{0, 0}, {1, 0}, {0, 1}, {0.5F, 0.25F}, {0.25F, 0.5F}}));
  EXPECT_EQ(placeOnAxes(*table, axes, table->row(4)), (base::RowMatrix{{0.25F, 0.5F}}));
}

TEST(LabelAxis, WithoutLabelsGivesZeros) {
  const auto places = placesOnAxes(*people(), {LabelAxis{"man", "woman"}, LabelAxis{}});
  EXPECT_EQ(places->col(1), Eigen::VectorXf::Zero(5));
  EXPECT_THROW(placesOnAxes(*people(), {LabelAxis{"man", " , "}, LabelAxis{}}), base::Error);
}

TEST(LabelAxis, PlacesRowsInSpace) {
  const auto table = people();
  const std::vector<LabelAxis> axes{LabelAxis{"man", "woman"}, LabelAxis{},
                                    LabelAxis{"man", "\"a, b\""}};
  const auto places = placesOnAxes(*table, axes);
  ASSERT_TRUE(places);
  EXPECT_EQ(base::RowMatrix(places->row(3)), (base::RowMatrix{{0.5F, 0, 0.25F}}));
  EXPECT_EQ(placeOnAxes(*table, axes, table->row(4)), (base::RowMatrix{{0.25F, 0, 0.5F}}));
}

TEST(LabelAxis, IsTitledByItsEnds) {
  EXPECT_EQ(labelAxisTitle({QStringLiteral("man, boy"), QStringLiteral("woman")}),
            QStringLiteral("man, boy → woman"));
  EXPECT_EQ(labelAxisTitle({}), QString());
}

}  // namespace
}  // namespace embedscope::explore
