// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/hidden_layers_text.h"
#include "ui/train/missing_labels.h"
#include "ui/train/run_words.h"
#include "ui/train/vector_frame.h"

#include <gmock/gmock.h>

#include <QLocale>

#include <cmath>
#include <limits>

namespace embedscope::train {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

HiddenLayers layersIn(const char* text) {
  return std::get<HiddenLayers>(hiddenLayersIn(QString::fromUtf8(text)));
}

std::string problemIn(const char* text) {
  return std::get<QString>(hiddenLayersIn(QString::fromUtf8(text))).toStdString();
}

TEST(HiddenLayersText, ReadsWidthsHoweverTheyAreSeparated) {
  EXPECT_THAT(layersIn("32, 16"), ElementsAre(32, 16));
  EXPECT_THAT(layersIn(" 32;16  8 "), ElementsAre(32, 16, 8));
  EXPECT_THAT(layersIn("7"), ElementsAre(7));
  EXPECT_TRUE(layersIn("").empty());
  EXPECT_EQ(hiddenLayersText({32, 16}), QStringLiteral("32, 16"));
}

TEST(HiddenLayersText, SaysWhatItCannotRead) {
  EXPECT_THAT(problemIn("32, x6"), HasSubstr("“x6”"));
  EXPECT_THAT(problemIn("0"), HasSubstr("not 0"));
  EXPECT_THAT(problemIn("-4"), HasSubstr("not -4"));
  EXPECT_THAT(problemIn("5000"), HasSubstr("not 5000"));
  EXPECT_THAT(problemIn("1 2 3 4 5 6 7 8 9"), HasSubstr("At most 8"));
  EXPECT_THAT(problemIn("3.5"), HasSubstr("“3.5”"));
}

TEST(VectorFrame, ShowsTwoDimensionsAsTheyAre) {
  base::RowMatrix values(3, 2);
  values << 1, 2, 3, 4, 5, 6;
  const VectorFrame frame = vectorFrame(values, {});
  ASSERT_TRUE(frame.points);
  EXPECT_EQ(*frame.points, values);
}

TEST(VectorFrame, ShowsOneDimensionOnALineFirstRowOnTop) {
  base::RowMatrix values(2, 1);
  values << 7, -1;
  const VectorFrame frame = vectorFrame(values, {});
  ASSERT_TRUE(frame.points);
  EXPECT_EQ((*frame.points)(0, 0), 7);
  EXPECT_EQ((*frame.points)(1, 0), -1);
  EXPECT_GT((*frame.points)(0, 1), (*frame.points)(1, 1));
}

TEST(VectorFrame, KeepsDistancesOfAPlaneInMoreDimensions) {
  base::RowMatrix values(4, 3);  // a 2 × 1 rectangle in the plane z = 5
  values << 0, 0, 5, 2, 0, 5, 2, 1, 5, 0, 1, 5;
  const VectorFrame frame = vectorFrame(values, {});
  ASSERT_TRUE(frame.points);
  const auto distance = [&](Eigen::Index a, Eigen::Index b) {
    return (frame.points->row(a) - frame.points->row(b)).norm();
  };
  EXPECT_NEAR(distance(0, 1), 2, 1e-5);
  EXPECT_NEAR(distance(1, 2), 1, 1e-5);
  EXPECT_NEAR(distance(0, 2), std::sqrt(5), 1e-5);
  EXPECT_NEAR(frame.explained, 1, 1e-9);
  EXPECT_NEAR(frame.points->colwise().mean().norm(), 0, 1e-5);
}

// As the shorter side of a rectangle grows past the longer one, the principal axes change places
// and may change signs; the picture must not.
TEST(VectorFrame, NeitherFlipsNorSpinsFromFrameToFrame) {
  Eigen::MatrixXd basis;
  base::RowMatrix last;
  for (int step = 0; step <= 40; ++step) {
    const float height = 1.0F + 0.05F * static_cast<float>(step);
    base::RowMatrix values(4, 3);
    values << -1, -height, 0, 1, -height, 0, 1, height, 0, -1, height, 0;
    values *= 1.0F + 0.001F * static_cast<float>(step);
    const VectorFrame frame = vectorFrame(values, basis);
    ASSERT_TRUE(frame.points);
    if (step > 0) {
      EXPECT_LT((*frame.points - last).cwiseAbs().maxCoeff(), 0.1F) << "step " << step;
    }
    basis = frame.basis;
    last = *frame.points;
  }
}

TEST(VectorFrame, SurvivesNumbersThatAreNotFinite) {
  base::RowMatrix values = base::RowMatrix::Constant(5, 4, std::numeric_limits<float>::quiet_NaN());
  EXPECT_NO_THROW(vectorFrame(values, {}));
  EXPECT_FALSE(vectorFrame(base::RowMatrix(0, 4), {}).points);
}

TEST(MissingLabels, ListsThemInOrderOfAppearance) {
  data::DataTable table("t", {"color", "price"});
  for (const std::string_view color : {"red", "blue", "", "green", "blue"}) {
    table.appendRow({color, "1"});
  }
  data::DatasetSelection selection;
  selection.target = "price";
  selection.categorical.push_back({"color", table::Vocabulary{"red"}});
  const auto missing = missingLabels(table, selection);
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].feature, QStringLiteral("color"));
  EXPECT_EQ(missing[0].labels, QStringList({"blue", "(missing)", "green"}));
}

TEST(MissingLabels, AddsThemInOneUndoableStep) {
  document::Document document;
  document::Feature color;
  color.name = QStringLiteral("color");
  color.categories = {{QStringLiteral("red"), {}, 0}};
  document.addFeature(color, QStringLiteral("add"));
  EXPECT_EQ(addMissingLabels(document, {{QStringLiteral("color"), {"blue", "green"}}}), 2);
  EXPECT_EQ(document.featureNamed(QStringLiteral("color"))->categories.size(), 3U);
  document.undoStack().undo();
  EXPECT_EQ(document.featureNamed(QStringLiteral("color"))->categories.size(), 1U);
}

class RunWords : public testing::Test {
 protected:
  void SetUp() override { QLocale::setDefault(QLocale::c()); }
};

TEST_F(RunWords, TellWhereATableComesFrom) {
  RunDescription run;
  run.id = {3};
  jobs::RunOutcome outcome;
  outcome.epochs = {{.epoch = 12, .validationMetric = 812.44}};
  EXPECT_EQ(sourceText(run, outcome), QStringLiteral("run 3 · epoch 12 · validation rmse 812.4"));
  run.targetKind = data::TargetKind::Classification;
  outcome.epochs.back().validationMetric = 0.932;
  EXPECT_EQ(sourceText(run, outcome),
            QStringLiteral("run 3 · epoch 12 · validation accuracy 93.2 %"));
  outcome.epochs.back().validationMetric = std::nan("");
  EXPECT_EQ(sourceText(run, outcome), QStringLiteral("run 3 · epoch 12"));
  outcome.epochs.clear();
  outcome.steps = 5;
  EXPECT_EQ(sourceText(run, outcome), QStringLiteral("run 3 · step 5"));
}

TEST_F(RunWords, TellDurations) {
  EXPECT_EQ(durationText(0.048), QStringLiteral("48 ms"));
  EXPECT_EQ(durationText(4.31), QStringLiteral("4.3 s"));
  EXPECT_EQ(durationText(38), QStringLiteral("38 s"));
  EXPECT_EQ(durationText(125), QStringLiteral("2 min 5 s"));
  EXPECT_EQ(durationText(4320), QStringLiteral("1 h 12 min"));
}

TEST_F(RunWords, TellProgress) {
  const jobs::TrainingProgress progress{
      .step = 120, .totalSteps = 500, .stepsPerEpoch = 25, .secondsLeft = 37.2};
  EXPECT_EQ(progressText(progress, 20, jobs::SessionState::Running),
            QStringLiteral("step 120 of 500 · epoch 5 of 20 · 38 s left"));
  EXPECT_EQ(progressText(progress, 20, jobs::SessionState::Paused),
            QStringLiteral("step 120 of 500 · epoch 5 of 20 · paused"));
}

}  // namespace
}  // namespace embedscope::train
