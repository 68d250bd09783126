// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_tables.h"
#include "ui/controls/message_bar.h"
#include "ui/explore/explore_page.h"
#include "ui/explore/legend_entry.h"
#include "ui/explore/legend_scale.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <vector>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using table::RowSet;
using Rows = std::vector<std::int64_t>;

/// Nine rows in a square, row by row from the upper left; the columns of the square have kinds.
class SelectionPageTest : public testing::Test {
 protected:
  SelectionPageTest() {
    m_page->resize(1016, 700);
    m_page->show();
    QApplication::setActiveWindow(m_page.get());
    open(square());
  }

  static table::TablePtr square() {
    std::vector<std::string> labels;
    std::vector<std::vector<float>> rows;
    table::MetadataColumn kind{"kind", {}};
    table::MetadataColumn weight{"weight", {}};
    for (int i = 0; i < 9; ++i) {
      labels.push_back(std::string(i % 2 == 0 ? "even " : "odd ") + std::to_string(i));
      rows.push_back({static_cast<float>(i % 3 + 1), static_cast<float>(3 - i / 3)});
      kind.values.emplace_back(i % 3 == 0 ? "left" : (i % 3 == 1 ? "middle" : ""));
      weight.values.push_back(std::to_string(i));
    }
    table::Metadata metadata;
    metadata.addColumn(kind);
    metadata.addColumn(weight);
    return tests::makeTable(labels, rows, metadata, "square");
  }

  document::TableId open(const table::TablePtr& table) {
    const document::TableId id = m_document.addTable(table, TableEntry::Origin::File, {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return plot().pointCount() == table->rowCount(); }, 10'000));
    return id;
  }

  plots::PointCloudPlot& plot() { return m_page->plot(); }

  Rows selected() const { return m_document.selection().rows(); }

  void select(const Rows& rows) { m_document.setSelection({m_document.selection().size(), rows}); }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    plot().setFocus();
    QTest::keyClick(&plot(), key, modifiers);
  }

  QPointF at(std::int64_t row, double dx = 0, double dy = 0) {
    return *plot().positionOf(row) + QPointF(dx, dy);
  }

  void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mousePress(&plot(), Qt::LeftButton, modifiers, from.toPoint());
    QMouseEvent move(QEvent::MouseMove, to, plot().mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     modifiers);
    QApplication::sendEvent(&plot(), &move);
    QTest::mouseRelease(&plot(), Qt::LeftButton, modifiers, to.toPoint());
  }

  void color(const char* column) {
    auto& combo = child<QComboBox>("colorColumn");
    combo.setCurrentIndex(combo.findText(QLatin1String(column)));
    emit combo.activated(combo.currentIndex());
    auto& legend = child<QWidget>("colorLegend");
    ASSERT_TRUE(QTest::qWaitFor([&] { return legend.isVisible(); }, 10'000));
  }

  LegendEntry& entry(const char* name) {
    for (auto* line : m_page->findChildren<LegendEntry*>()) {
      if (line->isVisible() && line->accessibleName().startsWith(QLatin1String(name))) {
        return *line;
      }
    }
    ADD_FAILURE() << name;
    return *m_page->findChild<LegendEntry*>();
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
  std::unique_ptr<ExplorePage> m_page{
      std::make_unique<ExplorePage>(m_document, m_runner, m_finder)};
};

TEST_F(SelectionPageTest, SelectsWithToolsAndTellsHowMany) {
  auto& tool = child<QToolButton>("tool-rectangle");
  EXPECT_EQ(tool.accessibleName(), "Select with a rectangle");
  tool.click();
  EXPECT_EQ(plot().tool(), plots::ToolKind::Rectangle);
  drag(at(0, -20, -20), at(4, 20, 20));
  EXPECT_EQ(selected(), (Rows{0, 1, 3, 4}));
  EXPECT_EQ(plot().selectedRows(), m_document.selection());
  EXPECT_EQ(child<QLabel>("selectionCount").text(), "4 of 9 selected");
  drag(at(8, -20, -20), at(8, 20, 20), Qt::ShiftModifier);
  drag(at(0, -20, -20), at(1, 20, 20), Qt::AltModifier);
  EXPECT_EQ(selected(), (Rows{3, 4, 8}));
  drag(at(4, -20, -20), at(8, 20, 20), Qt::ShiftModifier | Qt::AltModifier);
  EXPECT_EQ(selected(), (Rows{4, 8}));
  child<QToolButton>("clearSelection").click();
  EXPECT_TRUE(selected().empty());
  EXPECT_FALSE(child<QLabel>("selectionCount").isVisible());
}

TEST_F(SelectionPageTest, ShowsTheToolThatAKeyTook) {
  press(Qt::Key_L);
  EXPECT_TRUE(child<QToolButton>("tool-lasso").isChecked());
  EXPECT_FALSE(child<QToolButton>("tool-choose").isChecked());
  press(Qt::Key_Escape);
  EXPECT_TRUE(child<QToolButton>("tool-choose").isChecked());
  for (const char* name : {"tool-choose", "tool-rectangle", "tool-lasso", "tool-brush",
                           "selectionMenu", "isolateButton", "clearSelection"}) {
    EXPECT_FALSE(child<QToolButton>(name).accessibleName().isEmpty()) << name;
    EXPECT_FALSE(child<QToolButton>(name).toolTip().isEmpty()) << name;
  }
}

TEST_F(SelectionPageTest, ChangesTheSelectionByKeys) {
  press(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(m_document.selection().count(), 9);
  select({2, 3});
  press(Qt::Key_I, Qt::ControlModifier);
  EXPECT_EQ(selected(), (Rows{0, 1, 4, 5, 6, 7, 8}));
  press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_TRUE(selected().empty());
  for (const std::int64_t count : {7, 2, 9, 0}) {
    press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    EXPECT_EQ(m_document.selection().count(), count);
  }
  EXPECT_FALSE(child<QAction>("previousSelection").isEnabled());
}

TEST_F(SelectionPageTest, PutsPointsInAndOutAndWalks) {
  press(Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(m_document.currentRow(), 4);
  press(Qt::Key_Up, Qt::AltModifier);
  EXPECT_EQ(m_document.currentRow(), 1);
  press(Qt::Key_Space);
  QTest::mouseClick(&plot(), Qt::LeftButton, Qt::ControlModifier, at(5).toPoint());
  EXPECT_EQ(selected(), (Rows{1, 5}));
  EXPECT_EQ(m_document.currentRow(), 1) << "the chosen row is another matter";
  press(Qt::Key_Space);
  EXPECT_EQ(selected(), Rows{5});
  press(Qt::Key_Return);
  EXPECT_TRUE(plot().view().contains(QPointF(2, 3)));
}

TEST_F(SelectionPageTest, SelectsNeighborsAndGrows) {
  EXPECT_FALSE(child<QAction>("selectNeighbors").isEnabled());
  m_document.setCurrentRow(0);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !m_finder.neighbors().empty(); }));
  press(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(m_document.selection().count(), 9) << "ten neighbors of nine rows are all";
  open(tests::randomTable(200, 3));
  select({5});
  press(Qt::Key_G, Qt::ControlModifier);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_document.selection().count() == 11; }, 10'000));
}

TEST_F(SelectionPageTest, SelectsAllHitsOfTheSearch) {
  auto& button = child<QPushButton>("selectHitsButton");
  EXPECT_FALSE(button.isVisible());
  QTest::keyClicks(&child<QLineEdit>("searchField"), QStringLiteral("odd"));
  ASSERT_TRUE(button.isVisible());
  button.click();
  EXPECT_EQ(selected(), (Rows{1, 3, 5, 7}));
}

TEST_F(SelectionPageTest, ShowsOnlyTheSelection) {
  const document::TableId first = m_document.currentTable();
  auto& bar = child<controls::MessageBar>("isolationBar");
  select({0, 1, 4});
  press(Qt::Key_I);
  EXPECT_EQ(bar.text(), "3 of 9 rows shown");
  EXPECT_FALSE(plot().positionOf(8));
  QTest::keyClicks(&child<QLineEdit>("searchField"), QStringLiteral("even"));
  EXPECT_EQ(child<QListView>("searchResults").model()->rowCount(), 2);
  press(Qt::Key_I, Qt::ControlModifier);
  EXPECT_TRUE(selected().empty()) << "what is not shown cannot be selected";
  press(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(selected(), (Rows{0, 1, 4}));

  open(tests::randomTable(20, 2));
  EXPECT_EQ(bar.text(), QString());
  m_document.setCurrentTable(first);
  ASSERT_TRUE(QTest::qWaitFor([&] { return plot().pointCount() == 9; }));
  EXPECT_EQ(bar.text(), "3 of 9 rows shown") << "every table keeps its own";
  EXPECT_FALSE(plot().positionOf(8));
  press(Qt::Key_I);
  EXPECT_EQ(bar.text(), QString()) << "once more shows all";
  EXPECT_TRUE(plot().positionOf(8));
}

TEST_F(SelectionPageTest, OpensTheSelectionAsATable) {
  select({1, 8});
  press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() == 2; }, 10'000));
  const TableEntry& entry = m_document.tables().back();
  EXPECT_EQ(entry.origin, TableEntry::Origin::Selected);
  EXPECT_EQ(entry.source, "selection of square");
  EXPECT_EQ(entry.table->name(), "square (2 rows)");
  EXPECT_EQ(entry.table->vocabulary().label(1), "even 8");
  EXPECT_EQ(entry.table->metadata().columns().front().values[1], "");
}

TEST_F(SelectionPageTest, SelectsByTheLegend) {
  color("kind");
  QTest::mouseClick(&entry("left"), Qt::LeftButton);
  EXPECT_EQ(selected(), (Rows{0, 3, 6}));
  QTest::mouseClick(&entry("no value"), Qt::LeftButton, Qt::ShiftModifier);
  EXPECT_EQ(selected(), (Rows{0, 2, 3, 5, 6, 8}));
  QTest::keyClick(&entry("left"), Qt::Key_Return, Qt::AltModifier);
  EXPECT_EQ(selected(), (Rows{2, 5, 8}));
  QTest::keyClick(&entry("middle"), Qt::Key_Space);
  EXPECT_EQ(selected(), (Rows{1, 4, 7}));
  EXPECT_EQ(entry("middle").accessibleName(), "middle, 3 rows");
  EXPECT_EQ(entry("middle").focusPolicy(), Qt::TabFocus);
  QTest::mouseDClick(&entry("left"), Qt::LeftButton);
  EXPECT_EQ(child<controls::MessageBar>("isolationBar").text(), "3 of 9 rows shown");
  EXPECT_TRUE(plot().positionOf(6));
  EXPECT_FALSE(plot().positionOf(7));
}

TEST_F(SelectionPageTest, SelectsARangeOfAScale) {
  color("weight");
  auto& scale = child<LegendScale>("legendScale");
  const int width = scale.width();
  QTest::mousePress(&scale, Qt::LeftButton, {}, QPoint(width / 2 - 2, 5));
  QMouseEvent move(QEvent::MouseMove, QPointF(width - 1, 5), scale.mapToGlobal(QPointF(width, 5)),
                   Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&scale, &move);
  QTest::mouseRelease(&scale, Qt::LeftButton, {}, QPoint(width - 1, 5));
  EXPECT_EQ(selected(), (Rows{4, 5, 6, 7, 8}));
  QTest::keyClick(&scale, Qt::Key_Escape);
  for (int i = 0; i < 10; ++i) {
    QTest::keyClick(&scale, Qt::Key_Right);
  }
  EXPECT_NEAR(scale.low(), 0.2 * 8, 1e-9);
  QTest::keyClick(&scale, Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_EQ(m_document.selection().count(), 7);
}

TEST_F(SelectionPageTest, SelectsByAFilter) {
  auto& column = child<QComboBox>("filterColumn");
  auto& comparison = child<QComboBox>("filterComparison");
  auto& value = child<QLineEdit>("filterValue");
  column.setCurrentIndex(column.findText(QStringLiteral("weight")));
  comparison.setCurrentIndex(comparison.findText(QStringLiteral("≥")));
  value.setText(QStringLiteral("seven"));
  QTest::keyClick(&value, Qt::Key_Return);
  EXPECT_EQ(child<QLabel>("filterWords").text(), "“seven” is no number");
  value.setText(QStringLiteral("7"));
  QTest::keyClick(&value, Qt::Key_Return);
  EXPECT_EQ(selected(), (Rows{7, 8}));
  EXPECT_EQ(child<QLabel>("filterWords").text(), "True of 2 rows");
  comparison.setCurrentIndex(comparison.findText(QStringLiteral("between")));
  child<QLineEdit>("filterUpper").setText(QStringLiteral("2"));
  value.setText(QStringLiteral("0"));
  QTest::keyClick(&value, Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_EQ(selected(), (Rows{0, 1, 2, 7, 8}));
  column.setCurrentIndex(column.findText(QStringLiteral("kind")));
  comparison.setCurrentIndex(comparison.findText(QStringLiteral("is missing")));
  EXPECT_FALSE(value.isVisibleTo(value.parentWidget()));
  child<QToolButton>("filterSelect").click();
  EXPECT_EQ(selected(), (Rows{2, 5, 8}));
}

TEST_F(SelectionPageTest, FiltersLargeTablesInTheBackground) {
  open(tests::randomTable(30'000, 2));
  auto& comparison = child<QComboBox>("filterComparison");
  comparison.setCurrentIndex(comparison.findText(QStringLiteral("is")));
  child<QLineEdit>("filterValue").setText(QStringLiteral("word 77"));
  QTest::keyClick(&child<QLineEdit>("filterValue"), Qt::Key_Return);
  EXPECT_TRUE(QTest::qWaitFor([&] { return selected() == Rows{77}; }, 10'000));
}

}  // namespace
}  // namespace embedscope::explore
