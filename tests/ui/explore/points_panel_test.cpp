// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/points_panel.h"

#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <QComboBox>
#include <QTest>

#include <array>

namespace embedscope::explore {
namespace {

using document::TableEntry;

class PointsPanelTest : public testing::Test {
 protected:
  document::TableId open(const std::string& name, bool hasKind) {
    table::Metadata metadata;
    metadata.addColumn({"count", {"1", "100", ""}});
    if (hasKind) {
      metadata.addColumn({"kind", {"x", "y", "x"}});
    }
    return m_document.addTable(
        tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}}, std::move(metadata), name),
        TableEntry::Origin::File, {});
  }

  QComboBox& combo(const char* name) { return *m_panel.findChild<QComboBox*>(QLatin1String(name)); }

  void choose(const char* name, const char* column) {
    QComboBox& box = combo(name);
    box.setCurrentIndex(box.findText(QLatin1String(column)));
    emit box.activated(box.currentIndex());
  }

  std::array<QString, 3> chosen() {
    return {combo("pointSize").currentText(), combo("pointShape").currentText(),
            combo("pointLabel").currentText()};
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  plots::PointCloudPlot m_plot;
  PointsPanel m_panel{m_document, m_plot, m_runner};
};

const std::array<QString, 3> kUsual{QStringLiteral("All alike"), QStringLiteral("By color"),
                                    QStringLiteral("Label of the row")};

TEST_F(PointsPanelTest, EveryTableKeepsItsChoices) {
  const document::TableId first = open("first", true);
  choose("pointSize", "count");
  choose("pointShape", "kind");
  choose("pointLabel", "kind");
  EXPECT_EQ(m_panel.labelOf(1), "y");
  const document::TableId second = open("second", true);
  EXPECT_EQ(chosen(), kUsual) << "though it has those columns, too";
  EXPECT_EQ(m_panel.labelOf(1), "b");
  choose("pointSize", "Vector length");
  m_document.setCurrentTable(first);
  EXPECT_EQ(chosen(), (std::array<QString, 3>{"count", "kind", "kind"}));
  EXPECT_EQ(m_panel.labelOf(1), "y");
  m_document.setCurrentTable(second);
  EXPECT_EQ(combo("pointSize").currentText(), "Vector length");
  m_document.closeTable(second);
  m_document.closeTable(first);
  EXPECT_EQ(chosen(), kUsual);
}

TEST_F(PointsPanelTest, AColumnThatComesBackIsChosenAgain) {
  const document::TableId id = open("table", true);
  choose("pointShape", "kind");
  const table::TablePtr before = m_document.currentTableEntry()->table;
  m_document.changeMetadata(id, before->withMetadata({}), QStringLiteral("remove all"));
  EXPECT_EQ(chosen(), kUsual);
  m_document.undoStack().undo();
  EXPECT_EQ(combo("pointShape").currentText(), "kind");
}

}  // namespace
}  // namespace embedscope::explore
