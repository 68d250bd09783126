// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/save_steps.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_tables.h"
#include "ui/product/batch_view.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFileInfo>

namespace embedscope::product {
namespace {

class SaveSteps : public testing::Test {
 protected:
  void SetUp() override {
    m_view.resize(700, 500);
    m_view.show();
    m_view.setTable(tests::makeTable({"a", "b", "c"}, {{1, 2}, {3, 4}, {5, 6}}), 0);
    m_view.setStep(2);
  }

  QString path(std::string_view name) const {
    return QString::fromStdString((m_folder / name).string());
  }

  tests::TemporaryFolder m_folder;
  jobs::JobRunner m_jobs;
  BatchView m_view{m_jobs};
};

TEST_F(SaveSteps, SavesEveryStepAndComesBack) {
  std::vector<int> asked;
  const auto saved = saveStepsTo(m_view, path("steps.png"), [&](int index, int count) {
    EXPECT_EQ(count, 4) << "the start, and three examples";
    asked.push_back(index);
    return true;
  });
  EXPECT_EQ(saved.count, 4);
  EXPECT_EQ(saved.problem, QString());
  EXPECT_EQ(asked, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(m_view.step(), 2);
  for (int i = 1; i <= 4; ++i) {
    EXPECT_TRUE(QFileInfo::exists(path("steps-" + std::to_string(i) + ".png"))) << i;
  }
}

TEST_F(SaveSteps, ComesBackWhenStopped) {
  const auto saved =
      saveStepsTo(m_view, path("steps.pdf"), [](int index, int) { return index < 1; });
  EXPECT_EQ(saved.count, 0);
  EXPECT_EQ(m_view.step(), 2);
  EXPECT_TRUE(QDir(path("")).entryList(QDir::Files).isEmpty());
}

}  // namespace
}  // namespace embedscope::product
