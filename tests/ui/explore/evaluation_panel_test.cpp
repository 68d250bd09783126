// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/evaluation_panel.h"

#include "tests/support/event_wait.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

namespace embedscope::explore {
namespace {

class EvaluationPanelTest : public testing::Test {
 protected:
  EvaluationPanelTest() { m_panel.show(); }

  template <typename Widget>
  Widget& child(const char* name) {
    auto* widget = m_panel.findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return *widget;
  }

  bool waitForJobs() {
    return tests::waitUntil(m_runner, &jobs::JobRunner::jobFinished,
                            [this] { return m_runner.jobs().empty(); });
  }

  /// The file's questions, asked.
  void ask(std::string_view text) {
    m_panel.open(QString::fromStdString(m_folder.file("questions.txt", text).string()));
    ASSERT_TRUE(waitForJobs());
    QCoreApplication::processEvents();
  }

  QString cell(int line, int column) {
    const QTreeWidgetItem* item = child<QTreeWidget>("evaluationResults").topLevelItem(line);
    return item != nullptr ? item->text(column) : QStringLiteral("nothing");
  }

  tests::TemporaryFolder m_folder;
  table::TablePtr m_table =
      tests::makeTable({"man", "king", "woman", "queen", "far"},
                       {{1, 0, 0}, {1, 1, 0}, {0, 0, 1}, {0, 1, 1}, {-1, 0, -1}});
  jobs::JobRunner m_runner;
  EvaluationPanel m_panel{m_runner};
};

TEST_F(EvaluationPanelTest, ShowsTheShareOfEverySection) {
  EXPECT_FALSE(child<QPushButton>("chooseQuestions").isEnabled()) << "there is no table";
  m_panel.setTable(m_table);
  ask(": royal\nman king woman queen\nman king woman far\n: none\nman king woman nobody\n");
  EXPECT_EQ(child<QTreeWidget>("evaluationResults").topLevelItemCount(), 3);
  EXPECT_EQ(cell(0, 0), "All");
  EXPECT_EQ(cell(0, 1), "50.0 %");
  EXPECT_EQ(cell(1, 0), "royal");
  EXPECT_EQ(cell(2, 1), QStringLiteral("–"));
  EXPECT_TRUE(child<QTreeWidget>("evaluationResults")
                  .topLevelItem(0)
                  ->toolTip(1)
                  .contains("1 of 2 answered"));
  QTest::mouseClick(&child<QPushButton>("copyEvaluation"), Qt::LeftButton);
  EXPECT_EQ(QGuiApplication::clipboard()->text(),
            QStringLiteral("section\taccuracy\tcorrect\tquestions\tskipped\n"
                           "royal\t0.500000\t1\t2\t0\n"
                           "none\t–\t0\t0\t1\n"
                           "(all)\t0.500000\t1\t2\t1\n"));
}

TEST_F(EvaluationPanelTest, ShowsCorrelationsAndHeedsItsOptions) {
  m_panel.setTable(m_table);
  ask("MAN\tking\t9\nman\twoman\t5\nking\tfar\t1\n");
  EXPECT_EQ(cell(0, 0), "Spearman");
  EXPECT_EQ(cell(0, 1), "1.0000");
  EXPECT_EQ(cell(2, 1), "3");
  child<QCheckBox>("evaluationCase").setChecked(true);
  QTest::mouseClick(&child<QPushButton>("evaluate"), Qt::LeftButton);
  ASSERT_TRUE(waitForJobs());
  QCoreApplication::processEvents();
  EXPECT_EQ(cell(2, 1), "2") << "“MAN” is no label";
  child<QSpinBox>("evaluationFirst").setValue(2);
  QTest::mouseClick(&child<QPushButton>("evaluate"), Qt::LeftButton);
  ASSERT_TRUE(waitForJobs());
  QCoreApplication::processEvents();
  EXPECT_EQ(cell(3, 1), "3") << "all are skipped";
}

TEST_F(EvaluationPanelTest, SaysWhichLineIsWrongAndForgetsWithTheTable) {
  m_panel.setTable(m_table);
  ask(": royal\nman king woman\n");
  auto& words = child<QLabel>("evaluationWords");
  EXPECT_TRUE(words.isVisible());
  EXPECT_TRUE(words.text().contains("questions.txt:2")) << words.text().toStdString();
  ask(": royal\nman king woman queen\n");
  EXPECT_FALSE(words.isVisible());
  EXPECT_TRUE(child<QTreeWidget>("evaluationResults").isVisible());
  m_panel.setTable(tests::makeTable({"a"}, {{1}}));
  EXPECT_FALSE(child<QTreeWidget>("evaluationResults").isVisible());
  EXPECT_TRUE(child<QPushButton>("evaluate").isVisible()) << "the same questions again";
  m_panel.setTable(nullptr);
  EXPECT_FALSE(child<QPushButton>("evaluate").isEnabled());
}

}  // namespace
}  // namespace embedscope::explore
