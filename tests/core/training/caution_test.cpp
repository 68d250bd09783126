// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/caution.h"

#include "core/training/target_leakage.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace embedscope::training {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::regressionData;
using Kind = Caution::Kind;

std::vector<std::int64_t> rowsFrom(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

/// The first rows are trained on, the others judge.
RowSplit firstRows(std::int64_t training, std::int64_t rows) {
  return {rowsFrom(0, training), rowsFrom(training, rows - training)};
}

data::CategoricalColumn column(const std::vector<std::string>& labels) {
  data::CategoricalColumn out;
  out.name = "c";
  for (const std::string& label : labels) {
    out.codes.push_back(static_cast<std::int32_t>(out.vocabulary.findOrAppend(label)));
  }
  out.counts.assign(static_cast<std::size_t>(out.vocabulary.size()), 0);
  for (const std::int32_t code : out.codes) {
    ++out.counts[static_cast<std::size_t>(code)];
  }
  return out;
}

/// One column "c" of these labels; the target "y" runs 0, 1, 2, … and says nothing.
data::Dataset dataOf(const std::vector<std::string>& labels) {
  data::Dataset dataset;
  dataset.rows = static_cast<std::int64_t>(labels.size());
  dataset.categorical = {column(labels)};
  dataset.numeric.resize(dataset.rows, 0);
  dataset.target.name = "y";
  for (std::int64_t row = 0; row < dataset.rows; ++row) {
    dataset.target.values.push_back(static_cast<double>(row));
  }
  return dataset;
}

TrainingRecipe recipeOf(FeatureRecipe feature = {}) {
  TrainingRecipe recipe;
  feature.name = "c";
  recipe.features = {std::move(feature)};
  return recipe;
}

std::vector<Kind> kinds(const std::vector<Caution>& cautions) {
  std::vector<Kind> out;
  for (const Caution& caution : cautions) {
    out.push_back(caution.kind);
  }
  return out;
}

const Caution* find(const std::vector<Caution>& cautions, Kind kind) {
  for (const Caution& caution : cautions) {
    if (caution.kind == kind) {
      return &caution;
    }
  }
  return nullptr;
}

std::string textOf(const std::vector<Caution>& cautions, Kind kind) {
  const Caution* caution = find(cautions, kind);
  return caution == nullptr ? "" : caution->text;
}

std::vector<std::string> repeated(const std::vector<std::string>& labels, int times) {
  std::vector<std::string> out;
  for (int i = 0; i < times; ++i) {
    out.insert(out.end(), labels.begin(), labels.end());
  }
  return out;
}

TEST(DataCautions, SayNothingAboutGoodData) {
  const data::Dataset dataset = regressionData(600);
  EXPECT_THAT(dataCautions(dataset, tests::smallRecipe(), splitRows(600, 0.2, 1)), IsEmpty());
}

TEST(DataCautions, HaveStableNames) {
  EXPECT_EQ(cautionName(Kind::NoTrainingRow), "no-training-row");
  EXPECT_EQ(cautionName(Kind::TargetLeakage), "target-leakage");
  EXPECT_EQ(cautionName(Kind::SmallValidation), "small-validation");
}

TEST(DataCautions, CountRowsPerCategory) {
  const data::CategoricalColumn c = column({"a", "b", "a", "c", "a"});
  EXPECT_THAT(rowsPerCategory(c, std::vector<std::int64_t>{0, 1, 2, 4}), ElementsAre(3, 1, 0));
}

TEST(DataCautions, TellCategoriesWithoutTrainingRows) {
  std::vector<std::string> labels = repeated({"a", "b"}, 200);
  labels.insert(labels.end(), {"x", "y", "z", "w", "x", "y", "z", "w"});
  const data::Dataset dataset = dataOf(labels);
  RowSplit split = firstRows(400, dataset.rows);
  const auto told = rowsFrom(0, 100);
  split.validation.insert(split.validation.end(), told.begin(), told.end());
  const auto cautions = dataCautions(dataset, recipeOf(), split);
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::NoTrainingRow));
  EXPECT_EQ(cautions[0].column, "c");
  EXPECT_EQ(cautions[0].text,
            "4 of 6 categories of “c” have no training row (“x”, “y”, “z” and 1 more): their "
            "vectors stay as they start. Merge rare categories, or get more rows.");
}

TEST(DataCautions, TellWhatBecomesOfUnseenCategories) {
  std::vector<std::string> labels = repeated({"a", "b"}, 200);
  labels.insert(labels.end(), {"x", "x"});
  const data::Dataset dataset = dataOf(labels);
  const RowSplit split = firstRows(400, 402);
  FeatureRecipe feature;
  feature.unseen = UnseenRule::MeanOfKnown;
  EXPECT_THAT(textOf(dataCautions(dataset, recipeOf(feature), split), Kind::NoTrainingRow),
              HasSubstr("it is judged by the mean"));
  feature.unseen = UnseenRule::OwnRow;
  feature.approach = Approach::OneHot;
  EXPECT_THAT(textOf(dataCautions(dataset, recipeOf(feature), split), Kind::NoTrainingRow),
              HasSubstr("its weights stay"));
}

TEST(DataCautions, CountCategoriesOfTheVocabularyThatNoRowHas) {
  data::Dataset dataset = dataOf(repeated({"a", "b"}, 300));
  dataset.categorical[0].vocabulary.append("never");
  dataset.categorical[0].counts.push_back(0);
  const auto cautions = dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1));
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::NoTrainingRow));
  EXPECT_THAT(cautions[0].text, HasSubstr("1 of 3 categories of “c” has no training row"));
}

TEST(DataCautions, LeaveAsideRowsThatAreNotMeantToLearn) {
  data::Dataset dataset = dataOf(repeated({"a", "b"}, 300));
  for (const char* label : {"never", "padding"}) {
    dataset.categorical[0].vocabulary.append(label);
    dataset.categorical[0].counts.push_back(0);
  }
  FeatureRecipe feature;
  feature.frozenRows = {2};
  feature.paddingRow = -1;
  EXPECT_THAT(dataCautions(dataset, recipeOf(feature), splitRows(600, 0.2, 1)), IsEmpty());
  FeatureRecipe frozen;
  frozen.frozen = true;
  EXPECT_THAT(dataCautions(dataset, recipeOf(frozen), splitRows(600, 0.2, 1)), IsEmpty());
  FeatureRecipe oneHot = feature;
  oneHot.approach = Approach::OneHot;
  EXPECT_THAT(kinds(dataCautions(dataset, recipeOf(oneHot), splitRows(600, 0.2, 1))),
              ElementsAre(Kind::NoTrainingRow));
}

TEST(DataCautions, TellCategoriesWithOneTrainingRow) {
  std::vector<std::string> labels = {"rare"};
  const auto more = repeated({"a", "b"}, 200);
  labels.insert(labels.end(), more.begin(), more.end());
  const data::Dataset dataset = dataOf(labels);
  const auto cautions = dataCautions(dataset, recipeOf(), firstRows(250, 401));
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::OneTrainingRow, Kind::NotInValidation));
  EXPECT_THAT(cautions[0].text, HasSubstr("1 of 3 categories of “c” has a single training row"));
  EXPECT_THAT(cautions[1].text, HasSubstr("1 of 3 categories of “c” is in no validation row "
                                          "(“rare”)"));
}

TEST(DataCautions, TellAConstantColumn) {
  data::Dataset dataset = dataOf(repeated({"same"}, 600));
  const auto cautions = dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1));
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::ConstantColumn));
  EXPECT_THAT(cautions[0].text, HasSubstr("“c” is “same” in all training rows"));
}

TEST(DataCautions, TellAConstantNumber) {
  data::Dataset dataset = regressionData(600);
  dataset.numeric.col(0).setConstant(1.5);
  const auto cautions = dataCautions(dataset, tests::smallRecipe(), splitRows(600, 0.2, 1));
  EXPECT_EQ(textOf(cautions, Kind::ConstantColumn),
            "“x” is 1.5 in all training rows: it tells nothing. Leave it out.");
}

TEST(DataCautions, TellAnIdentifierOnceAndNothingElseAboutIt) {
  std::vector<std::string> labels;
  for (int i = 0; i < 600; ++i) {
    labels.push_back("id " + std::to_string(i < 30 ? 0 : i));
  }
  const data::Dataset dataset = dataOf(labels);
  const auto cautions = dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1));
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::Identifier));
  EXPECT_THAT(cautions[0].text, HasSubstr("“c” has 571 categories in 600 rows"));
}

TEST(DataCautions, TellATargetUnderAnotherName) {
  data::Dataset dataset = dataOf(repeated({"no", "yes", "no"}, 200));
  for (std::size_t i = 0; i < 600; ++i) {
    dataset.target.values[i] = dataset.categorical[0].codes[i] == 0 ? 0 : 1;
  }
  const auto cautions = dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1));
  EXPECT_THAT(kinds(cautions), ElementsAre(Kind::TargetLeakage));
  EXPECT_EQ(cautions[0].text,
            "“c” is the target “y” under other names: each of its 2 categories stands for one "
            "value (“no” → 0). Leave it out.");
}

TEST(DataCautions, TellAColumnThatDecidesTheClass) {
  data::Dataset dataset = dataOf(repeated({"Soho", "Harlem", "Astoria"}, 200));
  dataset.target = {"borough", data::TargetKind::Classification, {}, {"Manhattan", "Queens"}, {}};
  for (const std::int32_t code : dataset.categorical[0].codes) {
    dataset.target.codes.push_back(code == 2 ? 1 : 0);
  }
  const auto cautions = dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1));
  EXPECT_THAT(textOf(cautions, Kind::TargetLeakage),
              HasSubstr("“c” decides the target “borough”: in each of its 3 categories"));
}

TEST(DataCautions, MissingCellsDoNotHideALeak) {
  data::Dataset dataset = dataOf(repeated({"no", "yes", "(missing)"}, 200));
  for (std::size_t i = 0; i < 600; ++i) {
    dataset.target.values[i] = dataset.categorical[0].codes[i] == 2
                                   ? static_cast<double>(i % 2)
                                   : dataset.categorical[0].codes[i];
  }
  EXPECT_NE(find(dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1)), Kind::TargetLeakage),
            nullptr);
}

TEST(DataCautions, OneRowOfNoiseIsNoLeak) {
  data::Dataset dataset = dataOf(repeated({"no", "yes"}, 300));
  for (std::size_t i = 0; i < 600; ++i) {
    dataset.target.values[i] = dataset.categorical[0].codes[i];
  }
  dataset.target.values[17] = 0.5;
  EXPECT_EQ(find(dataCautions(dataset, recipeOf(), splitRows(600, 0.2, 1)), Kind::TargetLeakage),
            nullptr);
}

TEST(DataCautions, TellANumberThatIsTheTargetInAnotherUnit) {
  data::Dataset dataset = regressionData(600);
  for (std::int64_t row = 0; row < 600; ++row) {
    dataset.target.values[static_cast<std::size_t>(row)] += 0.001 * static_cast<double>(row);
    dataset.numeric(row, 0) = 32 + 1.8 * dataset.target.values[static_cast<std::size_t>(row)];
  }
  const auto cautions = dataCautions(dataset, tests::smallRecipe(), splitRows(600, 0.2, 1));
  ASSERT_THAT(kinds(cautions), ElementsAre(Kind::TargetLeakage));
  EXPECT_EQ(cautions[0].column, "x");
  EXPECT_THAT(cautions[0].text, HasSubstr("in another unit"));
}

TEST(DataCautions, TellTooFewValidationRows) {
  const data::Dataset dataset = regressionData(200);
  const auto few = dataCautions(dataset, tests::smallRecipe(), splitRows(200, 0.2, 1));
  ASSERT_THAT(kinds(few), ElementsAre(Kind::SmallValidation));
  EXPECT_EQ(few[0].column, "");
  // 100 / sqrt(2 · 40) = 11.2.
  EXPECT_THAT(few[0].text, HasSubstr("There are 40 validation rows: the error of one run is only "
                                     "known to about ±11 % of itself"));
  const auto none = dataCautions(dataset, tests::smallRecipe(), splitRows(200, 0, 1));
  ASSERT_THAT(kinds(none), ElementsAre(Kind::SmallValidation));
  EXPECT_THAT(none[0].text, HasSubstr("no validation rows"));
  const data::Dataset classes = tests::classificationData(200);
  // 50 / sqrt(40) = 7.9.
  EXPECT_THAT(textOf(dataCautions(classes, tests::smallRecipe(), splitRows(200, 0.2, 1)),
                     Kind::SmallValidation),
              HasSubstr("±8 percentage points"));
}

TEST(Leakage, NeedsMoreThanChance) {
  // Two categories, ten rows, pure: ‖p‖₂^10 = 2^-5, once in 32 tables.
  const CodedValues target{{0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, {}, 2};
  EXPECT_FALSE(leakageOf(target.codes, 2, target));
  // Forty rows: 2^-20, just below one in a million.
  CodedValues more;
  more.distinct = 2;
  for (int i = 0; i < 40; ++i) {
    more.codes.push_back(i % 2);
  }
  const auto leakage = leakageOf(more.codes, 2, more);
  ASSERT_TRUE(leakage);
  EXPECT_TRUE(leakage->oneToOne);
  EXPECT_EQ(leakage->categories, 2);
  more.codes.resize(38);
  EXPECT_FALSE(leakageOf(more.codes, 2, more));
}

TEST(Leakage, ConstantTargetsAndLonelyCategoriesSayNothing) {
  std::vector<std::int32_t> codes(1000);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = static_cast<std::int32_t>(i % 3);
  }
  EXPECT_FALSE(leakageOf(codes, 3, {std::vector<std::int32_t>(1000, 0), {}, 1}));
  std::vector<std::int32_t> own(1000);
  std::iota(own.begin(), own.end(), 0);
  EXPECT_FALSE(leakageOf(own, 1000, {codes, {}, 3}));
  EXPECT_FALSE(leakageOf({}, 0, {}));
}

TEST(Leakage, CodesEqualValuesAlike) {
  const std::vector<double> values = {2.5, -1, 2.5, 0};
  const CodedValues coded = codedValues(values);
  EXPECT_THAT(coded.codes, ElementsAre(2, 0, 2, 1));
  EXPECT_THAT(coded.values, ElementsAre(-1, 0, 2.5));
}

TEST(Leakage, FindsTheSameNumbersUpToScale) {
  const std::vector<double> kelvin = {273.15, 300, 310.5, 290};
  std::vector<double> celsius;
  std::vector<double> bent;
  for (const double value : kelvin) {
    celsius.push_back(value - 273.15);
    bent.push_back(std::log(value));
  }
  EXPECT_TRUE(isSameUpToScale(kelvin, celsius));
  EXPECT_FALSE(isSameUpToScale(kelvin, bent));
  EXPECT_FALSE(isSameUpToScale(std::vector<double>{1, 1, 1}, std::vector<double>{2, 2, 2}));
  EXPECT_FALSE(isSameUpToScale(std::vector<double>{0, 1, 0}, std::vector<double>{3, 5, 3}))
      << "any function of two values is a line";
}

class RunCautionsTest : public testing::Test {
 protected:
  RunCautionsTest() {
    m_feature.name = "c";
    m_initial << 1, 0, 0, 1, 1, 1, 0.5, 0.5;
    m_current = m_initial.array() + 0.25F;
  }

  std::vector<Caution> run(std::int64_t epochs = 1) const {
    return runCautions(m_feature, m_vocabulary, m_rows, m_initial, m_current, epochs);
  }

  FeatureRecipe m_feature;
  table::Vocabulary m_vocabulary = {"a", "b", "c", "d"};
  std::vector<std::int64_t> m_rows = {10, 1, 5, 0};
  Matrix<float> m_initial{4, 2};
  Matrix<float> m_current{4, 2};
};

TEST_F(RunCautionsTest, SayNothingAboutAGoodRun) {
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(RunCautionsTest, TellRowsThatNeverMoved) {
  m_current.row(1) = m_initial.row(1);
  m_current.row(3) = m_initial.row(3);  // has no training row and cannot move
  const auto cautions = run();
  ASSERT_THAT(kinds(cautions), ElementsAre(Kind::DeadRows));
  EXPECT_EQ(cautions[0].column, "c");
  EXPECT_THAT(cautions[0].text,
              HasSubstr("1 vector of 3 categories with training rows in “c” never "
                        "moved (“b”)"));
  EXPECT_THAT(run(0), IsEmpty()) << "not every category has had its turn";
}

TEST_F(RunCautionsTest, FrozenRowsAndThePaddingRowMayStay) {
  m_current = m_initial;
  m_feature.frozenRows = {0, 2};
  m_feature.paddingRow = 1;
  EXPECT_THAT(run(), IsEmpty());
  m_feature.paddingRow = -3;
  EXPECT_THAT(run(), IsEmpty());
  m_feature.frozenRows.clear();
  EXPECT_THAT(kinds(run()), ElementsAre(Kind::DeadRows));
  m_feature.frozen = true;
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(RunCautionsTest, TellVectorsOutOfProportion) {
  m_current(2, 1) = 14;  // below 10 · √2 = 14.1
  EXPECT_THAT(run(), IsEmpty());
  m_current(2, 1) = 15;
  const auto cautions = run();
  ASSERT_THAT(kinds(cautions), ElementsAre(Kind::ExplodingNorms));
  EXPECT_THAT(cautions[0].text, HasSubstr("The longest vector of “c” (“c”) has grown to 15"));
  EXPECT_THAT(cautions[0].text, HasSubstr("from at most 1.41"));
  EXPECT_THAT(kinds(run(0)), ElementsAre(Kind::ExplodingNorms)) << "also in the first epoch";
}

TEST_F(RunCautionsTest, LongPretrainedVectorsAreNoExplosion) {
  m_initial *= 100;
  m_current = m_initial.array() + 1;
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(RunCautionsTest, TellNumbersThatAreNotFinite) {
  m_current(0, 1) = std::nanf("");
  const auto cautions = run();
  ASSERT_THAT(kinds(cautions), ElementsAre(Kind::ExplodingNorms));
  EXPECT_THAT(cautions[0].text, HasSubstr("“a” of “c” is no longer finite"));
}

TEST_F(RunCautionsTest, LeaveOneHotAlone) {
  m_feature.approach = Approach::OneHot;
  m_current = m_initial;
  EXPECT_THAT(run(), IsEmpty());
}

}  // namespace
}  // namespace embedscope::training
