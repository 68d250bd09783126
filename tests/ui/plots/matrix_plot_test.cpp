// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/matrix_plot.h"

#include "ui/plots/matrix_picture.h"
#include "ui/plots/palette.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QWheelEvent>

#include <limits>
#include <optional>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

QRgb shade(double t) {
  return diverging(t, false).rgb();
}

TEST(MatrixPicture, ShowsEveryCell) {
  const base::RowMatrix matrix{{1, -1}, {0, kNaN}};
  const QImage image = matrixPicture(matrix, {0, 0, 2, 2}, {4, 4}, 1, false);
  EXPECT_EQ(image.pixel(0, 0), shade(1));
  EXPECT_EQ(image.pixel(3, 1), shade(-1));
  EXPECT_EQ(image.pixel(1, 2), shade(0));
  EXPECT_EQ(qAlpha(image.pixel(3, 3)), 0) << "no number, no color";
}

TEST(MatrixPicture, ShowsTheMeanOfManyCells) {
  base::RowMatrix matrix(4, 2);
  matrix << 1, kNaN, 0, 1, -1, -1, -1, -1;
  const QImage image = matrixPicture(matrix, {0, 0, 2, 4}, {1, 2}, 1, false);
  const int distance = std::abs(qRed(image.pixel(0, 0)) - qRed(shade(2.0 / 3)));
  EXPECT_LE(distance, 2) << "1, 0 and 1";
  EXPECT_EQ(image.pixel(0, 1), shade(-1));
}

TEST(MatrixPicture, LeavesOutliersOutOfItsScale) {
  base::RowMatrix matrix = base::RowMatrix::Ones(100, 10);
  matrix(3, 3) = -1000;
  EXPECT_EQ(usualMagnitude(matrix), 1);
  EXPECT_EQ(usualMagnitude(base::RowMatrix::Zero(2, 2)), 1);
  const base::RowMatrix pair{{1, 0.2F}, {0.2F, 1}};
  EXPECT_FLOAT_EQ(static_cast<float>(usualMagnitude(pair, false)), 0.2F);
}

class MatrixPlotTest : public testing::Test {
 protected:
  MatrixPlotTest() {
    m_plot.resize(400, 300);
    m_plot.show();
    const auto name = [](Eigen::Index i) { return QStringLiteral("n%1").arg(i); };
    m_plot.setContent({std::make_shared<const base::RowMatrix>(base::RowMatrix::Random(50, 20)),
                       name,
                       name,
                       {},
                       1,
                       false,
                       true});
    QObject::connect(&m_plot, &MatrixPlot::cellClicked, &m_plot,
                     [this](qint64 row, qint64 column) { m_clicked = {row, column}; });
  }

  MatrixPlot m_plot;
  std::optional<MatrixPlot::Cell> m_clicked;
};

TEST_F(MatrixPlotTest, KnowsTheCellUnderThePointer) {
  const MatrixPlot::Cell cell{30, 7};
  EXPECT_EQ(m_plot.cellAt(m_plot.cellRect(cell).center()), cell);
  EXPECT_FALSE(m_plot.cellAt({1, 1}));
  QTest::mouseClick(&m_plot, Qt::LeftButton, {}, m_plot.cellRect(cell).center().toPoint());
  EXPECT_EQ(m_clicked, cell);
  EXPECT_TRUE(m_plot.readout(cell).startsWith(QStringLiteral("n30\ndimension n7:  ")));
}

TEST_F(MatrixPlotTest, ZoomsAroundThePointerAndBack) {
  const MatrixPlot::Cell cell{30, 7};
  const QRectF before = m_plot.cellRect(cell);
  QWheelEvent wheel(before.center(), m_plot.mapToGlobal(before.center()), {}, {0, 360}, {}, {},
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(&m_plot, &wheel);
  EXPECT_GT(m_plot.cellRect(cell).width(), before.width() * 1.5);
  EXPECT_EQ(m_plot.cellAt(before.center()), cell);
  QTest::keyClick(&m_plot, Qt::Key_0);
  EXPECT_EQ(m_plot.cellRect(cell), before);
}

TEST_F(MatrixPlotTest, WalksByKeys) {
  m_plot.setFocus();
  QTest::keyClick(&m_plot, Qt::Key_Down);
  QTest::keyClick(&m_plot, Qt::Key_Down);
  QTest::keyClick(&m_plot, Qt::Key_Right);
  QTest::keyClick(&m_plot, Qt::Key_Return);
  EXPECT_EQ(m_clicked, (MatrixPlot::Cell{1, 1}));
  EXPECT_EQ(m_plot.accessibleDescription(), m_plot.readout({1, 1}));
}

TEST_F(MatrixPlotTest, DrawsAnySize) {
  for (const auto& [rows, columns] : {std::pair(0, 0), std::pair(1, 1), std::pair(5000, 3)}) {
    MatrixPlot::Content content;
    content.values = std::make_shared<const base::RowMatrix>(base::RowMatrix::Ones(rows, columns));
    m_plot.setContent(std::move(content));
    EXPECT_FALSE(pictureOf(m_plot, 1).isNull());
  }
  EXPECT_GT(m_plot.rowsPerPixel(), 10);
}

}  // namespace
}  // namespace embedscope::plots
