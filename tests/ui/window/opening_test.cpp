// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/window_fixture.h"

#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace embedscope::tests {
namespace {

using document::Page;

class Opening : public WindowFixture {
 protected:
  std::filesystem::path goodFile() const {
    return folder().file("good.txt", "2 2\na 1 2\nb 3 4\n");
  }
};

TEST_F(Opening, ABadFileSaysWhereAndLeavesWhatWasOpen) {
  open(goodFile());
  ASSERT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  const document::TableId before = document().currentTable();
  open(folder().file("ragged.txt", "3 2\na 1 2\nb 3\nc 5 6\n"));
  ASSERT_TRUE(wait([&] { return !message().isEmpty(); }));
  EXPECT_TRUE(message().contains(QStringLiteral("ragged.txt:3"))) << message().toStdString();
  EXPECT_TRUE(message().contains(QStringLiteral("unchanged")));
  EXPECT_EQ(document().currentTable(), before);
  EXPECT_EQ(document().tables().size(), 1U);
}

TEST_F(Opening, RowsAndMemoryAreToldBeforeLoading) {
  const auto* status = shown<QLabel>("statusText");
  QString toldAtLoading;
  QObject::connect(&window().jobs(), &jobs::JobRunner::jobStarted, &window(),
                   [&](const jobs::JobInfo& job) {
                     if (job.title.startsWith(QStringLiteral("Loading"))) {
                       toldAtLoading = status->text();
                     }
                   });
  open(goodFile());
  ASSERT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  EXPECT_EQ(toldAtLoading, QStringLiteral("good.txt · word2vec text · 2 × 2 · 16 bytes"));
}

TEST_F(Opening, AWrongRowCountLoadsWithARemark) {
  open(folder().file("lies.txt", "10 2\na 1 2\nb 3 4\n"));
  ASSERT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  EXPECT_EQ(document().currentTableEntry()->table->rowCount(), 2);
  EXPECT_TRUE(message().contains(QStringLiteral("10"))) << message().toStdString();
}

TEST_F(Opening, CancelInTheMiddleOfLoadingChangesNothing) {
  bool cancelled = false;
  QObject::connect(&window().jobs(), &jobs::JobRunner::jobStarted, &window(),
                   [&](const jobs::JobInfo& job) {
                     if (job.title.startsWith(QStringLiteral("Loading"))) {
                       // At once: by the time the status bar shows it, it may be over.
                       QMetaObject::invokeMethod(
                           &window(),
                           [&, id = job.id] {
                             window().jobs().cancel(id);
                             cancelled = true;
                           },
                           Qt::QueuedConnection);
                     }
                   });
  std::string text;
  for (int i = 0; i < 400'000; ++i) {
    text +=
        "word" + std::to_string(i) + " 0.123456 -0.25 0.5 0.75 1.5 -2.25 0.001 0.002 0.003 0.004\n";
  }
  open(folder().file("large.txt", text));
  ASSERT_TRUE(wait([&] { return cancelled; }));
  ASSERT_TRUE(waitUntilIdle());
  EXPECT_TRUE(wait([&] { return message().contains(QStringLiteral("cancelled")); }));
  EXPECT_TRUE(document().tables().empty());
}

TEST_F(Opening, DelimitedFilesAreDataAndMakeFeatures) {
  open(folder().file("fruit.csv", "fruit,weight\napple,1.5\npear,2\napple,1.7\n"));
  ASSERT_TRUE(wait([&] { return window().page() == Page::Train; }));
  EXPECT_NE(document().featureNamed(QStringLiteral("fruit")), nullptr);
  EXPECT_EQ(document().trainingSetup().target, QStringLiteral("weight"));
}

TEST_F(Opening, FilesCanBeDroppedOnTheWindow) {
  QMimeData files;
  files.setUrls({QUrl::fromLocalFile(QString::fromStdString(goodFile().string()))});
  QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window(), &drop);
  EXPECT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
}

TEST_F(Opening, AMissingFileSaysSo) {
  open(folder() / "nothing.bin");
  ASSERT_TRUE(wait([&] { return !message().isEmpty(); }));
  EXPECT_TRUE(message().contains(QStringLiteral("No such file"))) << message().toStdString();
}

}  // namespace
}  // namespace embedscope::tests
