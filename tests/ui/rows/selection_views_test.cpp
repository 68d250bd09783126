// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tiny_tables.h"
#include "ui/controls/elided_label.h"
#include "ui/rows/lengths_view.h"
#include "ui/rows/matrix_text.h"
#include "ui/rows/selection_heat_map.h"
#include "ui/rows/similarity_view.h"
#include "ui/rows/variance_view.h"

#include <gmock/gmock.h>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::rows {
namespace {

using document::TableEntry;
using testing::ElementsAre;
using testing::HasSubstr;
using Rows = std::vector<std::int64_t>;

class SelectionViewsTest : public testing::Test {
 protected:
  void open(const table::TablePtr& table) {
    m_document.addTable(table, TableEntry::Origin::File, {});
  }

  void select(const Rows& rows) {
    m_document.setSelection(table::RowSet(m_document.selection().size(), rows));
  }

  static std::string words(const QWidget& view, const char* name) {
    return view.findChild<controls::ElidedLabel*>(QLatin1String(name))->fullText().toStdString();
  }

  template <typename View>
  bool waitForRows(const View& view, std::size_t count) {
    return QTest::qWaitFor([&] { return view.rows().size() == count; }, 10'000);
  }

  document::Document m_document;
  jobs::JobRunner m_runner;
  inspector::NeighborFinder m_finder{m_document, m_runner};
};

/// Two groups, mixed.
table::TablePtr groupedTable() {
  return tests::makeTable({"n1", "e1", "n2", "e2"}, {{0, 1}, {1, 0}, {0.1F, 1}, {1, 0.1F}});
}

TEST_F(SelectionViewsTest, HeatMapShowsTheSelectedRows) {
  SelectionHeatMap view(m_document, m_finder, m_runner);
  view.resize(500, 260);
  view.show();
  open(groupedTable());
  ASSERT_TRUE(waitForRows(view, 4));
  EXPECT_EQ(words(view, "heatMapWords"), "all 4 rows");
  select({1, 2, 3});
  ASSERT_TRUE(waitForRows(view, 3));
  EXPECT_EQ(words(view, "heatMapWords"), "3 selected rows");
  EXPECT_EQ(view.plot().content().values->row(1), (Eigen::RowVector2f(0.1F, 1)));
  QTest::mouseClick(&view.plot(), Qt::LeftButton, {},
                    view.plot().cellRect({1, 0}).center().toPoint());
  EXPECT_EQ(m_document.currentRow(), 2);
  view.findChild<QComboBox*>(QStringLiteral("heatMapOrder"))->setCurrentIndex(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return view.rows() != Rows{1, 2, 3}; }));
  EXPECT_THAT(view.rows(), testing::AnyOf(ElementsAre(1, 3, 2), ElementsAre(2, 3, 1)));
}

TEST_F(SelectionViewsTest, HeatMapShowsTheChosenRowAmongItsNeighbors) {
  SelectionHeatMap view(m_document, m_finder, m_runner);
  view.show();
  open(tests::randomTable(300, 4));
  ASSERT_TRUE(waitForRows(view, 100));
  EXPECT_EQ(words(view, "heatMapWords"), "nothing is selected: the first 100 rows");
  m_document.setCurrentRow(7);
  ASSERT_TRUE(waitForRows(view, 11));
  EXPECT_EQ(view.rows().front(), 7);
  EXPECT_EQ(words(view, "heatMapWords"), "“word 7” and its 10 neighbors");
}

TEST_F(SelectionViewsTest, HeatMapOrdersManyRowsAlongTheirComponent) {
  SelectionHeatMap view(m_document, m_finder, m_runner);
  view.findChild<QComboBox*>(QStringLiteral("heatMapOrder"))->setCurrentIndex(1);
  open(tests::randomTable(3000, 2));
  m_document.setSelection(table::RowSet::all(3000));
  view.show();
  ASSERT_TRUE(waitForRows(view, 3000));
  EXPECT_THAT(words(view, "heatMapWords"), HasSubstr("along their first principal component"));
}

TEST_F(SelectionViewsTest, SimilarityComparesEveryPair) {
  SimilarityView view(m_document, m_finder, m_runner);
  view.resize(500, 300);
  view.show();
  open(groupedTable());
  select({0, 1, 2, 3});
  ASSERT_TRUE(waitForRows(view, 4));
  const auto matrix = [&] { return *view.plot().content().values; };
  EXPECT_NEAR(matrix()(0, 2), 1 / std::sqrt(1.01F), 1e-6F);
  EXPECT_NEAR(matrix()(0, 1), 0, 1e-6F);
  view.findChild<QComboBox*>(QStringLiteral("similarityOrder"))->setCurrentIndex(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return view.rows() != Rows{0, 1, 2, 3}; }));
  EXPECT_EQ(view.rows()[1] % 2, view.rows()[0] % 2) << "groups stand together";
  EXPECT_GT(matrix()(0, 1), 0.9F) << "the numbers, too";
  QTest::mouseClick(&view.plot(), Qt::LeftButton, {},
                    view.plot().cellRect({3, 0}).center().toPoint());
  EXPECT_EQ(m_document.currentRow(), view.rows()[3]);
  view.findChild<QComboBox*>(QStringLiteral("similarityMetric"))->setCurrentIndex(2);
  EXPECT_TRUE(QTest::qWaitFor([&] { return view.plot().content().valueName == "euclidean"; }));
}

TEST_F(SelectionViewsTest, SimilarityTellsWhichRowsItTakes) {
  SimilarityView view(m_document, m_finder, m_runner);
  view.show();
  open(tests::randomTable(2500, 2));
  m_document.setSelection(table::RowSet::all(2500));
  ASSERT_TRUE(waitForRows(view, 2000));
  EXPECT_EQ(words(view, "similarityWords"), "the first 2,000 of 2,500 selected rows");
}

TEST_F(SelectionViewsTest, SimilarityGivesItsNumbersAway) {
  SimilarityView view(m_document, m_finder, m_runner);
  view.show();
  open(tests::makeTable({"a,b", "c"}, {{1, 0}, {0, 2}}));
  select({0, 1});
  view.findChild<QComboBox*>(QStringLiteral("similarityMetric"))->setCurrentIndex(1);
  ASSERT_TRUE(waitForRows(view, 2));
  view.copyNumbers();
  EXPECT_EQ(QApplication::clipboard()->text(), "label,\"a,b\",c\n\"a,b\",1,0\nc,0,4\n");
}

TEST(MatrixAsCsv, QuotesLabelsAndLeavesWhatIsNoNumberOut) {
  const base::RowMatrix matrix{{1, std::numeric_limits<float>::quiet_NaN()}, {0.5F, -2}};
  EXPECT_EQ(matrixAsCsv(matrix, {"say \"a\"", "b\nc"}),
            "label,\"say \"\"a\"\"\",\"b\nc\"\n\"say \"\"a\"\"\",1,\n\"b\nc\",0.5,-2\n");
}

TEST_F(SelectionViewsTest, LengthsCountRowsAndSelectThem) {
  LengthsView view(m_document, m_runner);
  view.resize(600, 260);
  view.show();
  const float none = std::numeric_limits<float>::quiet_NaN();
  open(tests::makeTable({"a", "b", "c", "d", "e"}, {{0, 0}, {3, 4}, {none, 1}, {1, 0}, {10, 0}}));
  const auto& plot = view.plot();
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return plot.binAt(plot.binRect(0).center()) == 0 && plot.binRect(0).width() > 20; }));
  EXPECT_EQ(words(view, "lengthsWords"),
            "lengths from 0 to 10.00 · mean 4.000 · median 3.000 · 1 row is all zeros · 1 row "
            "holds NaN or infinity");
  const auto pixel = [&](int bin) { return plot.binRect(bin).center().toPoint(); };
  QTest::mouseClick(&view.plot(), Qt::LeftButton, {}, pixel(0));
  EXPECT_EQ(m_document.selection().rows(), (Rows{0, 3}));
  QTest::mouseClick(&view.plot(), Qt::LeftButton, Qt::ShiftModifier, pixel(1));
  EXPECT_EQ(m_document.selection().rows(), (Rows{0, 1, 3, 4}));
  QTest::mouseClick(&view.plot(), Qt::LeftButton, Qt::AltModifier, pixel(0));
  EXPECT_EQ(m_document.selection().rows(), (Rows{1, 4}));
}

TEST_F(SelectionViewsTest, VarianceAsksForWhatItDoesNotKnow) {
  VarianceView view;
  int asked = 0;
  QObject::connect(&view, &VarianceView::sharesWanted, &view, [&] { ++asked; });
  QTest::qWait(5);
  EXPECT_EQ(asked, 0) << "hidden";
  view.show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return asked == 1; }));
  view.setShares({0.5, 0.25}, 100);
  view.setAxes(0, 1);
  EXPECT_EQ(words(view, "varianceWords"),
            "the first 2 of 100 components hold 75.0 % of the variance (PCA, centred) · half of it "
            "along PC 1");
  EXPECT_EQ(view.plot().readout(1).toStdString(),
            "PC 2: 25.0 % of the variance\n75.0 % with those before");
  view.setShares({0.4, 0.3, 0.3}, 3);
  EXPECT_EQ(words(view, "varianceWords"),
            "all 3 components (PCA, centred) · half of it along the first 2");
  view.setShares({0.2, 0.2}, 50);
  EXPECT_EQ(words(view, "varianceWords"),
            "the first 2 of 50 components hold 40.0 % of the variance (PCA, centred)");
  view.setShares({}, 0);
  EXPECT_EQ(words(view, "varianceWords"), "");
}

}  // namespace
}  // namespace embedscope::rows
