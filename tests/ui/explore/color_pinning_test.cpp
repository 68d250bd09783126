// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_tables.h"
#include "ui/explore/color_scheme.h"
#include "ui/explore/explore_page.h"
#include "ui/explore/legend_entry.h"
#include "ui/explore/legend_rows.h"
#include "ui/explore/saved_view.h"
#include "ui/plots/palette.h"

#include <gmock/gmock.h>

#include <QApplication>
#include <QColorDialog>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr QRgb kPink = qRgb(0xff, 0x10, 0xc0);

/// `count` values, the i-th of them count − i times.
table::MetadataColumn falling(int count) {
  table::MetadataColumn column{"kind", {}};
  for (int value = 0; value < count; ++value) {
    for (int i = value; i < count; ++i) {
      column.values.push_back("v" + std::to_string(value));
    }
  }
  return column;
}

TEST(PinnedColors, StayWithTheirCategory) {
  const Pins pins{{QStringLiteral("b"), kPink}, {QStringLiteral("elsewhere"), kPink}};
  const ColorScheme few = colorScheme({"kind", {"a", "b", "a"}}, {}, pins);
  EXPECT_THAT(few.marks, ElementsAre(0, 1, 0));
  EXPECT_EQ(few.entries[0].pinned, std::nullopt);
  EXPECT_EQ(few.entries[1].pinned, kPink);
  EXPECT_EQ(ownColors(few), (plots::OwnColors{{1, kPink}}));
  const ColorScheme other = colorScheme({"kind", {"a", "b", "b"}}, {}, pins);
  EXPECT_EQ(ownColors(other), (plots::OwnColors{{0, kPink}})) << "now the most frequent one";
}

TEST(PinnedColors, BringACategoryBackFromAllOthers) {
  const table::MetadataColumn column = falling(50);
  const int marks = plots::distinctMarkCount();
  const ColorScheme plain = colorScheme(column);
  ASSERT_EQ(std::ssize(plain.entries), marks);
  const ColorScheme pinned = colorScheme(column, {}, {{QStringLiteral("v47"), kPink}});
  ASSERT_EQ(std::ssize(pinned.entries), marks + 1);
  EXPECT_EQ(pinned.entries.back().name, "v47");
  EXPECT_EQ(pinned.entries.back().count, 3);
  EXPECT_EQ(pinned.others, plain.others - 3);
  EXPECT_EQ(ownColors(pinned), (plots::OwnColors{{marks, kPink}}));
  EXPECT_EQ(rowsWithMarks(pinned, marks, marks).count(), 3);
  EXPECT_EQ(rowsOfOtherEntries(pinned, {0, marks}).count(),
            std::ssize(column.values) - 50 - 3 - pinned.others);
}

TEST(PinnedColors, AreInSavedViews) {
  SavedView view;
  view.colorColumn = QStringLiteral("kind");
  view.pins = {{QStringLiteral("é “b”"), kPink}};
  EXPECT_EQ(viewsFromJson(viewsJson({view}, 3), 3, 2).at(0).pins, view.pins);
  QByteArray bad = viewsJson({view}, 3);
  bad.replace("#ff10c0", "#nothex");
  EXPECT_ANY_THROW(viewsFromJson(bad, 3, 2));
}

class ColorPinningTest : public testing::Test {
 protected:
  ColorPinningTest() {
    m_page.resize(1016, 700);
    m_page.show();
    QApplication::setActiveWindow(&m_page);
    m_table = open(falling(50));
    color();
  }

  document::TableId open(const table::MetadataColumn& column) {
    table::Metadata metadata;
    metadata.addColumn(column);
    const table::TablePtr bare = tests::randomTable(std::ssize(column.values), 2);
    return m_document.addTable(bare->withMetadata(std::move(metadata)), TableEntry::Origin::File,
                               {});
  }

  void color() {
    auto& combo = child<QComboBox>("colorColumn");
    combo.setCurrentIndex(combo.findText(QStringLiteral("kind")));
    emit combo.activated(combo.currentIndex());
    waitFor("v0");
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  /// A line of the legend by its beginning; null: there is none.
  LegendEntry* find(const QString& name) {
    for (LegendEntry* entry : m_page.findChildren<LegendEntry*>()) {
      if (entry->isVisible() && entry->name().startsWith(name)) {
        return entry;
      }
    }
    return nullptr;
  }

  LegendEntry& entry(const char* name) { return *find(QLatin1String(name)); }

  void waitFor(const char* name) {
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
          const LegendEntry* line = find(QLatin1String(name));
          return line != nullptr && line->height() >= line->sizeHint().height();
        },
        10'000));
  }

  /// Waits until what a line says about its color holds these words.
  void waitForTip(const char* name, const char* words) {
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
          const LegendEntry* line = find(QLatin1String(name));
          return line != nullptr && line->toolTip().contains(QLatin1String(words));
        },
        10'000))
        << name << ": " << words;
  }

  void chooseColor(QRgb color) {
    auto* dialog = m_page.findChild<QColorDialog*>(QStringLiteral("pinColor"));
    ASSERT_NE(dialog, nullptr);
    dialog->setCurrentColor(QColor(color));
    dialog->accept();
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
  ExplorePage m_page{m_document, m_runner, m_finder};
  document::TableId m_table;
};

TEST_F(ColorPinningTest, ADoubleClickOnTheMarkAsksForAColor) {
  QTest::mouseDClick(&entry("v1"), Qt::LeftButton, {}, QPoint(8, 8));
  chooseColor(kPink);
  waitForTip("v1", "#ff10c0");
  EXPECT_THAT(entry("v1").accessibleDescription().toStdString(), HasSubstr("#ff10c0"));
  QTest::qWait(QApplication::doubleClickInterval() + 50);
  EXPECT_TRUE(m_document.selection().empty()) << "the selection is left alone";
}

TEST_F(ColorPinningTest, AClickOnTheMarkStillSelects) {
  QTest::mouseClick(&entry("v1"), Qt::LeftButton, {}, QPoint(8, 8));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_document.selection().count() == 49; }, 5'000));
}

TEST_F(ColorPinningTest, KeysAndTheMenuDoItToo) {
  entry("v1").setFocus();
  QTest::keyClick(&entry("v1"), Qt::Key_C);
  chooseColor(kPink);
  waitForTip("v1", "#ff10c0");
  EXPECT_EQ(m_page.window()->focusWidget(), &entry("v1")) << "the keyboard stays where it was";
  QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), QPoint(5, 5));
  QApplication::sendEvent(&entry("v1"), &event);
  auto* menu = entry("v1").findChild<QMenu*>(QStringLiteral("legendMenu"));
  ASSERT_NE(menu, nullptr);
  EXPECT_EQ(menu->actions().back()->text(), "Reset color");
  menu->close();
  QTest::keyClick(&entry("v1"), Qt::Key_Delete);
  waitForTip("v1", "of its own");
}

TEST_F(ColorPinningTest, StaysWithTheTableAndItsColumn) {
  QTest::keyClick(&entry("v1"), Qt::Key_C);
  chooseColor(kPink);
  waitForTip("v1", "#ff10c0");
  open(falling(20));
  color();
  EXPECT_FALSE(entry("v1").toolTip().contains(QStringLiteral("#ff10c0"))) << "another table";
  m_document.setCurrentTable(m_table);
  waitForTip("v1", "#ff10c0");
}

TEST_F(ColorPinningTest, ComesBackWithASavedView) {
  QTest::keyClick(&entry("v1"), Qt::Key_C);
  chooseColor(kPink);
  waitForTip("v1", "#ff10c0");
  child<QPushButton>("saveView").click();
  QTest::keyClick(&entry("v1"), Qt::Key_Delete);
  waitForTip("v1", "of its own");
  auto& list = child<QListWidget>("savedViews");
  emit list.itemActivated(list.item(0));
  waitForTip("v1", "#ff10c0");
}

TEST_F(ColorPinningTest, CategoriesWithoutALineCanHaveAColor) {
  EXPECT_EQ(find(QStringLiteral("v47")), nullptr);
  QTest::keyClick(&entry("all others"), Qt::Key_C);
  auto* dialog = m_page.findChild<QInputDialog*>(QStringLiteral("pinCategory"));
  ASSERT_NE(dialog, nullptr);
  dialog->setTextValue(QStringLiteral("v47"));
  dialog->accept();
  chooseColor(kPink);
  waitForTip("v47", "#ff10c0");
  EXPECT_EQ(entry("v47").accessibleName(), "v47, 3 rows");
  QTest::mouseClick(&entry("v47"), Qt::LeftButton);
  EXPECT_EQ(m_document.selection().count(), 3);
}

TEST_F(ColorPinningTest, SaysThatThereIsNoSuchCategory) {
  QTest::keyClick(&entry("and "), Qt::Key_C);
  auto* dialog = m_page.findChild<QInputDialog*>(QStringLiteral("pinCategory"));
  ASSERT_NE(dialog, nullptr);
  EXPECT_EQ(dialog->comboBoxItems().front(), "v12");
  dialog->setTextValue(QStringLiteral("nonsense"));
  dialog->accept();
  chooseColor(kPink);
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        for (const QLabel* label : m_page.findChildren<QLabel*>()) {
          if (label->text() == QStringLiteral("“kind” has no category “nonsense”.")) {
            return label->isVisible();
          }
        }
        return false;
      },
      10'000));
}

}  // namespace
}  // namespace embedscope::explore
