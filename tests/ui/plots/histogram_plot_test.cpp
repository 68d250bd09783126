// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/histogram_plot.h"

#include "ui/plots/scree_plot.h"

#include <gtest/gtest.h>

#include <QTest>

#include <utility>
#include <vector>

namespace embedscope::plots {
namespace {

class HistogramPlotTest : public testing::Test {
 protected:
  HistogramPlotTest() {
    m_plot.resize(500, 300);
    m_plot.setAxisTitles(QStringLiteral("length"), QStringLiteral("rows"));
    m_plot.setBins({1, 0.5, {5, 0, 7, 1}, {1, 0, 2, 0}});
    m_plot.show();
    pictureOf(m_plot, 1);  // places are known once it was drawn
    QObject::connect(&m_plot, &HistogramPlot::binsChosen, &m_plot,
                     [this](int first, int last, Qt::KeyboardModifiers modifiers) {
                       m_chosen = {first, last};
                       m_modifiers = modifiers;
                     });
  }

  HistogramPlot m_plot;
  std::pair<int, int> m_chosen{-1, -1};
  Qt::KeyboardModifiers m_modifiers;
};

TEST_F(HistogramPlotTest, ChoosesBinsByADrag) {
  const auto pixel = [this](int bin) { return m_plot.binRect(bin).center().toPoint(); };
  EXPECT_EQ(m_plot.binAt(pixel(2)), 2);
  QTest::mousePress(&m_plot, Qt::LeftButton, {}, pixel(2));
  QTest::mouseMove(&m_plot, pixel(0));
  QTest::mouseRelease(&m_plot, Qt::LeftButton, Qt::ShiftModifier, pixel(0));
  EXPECT_EQ(m_chosen, std::pair(0, 2));
  EXPECT_EQ(m_modifiers, Qt::ShiftModifier);
  QTest::mouseClick(&m_plot, Qt::LeftButton, {}, pixel(3));
  EXPECT_EQ(m_chosen, std::pair(3, 3));
}

TEST_F(HistogramPlotTest, ChoosesBinsByKeys) {
  m_plot.setFocus();
  QTest::keyClick(&m_plot, Qt::Key_Right);
  QTest::keyClick(&m_plot, Qt::Key_Right);
  QTest::keyClick(&m_plot, Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(m_plot.accessibleDescription(), "1.500 to 2.500\n7 rows, 2 selected");
  QTest::keyClick(&m_plot, Qt::Key_Return);
  EXPECT_EQ(m_chosen, std::pair(1, 2));
}

TEST_F(HistogramPlotTest, DrawsCountsOnEitherAxis) {
  m_plot.setMarks({{1.7, QStringLiteral("mean")}, {1.71, QStringLiteral("median")}});
  m_plot.setLogarithmic(true);
  EXPECT_TRUE(m_plot.isLogarithmic());
  EXPECT_FALSE(pictureOf(m_plot, 1).isNull());
  m_plot.setBins({});
  EXPECT_FALSE(m_plot.binAt({200, 100}));
  EXPECT_FALSE(pictureOf(m_plot, 1).isNull());
}

TEST(ScreePlot, ReadsItsComponentsOut) {
  ScreePlot plot;
  plot.resize(400, 240);
  plot.setShares({0.5, 0.3, 0.1});
  plot.setMarks({{0, QStringLiteral("x")}, {2, QStringLiteral("y")}});
  plot.show();
  pictureOf(plot, 1);
  EXPECT_EQ(plot.readout(0), "PC 1: 50.0 % of the variance");
  EXPECT_EQ(plot.readout(2), "PC 3: 10.0 % of the variance\n90.0 % with those before");
  plot.setFocus();
  QTest::keyClick(&plot, Qt::Key_Right);
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_EQ(plot.accessibleDescription(), plot.readout(1));
  EXPECT_EQ(plot.componentAt({0, 0}), 0);
  plot.setShares({});
  EXPECT_FALSE(plot.componentAt({0, 0}));
}

}  // namespace
}  // namespace embedscope::plots
