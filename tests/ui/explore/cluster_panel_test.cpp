// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/cluster_panel.h"

#include "core/table/table_selection.h"
#include "tests/support/clustered_rows.h"
#include "tests/support/event_wait.h"
#include "ui/explore/color_panel.h"

#include <gmock/gmock.h>

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <limits>
#include <set>

namespace embedscope::explore {
namespace {

using testing::HasSubstr;

table::TablePtr groups(Eigen::Index rows, Eigen::Index columns, Eigen::Index clusters) {
  table::Vocabulary labels;
  for (Eigen::Index i = 0; i < rows; ++i) {
    labels.append("g" + std::to_string(i % clusters) + " " + std::to_string(i));
  }
  return std::make_shared<const table::EmbeddingTable>(
      "groups", std::move(labels), tests::clusteredRows(rows, columns, clusters, 0.05));
}

std::set<std::string> namesOf(const ClusterPanel::ColumnPtr& column) {
  return {column->values.begin(), column->values.end()};
}

class ClusterPanelTest : public testing::Test {
 protected:
  ClusterPanelTest() { m_panel->show(); }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_panel->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  void press() { QTest::mouseClick(&child<QPushButton>("clusterStart"), Qt::LeftButton); }

  bool run() {
    press();
    return tests::waitUntil(*m_panel, &ClusterPanel::clustersChanged,
                            [this] { return m_panel->clusters() != nullptr; });
  }

  std::string words() { return child<QLabel>("clusterWords").text().toStdString(); }

  jobs::JobRunner m_runner;
  std::unique_ptr<ClusterPanel> m_panel{std::make_unique<ClusterPanel>(m_runner)};
};

TEST_F(ClusterPanelTest, NamesTheClusterOfEveryRow) {
  EXPECT_FALSE(child<QPushButton>("clusterStart").isEnabled());
  m_panel->setTable(groups(600, 8, 4));
  child<QSpinBox>("clusterCount").setValue(4);
  ASSERT_TRUE(run());
  const auto column = m_panel->clusters();
  ASSERT_EQ(column->values.size(), 600U);
  EXPECT_EQ(words(), "4 clusters");
  EXPECT_EQ(namesOf(column).size(), 4U);
  for (std::size_t row = 0; row < 600; ++row) {
    EXPECT_EQ(column->values[row].substr(0, 2), "g" + std::to_string(row % 4));
  }
}

TEST_F(ClusterPanelTest, FindsDensePlacesAndLeavesRowsOut) {
  m_panel->setTable(groups(400, 8, 5));
  auto& method = child<QComboBox>("clusterMethod");
  EXPECT_TRUE(child<QSpinBox>("clusterCount").isVisible());
  EXPECT_FALSE(child<QSpinBox>("clusterLeast").isVisible());
  method.setCurrentIndex(1);
  EXPECT_FALSE(child<QSpinBox>("clusterCount").isVisible());
  EXPECT_TRUE(child<QSpinBox>("clusterLeast").isVisible());
  child<QComboBox>("clusterMetric").setCurrentIndex(1);
  ASSERT_TRUE(run());
  EXPECT_EQ(words(), "5 clusters");
}

TEST_F(ClusterPanelTest, DividesThePointsOfThePicture) {
  m_panel->setTable(groups(100, 8, 4));
  child<QComboBox>("clusterWhat").setCurrentIndex(1);
  EXPECT_FALSE(child<QPushButton>("clusterStart").isEnabled());
  base::RowMatrix points(100, 2);
  for (Eigen::Index row = 0; row < 100; ++row) {
    points.row(row) << (row < 60 ? 0.0F : 10.0F) + 0.01F * static_cast<float>(row), 1;
  }
  points(99, 0) = std::numeric_limits<float>::quiet_NaN();
  m_panel->setPoints(std::make_shared<const base::RowMatrix>(points));
  child<QSpinBox>("clusterCount").setValue(2);
  ASSERT_TRUE(run());
  EXPECT_EQ(words(), "2 clusters · 1 row in none");
  const auto& values = m_panel->clusters()->values;
  EXPECT_EQ(values[0], values[59]);
  EXPECT_EQ(values[60], values[98]);
  EXPECT_NE(values[59], values[60]);
  EXPECT_EQ(values[99], "");
}

TEST_F(ClusterPanelTest, KeepsClustersWhileTheNumbersStay) {
  const table::TablePtr table = groups(100, 3, 2);
  m_panel->setTable(table);
  ASSERT_TRUE(run());
  const auto before = m_panel->clusters();
  m_panel->setTable(table::withColumn(*table, *before));
  EXPECT_EQ(m_panel->clusters(), before);
  m_panel->setTable(groups(50, 3, 2));
  EXPECT_EQ(m_panel->clusters(), nullptr);
  EXPECT_EQ(words(), "");
}

TEST_F(ClusterPanelTest, HandsOutTheTableWithItsClustersAsAColumn) {
  const table::TablePtr table =
      table::withColumn(*groups(100, 3, 2), {"cluster", std::vector<std::string>(100)});
  table::TablePtr changed;
  QString name;
  QObject::connect(m_panel.get(), &ClusterPanel::kept, m_panel.get(),
                   [&](const table::TablePtr& with, const QString& column) {
                     changed = with;
                     name = column;
                   });
  m_panel->setTable(table);
  EXPECT_FALSE(child<QPushButton>("clusterKeep").isVisible());
  ASSERT_TRUE(run());
  QTest::mouseClick(&child<QPushButton>("clusterKeep"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return changed != nullptr; }));
  EXPECT_EQ(name, "cluster 2");
  EXPECT_EQ(changed->values().data(), table->values().data());
  EXPECT_EQ(changed->metadata().find("cluster 2")->values, m_panel->clusters()->values);
}

TEST_F(ClusterPanelTest, CanBeStoppedAndDestroyedWhileItRuns) {
  m_panel->setTable(groups(30'000, 40, 9));
  child<QComboBox>("clusterMethod").setCurrentIndex(1);
  press();
  EXPECT_TRUE(child<QProgressBar>("clusterProgress").isVisible());
  EXPECT_EQ(child<QPushButton>("clusterStart").text(), "Cancel");
  press();
  ASSERT_TRUE(
      QTest::qWaitFor([this] { return child<QPushButton>("clusterStart").text() != "Cancel"; }));
  EXPECT_FALSE(child<QProgressBar>("clusterProgress").isVisible());
  EXPECT_EQ(m_panel->clusters(), nullptr);
  press();
  m_panel.reset();
  EXPECT_TRUE(QTest::qWaitFor([this] { return m_runner.jobs().empty(); }));
}

TEST_F(ClusterPanelTest, TellsWhyItCannot) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  m_panel->setTable(std::make_shared<const table::EmbeddingTable>(
      "t", table::Vocabulary{"a", "b"}, base::RowMatrix::Constant(2, 2, nan)));
  press();
  ASSERT_TRUE(QTest::qWaitFor([this] { return !words().empty(); }));
  EXPECT_THAT(words(), HasSubstr("every row holds NaN"));
}

TEST_F(ClusterPanelTest, ColorsTheRows) {
  ColorPanel colors(m_runner);
  std::shared_ptr<const ColorScheme> scheme;
  QString chosen;
  QObject::connect(&colors, &ColorPanel::schemeReady, &colors,
                   [&](const std::shared_ptr<const ColorScheme>& made) { scheme = made; });
  QObject::connect(&colors, &ColorPanel::columnChosen, &colors,
                   [&](const QString& column) { chosen = column; });
  const table::TablePtr table = groups(120, 4, 3);
  colors.setTable(table, {});
  auto& combo = *colors.findChild<QComboBox*>(QStringLiteral("colorColumn"));
  EXPECT_LT(combo.findText(QStringLiteral("Clusters")), 0);
  m_panel->setTable(table);
  child<QSpinBox>("clusterCount").setValue(3);
  ASSERT_TRUE(run());
  colors.setClusters(m_panel->clusters());
  EXPECT_EQ(combo.currentText(), "Clusters");
  EXPECT_EQ(chosen, colors.column());
  ASSERT_TRUE(QTest::qWaitFor([&] { return scheme != nullptr; }));
  EXPECT_EQ(scheme->kind, ColorScheme::Kind::Categories);
  EXPECT_EQ(scheme->entries.size(), 3U);
  EXPECT_EQ(scheme->entries[0].count, 40);

  colors.setClusters(nullptr);
  EXPECT_LT(combo.findText(QStringLiteral("Clusters")), 0);
  EXPECT_EQ(combo.currentIndex(), 0);
  EXPECT_EQ(scheme, nullptr);
}

}  // namespace
}  // namespace embedscope::explore
