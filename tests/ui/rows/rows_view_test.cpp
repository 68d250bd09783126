// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/rows_view.h"

#include "tests/support/event_wait.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

namespace embedscope::rows {
namespace {

using document::TableEntry;
using testing::ElementsAre;
using Rows = std::vector<std::int64_t>;

enum Column { Tick, Number, Label, Length, Cosine, City, Size, FirstComponent };

table::TablePtr townTable() {
  table::Metadata metadata;
  metadata.addColumn({"city", {"Rome", "", "athens", "Ärö", "rome"}});
  metadata.addColumn({"size", {"10", "9", "", "-1", "100"}});
  return tests::makeTable({"delta", "Beta", "alpha", "gamma", "beta"},
                          {{3, 4}, {0, 0}, {1, 0}, {0, 2}, {6, 8}}, std::move(metadata));
}

class RowsViewTest : public testing::Test {
 protected:
  RowsViewTest() {
    m_view.resize(800, 300);
    m_view.show();
    QApplication::setActiveWindow(&m_view);
  }

  void open(const table::TablePtr& table) {
    m_document.addTable(table, TableEntry::Origin::File, {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return model().rowCount() == table->rowCount(); }, 10'000));
  }

  RowsTable& list() { return m_view.table(); }

  QAbstractItemModel& model() { return *list().model(); }

  Rows listed() {
    Rows rows;
    for (std::int64_t place = 0; place < m_view.arrangement().count(); ++place) {
      rows.push_back(m_view.arrangement().rowAt(place));
    }
    return rows;
  }

  std::string text(int place, int column) {
    return model().index(place, column).data().toString().toStdString();
  }

  void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) {
    list().horizontalHeader()->setSortIndicator(column, order);
  }

  void click(int place, int column = Label, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(list().viewport(), Qt::LeftButton, modifiers,
                      list().visualRect(model().index(place, column)).center());
  }

  template <typename Widget>
  Widget& child(const char* name) {
    return *m_view.findChild<Widget*>(QLatin1String(name));
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  RowsView m_view{m_document, m_runner};
};

TEST_F(RowsViewTest, ListsLabelsLengthsAndMetadata) {
  open(townTable());
  EXPECT_EQ(model().columnCount(), 9);
  EXPECT_EQ(text(0, Label), "delta");
  EXPECT_EQ(text(0, Number), "0");
  EXPECT_EQ(text(0, Length), "5.000");
  EXPECT_EQ(text(3, City), "Ärö");
  EXPECT_EQ(text(0, Cosine), "") << "no row is chosen";
  EXPECT_TRUE(list().isColumnHidden(FirstComponent));
  m_document.setCurrentRow(0);
  EXPECT_EQ(text(4, Cosine), "1.0000");
  EXPECT_EQ(text(1, Cosine), "0.0000");
  EXPECT_EQ(text(2, Cosine), "0.6000");
  EXPECT_EQ(child<QLabel>("rowsWords").text(), "5 rows");
}

TEST_F(RowsViewTest, IsAModelThatQtAccepts) {
  const QAbstractItemModelTester tester(&model());
  open(townTable());
  sort(Label);
  m_document.setCurrentRow(2);
  m_document.closeTable(m_document.currentTable());
  ASSERT_TRUE(QTest::qWaitFor([&] { return model().rowCount() == 0; }));
  EXPECT_EQ(model().columnCount(), 0);
}

TEST_F(RowsViewTest, SortsTextsWithoutCaseAndNumbersAsNumbers) {
  open(townTable());
  sort(Label);
  EXPECT_THAT(listed(), ElementsAre(2, 1, 4, 0, 3));
  sort(Label, Qt::DescendingOrder);
  EXPECT_THAT(listed(), ElementsAre(3, 0, 1, 4, 2));
  sort(Size);
  EXPECT_THAT(listed(), ElementsAre(3, 1, 0, 4, 2));
  sort(City);
  EXPECT_THAT(listed(), ElementsAre(2, 0, 4, 3, 1));
  sort(Length, Qt::DescendingOrder);
  EXPECT_THAT(listed(), ElementsAre(4, 0, 3, 2, 1));
  sort(-1);
  EXPECT_THAT(listed(), ElementsAre(0, 1, 2, 3, 4));
  sort(Tick);
  EXPECT_EQ(list().horizontalHeader()->sortIndicatorSection(), -1) << "ticks have no order";
}

TEST_F(RowsViewTest, KeepsTheRowThatCosinesWereSortedWith) {
  open(townTable());
  sort(Cosine);
  EXPECT_THAT(listed(), ElementsAre(0, 1, 2, 3, 4)) << "with no row";
  m_document.setCurrentRow(2);
  sort(Cosine);
  EXPECT_THAT(listed(), ElementsAre(2, 0, 4, 1, 3));
  m_document.setCurrentRow(3);
  EXPECT_THAT(listed(), ElementsAre(2, 0, 4, 1, 3));
  EXPECT_EQ(text(0, Cosine), "1.0000") << "still with alpha";
  EXPECT_EQ(model().headerData(Cosine, Qt::Horizontal).toString(), "↓ cosine with alpha");
  sort(-1);
  EXPECT_EQ(model().headerData(Cosine, Qt::Horizontal).toString(), "cosine with gamma");
}

TEST_F(RowsViewTest, FiltersLabelsAndColumnsAsOneTypes) {
  open(townTable());
  sort(Label);
  auto& field = child<QLineEdit>("rowsFilter");
  QTest::keyClicks(&field, QStringLiteral("ROME"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return model().rowCount() == 2; }));
  EXPECT_THAT(listed(), ElementsAre(4, 0)) << "still sorted";
  EXPECT_EQ(child<QLabel>("rowsWords").text(), "2 of 5 rows");
  field.setText(QStringLiteral("eta"));
  QTest::keyClick(&field, Qt::Key_Return);
  EXPECT_THAT(listed(), ElementsAre(1, 4));
  EXPECT_TRUE(list().hasFocus());
  field.clear();
  ASSERT_TRUE(QTest::qWaitFor([&] { return model().rowCount() == 5; }));
}

TEST_F(RowsViewTest, SelectsRowsInTheDocument) {
  open(townTable());
  sort(Label);
  click(0);
  EXPECT_EQ(m_document.currentRow(), 2);
  EXPECT_TRUE(m_document.selection().empty()) << "a click chooses";
  click(2, Label, Qt::ShiftModifier);
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2, 4}));
  click(3, Label, Qt::ControlModifier);
  EXPECT_EQ(m_document.selection().rows(), (Rows{0, 1, 2, 4}));
  click(3, Tick);
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2, 4}));
  EXPECT_EQ(model().index(0, Tick).data(Qt::CheckStateRole).toInt(), Qt::Checked);
  EXPECT_EQ(model().index(0, Label).data(Qt::AccessibleTextRole).toString(), "alpha, selected");
  EXPECT_EQ(child<QLabel>("rowsWords").text(), "5 rows · 3 selected");
}

TEST_F(RowsViewTest, SelectsByADrag) {
  open(townTable());
  const auto center = [&](int place) {
    return list().visualRect(model().index(place, Label)).center();
  };
  QTest::mousePress(list().viewport(), Qt::LeftButton, {}, center(1));
  QTest::mouseMove(list().viewport(), center(3));
  QMouseEvent move(QEvent::MouseMove, center(3), list().viewport()->mapToGlobal(center(3)),
                   Qt::NoButton, Qt::LeftButton, {});
  QApplication::sendEvent(list().viewport(), &move);
  QTest::mouseRelease(list().viewport(), Qt::LeftButton, {}, center(3));
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2, 3}));
}

TEST_F(RowsViewTest, IsWholeWithTheKeyboardAlone) {
  open(townTable());
  list().setFocus();
  const auto press = [&](int key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(&list(), static_cast<Qt::Key>(key), modifiers);
  };
  press(Qt::Key_Home);
  press(Qt::Key_Down);
  EXPECT_EQ(m_document.currentRow(), 1);
  press(Qt::Key_Down, Qt::ShiftModifier);
  press(Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_EQ(m_document.currentRow(), 3);
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2, 3}));
  press(Qt::Key_Up, Qt::ShiftModifier);
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2}));
  press(Qt::Key_End);
  press(Qt::Key_Space);
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 2, 4}));
  press(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(m_document.selection().count(), 5);
  press(Qt::Key_Escape);
  EXPECT_TRUE(m_document.selection().empty());
  bool asked = false;
  QObject::connect(&m_view, &RowsView::rowActivated, &m_view, [&] { asked = true; });
  press(Qt::Key_Return);
  EXPECT_TRUE(asked);
}

TEST_F(RowsViewTest, FollowsWhatIsChosenElsewhere) {
  open(tests::randomTable(2000, 3));
  m_document.setCurrentRow(1500);
  EXPECT_EQ(list().currentIndex().row(), 1500);
  EXPECT_TRUE(list().viewport()->rect().intersects(list().visualRect(model().index(1500, Label))));
  sort(Number, Qt::DescendingOrder);
  EXPECT_EQ(list().currentIndex().row(), 499);
}

TEST_F(RowsViewTest, ListsTheSelectedRowsAlone) {
  open(townTable());
  sort(Label);
  child<QCheckBox>("rowsSelectedOnly").click();
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(child<QLabel>("rowsWords").text(), "No row is selected");
  m_document.setSelection(table::RowSet(5, Rows{0, 1, 4}));
  EXPECT_THAT(listed(), ElementsAre(1, 4, 0));
  m_document.setSelection(table::RowSet(5, Rows{3}));
  EXPECT_THAT(listed(), ElementsAre(3));
  child<QCheckBox>("rowsSelectedOnly").click();
  EXPECT_EQ(listed().size(), 5U);
}

TEST_F(RowsViewTest, CopiesWhatIsListed) {
  open(townTable());
  sort(Label);
  m_document.setSelection(table::RowSet(5, Rows{0, 4}));
  list().setColumnHidden(Cosine, true);
  QApplication::clipboard()->clear();
  QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([] { return !QApplication::clipboard()->text().isEmpty(); }));
  EXPECT_EQ(
      QApplication::clipboard()->text(),
      "row\tlabel\tlength\tcity\tsize\n4\tbeta\t10.00\trome\t100\n0\tdelta\t5.000\tRome\t10\n");
}

TEST_F(RowsViewTest, SortsLargeTablesInTheBackgroundAndCanBeStopped) {
  open(tests::randomTable(60'000, 3));
  sort(Label, Qt::DescendingOrder);
  EXPECT_TRUE(m_view.arrangement().isRunning());
  EXPECT_TRUE(child<QToolButton>("rowsCancel").isVisible());
  EXPECT_EQ(text(0, Label), "word 0") << "as before until it is done";
  ASSERT_TRUE(tests::waitUntil(m_view.arrangement(), &RowArrangement::runningChanged,
                               [&] { return !m_view.arrangement().isRunning(); }));
  EXPECT_EQ(text(0, Label), "word 9999");
  sort(Number, Qt::DescendingOrder);
  child<QToolButton>("rowsCancel").click();
  ASSERT_TRUE(tests::waitUntil(m_view.arrangement(), &RowArrangement::runningChanged,
                               [&] { return !m_view.arrangement().isRunning(); }));
  EXPECT_EQ(text(0, Label), "word 9999");
  EXPECT_EQ(list().horizontalHeader()->sortIndicatorSection(), Label);
}

TEST_F(RowsViewTest, DoesNothingWhileItIsHidden) {
  m_view.hide();
  m_document.addTable(townTable(), TableEntry::Origin::File, {});
  m_document.setCurrentRow(1);
  QCoreApplication::sendPostedEvents();
  QTest::qWait(10);
  EXPECT_EQ(model().rowCount(), 0);
  m_view.show();
  EXPECT_TRUE(QTest::qWaitFor([&] { return model().rowCount() == 5; }));
  EXPECT_EQ(list().currentIndex().row(), 1);
}

}  // namespace
}  // namespace embedscope::rows
