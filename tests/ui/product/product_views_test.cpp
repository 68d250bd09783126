// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/bag_product.h"
#include "core/explain/training_step.h"
#include "tests/support/tiny_tables.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/number_text.h"
#include "ui/product/product_page.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTabBar>
#include <QTest>

#include <algorithm>

namespace embedscope::product {
namespace {

enum View { Forward, Batch, Bag, Training, Approaches };

class ProductViewsTest : public testing::Test {
 protected:
  void SetUp() override {
    m_table = tests::makeTable({"a", "b", "c", "d"}, {{3, 4}, {5, 6}, {-1, 0.5F}, {2, -7}});
    m_page.resize(1016, 700);
    m_page.show();
    m_document.addTable(m_table, document::TableEntry::Origin::File, QString());
  }

  template <typename Widget>
  Widget& part(const char* name) {
    // Views share the names of their parts; the one that is seen counts.
    for (auto* widget : m_page.findChildren<Widget*>(QLatin1String(name))) {
      if (widget->isVisible()) {
        return *widget;
      }
    }
    ADD_FAILURE() << name;
    return *m_page.findChild<Widget*>(QLatin1String(name));
  }

  void show(View view) {
    auto& tabs = part<QTabBar>("productTabs");
    EXPECT_GE(tabs.height(), 20) << "there to be clicked";
    tabs.setCurrentIndex(view);
  }

  QString words() { return part<QLabel>("sceneWords").text(); }

  QString detail() { return part<QLabel>("sceneDetail").text(); }

  /// The text a screen reader is given always is the text that is seen.
  void step(Qt::Key key) {
    QTest::keyClick(&m_page, key);
    EXPECT_EQ(part<QLabel>("sceneWords").accessibleName(), words());
  }

  void click(const char* name) { QTest::mouseClick(&part<QAbstractButton>(name), Qt::LeftButton); }

  table::TablePtr m_table;
  document::Document m_document;
  jobs::JobRunner m_jobs;
  ProductPage m_page{m_document, m_jobs};
};

TEST_F(ProductViewsTest, ABatchGathersRowByRow) {
  show(Batch);
  EXPECT_EQ(m_page.step(), 0);
  EXPECT_EQ(part<plots::HeatMap>("sceneMap0").rowCount(), 3);
  EXPECT_EQ(part<plots::HeatMap>("sceneMap0").columnCount(), 4);
  step(Qt::Key_Right);
  EXPECT_EQ(words(),
            QStringLiteral("example 1 of 3: the one-hot of “a” × table is row 0 of the table, "
                           "[3, 4]"));
  EXPECT_TRUE(detail().isEmpty());
  step(Qt::Key_End);
  EXPECT_EQ(m_page.step(), 3);
  EXPECT_TRUE(detail().startsWith(QStringLiteral("bit-equal")));
  EXPECT_TRUE(detail().contains(QStringLiteral("b·n·d = 24 multiplications, or b·d = 6 copies")));
}

TEST_F(ProductViewsTest, CategoriesAreAddedToABatchAndTakenOut) {
  show(Batch);
  QTest::keyClick(&m_page, Qt::Key_Down);
  click("batchRowsAdd");
  auto& list = part<QListWidget>("batchRows");
  EXPECT_EQ(list.count(), 4);
  EXPECT_EQ(list.item(3)->text(), QStringLiteral("b"));
  QTest::keyClick(&list, Qt::Key_Delete);
  EXPECT_EQ(list.count(), 3);
  for (int i = 0; i < 3; ++i) {
    list.setCurrentRow(0);
    click("batchRowsRemove");
  }
  EXPECT_EQ(list.count(), 0);
  EXPECT_TRUE(words().startsWith(QStringLiteral("The batch is empty")));
}

TEST_F(ProductViewsTest, ABagIsSummedStepByStepAndIsAProduct) {
  show(Bag);
  step(Qt::Key_Right);
  step(Qt::Key_Right);
  EXPECT_EQ(words(), QStringLiteral("row 2 of 3: “b” added gives [8, 10]"));
  step(Qt::Key_Right);
  const explain::BagProduct sum(m_table, {0, 1, 2}, {explain::BagMode::Sum, {}, {}});
  EXPECT_EQ(sum.result(), (std::vector<float>{7, 10.5F}));
  EXPECT_EQ(detail(), QStringLiteral("result [7, 10.5]"));
  step(Qt::Key_End);
  EXPECT_EQ(m_page.step(), 4);
  EXPECT_TRUE(detail().startsWith(QStringLiteral("bit-equal: product and bag")));
}

TEST_F(ProductViewsTest, BagsKnowWeightsPaddingMeansAndLargestNumbers) {
  show(Bag);
  part<QLineEdit>("bagWeights").setText(QStringLiteral("2, −1, 0.5"));
  step(Qt::Key_End);
  step(Qt::Key_Left);
  EXPECT_EQ(detail(), QStringLiteral("result [0.5, 2.25]"));
  part<QComboBox>("bagMode").setCurrentIndex(1);
  EXPECT_FALSE(part<QLineEdit>("bagWeights").isEnabled());
  part<QComboBox>("bagPadding").setCurrentIndex(1);
  EXPECT_TRUE(detail().contains(QStringLiteral("divided by 2")));
  EXPECT_TRUE(detail().contains(QStringLiteral("[2, 3.25]")));
  part<QComboBox>("bagPadding").setCurrentIndex(0);
  part<QComboBox>("bagMode").setCurrentIndex(2);
  step(Qt::Key_End);
  EXPECT_EQ(m_page.step(), 3) << "a maximum has no product";
  EXPECT_TRUE(detail().contains(QStringLiteral("[5, 6]")));
}

TEST_F(ProductViewsTest, EveryStepOfATrainingStepShowsTheEnginesNumbers) {
  show(Training);
  part<QComboBox>("trainingOptimizer").setCurrentIndex(0);
  part<QCheckBox>("trainingEarlier").setChecked(false);
  explain::TrainingStepSetup setup;
  setup.table = m_table;
  setup.batch = {0};
  setup.targets = {1};
  setup.headWeights = {0.25F, 0.5F};
  setup.optimizer.kind = training::OptimizerKind::Sgd;
  setup.optimizer.learningRate = 0.02;
  const explain::TrainingStep expected(setup);
  EXPECT_EQ(expected.outputs().front(), 2.75F) << "0.25 · 3 + 0.5 · 4";
  step(Qt::Key_Right);
  EXPECT_TRUE(detail().contains(plots::shortNumberText(expected.loss()))) << "(2.75 − 1)²";
  step(Qt::Key_Right);
  EXPECT_TRUE(detail().contains(QStringLiteral("= 3.5"))) << "2 · 1.75";
  step(Qt::Key_Right);
  EXPECT_TRUE(detail().contains(QStringLiteral("[0.875, 1.75]")));
  step(Qt::Key_Right);
  EXPECT_TRUE(words().contains(QStringLiteral("zeros but for 1 of 4 rows")));
  EXPECT_EQ(part<plots::HeatMap>("sceneMap2").rowCount(), 4);
  step(Qt::Key_Right);
  EXPECT_TRUE(detail().startsWith(QStringLiteral("1 row numbers and 2 values, 16 bytes, instead")));
  step(Qt::Key_Right);
  EXPECT_TRUE(words().contains(QStringLiteral("1 of 4 rows change")));
  EXPECT_EQ(m_page.step(), 6);
}

TEST_F(ProductViewsTest, OptimizersMoveOtherRowsToo) {
  show(Training);
  part<QComboBox>("trainingOptimizer").setCurrentIndex(2);  // Adam
  step(Qt::Key_End);
  EXPECT_TRUE(words().contains(QStringLiteral("2 of 4 rows change"))) << words().toStdString();
  EXPECT_TRUE(detail().contains(QStringLiteral("earlier step: “b”"))) << detail().toStdString();
  part<QComboBox>("trainingOptimizer").setCurrentIndex(4);  // sparse Adam
  EXPECT_TRUE(words().contains(QStringLiteral("1 of 4 rows change")));
  part<QComboBox>("trainingOptimizer").setCurrentIndex(0);  // SGD
  part<QDoubleSpinBox>("trainingDecay").setValue(0.1);
  EXPECT_TRUE(words().contains(QStringLiteral("4 of 4 rows change")));
  part<QCheckBox>("trainingFrozen").setChecked(true);
  EXPECT_TRUE(words().contains(QStringLiteral("0 of 4 rows change")));
}

TEST_F(ProductViewsTest, ApproachesStandSideBySide) {
  show(Approaches);
  EXPECT_TRUE(words().contains(QStringLiteral("then learns")));
  EXPECT_TRUE(detail().contains(QStringLiteral("identity table")));
  part<QCheckBox>("approachFrozen").setChecked(true);
  EXPECT_TRUE(words().contains(QStringLiteral("is the one-hot and stays it")));
  for (const int categories : {1, 2, 0}) {
    part<QComboBox>("approachCategories").setCurrentIndex(categories);
    EXPECT_FALSE(detail().isEmpty());
  }
  EXPECT_EQ(part<plots::HeatMap>("sceneMap3").columnCount(), 2);
}

TEST_F(ProductViewsTest, CodeGoesToTheClipboard) {
  for (const View view : {Forward, Batch, Bag}) {
    show(view);
    for (const char* name : {"copyNumPy", "copyPyTorch"}) {
      QGuiApplication::clipboard()->clear();
      m_page.findChild<QAction*>(QLatin1String(name))->trigger();
      EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("result = ")));
    }
  }
  show(Training);
  EXPECT_FALSE(m_page.findChild<QAction*>(QStringLiteral("copyNumPy"))->isEnabled());
  m_page.findChild<QAction*>(QStringLiteral("copyPyTorch"))->trigger();
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("torch.optim.SGD")));
}

TEST_F(ProductViewsTest, ApproachesCanBeTakenAlongAsCode) {
  show(Approaches);
  part<QCheckBox>("approachFrozen").setChecked(true);
  m_page.findChild<QAction*>(QStringLiteral("copyPyTorch"))->trigger();
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("freeze=True")));
  EXPECT_TRUE(m_page.findChild<QAction*>(QStringLiteral("copyNumPy"))->isEnabled());
}

TEST_F(ProductViewsTest, FoldsOfEveryPictureOpen) {
  m_document.addTable(tests::randomTable(500, 3), document::TableEntry::Origin::File, QString());
  for (const View view : {Batch, Training}) {
    show(view);
    auto& table = part<plots::HeatMap>("sceneMap1");
    const auto shows = [&](const char* label) {
      return std::ranges::any_of(table.rows(), [&](const plots::HeatMapRow& row) {
        return row.label == QLatin1String(label);
      });
    };
    EXPECT_FALSE(shows("word 20"));
    const auto fold = std::ranges::find_if(
        table.rows(), [](const plots::HeatMapRow& row) { return !row.fold.isEmpty(); });
    ASSERT_NE(fold, table.rows().end());
    emit table.rowClicked(static_cast<int>(fold - table.rows().begin()));
    for (int page = 0; page < 12 && !shows("word 20"); ++page) {
      QTest::keyClick(&m_page, Qt::Key_PageDown);
    }
    EXPECT_TRUE(shows("word 20"));
    QTest::keyClick(&m_page, Qt::Key_Escape);
    EXPECT_FALSE(shows("word 20"));
  }
}

TEST_F(ProductViewsTest, OnlyPicturesWithStepsHaveButtonsForThem) {
  EXPECT_TRUE(part<QAbstractButton>("stepForward").isVisible());
  show(Approaches);
  EXPECT_FALSE(m_page.findChild<QAbstractButton*>(QStringLiteral("stepForward"))->isVisible());
  show(Batch);
  EXPECT_TRUE(part<QAbstractButton>("stepForward").isVisible());
}

TEST_F(ProductViewsTest, FilmsOfScenesPlayToTheEnd) {
  show(Batch);
  QTest::keyClick(&m_page, Qt::Key_Space);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_page.step() == 3; }, 20'000));
}

}  // namespace
}  // namespace embedscope::product
