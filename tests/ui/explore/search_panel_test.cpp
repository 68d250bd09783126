// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/search_panel.h"

#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTest>

namespace embedscope::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SearchPanelTest : public testing::Test {
 protected:
  SearchPanelTest() {
    QObject::connect(&m_panel, &SearchPanel::hitsChanged, &m_panel, [this] { ++m_changes; });
    m_panel.show();
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_panel.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  void type(const char* text) { child<QLineEdit>("searchField").setText(QString::fromUtf8(text)); }

  void choose(const char* combo, int place) { child<QComboBox>(combo).setCurrentIndex(place); }

  std::string words() { return child<QLabel>("searchCount").text().toStdString(); }

  QStringList listed() {
    QStringList texts;
    const QAbstractItemModel& model = *child<QListView>("searchResults").model();
    for (int row = 0; row < model.rowCount(); ++row) {
      texts += model.index(row, 0).data().toString();
    }
    return texts;
  }

  static table::TablePtr fruits() {
    table::Metadata metadata;
    metadata.addColumn({"kind", {"pome", "", "stone fruit", "pome"}});
    metadata.addColumn({"price", {"12", "7", "120", ""}});
    return tests::makeTable({"apple", "Pineapple", "plum", "pear"}, {{1}, {2}, {3}, {4}},
                            std::move(metadata));
  }

  jobs::JobRunner m_runner;
  SearchPanel m_panel{m_runner};
  int m_changes = 0;
};

enum { Contains, Begins, Whole, Expression };

TEST_F(SearchPanelTest, MatchesAsChosen) {
  m_panel.setTable(fruits());
  type("APPLE");
  EXPECT_EQ(listed(), QStringList({"apple", "Pineapple"}));
  EXPECT_THAT(m_panel.hits(), ElementsAre(0, 1));
  choose("searchMode", Begins);
  EXPECT_EQ(listed(), QStringList({"apple"}));
  type("p");
  EXPECT_THAT(m_panel.hits(), ElementsAre(1, 2, 3));
  choose("searchMode", Whole);
  EXPECT_EQ(words(), "No label is this");
  EXPECT_THAT(m_panel.hits(), IsEmpty());
  choose("searchMode", Expression);
  type("^p.*[mr]$");
  EXPECT_EQ(words(), "2 found");
  EXPECT_EQ(listed(), QStringList({"plum", "pear"}));
}

TEST_F(SearchPanelTest, TellsWhatIsWrongWithAnExpression) {
  m_panel.setTable(fruits());
  choose("searchMode", Expression);
  type("pl[");
  EXPECT_EQ(words(), "a ] is missing: [ (character 3)");
  EXPECT_THAT(m_panel.hits(), IsEmpty());
  EXPECT_EQ(listed(), QStringList());
  type("pl[u]");
  EXPECT_EQ(words(), "1 found");
}

TEST_F(SearchPanelTest, SearchesColumnsAndTellsTheirValues) {
  EXPECT_FALSE(child<QComboBox>("searchColumn").isVisible());
  m_panel.setTable(fruits());
  auto& column = child<QComboBox>("searchColumn");
  ASSERT_TRUE(column.isVisible());
  ASSERT_EQ(column.count(), 3);
  type("pome");
  EXPECT_EQ(words(), "No label contains this");
  choose("searchColumn", 1);
  EXPECT_EQ(listed(), QStringList({"apple · pome", "pear · pome"}));
  choose("searchColumn", 2);
  EXPECT_EQ(words(), "No value contains this");
  choose("searchMode", Begins);
  type("12");
  EXPECT_THAT(m_panel.hits(), ElementsAre(0, 2));

  // A table without that column is searched by its labels again.
  m_panel.setTable(tests::makeTable({"a12", "12b"}, {{1}, {2}}));
  EXPECT_THAT(m_panel.hits(), ElementsAre(1));
  EXPECT_FALSE(column.isVisible());
}

TEST_F(SearchPanelTest, TellsWhenOtherRowsAreHit) {
  m_panel.setTable(fruits());
  EXPECT_EQ(m_changes, 0);
  type("appl");
  EXPECT_EQ(m_changes, 1);
  type("apple");
  EXPECT_EQ(m_changes, 1);
  type("");
  EXPECT_EQ(m_changes, 2);
  EXPECT_THAT(m_panel.hits(), IsEmpty());
}

TEST_F(SearchPanelTest, SearchesLargeTablesInTheBackground) {
  m_panel.setTable(tests::randomTable(50'000, 2));
  choose("searchMode", Expression);
  type("7{4}$");
  ASSERT_TRUE(QTest::qWaitFor([this] { return !m_panel.hits().empty(); }));
  EXPECT_THAT(m_panel.hits(), ElementsAre(7'777, 17'777, 27'777, 37'777, 47'777));
  EXPECT_EQ(words(), "5 found");
  type("(7");
  ASSERT_TRUE(QTest::qWaitFor([this] { return words().find("missing") != std::string::npos; }));
  EXPECT_THAT(m_panel.hits(), IsEmpty());
  choose("searchMode", Begins);
  type("word 1234");
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_panel.hits().size() == 11; }));
}

TEST_F(SearchPanelTest, OnlyTheNewestQueryCounts) {
  m_panel.setTable(tests::randomTable(200'000, 1));
  for (const char* text : {"w", "wo", "wor", "word", "word 1", "word 19999", "word 199999"}) {
    type(text);
    QTest::qWait(10);
  }
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_panel.hits().size() == 1; }));
  EXPECT_THAT(m_panel.hits(), ElementsAre(199'999));
}

}  // namespace
}  // namespace embedscope::explore
