// SPDX-License-Identifier: GPL-3.0-or-later
// The main job from end to end, by the widgets a person would use.
#include "core/formats/table_io.h"
#include "tests/support/run_process.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/table_exporter.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace embedscope::tests {
namespace {

using document::Feature;
using document::Page;

class MainJob : public WindowFixture {
 protected:
  void openSample(const char* name, Page page) {
    window().showPage(Page::Start);
    click(name);
    ASSERT_TRUE(wait([&] { return window().page() == page; }));
    ASSERT_TRUE(waitUntilIdle());
  }

  void setNumber(const char* name, int value) {
    if (auto* box = shown<QSpinBox>(name)) {
      box->setValue(value);
    }
  }

  /// Starts a training that would go on for minutes, and waits until it is under way.
  void trainForLong() {
    openSample("sample-months", Page::Train);
    setNumber("epochs", 100000);
    click("startTraining");
    ASSERT_TRUE(wait([&] {
      const auto jobs = window().jobs().jobs();
      return !jobs.empty() && jobs.back().fraction > 0;
    }));
  }

  const document::TableEntry* trained(const char* name) {
    for (const document::TableEntry& entry : document().tables()) {
      if (entry.origin == document::TableEntry::Origin::Trained && entry.table->name() == name) {
        return &entry;
      }
    }
    return nullptr;
  }
};

TEST_F(MainJob, DefineTrainProductExport) {
  openSample("sample-months", Page::Train);
  ASSERT_NE(document().featureNamed(QStringLiteral("month")), nullptr);

  window().showPage(Page::Define);
  setNumber("embeddingSize", 3);
  EXPECT_EQ(document().featureNamed(QStringLiteral("month"))->dimension, 3);

  window().showPage(Page::Train);
  setNumber("epochs", 3);
  click("startTraining");
  ASSERT_TRUE(wait([&] { return trained("month") != nullptr; }));
  EXPECT_EQ(trained("month")->table->rowCount(), 12);
  EXPECT_EQ(trained("month")->table->dimension(), 3);
  EXPECT_TRUE(waitUntilIdle());

  window().showPage(Page::Product);
  document().setCurrentTable(trained("month")->id);
  document().setCurrentRow(6);
  EXPECT_TRUE(wait([&] {
    for (const QLabel* label : window().findChildren<QLabel*>()) {
      if (label->isVisible() && label->text().contains(QStringLiteral("bit-equal"))) {
        return true;
      }
    }
    return false;
  }));

  QSignalSpy exported(&window().exporter(), &window::TableExporter::exported);
  const auto target = folder() / "month.csv";
  window().exporter().exportTo(QString::fromStdString(target.string()), formats::FormatId::Csv);
  ASSERT_TRUE(wait([&] { return exported.count() == 1; }));
  EXPECT_TRUE(fileBytes(target).starts_with("label,0,1,2\nJan,"));
}

TEST_F(MainJob, LoadExploreSearchNeighbor) {
  open(folder().file("words.txt",
                     "5 2\nking 1 0.1\nqueen 0.9 0.2\nman 0 1\nwoman 0.1 0.9\napple -1 -1\n"));
  ASSERT_TRUE(wait([&] { return window().page() == Page::Explore; }));
  ASSERT_TRUE(waitUntilIdle());
  ASSERT_NE(document().currentTableEntry(), nullptr);
  EXPECT_EQ(document().currentTableEntry()->table->rowCount(), 5);

  auto* search = shown<QLineEdit>("searchField");
  ASSERT_NE(search, nullptr);
  QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
  EXPECT_TRUE(search->hasFocus());
  QTest::keyClicks(search, QStringLiteral("king"));
  ASSERT_TRUE(
      wait([&] { return shown<QAbstractItemView>("searchResults")->model()->rowCount() > 0; }));
  QTest::keyClick(search, Qt::Key_Return);
  ASSERT_TRUE(wait([&] { return document().currentRow() == 0; }));

  auto* neighbors = shown<QAbstractItemView>("neighborList");
  ASSERT_NE(neighbors, nullptr);
  ASSERT_TRUE(wait([&] { return neighbors->model()->rowCount() == 4; }));
  const QModelIndex first = neighbors->model()->index(0, 0);
  EXPECT_EQ(first.data().toString(), QStringLiteral("queen"));
  QTest::mouseClick(neighbors->viewport(), Qt::LeftButton, {},
                    neighbors->visualRect(first).center());
  EXPECT_TRUE(wait([&] { return document().currentRow() == 1; }));
}

TEST_F(MainJob, TheWindowAndTheCommandLineTrainTheSameBits) {
  openSample("sample-months", Page::Train);
  setNumber("epochs", 3);
  click("startTraining");
  ASSERT_TRUE(wait([&] { return trained("month") != nullptr; }));
  const base::RowMatrix values = trained("month")->table->values();

  const training::TrainingRecipe& recipe = document().trainingSetup().recipe;
  const Feature start = *document().featureNamed(QStringLiteral("month"));
  ASSERT_EQ(start.initialization, training::Initialization::Uniform);
  for (const char* threads : {"1", "2"}) {
    const std::filesystem::path out = folder() / (std::string("threads") + threads);
    const ProcessResult run = runCli({"train",
                                      EMBEDSCOPE_SAMPLES_DIR "/months.csv",
                                      "--target",
                                      "temperature",
                                      "--dim",
                                      "month=2",
                                      "--initialization",
                                      "uniform",
                                      "--hidden",
                                      "32",
                                      "--learning-rate",
                                      "0.003",
                                      "--batch",
                                      std::to_string(recipe.batchSize),
                                      "--epochs",
                                      "3",
                                      "--seed",
                                      "1",
                                      "--threads",
                                      threads,
                                      "--format",
                                      "word2vec-binary",
                                      "-o",
                                      out.string()});
    ASSERT_EQ(run.exitCode, 0) << run.err;
    const auto loaded = formats::readTable(out / "month.bin");
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->table->values() == values);
  }
}

TEST_F(MainJob, CancellingATrainingKeepsWhatWasLearned) {
  trainForLong();
  const auto* cancel = window().findChild<QWidget*>(QStringLiteral("cancelJob"));
  ASSERT_TRUE(wait([&] { return cancel->isVisible(); }));
  QElapsedTimer timer;
  timer.start();
  click("cancelJob");
  ASSERT_TRUE(waitUntilIdle());
  EXPECT_LT(timer.elapsed(), 20000);
  EXPECT_TRUE(wait([&] { return trained("month") != nullptr; }));
}

TEST_F(MainJob, ClosingTheWindowWhileTrainingIsQuick) {
  trainForLong();
  QElapsedTimer timer;
  timer.start();
  restart();
  EXPECT_LT(timer.elapsed(), 20000);
}

TEST_F(MainJob, UndoAndRedoReachTheDefinition) {
  openSample("sample-months", Page::Train);
  window().showPage(Page::Define);
  setNumber("embeddingSize", 5);
  QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(document().featureNamed(QStringLiteral("month"))->dimension, 2);
  QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(document().featureNamed(QStringLiteral("month"))->dimension, 5);
}

}  // namespace
}  // namespace embedscope::tests
