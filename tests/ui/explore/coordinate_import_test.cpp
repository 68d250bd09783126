// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/coordinate_import.h"

#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/message_bar.h"
#include "ui/explore/explore_page.h"
#include "ui/plots/point_cloud.h"

#include <gmock/gmock.h>

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <stop_token>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using testing::HasSubstr;

const table::TablePtr& fourRows() {
  static const table::TablePtr kTable = tests::makeTable(
      {"a", "b", "c", "d"}, {{1, 2, 3, 4}, {2, 3, 4, 1}, {3, 4, 1, 2}, {4, 1, 2, 3}});
  return kTable;
}

class CoordinateFileTest : public testing::Test {
 protected:
  ImportedPtr read(std::string_view name, std::string_view text) {
    return importedPoints(*fourRows(), m_folder.file(name, text));
  }

  std::string complaint(std::string_view name, std::string_view text) {
    try {
      read(name, text);
    } catch (const base::Error& error) {
      return error.sentence();
    }
    return {};
  }

  tests::TemporaryFolder m_folder;
};

TEST_F(CoordinateFileTest, IsMatchedByLabel) {
  const ImportedPtr imported = read("places.csv", "label,x,y\nd,1,2\nx,9,9\na,3,4\nb,nan,0\n");
  ASSERT_EQ(imported->points->rows(), 4);
  ASSERT_EQ(imported->points->cols(), 2);
  EXPECT_EQ((*imported->points)(0, 1), 4);
  EXPECT_EQ((*imported->points)(3, 0), 1);
  EXPECT_TRUE(std::isnan((*imported->points)(2, 0)));
  EXPECT_EQ(imported->recipe.toStdString(),
            "4 rows · coordinates from places.csv, matched by label · 1 row without coordinates "
            "not drawn · 1 with NaN or infinity not drawn · 1 row of other labels left out");
}

TEST_F(CoordinateFileTest, IsTakenInOrderWithoutLabels) {
  const ImportedPtr imported = read("places.tsv", "1\t2\t3\n4\t5\t6\n7\t8\t9\n1\t1\t1\n");
  ASSERT_EQ(imported->points->cols(), 3);
  EXPECT_EQ((*imported->points)(2, 2), 9);
  EXPECT_EQ(imported->recipe.toStdString(),
            "4 rows · coordinates from places.tsv, in the order of its rows");
}

TEST_F(CoordinateFileTest, MayHaveTheNumbersOfColumnsAboveThem) {
  const ImportedPtr imported = read("pandas.csv", "0,1\n1.5,2\n3,4\n5,6\n7,8\n");
  EXPECT_EQ((*imported->points)(0, 0), 1.5F);
  EXPECT_EQ((*imported->points)(3, 1), 8);
}

TEST_F(CoordinateFileTest, MayBeNumPys) {
  const auto path = m_folder / "places.npy";
  formats::writeTable(*tests::makeTable({"0", "1", "2", "3"}, {{1, 2}, {3, 4}, {5, 6}, {7, 8}}),
                      path, formats::FormatId::Npy);
  EXPECT_EQ((*importedPoints(*fourRows(), path)->points)(3, 1), 8);
}

TEST_F(CoordinateFileTest, SaysWhatDoesNotFit) {
  EXPECT_EQ(complaint("wide.csv", "label,x,y,z,w\na,1,2,3,4\nb,1,2,3,4\n"),
            "coordinates are two or three numbers for each row, not 4");
  EXPECT_THAT(complaint("short.tsv", "1\t2\n3\t4\n"),
              HasSubstr("the table has 4 rows, the coordinates have 2 rows"));
  EXPECT_THAT(complaint("words.csv", "label,x,y\nx,1,2\ny,3,4\n"), HasSubstr("no label"));
}

TEST_F(CoordinateFileTest, CanBeStopped) {
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext context(stop.get_token(), {});
  EXPECT_FALSE(
      importedPoints(*fourRows(), m_folder.file("a.csv", "label,x,y\na,1,2\nb,3,4\n"), context));
}

class ImportPageTest : public CoordinateFileTest {
 protected:
  ImportPageTest() {
    m_page.resize(1016, 700);
    m_page.show();
    m_table = m_document.addTable(fourRows(), TableEntry::Origin::File, {});
    EXPECT_TRUE(waitForPoints(4));
  }

  bool waitForPoints(std::int64_t count) {
    return QTest::qWaitFor([&] { return m_page.plot().pointCount() == count; }, 10'000);
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  CoordinateImporter& importer() { return *m_page.findChild<CoordinateImporter*>(); }

  std::string caption() { return child<controls::ElidedLabel>("caption").fullText().toStdString(); }

  void choose(const char* combo, int place) {
    auto& box = child<QComboBox>(combo);
    box.setCurrentIndex(place);
    emit box.activated(place);
  }

  void readFile(std::string_view name, std::string_view text) {
    importer().readFile(QString::fromStdString(m_folder.file(name, text).string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !importer().isRunning(); }, 10'000));
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
  ExplorePage m_page{m_document, m_runner, m_finder};
  document::TableId m_table;
};

constexpr int kImported = 5;

TEST_F(ImportPageTest, SaysWhatWouldBeThere) {
  choose("axesKind", kImported);
  EXPECT_EQ(m_page.plot().pointCount(), 0);
  EXPECT_TRUE(child<QPushButton>("importFile").isVisible());
  EXPECT_FALSE(child<QPushButton>("importTable").isEnabled()) << "no other table is open";
  EXPECT_FALSE(child<QPushButton>("importCancel").isVisible());
  EXPECT_FALSE(child<QToolButton>("dims3").isEnabled());
}

TEST_F(ImportPageTest, DrawsWhatAFileSays) {
  readFile("places.csv", "label,x,y\na,0,0\nb,1,0\nc,0,1\n");
  EXPECT_EQ(child<QComboBox>("axesKind").currentIndex(), kImported);
  EXPECT_EQ(caption(),
            "4 rows · coordinates from places.csv, matched by label · 1 row without coordinates "
            "not drawn");
  EXPECT_LT(m_page.plot().positionOf(0)->x(), m_page.plot().positionOf(1)->x());
  EXPECT_FALSE(m_page.plot().positionOf(3)) << "it has no place";
  EXPECT_FALSE(child<QToolButton>("dims3").isEnabled());

  choose("axesKind", 0);
  EXPECT_THAT(caption(), HasSubstr("PCA"));
  choose("axesKind", kImported);
  EXPECT_THAT(caption(), HasSubstr("places.csv")) << "they are remembered";
}

TEST_F(ImportPageTest, ThreeNumbersLieInSpaceAndInThePlane) {
  readFile("space.csv", "label,x,y,z\na,0,0,0\nb,1,0,2\nc,0,1,1\nd,1,1,1\n");
  EXPECT_TRUE(m_page.plot().isSpace());
  auto& plane = child<QToolButton>("dims2");
  ASSERT_TRUE(plane.isEnabled());
  plane.click();
  EXPECT_FALSE(m_page.plot().isSpace());
  EXPECT_EQ(m_page.plot().pointCount(), 4);
  child<QToolButton>("dims3").click();
  EXPECT_TRUE(m_page.plot().isSpace());
}

TEST_F(ImportPageTest, TellsInPlaceWhatIsWrongAndKeepsThePicture) {
  readFile("short.tsv", "1\t2\n3\t4\n");
  EXPECT_EQ(
      child<controls::MessageBar>("messageBar").text().toStdString(),
      "short.tsv: the table has 4 rows, the coordinates have 2 rows: without labels they must "
      "be as many");
  EXPECT_THAT(caption(), HasSubstr("PCA"));
  readFile("bad.csv", "label,x,y\na,1,2\nb,3,4\nc,5\nd,7,8\n");
  EXPECT_THAT(child<controls::MessageBar>("messageBar").text().toStdString(),
              HasSubstr("bad.csv: line 4: "));
}

TEST_F(ImportPageTest, TakesThePointsOfATableThatWasKept) {
  child<QToolButton>("keepCoordinates").click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() == 2; }, 10'000));
  m_document.setCurrentTable(m_table);
  choose("axesKind", kImported);
  auto& tables = child<QMenu>("importTables");
  ASSERT_EQ(tables.actions().size(), 1);
  EXPECT_EQ(tables.actions().front()->text(), "tiny coordinates · 4 × 2");
  tables.actions().front()->trigger();
  ASSERT_TRUE(waitForPoints(4));
  EXPECT_THAT(caption(), HasSubstr("coordinates from “tiny coordinates” (4 rows · PCA, centred"));
  EXPECT_THAT(caption(), HasSubstr("matched by label"));
}

TEST_F(ImportPageTest, ComesToTheTableItWasAskedFor) {
  importer().readFile(
      QString::fromStdString(m_folder.file("a.csv", "label,x,y\na,0,0\nb,1,0\n").string()));
  m_document.addTable(tests::randomTable(30, 5), TableEntry::Origin::File, {});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !importer().isRunning(); }, 10'000));
  EXPECT_EQ(importer().find(m_document.currentTable()), nullptr);
  EXPECT_EQ(child<QComboBox>("axesKind").currentIndex(), 0);
  m_document.setCurrentTable(m_table);
  EXPECT_EQ(child<QComboBox>("axesKind").currentIndex(), kImported);
  m_document.closeTable(m_table);
  EXPECT_EQ(importer().find(m_table), nullptr);
}

TEST_F(ImportPageTest, CanBeCancelledAndDestroyedWhileItReads) {
  importer().readFile(
      QString::fromStdString(m_folder.file("a.csv", "label,x,y\na,0,0\nb,1,0\n").string()));
  EXPECT_TRUE(importer().isRunning());
  importer().cancel();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !importer().isRunning(); }, 10'000));
  EXPECT_EQ(importer().find(m_table), nullptr);
  EXPECT_THAT(caption(), HasSubstr("PCA"));
  importer().readFile(QString::fromStdString((m_folder / "a.csv").string()));
}

TEST_F(ImportPageTest, SavedViewsHoldTheirCoordinates) {
  readFile("one.csv", "label,x,y\na,0,0\nb,1,0\nc,0,1\nd,1,1\n");
  child<QPushButton>("saveView").click();
  readFile("two.csv", "label,x,y\na,1,1\nb,0,0\nc,0,1\nd,1,0\n");
  EXPECT_THAT(caption(), HasSubstr("two.csv"));
  auto& list = child<QListWidget>("savedViews");
  emit list.itemActivated(list.item(0));
  EXPECT_THAT(caption(), HasSubstr("one.csv"));
  EXPECT_EQ((*importer().find(m_table)->points)(0, 0), 0);
}

TEST_F(ImportPageTest, AViewSaysThatItsCoordinatesAreMissing) {
  choose("axesKind", kImported);
  child<QPushButton>("saveView").click();
  choose("axesKind", 0);
  auto& list = child<QListWidget>("savedViews");
  emit list.itemActivated(list.item(0));
  EXPECT_EQ(child<QComboBox>("axesKind").currentIndex(), kImported);
  EXPECT_THAT(child<controls::MessageBar>("messageBar").text().toStdString(),
              HasSubstr("“View 1” shows imported coordinates, but does not hold them"));
}

}  // namespace
}  // namespace embedscope::explore
