// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/define/define_page_fixture.h"

#include "ui/controls/disclosure.h"
#include "ui/controls/elided_label.h"
#include "ui/define/category_model.h"
#include "ui/document/samples.h"
#include "ui/document/training_setup.h"
#include "ui/plots/heat_map.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>

namespace embedscope::define {
namespace {

using training::Initialization;

class DefineOptionsTest : public DefinePageTest {
 protected:
  void choose(const char* combo, int entry) {
    auto& box = part<QComboBox>(combo);
    box.setCurrentIndex(entry);
    emit box.activated(entry);
  }

  void choose(Initialization initialization) {
    choose("initialization",
           part<QComboBox>("initialization").findData(static_cast<int>(initialization)));
  }

  void setHidden(std::vector<std::int64_t> hidden) {
    document::TrainingSetup setup = m_document.trainingSetup();
    setup.recipe.hidden = std::move(hidden);
    m_document.setTrainingSetup(setup);
  }

  QString text(const char* label) { return part<QLabel>(label).text(); }

  training::FeatureRecipe recipe() const { return document::featureRecipe(*feature(), false); }

  void undo() { m_document.undoStack().undo(); }
};

TEST_F(DefineOptionsTest, ListsEveryRuleWithItsFormulaAndSource) {
  addColors(7);
  const QStringList expected = {"5", "4", "5", "4", "2", "≤ 6"};
  for (int i = 0; i < expected.size(); ++i) {
    auto& rule = part<QAbstractButton>(qPrintable(QStringLiteral("sizeRule%1").arg(i)));
    EXPECT_EQ(rule.text(), expected[i]) << i;
    EXPECT_GE(rule.toolTip().count(QLatin1Char('\n')), 2) << i;
    EXPECT_FALSE(rule.accessibleName().isEmpty());
  }
  EXPECT_TRUE(part<QAbstractButton>("sizeRule4")
                  .toolTip()
                  .contains(QStringLiteral("n^0.25\nn = 7: 2 (1.627 before rounding and limits)")));
  EXPECT_TRUE(part<QLabel>("sizePrinciple").toolTip().contains(QStringLiteral("1812.04224")));
}

TEST_F(DefineOptionsTest, MarksRulesThatMakeTheModelLarger) {
  addColors(1000, 10);
  EXPECT_EQ(text("sizeRuleMark0"), QStringLiteral("> d*"));
  EXPECT_EQ(text("sizeRuleMark4"), QString());
  EXPECT_TRUE(text("adviceWarning").contains(QStringLiteral("exceed d* = 31.0")));
  setHidden({});
  EXPECT_EQ(text("sizeRuleMark0"), QString());
  EXPECT_TRUE(part<QLabel>("adviceWarning").isHidden());
}

TEST_F(DefineOptionsTest, ARuleThatSaysOneHotMeansIt) {
  addColors(3);
  EXPECT_EQ(text("sizeRuleMark0"), QStringLiteral("≥ n"));
  auto& autoGluon = part<QAbstractButton>("sizeRule3");
  EXPECT_EQ(autoGluon.text(), QStringLiteral("one-hot"));
  click("sizeRule3");
  EXPECT_TRUE(isOneHotInput(recipe()));
  EXPECT_EQ(feature()->dimension, 3);
  undo();
  EXPECT_FALSE(feature()->frozen);
  EXPECT_EQ(feature()->initialization, Initialization::Normal);
}

TEST_F(DefineOptionsTest, AdvisesInWordsByWhatIsKnown) {
  addColors(3, 500);
  EXPECT_EQ(text("adviceHeadline"), QStringLiteral("One-hot"));
  addColors(7, 500);
  EXPECT_TRUE(text("adviceText").contains(QStringLiteral("With 7 categories")));
  EXPECT_EQ(text("adviceRows"), QStringLiteral("rows each: median 500, fewest 500"));
  addColors(40);
  EXPECT_EQ(text("adviceRows"), QStringLiteral("rows of each category: not known"));
  addColors(500, 5);
  EXPECT_TRUE(text("adviceHeadline").contains(QStringLiteral("Embedding")));
  setHidden({});
  EXPECT_TRUE(text("adviceText").contains(QStringLiteral("Without a hidden layer")));
  EXPECT_TRUE(text("breakEven").contains(QStringLiteral("No break-even")));
}

TEST_F(DefineOptionsTest, OffersEveryStartWithItsScale) {
  addColors(4);

  struct Case {
    Initialization start;
    const char* hint;
  };

  // d = 2, n = 4: N(0, 1) is √2 long, ±0.5/2 is 0.5/√6, Xavier's bound is √(6/6).
  for (const Case& one :
       {Case{Initialization::Normal, "1.4 long"}, Case{Initialization::TruncatedNormal, "±0.02"},
        Case{Initialization::Uniform, "±0.25, vectors about 0.2 long"},
        Case{Initialization::Xavier, "±1, vectors about 0.82 long"}}) {
    choose(one.start);
    EXPECT_EQ(feature()->initialization, one.start);
    EXPECT_TRUE(text("initializationHint").contains(QString::fromUtf8(one.hint)))
        << text("initializationHint").toStdString();
  }
  choose(Initialization::PermutedIdentity);
  EXPECT_EQ(feature()->dimension, 4);
  EXPECT_TRUE(text("initializationHint").contains(QStringLiteral("n − 1 − i")));
  auto& start = part<QComboBox>("initialization");
  for (int i = 0; i < start.count(); ++i) {
    EXPECT_FALSE(start.itemData(i, Qt::ToolTipRole).toString().isEmpty()) << i;
  }
}

TEST_F(DefineOptionsTest, TheIdentityFrozenIsOneHot) {
  addColors(4);
  choose(Initialization::Identity);
  click("tableFrozen");
  EXPECT_TRUE(feature()->frozen);
  EXPECT_TRUE(text("initializationHint").contains(QStringLiteral("exactly one-hot")));
  EXPECT_TRUE(isOneHotInput(recipe()));
  part<QSpinBox>("embeddingSize").setValue(3);
  EXPECT_FALSE(isOneHotInput(recipe())) << "three columns cannot tell four categories apart";
  EXPECT_TRUE(recipe().frozen);
  undo();
  undo();
  EXPECT_FALSE(feature()->frozen);
  EXPECT_FALSE(part<QCheckBox>("tableFrozen").isChecked());
}

TEST_F(DefineOptionsTest, OptionsOpenAndTellWhatIsSetWhileTheyAreClosed) {
  addColors(4);
  auto& more = part<controls::Disclosure>("moreOptions");
  EXPECT_FALSE(more.isOpen());
  EXPECT_FALSE(part<QComboBox>("paddingRow").isVisible());
  click("disclosureHeading");
  EXPECT_TRUE(more.isOpen());
  EXPECT_TRUE(part<QComboBox>("paddingRow").isVisible());
  part<QDoubleSpinBox>("maxNorm").setValue(2);
  choose("unseenRule", 1);
  click("disclosureHeading");
  EXPECT_FALSE(part<QComboBox>("paddingRow").isVisible());
  EXPECT_EQ(more.findChild<controls::ElidedLabel*>()->fullText(),
            QStringLiteral("max-norm, unseen"));
}

TEST_F(DefineOptionsTest, APaddingRowFollowsItsCategory) {
  addColors(4);
  choose("paddingRow", 2);
  EXPECT_EQ(feature()->paddingPlace(), 1U);
  EXPECT_EQ(recipe().paddingRow, 1);
  auto& table = part<QTableView>("categoryTable");
  EXPECT_EQ(table.model()->index(1, CategoryModel::Frozen).data().toString(),
            QStringLiteral("padding"));
  table.selectRow(0);
  QTest::keyClick(&table, Qt::Key_Delete);
  EXPECT_EQ(recipe().paddingRow, 0);
  EXPECT_EQ(part<QComboBox>("paddingRow").currentText(), QStringLiteral("c1"));
  choose("paddingRow", 0);
  EXPECT_EQ(recipe().paddingRow, std::nullopt);
  undo();
  EXPECT_EQ(recipe().paddingRow, 0);
}

TEST_F(DefineOptionsTest, StepsOfTheMaxNormAreOneUndoStep) {
  addColors(4);
  auto& norm = part<QDoubleSpinBox>("maxNorm");
  auto& type = part<QDoubleSpinBox>("normType");
  EXPECT_EQ(norm.text(), QStringLiteral("off"));
  EXPECT_FALSE(type.isEnabled());
  const int before = m_document.undoStack().count();
  for (int i = 0; i < 10; ++i) {
    norm.stepUp();
  }
  EXPECT_EQ(m_document.undoStack().count(), before + 1);
  ASSERT_TRUE(recipe().maxNorm);
  EXPECT_DOUBLE_EQ(*recipe().maxNorm, 1);
  EXPECT_TRUE(type.isEnabled());
  type.setValue(1);
  EXPECT_EQ(recipe().normType, 1);
  undo();
  EXPECT_EQ(recipe().normType, 2);
  undo();
  EXPECT_EQ(recipe().maxNorm, std::nullopt);
  EXPECT_EQ(norm.text(), QStringLiteral("off"));
}

TEST_F(DefineOptionsTest, FrequencyAndUnseenRuleReachTheRecipe) {
  addColors(4);
  click("disclosureHeading");
  click("scaleByFrequency");
  EXPECT_TRUE(recipe().scaleGradientByFrequency);
  choose("unseenRule", 1);
  EXPECT_EQ(recipe().unseen, training::UnseenRule::MeanOfKnown);
  undo();
  undo();
  EXPECT_FALSE(recipe().scaleGradientByFrequency);
  EXPECT_FALSE(part<QCheckBox>("scaleByFrequency").isChecked());
  EXPECT_EQ(part<QComboBox>("unseenRule").currentIndex(), 0);
}

TEST_F(DefineOptionsTest, AClickAnywhereInItsCellFreezesACategory) {
  addColors(4);
  auto& table = part<QTableView>("categoryTable");
  const QModelIndex cell = table.model()->index(2, CategoryModel::Frozen);
  const QPoint corner = table.visualRect(cell).topLeft() + QPoint(4, 4);
  QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, corner);
  EXPECT_EQ(recipe().frozenRows, std::vector<std::int32_t>{2});
  QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, corner);
  EXPECT_TRUE(recipe().frozenRows.empty());
}

TEST_F(DefineOptionsTest, SpaceFreezesAllSelectedCategories) {
  addColors(4);
  auto& table = part<QTableView>("categoryTable");
  table.setFocus();
  table.selectAll();
  QTest::keyClick(&table, Qt::Key_Space);
  EXPECT_EQ(recipe().frozenRows, (std::vector<std::int32_t>{0, 1, 2, 3}));
  undo();
  EXPECT_TRUE(recipe().frozenRows.empty());
}

TEST_F(DefineOptionsTest, AFrozenTableFreezesEveryCategory) {
  addColors(2);
  click("tableFrozen");
  const QModelIndex cell =
      part<QTableView>("categoryTable").model()->index(0, CategoryModel::Frozen);
  EXPECT_EQ(cell.data(Qt::CheckStateRole).toInt(), Qt::Checked);
  EXPECT_FALSE(cell.flags().testFlag(Qt::ItemIsEnabled));
  click("tableFrozen");
  EXPECT_EQ(cell.data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
}

TEST_F(DefineOptionsTest, ControlsSayWhatTheyAre) {
  addColors(12, 100);
  click("disclosureHeading");
  const auto* panel = m_page.findChild<QScrollArea*>(QStringLiteral("controlsPanel"))->widget();
  for (const QWidget* widget : panel->findChildren<QWidget*>()) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const bool control = button != nullptr || qobject_cast<const QComboBox*>(widget) != nullptr ||
                         qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
    if (!control || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_"))) {
      continue;
    }
    EXPECT_FALSE(widget->toolTip().isEmpty()) << widget->objectName().toStdString();
    EXPECT_TRUE(!widget->accessibleName().isEmpty() ||
                (button != nullptr && !button->text().isEmpty()))
        << widget->objectName().toStdString();
  }
}

/// 1280 × 800 leaves the page about 1206 × 760.
TEST_F(DefineOptionsTest, ThePanelDoesNotScrollInASmallWindow) {
  addColors(12, 100);
  m_page.resize(1206, 760);
  QTest::qWait(50);
  const auto* scroll = m_page.findChild<QScrollArea*>(QStringLiteral("controlsPanel"));
  EXPECT_EQ(scroll->verticalScrollBar()->maximum(), 0);
  EXPECT_LE(scroll->widget()->minimumSizeHint().width(), scroll->viewport()->width());
  click("disclosureHeading");
  QTest::qWait(50);
  EXPECT_EQ(scroll->verticalScrollBar()->maximum(), 0) << "not even with all options open";
  EXPECT_LE(scroll->widget()->minimumSizeHint().width(), scroll->viewport()->width());
}

TEST_F(DefineOptionsTest, ManyCategoriesCanHaveAPaddingRow) {
  addColors(100'000, 3);
  choose("paddingRow", 77'778);
  EXPECT_EQ(recipe().paddingRow, 77'777);
}

}  // namespace
}  // namespace embedscope::define
