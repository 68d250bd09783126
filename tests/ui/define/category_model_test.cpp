// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/category_model.h"

#include "ui/document/document.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QMimeData>
#include <QSignalSpy>

#include <memory>

namespace embedscope::define {
namespace {

class CategoryModelTest : public testing::Test {
 protected:
  void SetUp() override {
    document::Feature feature;
    feature.name = QStringLiteral("color");
    feature.categories = {{"D", {}, 10}, {"E", {}, 30}, {"F", {}, 60}, {"G", {}, 0}};
    m_id = m_document.addFeature(feature, QStringLiteral("add"));
    QObject::connect(&m_model, &CategoryModel::changeRequested, &m_document,
                     [this](const document::FeaturePtr& changed, const QString& text) {
                       m_document.changeFeature(changed, text);
                     });
    QObject::connect(&m_document, &document::Document::featureChanged, &m_model,
                     [this] { m_model.setFeature(m_document.feature(m_id)); });
    m_model.setFeature(m_document.feature(m_id));
  }

  QStringList labels() const {
    QStringList out;
    for (int row = 0; row < m_model.rowCount(); ++row) {
      out += m_model.index(row, CategoryModel::Label).data().toString();
    }
    return out;
  }

  QString cell(int row, int column) const { return m_model.index(row, column).data().toString(); }

  document::Document m_document;
  document::FeatureId m_id;
  CategoryModel m_model;
  QAbstractItemModelTester m_tester{&m_model,
                                    QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(CategoryModelTest, ShowsCountsAndShares) {
  EXPECT_EQ(cell(1, CategoryModel::Count), QStringLiteral("30"));
  EXPECT_EQ(cell(1, CategoryModel::Share), QStringLiteral("30.0 %"));
  EXPECT_EQ(cell(3, CategoryModel::Count), QString());
}

TEST_F(CategoryModelTest, RenamesAsOneUndoStep) {
  EXPECT_TRUE(m_model.setData(m_model.index(1, CategoryModel::Label), QStringLiteral(" Echo ")));
  EXPECT_EQ(labels(), (QStringList{"D", "Echo", "F", "G"}));
  m_document.undoStack().undo();
  EXPECT_EQ(labels(), (QStringList{"D", "E", "F", "G"}));
}

TEST_F(CategoryModelTest, RefusesDuplicatesAndEmptyLabelsWithTheReason) {
  QSignalSpy refused(&m_model, &CategoryModel::refused);
  EXPECT_FALSE(m_model.setData(m_model.index(1, CategoryModel::Label), QStringLiteral("F")));
  EXPECT_FALSE(m_model.setData(m_model.index(1, CategoryModel::Label), QStringLiteral("  ")));
  ASSERT_EQ(refused.size(), 2);
  EXPECT_EQ(refused[0][0].toString(), QStringLiteral("“F” is already category 3 of this feature."));
  EXPECT_EQ(refused[1][0].toString(), QStringLiteral("A label cannot be empty."));
  EXPECT_EQ(labels(), (QStringList{"D", "E", "F", "G"}));
}

TEST_F(CategoryModelTest, DeletesSeveralAndUndoesInPlace) {
  QSignalSpy reset(&m_model, &QAbstractItemModel::modelReset);
  const QPersistentModelIndex last = m_model.index(3, CategoryModel::Label);
  m_model.removeCategories({1, 2});
  EXPECT_EQ(labels(), (QStringList{"D", "G"}));
  EXPECT_EQ(last.row(), 1);
  m_document.undoStack().undo();
  EXPECT_EQ(labels(), (QStringList{"D", "E", "F", "G"}));
  EXPECT_EQ(last.row(), 3);
  EXPECT_TRUE(reset.isEmpty());
}

TEST_F(CategoryModelTest, MovesBlocksInBothDirections) {
  EXPECT_EQ(m_model.moveCategories({0, 1}, 4), 2);
  EXPECT_EQ(labels(), (QStringList{"F", "G", "D", "E"}));
  EXPECT_EQ(m_model.moveCategories({3}, 0), 0);
  EXPECT_EQ(labels(), (QStringList{"E", "F", "G", "D"}));
  EXPECT_EQ(m_model.moveCategories({1}, 2), -1) << "nothing changes";
}

TEST_F(CategoryModelTest, TakesItsOwnDrops) {
  QSignalSpy moved(&m_model, &CategoryModel::rowsMovedTo);
  const std::unique_ptr<QMimeData> mime(m_model.mimeData(
      {m_model.index(0, CategoryModel::Label), m_model.index(0, CategoryModel::Note)}));
  EXPECT_FALSE(m_model.dropMimeData(mime.get(), Qt::MoveAction, 3, 0, {}))
      << "the view must not remove the rows again";
  EXPECT_EQ(labels(), (QStringList{"E", "F", "D", "G"}));
  ASSERT_EQ(moved.size(), 1);
  EXPECT_EQ(moved[0][0].toInt(), 2);
}

TEST_F(CategoryModelTest, FreezesAndUnfreezesAsOneStep) {
  m_model.toggleFrozen({0, 2});
  EXPECT_EQ(m_model.index(0, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Checked);
  EXPECT_EQ(m_model.index(1, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Unchecked);
  m_model.toggleFrozen({0, 1});  // one of them is not frozen yet
  EXPECT_EQ(m_model.index(1, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Checked);
  m_model.toggleFrozen({0, 1, 2});
  EXPECT_EQ(m_model.index(2, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Unchecked);
  m_document.undoStack().undo();
  m_document.undoStack().undo();
  EXPECT_EQ(m_model.index(1, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Unchecked);
}

TEST_F(CategoryModelTest, FrozenStaysWithItsCategory) {
  m_model.toggleFrozen({3});
  m_model.moveCategories({3}, 0);
  EXPECT_EQ(cell(0, CategoryModel::Label), QStringLiteral("G"));
  EXPECT_EQ(m_model.index(0, CategoryModel::Frozen).data(Qt::CheckStateRole), Qt::Checked);
}

TEST_F(CategoryModelTest, ThePaddingRowHasNoTick) {
  m_document.changeFeature(document::withPadding(*m_document.feature(m_id), 1),
                           QStringLiteral("pad"));
  EXPECT_FALSE(m_model.index(1, CategoryModel::Frozen).data(Qt::CheckStateRole).isValid());
  EXPECT_EQ(cell(1, CategoryModel::Frozen), QStringLiteral("padding"));
  const int steps = m_document.undoStack().count();
  m_model.toggleFrozen({1});
  EXPECT_EQ(m_document.undoStack().count(), steps);
}

TEST_F(CategoryModelTest, HundredThousandCategoriesStayFast) {
  document::Feature huge = *m_document.feature(m_id);
  for (int i = 0; i < 100'000; ++i) {
    huge.categories.push_back({QStringLiteral("category %1").arg(i), {}, 1});
  }
  m_document.changeFeature(huge, QStringLiteral("add"));
  ASSERT_EQ(m_model.rowCount(), 100'004);
  QElapsedTimer timer;
  timer.start();
  EXPECT_TRUE(m_model.setData(m_model.index(50'000, CategoryModel::Note), QStringLiteral("seen")));
  EXPECT_LT(timer.elapsed(), 10000) << "loose, for busy machines and sanitizers";
  m_document.undoStack().undo();
  m_document.undoStack().undo();
  EXPECT_EQ(m_model.rowCount(), 4);
}

}  // namespace
}  // namespace embedscope::define
