// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspector_panel.h"

#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/inspector/metadata_view.h"
#include "ui/inspector/neighbor_model.h"
#include "ui/plots/bars.h"

#include <gmock/gmock.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QSpinBox>
#include <QTest>
#include <QTreeView>

#include <limits>

namespace embedscope::inspector {
namespace {

using testing::HasSubstr;

class InspectorPanelTest : public testing::Test {
 protected:
  InspectorPanelTest() {
    m_panel.resize(256, 800);
    m_panel.show();
  }

  void open() {
    table::Metadata metadata;
    metadata.addColumn({"kind", {"number", "", "number", "letter"}});
    metadata.addColumn({"note", {"", "", "", "last"}});
    m_document.addTable(
        tests::makeTable({"one", "two", "three", "d"}, {{1, 0}, {9, 1}, {0, 1}, {-1, 0}}, metadata),
        document::TableEntry::Origin::Sample, {});
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_panel.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  NeighborFinder m_finder{m_document, m_runner};
  InspectorPanel m_panel{m_document, m_finder};
};

TEST_F(InspectorPanelTest, SaysWhatWouldBeThereWhileNothingIsChosen) {
  EXPECT_TRUE(child<QLabel>("inspectorEmpty").isVisible());
  open();
  EXPECT_TRUE(child<QLabel>("inspectorEmpty").isVisible());
}

TEST_F(InspectorPanelTest, ShowsTheChosenRow) {
  open();
  m_document.setCurrentRow(3);

  EXPECT_FALSE(child<QLabel>("inspectorEmpty").isVisible());
  EXPECT_EQ(child<controls::ElidedLabel>("inspectorLabel").fullText(), "d");
  EXPECT_EQ(child<QLabel>("inspectorRow").text(), "row 3 of 4");
  EXPECT_EQ(child<controls::ElidedLabel>("inspectorSource").fullText(), "tiny · sample");
  EXPECT_EQ(child<plots::BarPlot>("inspectorBars").valueCount(), 2);
  EXPECT_EQ(child<QLabel>("fact0").text(), "1.000");    // norm
  EXPECT_EQ(child<QLabel>("fact1").text(), "−0.5000");  // mean
}

TEST_F(InspectorPanelTest, ShowsMetadataThatTheRowHas) {
  open();
  auto& metadata = child<QWidget>("metadata");
  m_document.setCurrentRow(3);
  EXPECT_TRUE(metadata.isVisible());
  m_document.setCurrentRow(1);  // both missing
  EXPECT_FALSE(metadata.isVisible());
}

TEST_F(InspectorPanelTest, ListsNeighborsAndGoesToTheClickedOne) {
  open();
  m_document.setCurrentRow(0);
  auto& list = child<QTreeView>("neighborList");
  const QAbstractItemModel& model = *list.model();

  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(model.index(0, NeighborModel::Label).data().toString(), "two");
  // cos = 9 / √82
  EXPECT_EQ(model.index(0, NeighborModel::Score).data().toString(), "0.9939");
  EXPECT_EQ(model.index(2, NeighborModel::Score).data().toString(), "−1.0000");

  QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                    list.visualRect(model.index(1, NeighborModel::Label)).center());
  EXPECT_EQ(m_document.currentRow(), 2);
}

TEST_F(InspectorPanelTest, GoesToANeighborByKey) {
  open();
  m_document.setCurrentRow(0);
  auto& list = child<QTreeView>("neighborList");
  list.setCurrentIndex(list.model()->index(2, 0));
  QTest::keyClick(&list, Qt::Key_Return);

  EXPECT_EQ(m_document.currentRow(), 3);
}

TEST_F(InspectorPanelTest, ListsByTheMetricAndAsManyAsWished) {
  open();
  m_document.setCurrentRow(0);
  auto& metric = child<QComboBox>("neighborMetric");
  EXPECT_EQ(metric.currentText(), "cosine");
  metric.setFocus();
  QTest::keyClick(&metric, Qt::Key_Down);
  QTest::keyClick(&metric, Qt::Key_Down);
  EXPECT_EQ(m_finder.wish().metric, neighbors::Metric::Euclidean);
  const QAbstractItemModel& model = *child<QTreeView>("neighborList").model();
  ASSERT_EQ(model.rowCount(), 3);
  // |(1, 0) − (0, 1)| = √2
  EXPECT_EQ(model.index(0, NeighborModel::Label).data().toString(), "three");
  EXPECT_EQ(model.index(0, NeighborModel::Score).data().toString(), "1.4142");

  child<QSpinBox>("neighborCount").setValue(2);
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_FALSE(child<QCheckBox>("neighborApproximate").isVisible());
}

TEST_F(InspectorPanelTest, CopiesTheNeighborsAsText) {
  open();
  m_document.setCurrentRow(0);
  child<QSpinBox>("neighborCount").setValue(1);
  auto& list = child<QTreeView>("neighborList");
  m_panel.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&m_panel));
  list.setFocus();
  QTest::keySequence(&list, QKeySequence::Copy);
  const QString text = QApplication::clipboard()->text();
  EXPECT_TRUE(text.startsWith("label\trow\tcosine\ntwo\t1\t0.993")) << text.toStdString();
  QApplication::clipboard()->clear();
  QTest::mouseClick(&child<QWidget>("copyNeighbors"), Qt::LeftButton);
  EXPECT_EQ(QApplication::clipboard()->text(), text);
}

TEST_F(InspectorPanelTest, SaysWhyThereAreNoNeighbors) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  m_document.addTable(tests::makeTable({"good", "bad"}, {{1, 2}, {kNaN, 1}}),
                      document::TableEntry::Origin::File, {});
  m_document.setCurrentRow(1);

  EXPECT_FALSE(child<QTreeView>("neighborList").isVisible());
  EXPECT_TRUE(child<QLabel>("neighborWords").isVisible());
  EXPECT_THAT(child<QLabel>("neighborWords").text().toStdString(), HasSubstr("NaN"));
}

TEST_F(InspectorPanelTest, CopiesTheVectorAsText) {
  open();
  m_document.setCurrentRow(1);
  QTest::mouseClick(&child<QWidget>("copyVector"), Qt::LeftButton);

  EXPECT_EQ(QApplication::clipboard()->text(), "9, 1");
}

TEST_F(InspectorPanelTest, ForgetsTheRowWithItsTable) {
  open();
  m_document.setCurrentRow(1);
  m_document.closeTable(m_document.currentTable());

  EXPECT_TRUE(child<QLabel>("inspectorEmpty").isVisible());
}

TEST(NeighborModel, IsAProperModel) {
  NeighborModel model;
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setNeighbors(tests::makeTable({"a", "b"}, {{1, 0}, {0, 1}}), {{1, 0.25F}});
  EXPECT_EQ(model.rowCount(), 1);
  model.setNeighbors(nullptr, {});
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(ElidedLabel, ShortensWhatDoesNotFitAndKeepsTheWhole) {
  controls::ElidedLabel label;
  label.resize(80, 20);
  const QString text(200, QLatin1Char('w'));
  label.setFullText(text);

  EXPECT_LT(label.text().size(), text.size());
  EXPECT_EQ(label.toolTip(), text);
  EXPECT_EQ(label.accessibleName(), text);
  label.setFullText(QStringLiteral("w"));
  EXPECT_EQ(label.text(), "w");
  EXPECT_EQ(label.toolTip(), QString());
}

}  // namespace
}  // namespace embedscope::inspector
