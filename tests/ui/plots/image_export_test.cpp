// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/image_export.h"

#include "tests/support/temporary_folder.h"
#include "ui/plots/bars.h"
#include "ui/plots/curves.h"
#include "ui/plots/heat_map.h"
#include "ui/plots/point_cloud.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QSvgRenderer>

#include <memory>

namespace embedscope::plots {
namespace {

using tests::fileBytes;
using tests::TemporaryFolder;

std::unique_ptr<PlotWidget> filledPlot(int kind) {
  if (kind == 0) {
    auto cloud = std::make_unique<PointCloudPlot>();
    cloud->setAxisTitles("component 1", "component 2");
    cloud->setPoints(base::RowMatrix::Random(5000, 2));
    return cloud;
  }
  if (kind == 1) {
    auto map = std::make_unique<HeatMap>();
    map->setTitle("table 1 × 3");
    map->setRows({{"D", {1, -2, 3}, RowEmphasis::Lit, {}}});
    return map;
  }
  if (kind == 2) {
    auto curves = std::make_unique<CurvePlot>();
    curves->setAxisTitles("step", "loss");
    curves->setSeries(curves->addSeries("train", {}), {0, 1, 2}, {3, 2, 1});
    return curves;
  }
  auto bars = std::make_unique<BarPlot>();
  bars->setValues({1, -1});
  return bars;
}

class SaveImage : public testing::TestWithParam<int> {
 protected:
  SaveImage() : plot(filledPlot(GetParam())) { plot->resize(320, 240); }

  QString path(std::string_view name) const {
    return QString::fromStdString((folder / name).string());
  }

  TemporaryFolder folder;
  std::unique_ptr<PlotWidget> plot;
};

TEST_P(SaveImage, AsPngInTheChosenScale) {
  ASSERT_EQ(saveImage(static_cast<QWidget&>(*plot), path("plot.png"), 3), "");
  const QImage image(path("plot.png"));
  EXPECT_EQ(image.size(), QSize(960, 720));
}

TEST_P(SaveImage, AsSvgWithWordsAsText) {
  ASSERT_EQ(saveImage(static_cast<QWidget&>(*plot), path("plot.svg")), "");
  QSvgRenderer renderer(path("plot.svg"));
  EXPECT_TRUE(renderer.isValid());
  EXPECT_EQ(renderer.viewBox(), QRect(0, 0, 320, 240));
  const std::string svg = fileBytes(folder / "plot.svg");
  EXPECT_NE(svg.find("<text"), std::string::npos);
  const bool hasImage = svg.find("<image") != std::string::npos;
  EXPECT_EQ(hasImage, GetParam() == 0) << "a cloud of points, and nothing else, is an image";
}

TEST_P(SaveImage, AsPdfOfOnePage) {
  ASSERT_EQ(saveImage(static_cast<QWidget&>(*plot), path("plot.pdf")), "");
  const std::string pdf = fileBytes(folder / "plot.pdf");
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_NE(pdf.find("/Font"), std::string::npos);
  EXPECT_NE(pdf.find("%%EOF"), std::string::npos);
}

TEST_P(SaveImage, RefusesWhatItCannotWriteAndLeavesNothing) {
  EXPECT_NE(saveImage(static_cast<QWidget&>(*plot), path("plot.gif")), "");
  EXPECT_NE(saveImage(static_cast<QWidget&>(*plot), path("no/such/folder/plot.png")), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_P(SaveImage, CopyPutsAPictureOnTheClipboard) {
  plot->copyAction()->trigger();
  EXPECT_EQ(QApplication::clipboard()->image().size(), QSize(640, 480));
}

TEST_P(SaveImage, IsNamedForScreenReaders) {
  EXPECT_FALSE(plot->accessibleName().isEmpty());
  EXPECT_EQ(plot->focusPolicy(), Qt::StrongFocus);
  EXPECT_EQ(plot->actions().size(), 2);
}

INSTANTIATE_TEST_SUITE_P(EveryPlot, SaveImage, testing::Range(0, 4));

TEST(SaveImageOfAnyWidget, PaintsItAsShown) {
  const TemporaryFolder folder;
  QWidget page;
  page.resize(100, 50);
  HeatMap map(&page);
  const QString path = QString::fromStdString((folder / "page.png").string());
  EXPECT_EQ(saveImage(page, path, 2), "");
  EXPECT_EQ(QImage(path).size(), QSize(200, 100));
}

class SaveSeries : public testing::Test {
 protected:
  SaveSeries() {
    m_map.resize(100, 60);
    m_map.setRows({{"row", {1, 2}, RowEmphasis::Normal, {}}});
  }

  QString path(std::string_view name) const {
    return QString::fromStdString((m_folder / name).string());
  }

  SavedSeries save(const QString& to, int stopBefore = 100) {
    m_shown.clear();
    return saveImages(m_map,
                      {11, [this](int index) { m_shown.push_back(index); },
                       [stopBefore](int index) { return index < stopBefore; }},
                      to);
  }

  qsizetype fileCount() const { return QDir(path("")).entryList(QDir::Files).size(); }

  TemporaryFolder m_folder;
  HeatMap m_map;
  std::vector<int> m_shown;
};

TEST_F(SaveSeries, NumbersPicturesFromOne) {
  EXPECT_EQ(save(path("steps.png")).count, 11);
  EXPECT_EQ(m_shown, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(fileCount(), 11);
  EXPECT_EQ(QImage(path("steps-01.png")).size(), QSize(200, 120));
  EXPECT_FALSE(QImage(path("steps-11.png")).isNull());
  EXPECT_EQ(save(path("steps.svg")).count, 11);
  EXPECT_TRUE(QSvgRenderer(path("steps-07.svg")).isValid());
  EXPECT_EQ(fileCount(), 22);
}

TEST_F(SaveSeries, MakesPagesOfOnePdf) {
  EXPECT_EQ(save(path("steps.pdf")).count, 11);
  EXPECT_EQ(fileCount(), 1);
  const std::string pdf = fileBytes(m_folder / "steps.pdf");
  EXPECT_NE(pdf.find("/Count 11"), std::string::npos);
}

TEST_F(SaveSeries, StopsWhereItIsToldTo) {
  EXPECT_EQ(save(path("steps.png"), 3).count, 3);
  EXPECT_EQ(fileCount(), 3) << "what is saved stays";
  EXPECT_EQ(save(path("steps.pdf"), 3).count, 0);
  EXPECT_EQ(fileCount(), 3) << "a document without its end is none";
}

TEST_F(SaveSeries, TellsWhatItCannotWrite) {
  EXPECT_TRUE(save(path("no/such/steps.pdf")).problem.contains(QStringLiteral("steps.pdf")));
  const SavedSeries saved = save(path("no/such/steps.png"));
  EXPECT_EQ(saved.count, 0);
  EXPECT_TRUE(saved.problem.contains(QStringLiteral("steps-01.png")));
  EXPECT_FALSE(save(path("steps.gif")).problem.isEmpty());
}

}  // namespace
}  // namespace embedscope::plots
