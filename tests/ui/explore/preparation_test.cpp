// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/prepared_pca.h"
#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/message_bar.h"
#include "ui/explore/explore_page.h"
#include "ui/explore/row_preparation.h"
#include "ui/plots/scree_plot.h"

#include <gmock/gmock.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <limits>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using projection::Preparation;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr int kRows = 150;
constexpr int kWaitMs = 60'000;

TEST(RowPreparation, IsToldInWords) {
  EXPECT_EQ(preparationText({}), "");
  EXPECT_EQ(preparationText({.centre = true}), "centred");
  EXPECT_EQ(preparationText({.removedComponents = 1}), "centred · first component removed");
  EXPECT_EQ(preparationText({.centre = true, .removedComponents = 2, .unitRows = true}),
            "centred · first 2 components removed · unit rows");
}

TEST(RowPreparation, ReadsBackWhatItWrote) {
  const Preparation all{.centre = true, .removedComponents = 3, .unitRows = true};
  EXPECT_EQ(preparationFrom(preparationJson(all), 5), all);
  EXPECT_EQ(preparationFrom(preparationJson(all), 3).removedComponents, 2) << "of 3 dimensions";
  EXPECT_TRUE(preparationFrom({}, 5).isNone()) << "files from before it was there";
}

class PreparationPageTest : public testing::Test {
 protected:
  PreparationPageTest() {
    m_page->resize(1016, 700);
    m_page->show();
  }

  void openAndShow(const table::TablePtr& table) {
    m_table = table;
    m_document.addTable(table, TableEntry::Origin::File, {});
    ASSERT_TRUE(waitForPoints());
  }

  bool waitForPoints() {
    return QTest::qWaitFor([&] { return m_page->plot().pointCount() == m_table->rowCount(); },
                           kWaitMs);
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  std::string caption() { return child<controls::ElidedLabel>("caption").fullText().toStdString(); }

  void chooseKind(Axes::Kind kind) {
    auto& combo = child<QComboBox>("axesKind");
    combo.setCurrentIndex(static_cast<int>(kind));
    emit combo.activated(combo.currentIndex());
  }

  void setUnit(bool on) { child<QCheckBox>("prepareUnit").setChecked(on); }

  void setRemoved(int count) { child<QSpinBox>("prepareRemoved").setValue(count); }

  void startUmap() { QTest::mouseClick(&child<QPushButton>("umapStart"), Qt::LeftButton); }

  bool waitForUmap(const char* button) {
    return QTest::qWaitFor(
        [&] { return child<QPushButton>("umapStart").text() == QLatin1String(button); }, kWaitMs);
  }

  /// The picture's points, as kept by the button for it.
  base::RowMatrix points() {
    const std::size_t count = m_document.tables().size();
    const document::TableId shown = m_document.currentTable();
    QTest::mouseClick(&child<QToolButton>("keepCoordinates"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() > count; }, kWaitMs));
    m_document.setCurrentTable(shown);
    EXPECT_TRUE(waitForPoints());
    return m_document.tables().back().table->values();
  }

  table::TablePtr m_table;
  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
  std::unique_ptr<ExplorePage> m_page{
      std::make_unique<ExplorePage>(m_document, m_runner, m_finder)};
};

TEST_F(PreparationPageTest, IsOfferedWhereRowsAreProjected) {
  openAndShow(tests::randomTable(kRows, 6));
  const auto isOffered = [&](Axes::Kind kind) {
    chooseKind(kind);
    return child<QWidget>("preparationPanel").isVisible();
  };
  EXPECT_FALSE(child<QCheckBox>("prepareUnit").isVisible()) << "folded away at first";
  EXPECT_FALSE(isOffered(Axes::Kind::Dimensions));
  EXPECT_FALSE(isOffered(Axes::Kind::Labels));
  EXPECT_TRUE(isOffered(Axes::Kind::Umap));
  EXPECT_TRUE(isOffered(Axes::Kind::Tsne));
  EXPECT_TRUE(isOffered(Axes::Kind::Components));
}

TEST_F(PreparationPageTest, TheFoldedPartSaysWhatIsChosen) {
  openAndShow(tests::randomTable(kRows, 6));
  const auto isSaid = [&](const char* words) {
    const auto labels = child<QWidget>("preparationPanel").findChildren<controls::ElidedLabel*>();
    return labels.size() == 1 && labels.front()->isVisible() &&
           labels.front()->fullText() == QString::fromUtf8(words);
  };
  EXPECT_TRUE(isSaid(""));
  child<QCheckBox>("prepareCentre").setChecked(true);
  EXPECT_TRUE(isSaid("centred"));
  setUnit(true);
  setRemoved(2);
  EXPECT_TRUE(isSaid("2 removed · unit"));
}

TEST_F(PreparationPageTest, ComponentsAreThoseOfThePreparedRows) {
  openAndShow(tests::randomTable(kRows, 6));
  const std::string plain = caption();
  const QString plainShare = child<QComboBox>("componentX").itemText(0);
  setRemoved(2);
  setUnit(true);
  ASSERT_TRUE(waitForPoints());
  EXPECT_THAT(caption(), StartsWith("150 rows · centred · first 2 components removed · unit rows · "
                                    "PCA, centred · axes 1, 2 · "));
  EXPECT_NE(child<QComboBox>("componentX").itemText(0), plainShare);
  const auto expected =
      projection::fitPreparedPca(m_table->values(), {.removedComponents = 2, .unitRows = true},
                                 kComponents)
          ->project(m_table->values());
  EXPECT_EQ(points(), expected->leftCols(2)) << "the engine's own numbers";

  setUnit(false);
  setRemoved(0);
  ASSERT_TRUE(waitForPoints());
  EXPECT_EQ(caption(), plain);
  EXPECT_EQ(child<QComboBox>("componentX").itemText(0), plainShare);
}

TEST_F(PreparationPageTest, GoesBackAndForthAtOnce) {
  openAndShow(tests::randomTable(kRows, 6));
  setUnit(true);
  ASSERT_TRUE(waitForPoints());
  for (const bool on : {false, true, false}) {
    setUnit(on);
    EXPECT_EQ(m_page->plot().pointCount(), kRows) << "nothing has to be found again";
  }
  child<QCheckBox>("prepareCentre").setChecked(true);
  EXPECT_EQ(m_page->plot().pointCount(), kRows) << "components are centred anyway";
  EXPECT_THAT(caption(), StartsWith("150 rows · PCA, centred"));
}

TEST_F(PreparationPageTest, RemovingComponentsCentres) {
  openAndShow(tests::randomTable(kRows, 6));
  auto& centre = child<QCheckBox>("prepareCentre");
  EXPECT_EQ(child<QSpinBox>("prepareRemoved").text(), "none");
  EXPECT_EQ(child<QSpinBox>("prepareRemoved").maximum(), 5);
  setRemoved(1);
  EXPECT_TRUE(centre.isChecked());
  EXPECT_FALSE(centre.isEnabled());
  setRemoved(0);
  EXPECT_FALSE(centre.isChecked());
  EXPECT_TRUE(centre.isEnabled());
}

TEST_F(PreparationPageTest, SumsArePreparedAsRowsAre) {
  openAndShow(tests::randomTable(kRows, 6));
  setRemoved(1);
  setUnit(true);
  ASSERT_TRUE(waitForPoints());
  auto& field = child<QLineEdit>("calculatorField");
  field.setText(QStringLiteral("\"word 7\""));
  QTest::keyClick(&field, Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_page->plot().extraMark().has_value(); }, kWaitMs));
  const QPointF place = m_page->plot().extraMark()->place;
  const base::RowMatrix all = points();
  EXPECT_NEAR(place.x(), static_cast<double>(all(7, 0)), 1e-6);
  EXPECT_NEAR(place.y(), static_cast<double>(all(7, 1)), 1e-6);
}

TEST_F(PreparationPageTest, ALayoutBelongsToThePreparationItBeganWith) {
  openAndShow(tests::randomTable(kRows, 6));
  chooseKind(Axes::Kind::Umap);
  startUmap();
  ASSERT_TRUE(waitForUmap("Start over"));
  const base::RowMatrix plain = points();
  setUnit(true);
  EXPECT_EQ(m_page->plot().pointCount(), 0) << "that picture was one of other rows";
  EXPECT_EQ(child<QPushButton>("umapStart").text(), "Start");
  setUnit(false);
  EXPECT_EQ(m_page->plot().pointCount(), kRows);
  EXPECT_THAT(caption(), StartsWith("150 rows · UMAP · "));

  setRemoved(1);
  setUnit(true);
  startUmap();
  ASSERT_TRUE(waitForUmap("Start over"));
  EXPECT_THAT(caption(), StartsWith("150 rows · centred · first component removed · unit rows · "
                                    "UMAP · cosine, 15 neighbors"));
  const base::RowMatrix laidOut = points();
  const Preparation preparation{.removedComponents = 1, .unitRows = true};
  const auto rows = projection::PreparedRows::of(m_table->values(), preparation);
  auto expected = projection::Layout::begin(rows->values(), projection::UmapOptions());
  ASSERT_TRUE(expected->advance(expected->steps()));
  EXPECT_EQ(laidOut, expected->points()) << "the engine's own numbers";
  const auto measured = projection::faithfulness(m_table->values(), laidOut, {});
  EXPECT_THAT(child<QLabel>("umapWords").text().toStdString(),
              testing::AllOf(HasSubstr(faithfulnessText(*measured).toStdString()),
                             HasSubstr("Measured against the rows before they are prepared")));
}

TEST_F(PreparationPageTest, ALayoutThatFailsCanBeStartedAgain) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  openAndShow(
      tests::makeTable({"a", "b", "c", "d"}, {{1, 2, 0}, {3, kNaN, 0}, {5, 6, 1}, {7, 9, 2}}));
  setUnit(true);
  chooseKind(Axes::Kind::Umap);
  startUmap();
  auto& message = child<controls::MessageBar>("messageBar");
  EXPECT_TRUE(QTest::qWaitFor([&] { return !message.text().isEmpty(); }, kWaitMs));
  EXPECT_TRUE(waitForUmap("Start"));
}

TEST_F(PreparationPageTest, ComponentsOnTheirWayCanBeStopped) {
  constexpr int kLargeRows = 20'000;
  openAndShow(tests::randomTable(kLargeRows, 96));
  setUnit(true);
  EXPECT_EQ(m_page->plot().pointCount(), 0) << "the picture before was one of other rows";
  QTest::mouseClick(&child<QPushButton>("cancelProjection"), Qt::LeftButton);
  auto& message = child<controls::MessageBar>("messageBar");
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return message.text().contains(QLatin1String("stopped")); }, kWaitMs));
  setUnit(false);
  EXPECT_EQ(m_page->plot().pointCount(), kLargeRows);
  EXPECT_TRUE(m_runner.jobs().empty());
  setUnit(true);
  setUnit(false);
  EXPECT_EQ(m_page->plot().pointCount(), kLargeRows);
  EXPECT_FALSE(child<QPushButton>("cancelProjection").isVisible()) << "not wanted any more";
}

TEST_F(PreparationPageTest, IsRememberedForEveryTable) {
  openAndShow(tests::randomTable(kRows, 6));
  const document::TableId first = m_document.currentTable();
  setUnit(true);
  ASSERT_TRUE(waitForPoints());
  openAndShow(tests::randomTable(40, 5));
  EXPECT_FALSE(child<QCheckBox>("prepareUnit").isChecked());
  EXPECT_THAT(caption(), StartsWith("40 rows · PCA"));
  m_document.setCurrentTable(first);
  EXPECT_TRUE(child<QCheckBox>("prepareUnit").isChecked());
  EXPECT_THAT(caption(), StartsWith("150 rows · unit rows · PCA"));
}

TEST_F(PreparationPageTest, SavedViewsBringItBack) {
  openAndShow(tests::randomTable(kRows, 6));
  setRemoved(3);
  ASSERT_TRUE(waitForPoints());
  QTest::mouseClick(&child<QPushButton>("saveView"), Qt::LeftButton);
  setRemoved(0);
  ASSERT_TRUE(waitForPoints());
  EXPECT_THAT(caption(), Not(HasSubstr("removed")));
  auto& list = child<QListWidget>("savedViews");
  emit list.itemActivated(list.item(0));
  ASSERT_TRUE(waitForPoints());
  EXPECT_EQ(child<QSpinBox>("prepareRemoved").value(), 3);
  EXPECT_THAT(caption(), StartsWith("150 rows · centred · first 3 components removed · PCA"));
}

TEST_F(PreparationPageTest, TheVarianceIsThatOfThePreparedRows) {
  // Variances 8 and 2 along the first two dimensions; without the first component one is left.
  openAndShow(tests::makeTable({"e", "w", "n", "s", "o"},
                               {{4, 0, 5}, {-4, 0, 5}, {0, 2, 5}, {0, -2, 5}, {0, 0, 5}}));
  child<QToolButton>("toggleBeside").click();
  child<QTabBar>("besideTabs").setCurrentIndex(4);
  auto& scree = child<plots::ScreePlot>("screePlot");
  const auto waitFor = [&](const char* words) {
    return QTest::qWaitFor(
        [&] { return scree.componentCount() > 0 && scree.readout(0) == QLatin1String(words); },
        kWaitMs);
  };
  EXPECT_TRUE(waitFor("PC 1: 80.0 % of the variance"));
  setRemoved(1);
  EXPECT_TRUE(waitFor("PC 1: 100.0 % of the variance"));
  setRemoved(0);
  EXPECT_TRUE(waitFor("PC 1: 80.0 % of the variance"));
}

}  // namespace
}  // namespace embedscope::explore
