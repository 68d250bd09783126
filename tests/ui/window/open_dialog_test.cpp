// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/window_fixture.h"
#include "ui/window/file_opener.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

namespace embedscope::tests {
namespace {

class OpenDialogTest : public WindowFixture {
 protected:
  void ask(const std::filesystem::path& path) {
    window().opener().askHow(QString::fromStdString(path.string()));
    EXPECT_TRUE(waitForLook());
  }

  bool waitForLook() {
    return wait([&] { return part<QPushButton>("openButton")->isEnabled(); });
  }

  template <typename Widget>
  Widget* part(const char* name) {
    auto* dialog = window().findChild<QDialog*>(QStringLiteral("openDialog"));
    return dialog == nullptr ? nullptr : dialog->findChild<Widget*>(QString::fromLatin1(name));
  }

  void accept() {
    part<QPushButton>("openButton")->click();
    EXPECT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  }

  const table::EmbeddingTable& table() { return *document().currentTableEntry()->table; }
};

TEST_F(OpenDialogTest, TellsWhatTheFileIsAndShowsItsFirstRows) {
  ask(folder().file("v.txt", "3 2\nthe 1 2.5\ncat 3 4\nsat 5 6\n"));
  EXPECT_EQ(part<QLabel>("factFormat")->text(), QStringLiteral("word2vec text"));
  EXPECT_FALSE(part<QLabel>("factWhy")->text().isEmpty());
  EXPECT_EQ(part<QLabel>("factShape")->text(), QStringLiteral("3 × 2"));
  EXPECT_EQ(part<QLabel>("factNumbers")->text(), QStringLiteral("decimal text"));
  EXPECT_EQ(part<QLabel>("factEncoding")->text(), QStringLiteral("UTF-8"));
  EXPECT_TRUE(part<QLabel>("factMemory")->text().startsWith(QStringLiteral("24 bytes needed")));
  const auto* rows = part<QTableWidget>("firstRows");
  ASSERT_EQ(rows->rowCount(), 3);
  EXPECT_EQ(rows->item(1, 0)->text(), QStringLiteral("cat"));
  EXPECT_EQ(rows->item(0, 2)->text(), QStringLiteral("2.500"));
  accept();
  EXPECT_EQ(table().rowCount(), 3);
}

TEST_F(OpenDialogTest, ALongReasonTakesAsManyLinesAsItNeeds) {
  ask(folder().file("v.txt", "3 2\nthe 1 2.5\ncat 3 4\nsat 5 6\n"));
  auto* why = part<QLabel>("factWhy");
  const int oneLine = why->height();
  why->setText(QStringLiteral("its first line looks like that ").repeated(12));
  EXPECT_TRUE(wait([&] {
    return why->height() >= 2 * oneLine && why->height() >= why->heightForWidth(why->width());
  }));
}

TEST_F(OpenDialogTest, OptionsChangeWhatIsReadAndShown) {
  ask(folder().file("v.txt", "4 1\n A 1\nB 2\nC 3\nD 4\n"));
  part<QCheckBox>("openLowerCase")->click();
  part<QSpinBox>("openEvery")->setValue(2);
  ASSERT_TRUE(waitForLook());
  EXPECT_EQ(part<QLabel>("factShape")->text(), QStringLiteral("2 × 1"));
  EXPECT_EQ(part<QTableWidget>("firstRows")->rowCount(), 2);
  part<QCheckBox>("openLimited")->click();
  part<QSpinBox>("openLimit")->setValue(1);
  ASSERT_TRUE(waitForLook());
  accept();
  EXPECT_EQ(table().rowCount(), 1);
}

TEST_F(OpenDialogTest, OnlyListedLabels) {
  ask(folder().file("v.txt", "3 1\na 1\nb 2\nc 3\n"));
  part<QPlainTextEdit>("openOnly")->setPlainText(QStringLiteral("c\na"));
  ASSERT_TRUE(waitForLook());
  accept();
  ASSERT_EQ(table().rowCount(), 2);
  EXPECT_EQ(table().vocabulary().label(0), "c");
}

TEST_F(OpenDialogTest, OneOfSeveralArraysCanBeChosen) {
  ask(std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / "several.npz");
  auto* arrays = part<QComboBox>("openTensor");
  ASSERT_GT(arrays->count(), 1);
  const int other = arrays->currentIndex() == 0 ? 1 : 0;
  const QString shape = part<QLabel>("factShape")->text();
  arrays->setCurrentIndex(other);
  emit arrays->activated(other);
  ASSERT_TRUE(waitForLook());
  EXPECT_NE(part<QLabel>("factShape")->text(), shape);
  accept();
}

TEST_F(OpenDialogTest, BadLinesAreListedAndCanBeLeftOut) {
  open(folder().file("bad.txt", "4 2\na 1 2\nb 1\nc 3 x\nd 5 6\n"));
  ASSERT_TRUE(wait([&] { return !message().isEmpty(); }));
  EXPECT_TRUE(message().contains(QStringLiteral("bad.txt:3"))) << message().toStdString();
  click("messageAction");
  ASSERT_TRUE(wait([&] {
    const auto* list = part<QListWidget>("badLines");
    return list != nullptr && list->count() == 2;
  }));
  EXPECT_TRUE(part<QListWidget>("badLines")->item(0)->text().startsWith(QStringLiteral("Line 3:")));
  EXPECT_TRUE(part<QListWidget>("badLines")->item(1)->text().startsWith(QStringLiteral("Line 4:")));
  EXPECT_TRUE(part<QCheckBox>("openSkip")->isChecked());
  accept();
  EXPECT_EQ(table().rowCount(), 2);
}

TEST_F(OpenDialogTest, AFileThatCannotBeReadSaysWhyAndCannotBeOpened) {
  const auto path = folder().file("broken.npy", "\x93NUMPY and no more");
  window().opener().askHow(QString::fromStdString(path.string()));
  ASSERT_TRUE(wait([&] {
    auto* dialog = window().findChild<QDialog*>(QStringLiteral("openDialog"));
    return dialog != nullptr && dialog->findChild<QLabel*>(QStringLiteral("messageText")) &&
           dialog->findChild<QLabel*>(QStringLiteral("messageText"))->isVisible();
  }));
  EXPECT_FALSE(part<QPushButton>("openButton")->isEnabled());
}

TEST_F(OpenDialogTest, ATableOfVectorsInCsvIsNoData) {
  open(folder().file("v.csv", "label,0,1\na,1,2\nb,3,4\n"));
  ASSERT_TRUE(wait([&] { return document().currentTableEntry() != nullptr; }));
  EXPECT_EQ(table().dimension(), 2);
}

}  // namespace
}  // namespace embedscope::tests
