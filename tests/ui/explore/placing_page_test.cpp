// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/layout.h"
#include "core/projection/pca.h"
#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/message_bar.h"
#include "ui/explore/explore_page.h"

#include <gmock/gmock.h>

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <string>

namespace embedscope::explore {
namespace {

using document::TableEntry;
using testing::HasSubstr;

/// The page with layouts that are supervised, and with rows placed into its pictures.
class PlacingPageTest : public testing::Test {
 protected:
  PlacingPageTest() {
    m_page->resize(1016, 700);
    m_page->show();
  }

  void open(const table::TablePtr& table) {
    m_document.addTable(table, TableEntry::Origin::File, {});
    ASSERT_TRUE(waitForPoints(table->rowCount()));
  }

  bool waitForPoints(std::int64_t count) {
    return QTest::qWaitFor([&] { return m_page->plot().pointCount() == count; }, 10'000);
  }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  std::string caption() { return child<controls::ElidedLabel>("caption").fullText().toStdString(); }

  /// @param name  "umap" or "tsne".
  void chooseLayout(const std::string& name) {
    auto& kind = child<QComboBox>("axesKind");
    const int place =
        kind.findText(name == "umap" ? QStringLiteral("UMAP") : QStringLiteral("t-SNE"));
    kind.setCurrentIndex(place);
    emit kind.activated(place);
  }

  QPushButton& startButton(const std::string& name) {
    return child<QPushButton>((name + "Start").c_str());
  }

  bool layOut(const std::string& name) {
    QTest::mouseClick(&startButton(name), Qt::LeftButton);
    return QTest::qWaitFor([&] { return startButton(name).text() == QLatin1String("Start over"); },
                           60'000);
  }

  /// The coordinates of the picture.
  base::RowMatrix keptPoints() {
    const std::size_t before = m_document.tables().size();
    QTest::mouseClick(&child<QToolButton>("keepCoordinates"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_document.tables().size() > before; }, 10'000));
    return m_document.tables().back().table->values();
  }

  bool waitForMark() {
    return QTest::qWaitFor([&] { return m_page->plot().extraMark().has_value(); }, 10'000);
  }

  QList<QAction*> offered() { return child<QMenu>("placeableTables").actions(); }

  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
  std::unique_ptr<ExplorePage> m_page{
      std::make_unique<ExplorePage>(m_document, m_runner, m_finder)};
};

class PlacingInLayoutTest : public PlacingPageTest,
                            public testing::WithParamInterface<const char*> {};

INSTANTIATE_TEST_SUITE_P(Layouts, PlacingInLayoutTest, testing::Values("umap", "tsne"),
                         [](const auto& layout) { return std::string(layout.param); });

TEST_P(PlacingInLayoutTest, MarksWhereAResultOfTheCalculatorLies) {
  open(tests::randomTable(300, 6));
  auto& field = child<QLineEdit>("calculatorField");
  field.setText(QStringLiteral("\"word 7\""));
  QTest::keyClick(&field, Qt::Key_Return);
  ASSERT_TRUE(waitForMark());
  chooseLayout(GetParam());
  EXPECT_FALSE(m_page->plot().extraMark()) << "there is no picture yet";
  ASSERT_TRUE(layOut(GetParam()));
  ASSERT_TRUE(waitForMark());
  const QPointF place = m_page->plot().extraMark()->place;
  const Eigen::RowVectorXd kept = keptPoints().row(7).cast<double>();
  EXPECT_EQ(place, QPointF(kept[0], kept[1])) << "a row of the table lies on its point";
}

TEST_P(PlacingInLayoutTest, AMarkComesBackWithItsPicture) {
  open(tests::randomTable(300, 6));
  chooseLayout(GetParam());
  ASSERT_TRUE(layOut(GetParam()));
  auto& field = child<QLineEdit>("calculatorField");
  field.setText(QStringLiteral("\"word 7\" + \"word 8\""));
  QTest::keyClick(&field, Qt::Key_Return);
  ASSERT_TRUE(waitForMark());
  const auto mark = m_page->plot().extraMark();
  QTest::mouseClick(&child<QToolButton>("dims3"), Qt::LeftButton);
  EXPECT_FALSE(m_page->plot().extraMark()) << "that run was one of the plane";
  QTest::mouseClick(&child<QToolButton>("dims2"), Qt::LeftButton);
  EXPECT_TRUE(waitForMark());
  EXPECT_EQ(m_page->plot().extraMark(), mark);
  QTest::mouseClick(&startButton(GetParam()), Qt::LeftButton);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !m_page->plot().extraMark(); }, 10'000))
      << "points are moving";
}

TEST_P(PlacingInLayoutTest, PlacesRowsOfAnotherTable) {
  open(tests::randomTable(40, 6, "second", 2));
  open(tests::randomTable(41, 5, "narrow"));
  open(tests::randomTable(300, 6, "first"));
  chooseLayout(GetParam());
  EXPECT_FALSE(child<QToolButton>("placeRows").isEnabled()) << "there is no picture yet";
  ASSERT_TRUE(layOut(GetParam()));
  ASSERT_TRUE(child<QToolButton>("placeRows").isEnabled());
  ASSERT_EQ(offered().size(), 1);
  EXPECT_EQ(offered().front()->text().toStdString(), "Place the rows of “second”");
  offered().front()->trigger();
  ASSERT_TRUE(waitForPoints(340));
  const TableEntry& entry = *m_document.currentTableEntry();
  EXPECT_EQ(entry.table->name(), "first with second");
  EXPECT_EQ(entry.table->dimension(), 2);
  EXPECT_TRUE(entry.table->values().allFinite());
  EXPECT_THAT(entry.source.toStdString(), HasSubstr("40 rows of “second” placed"));
  EXPECT_EQ(entry.table->vocabulary().label(301), "word 1");
  const auto* column = entry.table->metadata().find("of table");
  ASSERT_NE(column, nullptr);
  EXPECT_EQ(column->values[299], "first");
  EXPECT_EQ(column->values[300], "second");
  EXPECT_EQ(child<QComboBox>("colorColumn").currentText(), QStringLiteral("of table"));
}

TEST_F(PlacingPageTest, PlacesRowsOnTheSameComponents) {
  table::Metadata kinds;
  kinds.addColumn({"kind", {"x", "y"}});
  open(tests::makeTable({"p", "q"}, {{1, 2, 3}, {4, 5, 6}}, kinds, "new"));
  const table::TablePtr old = tests::randomTable(50, 3, "old");
  open(old);
  ASSERT_EQ(offered().size(), 1);
  offered().front()->trigger();
  ASSERT_TRUE(waitForPoints(52));
  const TableEntry& entry = *m_document.currentTableEntry();
  base::RowMatrix rows(2, 3);
  rows << 1, 2, 3, 4, 5, 6;
  const auto model = projection::fitPca(old->values(), 2).value();
  EXPECT_TRUE(entry.table->values().bottomRows(2).isApprox(model.project(rows), 1e-4F));
  EXPECT_EQ(entry.table->metadata().find("kind")->values[51], "y");
  EXPECT_EQ(entry.table->metadata().find("kind")->values[0], "");
}

class SupervisedUmapTest : public PlacingPageTest {
 protected:
  /// A table with a column of two values and one of numbers that hardly repeat.
  static table::TablePtr withColumns() {
    table::MetadataColumn kind{"kind", {}};
    table::MetadataColumn mass{"mass", {}};
    for (int row = 0; row < 200; ++row) {
      kind.values.emplace_back(row % 10 == 0 ? "" : row % 2 == 0 ? "leaf" : "root");
      mass.values.push_back(std::to_string(row));
    }
    table::Metadata metadata;
    metadata.addColumn(kind);
    metadata.addColumn(mass);
    return tests::randomTable(200, 6)->withMetadata(metadata);
  }
};

TEST_F(SupervisedUmapTest, ColumnsOfTheTableAreOffered) {
  open(tests::randomTable(100, 6));
  chooseLayout("umap");
  auto& column = child<QComboBox>("umapSupervisor");
  auto& weight = child<QDoubleSpinBox>("umapWeight");
  EXPECT_FALSE(column.isEnabled());
  EXPECT_THAT(column.toolTip().toStdString(), HasSubstr("this table has none"));
  open(withColumns());
  chooseLayout("umap");
  EXPECT_TRUE(column.isEnabled());
  EXPECT_EQ(column.count(), 3);
  EXPECT_FALSE(weight.isVisible());
  column.setCurrentIndex(1);
  EXPECT_TRUE(weight.isVisible());
  m_document.changeMetadata(m_document.currentTable(),
                            m_document.currentTableEntry()->table->withMetadata({}), {});
  EXPECT_EQ(column.currentIndex(), 0) << "the column is gone";
  EXPECT_FALSE(weight.isVisible());
}

TEST_F(SupervisedUmapTest, LaysRowsOutByAColumnAndSaysSo) {
  open(withColumns());
  chooseLayout("umap");
  child<QComboBox>("umapSupervisor").setCurrentIndex(1);
  child<QDoubleSpinBox>("umapWeight").setValue(0.9);
  ASSERT_TRUE(layOut("umap"));
  EXPECT_EQ(caption(),
            "200 rows · UMAP · supervised by “kind” (weight 0.9), cosine, 15 neighbors, min. "
            "distance 0.1, seed 1 · epoch 500");
  projection::UmapOptions options;
  options.targetWeight = 0.9;
  for (int row = 0; row < 200; ++row) {  // 80 leaves, 100 roots
    options.categories.push_back(row % 10 == 0 ? -1 : row % 2 == 0 ? 1 : 0);
  }
  auto expected = projection::Umap::begin(m_document.currentTableEntry()->table->values(), options);
  ASSERT_TRUE(expected->advance(expected->epochs()));
  EXPECT_EQ(keptPoints(), expected->points()) << "the engine's own numbers";
}

TEST_F(SupervisedUmapTest, SaysThatMeasurementsAreNoCategories) {
  open(withColumns());
  chooseLayout("umap");
  child<QComboBox>("umapSupervisor").setCurrentIndex(2);
  QTest::mouseClick(&startButton("umap"), Qt::LeftButton);
  auto& message = child<controls::MessageBar>("messageBar");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !message.text().isEmpty(); }, 10'000));
  EXPECT_THAT(message.text().toStdString(), HasSubstr("they hardly repeat"));
  EXPECT_EQ(startButton("umap").text(), QStringLiteral("Start"));
}

}  // namespace
}  // namespace embedscope::explore
