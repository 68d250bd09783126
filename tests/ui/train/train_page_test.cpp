// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"
#include "ui/controls/message_bar.h"
#include "ui/document/samples.h"
#include "ui/plots/curves.h"
#include "ui/plots/point_cloud.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

#include <memory>

namespace embedscope::train {
namespace {

using testing::HasSubstr;

constexpr int kPatienceMs = 30'000;

class TrainPageTest : public testing::Test {
 protected:
  void SetUp() override {
    page = std::make_unique<TrainPage>(document, jobs);
    page->resize(1016, 700);
    page->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(page.get()));
  }

  template <typename Widget>
  Widget* find(const char* name) {
    auto* widget = page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }

  void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }

  bool enabled(const char* name) { return find<QWidget>(name)->isEnabled(); }

  controls::MessageBar* messages() { return find<controls::MessageBar>("runMessages"); }

  QString message() { return messages()->text(); }

  QPushButton* messageAction() {
    return messages()->findChild<QPushButton*>(QStringLiteral("messageAction"));
  }

  std::string status() { return find<QLabel>("runStatus")->text().toStdString(); }

  bool waitFor(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, kPatienceMs);
  }

  void openMonths() {
    document::openData(document, document::generatedData({}));
    ASSERT_TRUE(enabled("startTraining"));
  }

  /// A run that would take hours.
  void startLongRun() {
    openMonths();
    find<QSpinBox>("epochs")->setValue(100'000);
    click("startTraining");
    ASSERT_TRUE(waitFor([this] { return QString::fromStdString(status()).contains("step"); }));
  }

  data::DataTablePtr colorsTable(const std::vector<std::string_view>& colors) {
    auto table = std::make_shared<data::DataTable>(
        "colors", std::vector<std::string>{"color", "warm", "number"});
    for (int round = 0; round < 40; ++round) {
      for (const std::string_view color : colors) {
        const bool warm = color == "red" || color == "orange";
        table->appendRow({color, warm ? "yes" : "no", warm ? "1.5" : "0.5"});
      }
    }
    return table;
  }

  QTreeWidgetItem* input(const QString& name, int group = 0) {
    auto* tree = find<QTreeWidget>("inputList");
    QTreeWidgetItem* parent = tree->topLevelItem(group);
    for (int i = 0; i < parent->childCount(); ++i) {
      if (parent->child(i)->text(0) == name) {
        return parent->child(i);
      }
    }
    return nullptr;
  }

  document::Document document;
  jobs::JobRunner jobs;
  std::unique_ptr<TrainPage> page;
};

TEST_F(TrainPageTest, SaysWhatToDoWhileThereIsNoData) {
  EXPECT_FALSE(enabled("startTraining"));
  EXPECT_FALSE(enabled("stepTraining"));
  EXPECT_THAT(status(), HasSubstr("no data yet"));
  QSignalSpy spy(page.get(), &TrainPage::openDataRequested);
  click("openDataButton");
  EXPECT_EQ(spy.count(), 1);
}

TEST_F(TrainPageTest, GeneratesTrainsAndHandsTheTablesToTheDocument) {
  click("generateButton");
  find<QSpinBox>("generatedRows")->setValue(50);
  click("generateConfirm");
  ASSERT_TRUE(waitFor([this] { return document.data() != nullptr; }));
  EXPECT_EQ(document.data()->table->rowCount(), 12 * 50);
  find<QSpinBox>("epochs")->setValue(3);
  auto* vectors = find<plots::PointCloudPlot>("vectorPlot");
  auto* losses = find<plots::CurvePlot>("lossPlot");
  EXPECT_EQ(losses->seriesCount(), 0);
  click("startTraining");
  EXPECT_FALSE(enabled("startTraining"));
  EXPECT_TRUE(enabled("stopTraining"));
  ASSERT_TRUE(waitFor([this] { return !document.tables().empty(); }));
  EXPECT_EQ(losses->seriesCount(), 3);
  EXPECT_TRUE(waitFor([&] { return vectors->pointCount() == 12; }));
  const document::TableEntry& entry = document.tables().front();
  EXPECT_EQ(entry.origin, document::TableEntry::Origin::Trained);
  EXPECT_EQ(entry.table->rowCount(), 12);
  EXPECT_THAT(entry.source.toStdString(), HasSubstr("run 1 · epoch 3 · validation rmse "));
  EXPECT_THAT(message().toStdString(), HasSubstr("complete"));
  EXPECT_THAT(find<QLabel>("validationMetric")->text().toStdString(), HasSubstr("rmse"));
  EXPECT_TRUE(enabled("startTraining"));
  EXPECT_FALSE(enabled("stopTraining"));
  QSignalSpy spy(page.get(), &TrainPage::pageRequested);
  messageAction()->click();
  ASSERT_EQ(spy.count(), 1);
}

TEST_F(TrainPageTest, StepsOneByOnePausesAndResumes) {
  openMonths();
  find<QSpinBox>("epochs")->setValue(2000);
  click("stepTraining");
  ASSERT_TRUE(waitFor([this] { return status().starts_with("step 1 of"); }));
  EXPECT_THAT(status(), HasSubstr("paused"));
  click("stepTraining");
  ASSERT_TRUE(waitFor([this] { return status().starts_with("step 2 of"); }));
  auto* pause = find<QPushButton>("pauseTraining");
  EXPECT_EQ(pause->text(), QStringLiteral("Resume"));
  click("pauseTraining");
  ASSERT_TRUE(waitFor([&] { return pause->text() == QStringLiteral("Pause"); }));
  ASSERT_TRUE(waitFor([this] { return !status().starts_with("step 2 of"); }));
  click("pauseTraining");
  ASSERT_TRUE(waitFor([this] { return QString::fromStdString(status()).contains("paused"); }));
  click("stopTraining");
  ASSERT_TRUE(waitFor([this] { return message().contains("stopped after step"); }));
  EXPECT_EQ(document.tables().size(), 1U);
}

TEST_F(TrainPageTest, WorksByKeyboard) {
  openMonths();
  find<QSpinBox>("epochs")->setValue(100'000);
  QTest::keyClick(page.get(), Qt::Key_R, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([this] { return enabled("stopTraining"); }));
  QTest::keyClick(page.get(), Qt::Key_F8);
  ASSERT_TRUE(waitFor(
      [this] { return find<QPushButton>("pauseTraining")->text() == QStringLiteral("Resume"); }));
  QTest::keyClick(page.get(), Qt::Key_F7);
  QTest::keyClick(page.get(), Qt::Key_F8);
  ASSERT_TRUE(waitFor(
      [this] { return find<QPushButton>("pauseTraining")->text() == QStringLiteral("Pause"); }));
  QTest::keyClick(page.get(), Qt::Key_Period, Qt::ControlModifier);
  EXPECT_TRUE(waitFor([this] { return enabled("startTraining"); }));
}

TEST_F(TrainPageTest, StopKeepsWhatWasLearned) {
  startLongRun();
  click("stopTraining");
  ASSERT_TRUE(waitFor([this] { return enabled("startTraining"); }));
  EXPECT_THAT(message().toStdString(), HasSubstr("stopped"));
  EXPECT_EQ(document.tables().size(), 1U);
}

TEST_F(TrainPageTest, IsListedAmongTheJobsAndCancelledThere) {
  startLongRun();
  ASSERT_EQ(jobs.jobs().size(), 1U);
  EXPECT_TRUE(jobs.jobs().front().cancellable);
  jobs.cancelAll();
  ASSERT_TRUE(waitFor([this] { return enabled("startTraining"); }));
  EXPECT_TRUE(jobs.jobs().empty());
}

TEST_F(TrainPageTest, GoesQuietlyAndQuicklyWhileTraining) {
  startLongRun();
  QElapsedTimer timer;
  timer.start();
  page.reset();
  EXPECT_LT(timer.elapsed(), 20000);
  EXPECT_TRUE(document.tables().empty());
  EXPECT_TRUE(jobs.jobs().empty());
}

TEST_F(TrainPageTest, GoesWhileVectorsAreProjected) {
  openMonths();
  document::Feature wide = *document.features().front();
  wide.dimension = 8;
  document.changeFeature(wide, QStringLiteral("wider"));
  find<QSpinBox>("epochs")->setValue(100'000);
  click("startTraining");
  auto* vectors = find<plots::PointCloudPlot>("vectorPlot");
  ASSERT_TRUE(waitFor([&] { return vectors->pointCount() == 12; }));
  EXPECT_THAT(find<QLabel>("vectorCaption")->text().toStdString(), HasSubstr("8 → 2"));
  page.reset();
}

TEST_F(TrainPageTest, SlowMotionShowsSingleSteps) {
  openMonths();
  find<QSpinBox>("epochs")->setValue(1000);
  find<QSlider>("slowMotionSpeed")->setValue(0);  // three steps a second
  click("slowMotion");
  click("startTraining");
  // A busy machine may miss one of them, but not several.
  ASSERT_TRUE(waitFor([this] {
    return std::ranges::any_of(std::vector{2, 3, 4, 5, 6, 7}, [this](int step) {
      return status().starts_with("step " + std::to_string(step) + " of");
    });
  }));
  click("stopTraining");
  ASSERT_TRUE(waitFor([this] { return enabled("startTraining"); }));
}

TEST_F(TrainPageTest, ClassifiesWhenTheTargetHoldsLabels) {
  auto data = document::summarizedData({colorsTable({"red", "orange", "blue", "green"}), {}, {}},
                                       QString());
  document::openData(document, data, QStringLiteral("warm"));
  EXPECT_THAT(find<QLabel>("targetKind")->text().toStdString(),
              HasSubstr("2 labels → classification"));
  EXPECT_EQ(input(QStringLiteral("color"))->text(1), QStringLiteral("4 → 2"));
  find<QSpinBox>("epochs")->setValue(5);
  click("startTraining");
  ASSERT_TRUE(waitFor([this] { return !document.tables().empty(); }));
  EXPECT_THAT(document.tables().front().source.toStdString(), HasSubstr("accuracy"));
}

TEST_F(TrainPageTest, TakesNumbersForLabelsWhenTheLossIsForLabels) {
  auto data = document::summarizedData({colorsTable({"red", "blue"}), {}, {}}, QString());
  document::openData(document, data, QStringLiteral("number"));
  EXPECT_EQ(find<QLabel>("targetKind")->text(), "number → regression");
  auto* loss = find<QComboBox>("lossCombo");
  loss->setCurrentIndex(loss->findText(QStringLiteral("Binary cross-entropy")));
  emit loss->activated(loss->currentIndex());
  EXPECT_EQ(find<QLabel>("targetKind")->text(), "2 labels → classification");
  find<QSpinBox>("epochs")->setValue(3);
  click("startTraining");
  ASSERT_TRUE(waitFor([this] { return !document.tables().empty(); }));
  EXPECT_THAT(document.tables().front().source.toStdString(), HasSubstr("accuracy"));
}

TEST_F(TrainPageTest, TicksDecideWhatIsLearnedFrom) {
  auto data = document::summarizedData({colorsTable({"red", "orange", "blue", "green"}), {}, {}},
                                       QString());
  document::openData(document, data, QStringLiteral("number"));
  ASSERT_NE(input(QStringLiteral("warm")), nullptr);
  EXPECT_EQ(input(QStringLiteral("number")), nullptr) << "the target is no input";
  input(QStringLiteral("warm"))->setCheckState(0, Qt::Unchecked);
  EXPECT_EQ(document.trainingSetup().categorical, QStringList{"color"});
  input(QStringLiteral("color"))->setCheckState(0, Qt::Unchecked);
  EXPECT_FALSE(enabled("startTraining"));
  EXPECT_THAT(status(), HasSubstr("at least one column"));
  const document::FeaturePtr warm = document.featureNamed(QStringLiteral("warm"));
  document.removeFeature(warm->id);
  input(QStringLiteral("warm"))->setCheckState(0, Qt::Checked);
  EXPECT_NE(document.featureNamed(QStringLiteral("warm")), nullptr);
  EXPECT_TRUE(enabled("startTraining"));
}

TEST_F(TrainPageTest, ChangesOfTheTargetLeaveTheInputsValid) {
  auto data = document::summarizedData({colorsTable({"red", "blue"}), {}, {}}, QString());
  document::openData(document, data, QStringLiteral("warm"));
  EXPECT_TRUE(document.trainingSetup().numeric.contains(QStringLiteral("number")));
  auto* target = find<QComboBox>("targetCombo");
  target->setFocus();
  QTest::keyClick(target, Qt::Key_Down);  // from "warm" to "number"
  EXPECT_EQ(document.trainingSetup().target, QStringLiteral("number"));
  EXPECT_FALSE(document.trainingSetup().numeric.contains(QStringLiteral("number")));
  EXPECT_THAT(find<QLabel>("targetKind")->text().toStdString(), HasSubstr("regression"));
}

TEST_F(TrainPageTest, RefusesAWrongHiddenLayerInPlace) {
  openMonths();
  auto* hidden = find<QLineEdit>("hiddenLayers");
  hidden->setFocus();
  hidden->selectAll();
  QTest::keyClicks(hidden, QStringLiteral("12, x"));
  EXPECT_TRUE(find<QLabel>("hiddenLayersProblem")->isVisible());
  EXPECT_FALSE(enabled("startTraining"));
  EXPECT_THAT(status(), HasSubstr("“x”"));
  QTest::keyClick(hidden, Qt::Key_Backspace);
  QTest::keyClicks(hidden, QStringLiteral("6"));
  EXPECT_FALSE(find<QLabel>("hiddenLayersProblem")->isVisible());
  EXPECT_TRUE(enabled("startTraining"));
  EXPECT_EQ(document.trainingSetup().recipe.hidden, (std::vector<std::int64_t>{12, 6}));
}

TEST_F(TrainPageTest, OffersToAddCategoriesThatAFeatureLacks) {
  auto some = document::summarizedData({colorsTable({"red", "blue"}), {}, {}}, QString());
  document::openData(document, some, QStringLiteral("warm"));
  auto more = document::summarizedData({colorsTable({"red", "blue", "green", "orange"}), {}, {}},
                                       QString());
  document::openData(document, more, QStringLiteral("warm"));
  find<QSpinBox>("epochs")->setValue(2);
  click("startTraining");
  ASSERT_TRUE(waitFor([this] { return !message().isEmpty(); }));
  EXPECT_THAT(message().toStdString(), HasSubstr("green"));
  auto* action = messageAction();
  EXPECT_EQ(action->text(), QStringLiteral("Add the missing categories"));
  messageAction()->click();
  EXPECT_EQ(document.featureNamed(QStringLiteral("color"))->categories.size(), 4U);
  messageAction()->click();  // now "Start"
  ASSERT_TRUE(waitFor([this] { return !document.tables().empty(); }));
}

TEST_F(TrainPageTest, OneHotHasNoVectorsToWatch) {
  openMonths();
  document::TrainingSetup setup = document.trainingSetup();
  setup.oneHot = true;
  setup.recipe.epochs = 2;
  document.setTrainingSetup(setup);
  EXPECT_EQ(find<QComboBox>("approachCombo")->currentIndex(), 1);
  click("startTraining");
  ASSERT_TRUE(waitFor([this] { return !message().isEmpty(); }));
  EXPECT_THAT(message().toStdString(), HasSubstr("complete"));
  EXPECT_EQ(find<plots::PointCloudPlot>("vectorPlot")->pointCount(), 0);
  EXPECT_TRUE(document.tables().empty());
}

TEST_F(TrainPageTest, EveryControlHasANameAndATip) {
  for (const char* name : {"startTraining",  "pauseTraining",   "stepTraining",
                           "stopTraining",   "slowMotion",      "slowMotionSpeed",
                           "openDataButton", "generateButton",  "targetCombo",
                           "inputList",      "approachCombo",   "hiddenLayers",
                           "optimizerCombo", "learningRate",    "batchSize",
                           "epochs",         "validationShare", "seed",
                           "watchedFeature", "logarithmicLoss"}) {
    auto* widget = find<QWidget>(name);
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << name;
    if (QLatin1String(name) != QLatin1String("inputList")) {
      EXPECT_FALSE(widget->toolTip().isEmpty()) << name;
    }
  }
}

}  // namespace
}  // namespace embedscope::train
