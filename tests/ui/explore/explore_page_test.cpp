// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/explore_page.h"

#include "tests/support/event_wait.h"
#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/message_bar.h"
#include "ui/explore/points_panel.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/plots/point_cloud.h"
#include "ui/plots/scree_plot.h"

#include <gmock/gmock.h>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <limits>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using inspector::NeighborFinder;
using testing::HasSubstr;

/// Large enough for work on it to be under way when the call that began it returns.
constexpr std::int64_t kLargeRows = 20'000;
constexpr std::int64_t kLargeDimension = 96;

class ExplorePageTest : public testing::Test {
 protected:
  ExplorePageTest() {
    m_page->resize(1016, 700);
    m_page->show();
    m_inspector.resize(256, 700);
    m_inspector.show();
  }

  document::TableId open(const table::TablePtr& table) {
    return m_document.addTable(table, TableEntry::Origin::File, {});
  }

  /// Opens a table and waits until its points are drawn.
  void openAndShow(const table::TablePtr& table) {
    open(table);
    ASSERT_TRUE(waitForPoints(table->rowCount()));
  }

  bool waitForPoints(std::int64_t count) {
    return QTest::qWaitFor([&] { return m_page->plot().pointCount() == count; }, 10'000);
  }

  bool waitForMessage() {
    return QTest::qWaitFor([&] { return !message().text().isEmpty(); }, 10'000);
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  controls::MessageBar& message() { return child<controls::MessageBar>("messageBar"); }

  std::string caption() { return child<controls::ElidedLabel>("caption").fullText().toStdString(); }

  void type(const char* text) {
    auto& field = child<QLineEdit>("searchField");
    field.clear();
    QTest::keyClicks(&field, QLatin1String(text));
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  NeighborFinder m_finder{m_document, m_runner};
  std::unique_ptr<ExplorePage> m_page{
      std::make_unique<ExplorePage>(m_document, m_runner, m_finder)};
  inspector::InspectorPanel m_inspector{m_document, m_finder};
};

TEST_F(ExplorePageTest, OffersSamplesWhileNoTableIsOpen) {
  QStringList keys;
  bool asked = false;
  QObject::connect(m_page.get(), &ExplorePage::sampleRequested, m_page.get(),
                   [&](const QString& key) { keys += key; });
  QObject::connect(m_page.get(), &ExplorePage::openVectorsRequested, m_page.get(),
                   [&] { asked = true; });
  auto& empty = child<QWidget>("exploreEmpty");
  ASSERT_TRUE(empty.isVisible());
  for (QPushButton* button : empty.findChildren<QPushButton*>()) {
    QTest::mouseClick(button, Qt::LeftButton);
  }

  EXPECT_TRUE(asked);
  EXPECT_EQ(keys, QStringList({"colors", "million"}));
}

TEST_F(ExplorePageTest, ShowsEveryRowOfAnOpenedTable) {
  openAndShow(tests::randomTable(500, 8));

  EXPECT_FALSE(child<QWidget>("exploreEmpty").isVisible());
  EXPECT_THAT(caption(), HasSubstr("500 rows · PCA, centred · axes 1, 2 · "));
  EXPECT_THAT(child<QComboBox>("componentX").itemText(0).toStdString(), HasSubstr("PC 1 ("));
  EXPECT_EQ(child<QComboBox>("componentX").count(), 8);
}

TEST_F(ExplorePageTest, ShowsTwoDimensionsAsTheyAre) {
  openAndShow(tests::makeTable({"no", "yes"}, {{3, 4}, {5, 6}}));

  EXPECT_EQ(caption(), "2 rows · raw dimensions 0, 1");
  const QPointF a = *m_page->plot().positionOf(0);
  const QPointF b = *m_page->plot().positionOf(1);
  EXPECT_LT(a.x(), b.x());
  EXPECT_GT(a.y(), b.y());
}

TEST_F(ExplorePageTest, FindsARowItsNeighborsAndGoesToOne) {
  const table::TablePtr table = tests::randomTable(kLargeRows, 16);
  openAndShow(table);
  type("word 1234");
  auto& results = child<QListView>("searchResults");
  ASSERT_EQ(results.model()->rowCount(), 11);  // 1234 itself, 12340–12349
  EXPECT_EQ(child<QLabel>("searchCount").text(), "11 found");
  QTest::keyClick(&child<QLineEdit>("searchField"), Qt::Key_Return);

  ASSERT_EQ(m_document.currentRow(), 1234);
  EXPECT_EQ(m_page->plot().selected(), 1234);
  EXPECT_TRUE(QRectF(m_page->plot().rect()).contains(*m_page->plot().positionOf(1234)));
  ASSERT_TRUE(tests::waitUntil(m_finder, &NeighborFinder::stateChanged, [this] {
    return m_finder.state() == NeighborFinder::State::Found;
  }));
  const auto expected =
      neighbors::ExactIndex(table, neighbors::Metric::Cosine).nearestOfRow(1234, 10);
  EXPECT_EQ(m_finder.neighbors(), expected);

  auto& list = *m_inspector.findChild<QTreeView*>(QStringLiteral("neighborList"));
  QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                    list.visualRect(list.model()->index(3, 0)).center());
  EXPECT_EQ(m_document.currentRow(), expected[3].row);
  EXPECT_EQ(m_page->plot().selected(), expected[3].row);
}

TEST_F(ExplorePageTest, SearchesLargeVocabulariesInTheBackground) {
  openAndShow(tests::randomTable(50'000, 3));
  type("WORD 4999");
  QTest::keyClick(&child<QLineEdit>("searchField"), Qt::Key_Return);  // before the answer is there

  ASSERT_TRUE(QTest::qWaitFor([this] { return m_document.currentRow().has_value(); }));
  EXPECT_EQ(m_document.currentRow(), 4999);
  EXPECT_EQ(child<QLabel>("searchCount").text(), "11 found");
}

TEST_F(ExplorePageTest, SaysHowManyOfTheHitsAreListed) {
  openAndShow(tests::randomTable(1'000, 3));
  type("word");

  EXPECT_EQ(child<QLabel>("searchCount").text(), "1,000 found, the first 100 are listed");
  EXPECT_EQ(child<QListView>("searchResults").model()->rowCount(), 100);
  type("nowhere");
  EXPECT_EQ(child<QLabel>("searchCount").text(), "No label contains this");
}

/// Gives words that begin with "o" the vector of the table's row "one".
class SubwordsOfOne final : public table::SubwordModel {
 public:
  Eigen::Index dimension() const override { return 2; }

  std::optional<std::vector<float>> composeVector(std::string_view word) const override {
    return word.starts_with('o') ? std::optional(std::vector<float>{1, 0}) : std::nullopt;
  }
};

TEST_F(ExplorePageTest, ListsWhatIsNearestToAWordOfSubwords) {
  const table::TablePtr rows = tests::makeTable({"three", "one", "ones"}, {{0, 1}, {1, 0}, {2, 1}});
  openAndShow(std::make_shared<const table::EmbeddingTable>(
      "words", rows->vocabulary(), base::RowMatrix(rows->values()), table::Metadata(),
      std::make_shared<const SubwordsOfOne>()));
  auto& results = child<QListView>("searchResults");
  const auto firstHit = [&] { return results.model()->index(0, 0).data().toString(); };
  const auto waitForCount = [&](const char* text) {
    return QTest::qWaitFor([&] { return child<QLabel>("searchCount").text().startsWith(text); });
  };

  type("oneself");
  EXPECT_TRUE(waitForCount("Not in the table."));
  EXPECT_EQ(firstHit(), "one");
  EXPECT_EQ(results.model()->rowCount(), 3);
  QTest::keyClick(&child<QLineEdit>("searchField"), Qt::Key_Return);
  EXPECT_EQ(m_document.currentRow(), 1);

  type("nothing");
  EXPECT_TRUE(waitForCount("No label contains this, and no subword"));

  auto& compose = child<QPushButton>("composeButton");
  type("one");
  EXPECT_EQ(child<QLabel>("searchCount").text(), "2 found");
  EXPECT_FALSE(compose.isVisible()) << "it has a row of its own";
  type("on");
  EXPECT_TRUE(compose.isVisible());
  compose.click();
  EXPECT_TRUE(waitForCount("Not in the table."));
  EXPECT_EQ(results.model()->rowCount(), 3);
}

TEST_F(ExplorePageTest, ReachesTheSearchByKey) {
  openAndShow(tests::randomTable(50, 3));
  QApplication::setActiveWindow(m_page.get());
  m_page->plot().setFocus();
  QTest::keyClick(&m_page->plot(), Qt::Key_F, Qt::ControlModifier);

  auto& field = child<QLineEdit>("searchField");
  EXPECT_TRUE(field.hasFocus());
  QTest::keyClicks(&field, QStringLiteral("word"));
  QTest::keyClick(&field, Qt::Key_Escape);
  EXPECT_EQ(field.text(), QString());
  QTest::keyClick(&field, Qt::Key_Escape);
  EXPECT_TRUE(m_page->plot().hasFocus());
}

TEST_F(ExplorePageTest, ChoosesAClickedPointAndForgetsItOnEscape) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{0, 0}, {10, 0}, {0, 10}}));
  const QRectF before = m_page->plot().view();
  QTest::mouseClick(&m_page->plot(), Qt::LeftButton, {}, m_page->plot().positionOf(1)->toPoint());

  EXPECT_EQ(m_document.currentRow(), 1);
  EXPECT_EQ(m_page->plot().view(), before);  // a click does not move the picture
  QTest::keyClick(&m_page->plot(), Qt::Key_Escape);
  EXPECT_FALSE(m_document.currentRow());
  EXPECT_FALSE(m_page->plot().selected());
}

TEST_F(ExplorePageTest, OpensTheViewsBesideThePictureByKey) {
  openAndShow(tests::randomTable(300, 6));
  auto& views = child<QWidget>("besideViews");
  EXPECT_FALSE(views.isVisible());
  QApplication::setActiveWindow(m_page.get());
  m_page->plot().setFocus();
  QTest::keyClick(&m_page->plot(), Qt::Key_T);
  EXPECT_TRUE(views.isVisible());
  EXPECT_TRUE(child<QToolButton>("toggleBeside").isChecked());
  EXPECT_GT(m_page->plot().height(), views.height()) << "the cloud stays the largest thing";

  auto& list = child<QTableView>("rowsTable");
  ASSERT_TRUE(QTest::qWaitFor([&] { return list.model()->rowCount() == 300; }));
  QTest::keyClick(&list, Qt::Key_End);
  EXPECT_EQ(m_page->plot().selected(), 299);

  child<QTabBar>("besideTabs").setCurrentIndex(4);
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return child<plots::ScreePlot>("screePlot").componentCount() == 6; }));
  QTest::keyClick(&child<plots::ScreePlot>("screePlot"), Qt::Key_T);
  EXPECT_FALSE(views.isVisible());
  EXPECT_TRUE(m_page->plot().hasFocus());
}

TEST_F(ExplorePageTest, FindsTheVarianceWithoutTouchingThePicture) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{0, 0}, {2, 0}, {1, 1}}));
  child<QToolButton>("toggleBeside").click();
  child<QTabBar>("besideTabs").setCurrentIndex(4);
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return child<plots::ScreePlot>("screePlot").componentCount() == 2; }));
  EXPECT_EQ(child<plots::ScreePlot>("screePlot").readout(0), "PC 1: 75.0 % of the variance");
  EXPECT_EQ(caption(), "3 rows · raw dimensions 0, 1");
}

TEST_F(ExplorePageTest, ShowsTheVarianceOfFiftyComponents) {
  openAndShow(tests::randomTable(200, 64));
  child<QToolButton>("toggleBeside").click();
  child<QTabBar>("besideTabs").setCurrentIndex(4);
  auto& scree = child<plots::ScreePlot>("screePlot");
  ASSERT_TRUE(QTest::qWaitFor([&] { return scree.componentCount() == 50; }));
  EXPECT_THAT(child<controls::ElidedLabel>("varianceWords").fullText().toStdString(),
              HasSubstr("the first 50 of 64 components hold "));
  EXPECT_EQ(child<QComboBox>("componentX").count(), kComponents);
  openAndShow(tests::randomTable(200, 24));
  ASSERT_TRUE(QTest::qWaitFor([&] { return scree.componentCount() == 24; }));
  EXPECT_THAT(scree.readout(23).toStdString(), HasSubstr("100.0 % with those before"));
}

TEST_F(ExplorePageTest, ShowsRawDimensionsOnRequest) {
  openAndShow(tests::randomTable(100, 6));
  auto& kind = child<QComboBox>("axesKind");
  kind.setFocus();
  QTest::keyClick(&kind, Qt::Key_Down);
  child<QSpinBox>("dimensionY").setValue(5);

  EXPECT_EQ(caption(), "100 rows · raw dimensions 0, 5");
}

TEST_F(ExplorePageTest, RemembersHowATableWasLookedAt) {
  const document::TableId first = open(tests::randomTable(100, 6, "first"));
  ASSERT_TRUE(waitForPoints(100));
  QTest::keyClick(&child<QComboBox>("axesKind"), Qt::Key_Down);
  openAndShow(tests::randomTable(200, 6, "second"));
  EXPECT_THAT(caption(), HasSubstr("200 rows · PCA"));

  m_document.setCurrentTable(first);
  EXPECT_EQ(caption(), "100 rows · raw dimensions 0, 1");
}

TEST_F(ExplorePageTest, SaysInPlaceThatTheProjectionWasStoppedAndTriesAgain) {
  open(tests::randomTable(kLargeRows, kLargeDimension));
  m_runner.cancelAll();

  ASSERT_TRUE(waitForMessage());
  EXPECT_THAT(message().text().toStdString(), HasSubstr("stopped"));
  EXPECT_EQ(m_page->plot().pointCount(), 0);
  QTest::mouseClick(&child<QPushButton>("messageAction"), Qt::LeftButton);
  EXPECT_TRUE(waitForPoints(kLargeRows));
  EXPECT_EQ(message().text(), QString());
}

TEST_F(ExplorePageTest, ForgetsATableThatIsClosedWhileItIsProjected) {
  open(tests::randomTable(50, 3, "small"));
  const document::TableId large = open(tests::randomTable(kLargeRows, kLargeDimension, "large"));
  m_document.closeTable(large);

  ASSERT_TRUE(waitForPoints(50));
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_runner.jobs().empty(); }));
  EXPECT_EQ(m_page->plot().pointCount(), 50);
  EXPECT_THAT(caption(), HasSubstr("50 rows"));
  EXPECT_EQ(message().text(), QString());
}

TEST_F(ExplorePageTest, ClosesTheTableByItsButton) {
  openAndShow(tests::randomTable(50, 3));
  QTest::mouseClick(&child<QToolButton>("closeTable"), Qt::LeftButton);

  EXPECT_TRUE(m_document.tables().empty());
  EXPECT_TRUE(child<QWidget>("exploreEmpty").isVisible());
  EXPECT_EQ(m_page->plot().pointCount(), 0);
}

TEST_F(ExplorePageTest, CanBeDestroyedDuringTheProjection) {
  open(tests::randomTable(kLargeRows, kLargeDimension));
  m_page.reset();

  EXPECT_TRUE(QTest::qWaitFor([this] { return m_runner.jobs().empty(); }));
}

TEST_F(ExplorePageTest, LeavesRowsWithoutAPlaceOutAndSaysSo) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  openAndShow(
      tests::makeTable({"a", "b", "c", "d"}, {{1, 0, 0}, {kNaN, 0, 0}, {0, 2, 0}, {0, 0, 3}}));

  EXPECT_THAT(caption(), HasSubstr("1 with NaN or infinity not drawn"));
  EXPECT_FALSE(m_page->plot().positionOf(1));
  type("b");
  QTest::keyClick(&child<QLineEdit>("searchField"), Qt::Key_Return);
  EXPECT_EQ(m_document.currentRow(), 1);  // it can still be inspected
  EXPECT_EQ(m_finder.state(), NeighborFinder::State::Failed);
}

TEST_F(ExplorePageTest, TakesTablesOfOneRowAndOfOneDimension) {
  openAndShow(tests::makeTable({"alone"}, {{1, 2, 3}}, {}, "row"));
  openAndShow(tests::makeTable({"a", "b"}, {{1}, {2}}, {}, "dimension"));

  EXPECT_EQ(caption(), "2 rows · raw dimensions 0");
  EXPECT_FALSE(child<QSpinBox>("dimensionY").isEnabled());
}

TEST_F(ExplorePageTest, ColorsByAMetadataColumn) {
  table::Metadata metadata;
  metadata.addColumn({"kind", {"x", "y", "x"}});
  openAndShow(tests::makeTable({"a", "b", "c"}, {{0, 0}, {1, 0}, {0, 1}}, metadata));
  auto& column = child<QComboBox>("colorColumn");
  auto& legend = child<QWidget>("colorLegend");
  EXPECT_FALSE(legend.isVisible());
  QTest::keyClick(&column, Qt::Key_Down);
  EXPECT_TRUE(QTest::qWaitFor([&] { return legend.isVisible(); }));
  EXPECT_EQ(legend.accessibleName(), "Colors: a scale from 0 to 1") << "lengths";
  QTest::keyClick(&column, Qt::Key_End);
  EXPECT_TRUE(QTest::qWaitFor([&] { return legend.accessibleName() == "Colors: x, y"; }));
  QTest::keyClick(&column, Qt::Key_Home);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !legend.isVisible(); }));
}

class CalculatorTest : public ExplorePageTest {
 protected:
  void SetUp() override {
    m_table = tests::makeTable({"king", "queen", "man", "woman", "New York"},
                               {{5, 1}, {5, 2}, {1, 1}, {1, 2}, {-3, 0}});
    openAndShow(m_table);
  }

  void calculate(const char* expression) {
    auto& field = child<QLineEdit>("calculatorField");
    field.setText(QString::fromUtf8(expression));
    QTest::keyClick(&field, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return child<QLabel>("calculatorWords").text() != QStringLiteral("Calculating…"); },
        10'000));
  }

  QString result(int line) {
    return child<QTreeView>("calculatorResults").model()->index(line, 0).data().toString();
  }

  table::TablePtr m_table;
};

TEST_F(CalculatorTest, ListsAndMarksWhatAnExpressionComesTo) {
  calculate("king - man + woman");
  EXPECT_EQ(result(0), QStringLiteral("queen"));
  EXPECT_EQ(child<QTreeView>("calculatorResults").model()->rowCount(), 2) << "without the inputs";
  ASSERT_TRUE(m_page->plot().extraMark());
  EXPECT_EQ(m_page->plot().extraMark()->text, QStringLiteral("king - man + woman"));
  EXPECT_EQ(m_page->plot().extraMark()->place, QPointF(5, 2)) << "where queen is";
  child<QCheckBox>("calculatorExclude").setChecked(false);
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return child<QTreeView>("calculatorResults").model()->rowCount() == 5; }, 10'000));
}

TEST_F(CalculatorTest, GoesToARowOfTheResult) {
  calculate("king - man + woman");
  auto& list = child<QTreeView>("calculatorResults");
  emit list.activated(list.model()->index(0, 0));
  EXPECT_EQ(m_document.currentRow(), 1);
}

TEST_F(CalculatorTest, SaysWhereAnExpressionIsWrong) {
  calculate("king - - man");
  EXPECT_THAT(child<QLabel>("calculatorWords").text().toStdString(), HasSubstr("character 8"));
  EXPECT_FALSE(child<QTreeView>("calculatorResults").isVisible());
  calculate("king + nobody");
  EXPECT_THAT(child<QLabel>("calculatorWords").text().toStdString(), HasSubstr("nobody"));
  EXPECT_FALSE(m_page->plot().extraMark());
}

TEST_F(CalculatorTest, MultipliesSimilaritiesWithoutAPlace) {
  child<QComboBox>("calculatorMethod").setCurrentIndex(1);
  EXPECT_FALSE(child<QCheckBox>("calculatorUnit").isEnabled());
  calculate("king - man + woman");
  EXPECT_EQ(result(0), QStringLiteral("queen"));
  EXPECT_FALSE(m_page->plot().extraMark());
}

TEST_F(CalculatorTest, CopiesTheListAndForgetsItWithTheTable) {
  calculate("\"New York\"");
  EXPECT_EQ(child<QTreeView>("calculatorResults").model()->rowCount(), 4);
  QTest::mouseClick(&child<QPushButton>("copyCalculation"), Qt::LeftButton);
  EXPECT_EQ(QApplication::clipboard()->text().count(QLatin1Char('\n')), 4);
  open(tests::makeTable({"a", "b"}, {{0, 0}, {1, 0}}));
  EXPECT_FALSE(child<QTreeView>("calculatorResults").isVisible());
  EXPECT_FALSE(m_page->plot().extraMark());
}

TEST_F(CalculatorTest, SumsOfZeroLieAtTheOrigin) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{2, 0}, {-1, 0}, {0, 3}}, {}, "zeros"));
  calculate("a + 2*b");
  EXPECT_EQ(child<QTreeView>("calculatorResults").model()->rowCount(), 1);
  ASSERT_TRUE(m_page->plot().extraMark());
  EXPECT_EQ(m_page->plot().extraMark()->place, QPointF(0, 0));
}

TEST_F(CalculatorTest, WrongAxesDoNotHarmAResult) {
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(2);
  emit kind.activated(2);
  child<QLineEdit>("xFrom").setText(QStringLiteral("man"));
  child<QLineEdit>("xTo").setText(QStringLiteral("king"));
  emit child<QLineEdit>("xTo").editingFinished();
  ASSERT_TRUE(waitForPoints(5));
  child<QLineEdit>("xTo").setText(QStringLiteral("nobody"));
  emit child<QLineEdit>("xTo").editingFinished();
  calculate("king - man + woman");  // while the points of the wrong axes are on their way
  EXPECT_TRUE(waitForMessage());
  EXPECT_FALSE(m_page->plot().extraMark());
}

TEST_F(CalculatorTest, AxesBetweenLabelsPlaceRowsAndSums) {
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(2);
  emit kind.activated(2);
  EXPECT_EQ(m_page->plot().pointCount(), 0) << "no labels are typed yet";
  const auto type = [&](const char* field, const char* text) {
    child<QLineEdit>(field).setText(QLatin1String(text));
    emit child<QLineEdit>(field).editingFinished();
  };
  type("xFrom", "man");
  type("xTo", "nobody");
  EXPECT_TRUE(waitForMessage());
  EXPECT_THAT(message().text().toStdString(), HasSubstr("nobody"));
  type("xTo", "king");
  type("yFrom", "man");
  type("yTo", "woman");
  ASSERT_TRUE(waitForPoints(5));
  EXPECT_THAT(caption(), HasSubstr("axes between labels: man → king; man → woman"));
  calculate("king - man + woman");
  ASSERT_TRUE(m_page->plot().extraMark());
  EXPECT_EQ(m_page->plot().extraMark()->place, QPointF(1, 1));
}

TEST_F(ExplorePageTest, CoordinatesAreKeptAsATable) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}});
  EXPECT_FALSE(child<QToolButton>("keepCoordinates").isEnabled());
  openAndShow(table);
  QTest::mouseClick(&child<QToolButton>("keepCoordinates"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() == 2; }, 10'000));
  const document::TableEntry& kept = m_document.tables().back();
  EXPECT_EQ(kept.origin, document::TableEntry::Origin::Projected);
  EXPECT_EQ(kept.table->name(), "tiny coordinates");
  EXPECT_EQ(base::RowMatrix(kept.table->values()), base::RowMatrix(table->values()));
  EXPECT_EQ(kept.table->vocabulary().label(1), "b");
  EXPECT_THAT(kept.source.toStdString(), HasSubstr("raw dimensions 0, 1"));
}

TEST_F(ExplorePageTest, ShowsRowsInSpaceOnRequestAndRemembersIt) {
  const document::TableId first = open(tests::randomTable(100, 6, "first"));
  ASSERT_TRUE(waitForPoints(100));
  EXPECT_FALSE(child<QComboBox>("componentZ").isVisible());
  EXPECT_FALSE(child<QToolButton>("perspective").isVisible());
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  EXPECT_TRUE(m_page->plot().isSpace());
  EXPECT_THAT(caption(), HasSubstr("PCA, centred · axes 1, 2, 3 ·"));
  EXPECT_TRUE(child<QComboBox>("componentZ").isVisible());
  EXPECT_TRUE(child<QToolButton>("perspective").isVisible());

  auto& z = child<QComboBox>("componentZ");
  z.setCurrentIndex(4);
  emit z.activated(4);
  EXPECT_THAT(caption(), HasSubstr("axes 1, 2, 5"));

  openAndShow(tests::randomTable(200, 6, "second"));
  EXPECT_FALSE(m_page->plot().isSpace());
  m_document.setCurrentTable(first);
  EXPECT_TRUE(m_page->plot().isSpace());
  EXPECT_THAT(caption(), HasSubstr("axes 1, 2, 5"));
  QTest::mouseClick(&child<QToolButton>("dims2"), Qt::LeftButton);
  EXPECT_FALSE(m_page->plot().isSpace());
  EXPECT_FALSE(z.isVisible());
}

TEST_F(ExplorePageTest, TablesWithoutAThirdDimensionStayInThePlane) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}}));
  EXPECT_FALSE(child<QToolButton>("dims3").isEnabled());
}

TEST_F(ExplorePageTest, ButtonsAndKeysLookAtSpaceFromElsewhere) {
  openAndShow(tests::randomTable(100, 6));
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  plots::PointCloudPlot& plot = m_page->plot();
  QTest::mouseClick(&child<QToolButton>("along_z"), Qt::LeftButton);
  EXPECT_TRUE(plot.camera().rotation().isIdentity(1e-9));
  QTest::mouseClick(&child<QToolButton>("perspective"), Qt::LeftButton);
  EXPECT_TRUE(plot.camera().perspective());
  QTest::keyClick(&plot, Qt::Key_P);
  EXPECT_FALSE(child<QToolButton>("perspective").isChecked());
  QTest::mouseClick(&child<QToolButton>("turnSlowly"), Qt::LeftButton);
  EXPECT_TRUE(plot.isTurning());
  QTest::keyClick(&plot, Qt::Key_O);
  EXPECT_FALSE(child<QToolButton>("turnSlowly").isChecked());
}

TEST_F(ExplorePageTest, SpaceIsKeptAndMeasuredWithThreeCoordinates) {
  const auto table = tests::randomTable(150, 3);
  openAndShow(table);
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(1);
  emit kind.activated(1);
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  QTest::mouseClick(&child<QToolButton>("measureFaithfulness"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return caption().find("trustworthiness") != std::string::npos; }, 10'000));
  QTest::mouseClick(&child<QToolButton>("keepCoordinates"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() == 2; }, 10'000));
  EXPECT_EQ(base::RowMatrix(m_document.tables().back().table->values()),
            base::RowMatrix(table->values()));
}

TEST_F(CalculatorTest, SumsHaveAPlaceInSpace) {
  openAndShow(tests::makeTable({"man", "woman", "king", "queen"},
                               {{0, 0, 1}, {0, 2, 1}, {5, 0, 1}, {5, 2, 9}}));
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(1);
  emit kind.activated(1);
  calculate("king - man + woman");
  ASSERT_TRUE(m_page->plot().extraMark());
  EXPECT_TRUE(m_page->plot().isSpace());
  EXPECT_TRUE(m_page->plot().isExtraMarkInView());
  EXPECT_EQ(m_page->plot().extraMark()->place, QPointF(5, 2));
  EXPECT_EQ(m_page->plot().extraMark()->z, 1);
}

TEST_F(ExplorePageTest, TellsOfNeighborsThatThePicturePutFarAway) {
  // The third dimension, which the picture does not show, says who is whose neighbor: one far row
  // for each ten that lie nearby without being neighbors.
  constexpr int kFar = 10;
  constexpr int kNearby = 200;
  std::vector<std::string> labels{"chosen"};
  std::vector<std::vector<float>> rows{{0, 0, 100}};
  for (int i = 0; i < kFar + kNearby; ++i) {
    labels.push_back("row" + std::to_string(i));
    const auto step = static_cast<float>(i);
    rows.push_back(i < kFar ? std::vector<float>{50 + step, 50, 1000}
                            : std::vector<float>{0.01F * step, 1, -100});
  }
  openAndShow(tests::makeTable(labels, rows));
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(1);
  emit kind.activated(1);
  ASSERT_TRUE(waitForPoints(1 + kFar + kNearby));
  m_document.setCurrentRow(0);
  EXPECT_TRUE(QTest::qWaitFor(
      [&] {
        return caption().find("10 of 10 neighbors lie beyond the 100 nearest points") !=
               std::string::npos;
      },
      10'000));
  m_document.setCurrentRow(std::nullopt);
  EXPECT_TRUE(
      QTest::qWaitFor([&] { return caption().find("beyond") == std::string::npos; }, 10'000));
}

TEST_F(ExplorePageTest, SavedViewsBringBackHowATableWasLookedAt) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{1, 2, 9}, {3, 4, 8}, {5, 6, 1}}));
  auto& kind = child<QComboBox>("axesKind");
  kind.setCurrentIndex(1);
  emit kind.activated(1);
  ASSERT_TRUE(waitForPoints(3));
  m_document.setSelection({3, std::vector<std::int64_t>{0, 2}});
  m_document.setCurrentRow(1);
  m_page->plot().setView(QRectF(0, 0, 2, 1));
  const QRectF plane = m_page->plot().view();
  QTest::mouseClick(&child<QPushButton>("saveView"), Qt::LeftButton);
  auto& list = child<QListWidget>("savedViews");
  ASSERT_EQ(list.count(), 1);
  list.item(0)->setText(QStringLiteral("corner"));

  kind.setCurrentIndex(0);
  emit kind.activated(0);
  ASSERT_TRUE(waitForPoints(3));
  m_document.setSelection(table::RowSet(3));
  m_document.setCurrentRow(std::nullopt);
  emit list.itemActivated(list.item(0));
  EXPECT_EQ(kind.currentIndex(), 1);
  EXPECT_THAT(m_document.selection().rows(), testing::ElementsAre(0, 2));
  EXPECT_EQ(m_document.currentRow(), 1);
  EXPECT_NEAR(m_page->plot().view().center().x(), plane.center().x(), 1e-9);
  EXPECT_NEAR(m_page->plot().view().width(), plane.width(), 1e-9);

  list.setCurrentRow(0);
  QTest::keyClick(&list, Qt::Key_Delete);
  EXPECT_EQ(list.count(), 0);
}

TEST_F(ExplorePageTest, SizesShapesAndLabelsTellOfColumns) {
  table::Metadata metadata;
  metadata.addColumn({"count", {"1", "100", ""}});
  metadata.addColumn({"kind", {"x", "y", "x"}});
  openAndShow(tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}}, std::move(metadata)));
  const auto items = [](const QComboBox& combo) {
    QStringList texts;
    for (int i = 0; i < combo.count(); ++i) {
      texts += combo.itemText(i);
    }
    return texts;
  };
  auto& size = child<QComboBox>("pointSize");
  EXPECT_EQ(items(size), QStringList({"All alike", "Vector length", "count"}));
  EXPECT_EQ(items(child<QComboBox>("pointShape")), QStringList({"By color", "count", "kind"}));
  const QImage before = m_page->plot().grab().toImage();
  size.setCurrentIndex(2);
  emit size.activated(2);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_page->plot().grab().toImage() != before; }, 10'000));
  auto& label = child<QComboBox>("pointLabel");
  label.setCurrentIndex(2);
  emit label.activated(2);
  EXPECT_EQ(child<PointsPanel>("pointsPanel").labelOf(1), "y");
  open(tests::makeTable({"a"}, {{1, 2}}));
  EXPECT_EQ(child<PointsPanel>("pointsPanel").labelOf(0), "a") << "that column is not here";
}

TEST(PointsPanel, AreasGrowWithNumbers) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::vector<float> sizes = sizesFor({0, 10, 5, kNone});
  EXPECT_FLOAT_EQ(sizes[0], 0.6F);
  EXPECT_FLOAT_EQ(sizes[1], 2.2F);
  EXPECT_NEAR(sizes[2] * sizes[2], (0.6 * 0.6 + 2.2 * 2.2) / 2, 1e-6);
  EXPECT_EQ(sizes[3], 1.0F);
  EXPECT_EQ(sizesFor({7, 7}), std::vector<float>({1, 1})) << "nothing to tell apart";
}

TEST(PointsPanel, TheMostFrequentValuesGetShapes) {
  EXPECT_EQ(shapesFor({"kind", {"x", "y", "x", "", "z"}}), std::vector<int>({0, 1, 0, -1, 2}));
  EXPECT_EQ(shapesFor({"many", {"a", "b", "c", "d", "e", "f", "g"}}),
            std::vector<int>({0, 1, 2, 3, 4, 5, 5}));
}

TEST_F(ExplorePageTest, TagsTheSelectionUndoably) {
  openAndShow(tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}}));
  auto& button = child<QPushButton>("tagRows");
  EXPECT_FALSE(button.isEnabled()) << "nothing is selected";
  m_document.setSelection({3, std::vector<std::int64_t>{0, 2}});
  child<QComboBox>("tagColumn").setCurrentText(QStringLiteral("kind"));
  child<QLineEdit>("tagValue").setText(QStringLiteral("good"));
  EXPECT_EQ(button.text(), "Tag 2 selected rows");
  button.click();
  const auto column = [this] {
    return m_document.currentTableEntry()->table->metadata().find("kind");
  };
  ASSERT_TRUE(QTest::qWaitFor([&] { return column() != nullptr; }, 10'000));
  EXPECT_THAT(column()->values, testing::ElementsAre("good", "", "good"));
  EXPECT_EQ(child<QComboBox>("colorColumn").currentText(), "kind") << "the tag shows at once";
  EXPECT_EQ(m_page->plot().pointCount(), 3) << "the picture stays";
  m_document.undoStack().undo();
  EXPECT_EQ(column(), nullptr);
  EXPECT_EQ(child<QComboBox>("colorColumn").currentText(), "None");
}

TEST_F(ExplorePageTest, LinesAreOfferedWhereAColumnNamesTheNextRow) {
  EXPECT_FALSE(child<QComboBox>("lineColumn").isVisible());
  table::Metadata metadata;
  metadata.addColumn({"__seq_next__", {"1", "2", "", "0"}});
  openAndShow(tests::makeTable({"a", "b", "c", "d"}, {{0.3F, 0.2F}, {1.3F, 0.5F}, {1, 1}, {9, 9}},
                               std::move(metadata)));
  auto& column = child<QComboBox>("lineColumn");
  EXPECT_TRUE(column.isVisible());
  EXPECT_EQ(column.currentText(), "Lines by “__seq_next__”");
  const auto middleOfFirstLine = [&] {
    const QPointF place = (*m_page->plot().positionOf(0) + *m_page->plot().positionOf(1)) / 2;
    return m_page->plot().grab().toImage().pixelColor(place.toPoint());
  };
  const QColor ground = m_page->plot().palette().color(QPalette::Base);
  const auto isBare = [&] { return middleOfFirstLine() == ground; };
  EXPECT_TRUE(QTest::qWaitFor([&] { return !isBare(); }, 10'000));
  column.setCurrentIndex(0);
  emit column.activated(0);
  EXPECT_TRUE(QTest::qWaitFor(isBare, 10'000)) << "the line is gone";
}

TEST_F(ExplorePageTest, APanelThatScrollsCutsNoControl) {
  table::Metadata metadata;
  metadata.addColumn({"kind", {"x", "y"}});
  openAndShow(tests::makeTable({"a", "b"}, {{0, 0}, {1, 1}}, metadata));
  m_page->resize(1200, 500);
  auto& panel = child<QScrollArea>("controlsPanel");
  EXPECT_TRUE(QTest::qWaitFor([&] {
    return panel.verticalScrollBar()->isVisible() &&
           panel.viewport()->width() >= panel.widget()->minimumSizeHint().width();
  }));
}

TEST_F(ExplorePageTest, ImagesOfASpriteSheetLieWhereFewPointsAreVisible) {
  const QTemporaryDir folder;
  QImage sheet(40, 20, QImage::Format_RGB32);
  sheet.fill(Qt::magenta);
  const QString path = folder.filePath(QStringLiteral("sprites.png"));
  ASSERT_TRUE(sheet.save(path));
  const auto table = tests::makeTable({"a", "b"}, {{0, 0}, {1, 1}})
                         ->withSprites(std::make_shared<const table::SpriteSheet>(
                             table::SpriteSheet{path.toStdString(), 20, 20, {}}));
  openAndShow(table);
  auto& box = child<QCheckBox>("imagesAsPoints");
  EXPECT_TRUE(box.isVisible());
  EXPECT_TRUE(box.toolTip().contains("From sprites.png"));
  const auto middle = [&] {
    const QPointF place = *m_page->plot().positionOf(0);
    return m_page->plot().grab().toImage().pixelColor(place.toPoint());
  };
  EXPECT_TRUE(QTest::qWaitFor([&] { return middle() == QColor(Qt::magenta); }, 10'000));
  box.setChecked(false);
  EXPECT_TRUE(QTest::qWaitFor([&] { return middle() != QColor(Qt::magenta); }, 10'000));
}

TEST_F(ExplorePageTest, AnyPictureCanBeMeasured) {
  openAndShow(tests::randomTable(200, 2));
  EXPECT_THAT(caption(), testing::Not(HasSubstr("trustworthiness")));
  QTest::mouseClick(&child<QToolButton>("measureFaithfulness"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return caption().find("trustworthiness") != std::string::npos; }, 10'000));
  EXPECT_THAT(caption(), HasSubstr("of 15 neighbors kept (all rows measured)"));
}

/// One of the layouts; its name begins the names of its controls.
class LayoutTest : public ExplorePageTest, public testing::WithParamInterface<const char*> {
 protected:
  void chooseLayout() {
    auto& kind = child<QComboBox>("axesKind");
    const int place = isUmap() ? 3 : 4;
    kind.setCurrentIndex(place);
    emit kind.activated(place);
  }

  static bool isUmap() { return QLatin1String(GetParam()) == QLatin1String("umap"); }

  template <typename Control>
  Control& own(const char* part) {
    return child<Control>((std::string(GetParam()) + part).c_str());
  }

  void press() { QTest::mouseClick(&own<QPushButton>("Start"), Qt::LeftButton); }

  bool waitForButton(const char* text) {
    return QTest::qWaitFor([&] { return own<QPushButton>("Start").text() == QLatin1String(text); },
                           60'000);
  }

  std::string words() { return own<QLabel>("Words").text().toStdString(); }
};

INSTANTIATE_TEST_SUITE_P(Layouts, LayoutTest, testing::Values("umap", "tsne"),
                         [](const auto& layout) { return std::string(layout.param); });

TEST_P(LayoutTest, NothingStartsUntilAsked) {
  openAndShow(tests::randomTable(300, 6));
  chooseLayout();
  EXPECT_EQ(m_page->plot().pointCount(), 0);
  EXPECT_TRUE(m_runner.jobs().empty());
  EXPECT_THAT(words(), HasSubstr("All 300 rows"));
  EXPECT_THAT(words(), HasSubstr("takes about"));
}

TEST_P(LayoutTest, LaysAllRowsOutAndTellsHowFaithfully) {
  openAndShow(tests::randomTable(300, 6));
  chooseLayout();
  press();
  EXPECT_TRUE(waitForPoints(300));
  ASSERT_TRUE(waitForButton("Start over"));
  EXPECT_THAT(words(), HasSubstr(isUmap() ? "500 epochs" : "1000 iterations"));
  EXPECT_THAT(words(), HasSubstr("trustworthiness 0."));
  EXPECT_THAT(words(), HasSubstr("all rows measured"));
  EXPECT_THAT(caption(),
              isUmap() ? testing::Matcher<std::string>(testing::Eq(
                             "300 rows · UMAP · cosine, 15 neighbors, min. distance 0.1, seed 1 · "
                             "epoch 500"))
                       : testing::StartsWith("300 rows · t-SNE · cosine, perplexity 30, "
                                             "exaggeration 12, seed 1 · iteration 1000 · "
                                             "KL divergence "));
  const auto kept = [&] {
    QTest::mouseClick(&child<QToolButton>("keepCoordinates"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() == 2; }, 10'000));
    return base::RowMatrix(m_document.tables().back().table->values());
  }();
  const projection::LayoutOptions options =
      isUmap() ? projection::LayoutOptions(projection::UmapOptions())
               : projection::LayoutOptions(projection::TsneOptions());
  auto expected = projection::Layout::begin(m_document.tables().front().table->values(), options);
  ASSERT_TRUE(expected->advance(expected->steps()));
  EXPECT_EQ(kept, expected->points()) << "the engine's own numbers";
}

TEST_P(LayoutTest, LaysRowsOutInSpaceAsARunOfItsOwn) {
  openAndShow(tests::randomTable(300, 6));
  chooseLayout();
  press();
  ASSERT_TRUE(waitForButton("Start over"));
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  EXPECT_EQ(m_page->plot().pointCount(), 0) << "that run was one of the plane";
  EXPECT_EQ(own<QPushButton>("Start").text(), "Start");
  press();
  ASSERT_TRUE(waitForButton("Start over"));
  EXPECT_TRUE(m_page->plot().isSpace());
  EXPECT_EQ(m_page->plot().pointCount(), 300);
  EXPECT_THAT(caption(),
              HasSubstr(isUmap() ? "UMAP · 3 dimensions, cosine" : "t-SNE · 3 dimensions, cosine"));
  EXPECT_THAT(words(), HasSubstr("trustworthiness 0."));
}

TEST_P(LayoutTest, GoesOnAfterAPause) {
  openAndShow(tests::randomTable(3000, 20));
  chooseLayout();
  press();
  ASSERT_TRUE(waitForPoints(3000));
  press();
  ASSERT_TRUE(waitForButton("Continue"));
  EXPECT_TRUE(own<QPushButton>("Again").isVisible());
  EXPECT_THAT(words(), HasSubstr(isUmap() ? "of 500" : "of 1000"));
  press();
  EXPECT_TRUE(waitForButton("Pause"));
  open(tests::makeTable({"a", "b"}, {{0, 0}, {1, 0}}));
  EXPECT_TRUE(waitForPoints(2)) << "another table is not in its way";
}

TEST_P(LayoutTest, SaysWhatItCannotLayOut) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  openAndShow(tests::makeTable({"a", "b", "c", "d"}, {{1, 2}, {3, kNaN}, {5, 6}, {7, 9}}));
  chooseLayout();
  press();
  EXPECT_TRUE(waitForMessage());
  EXPECT_TRUE(waitForButton("Start"));
}

}  // namespace
}  // namespace embedscope::explore
