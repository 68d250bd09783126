// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include "ui/document/samples.h"
#include "ui/document/table_text.h"

#include <QSignalSpy>

#include <gtest/gtest.h>

namespace embedscope::document {
namespace {

Feature named(const QString& name) {
  Feature feature;
  feature.name = name;
  feature.categories = {{QStringLiteral("a"), {}, 0}, {QStringLiteral("b"), {}, 0}};
  return feature;
}

TEST(TableText, TellsWhereATableCameFrom) {
  using Origin = TableEntry::Origin;
  const auto origin = [](Origin of, const QString& source) {
    return originText({.id = {1}, .table = nullptr, .origin = of, .source = source});
  };
  EXPECT_EQ(origin(Origin::File, QStringLiteral("/data/covid/tensor.bytes")), "covid/tensor.bytes");
  EXPECT_EQ(origin(Origin::Selected, QStringLiteral("selection of covid")), "selection of covid");
  EXPECT_EQ(origin(Origin::Selected, {}), "selection");
  EXPECT_EQ(origin(Origin::Projected, {}), "coordinates");
  EXPECT_EQ(origin(Origin::Trained, {}), "trained");
  EXPECT_EQ(origin(Origin::Sample, {}), "sample");
  EXPECT_EQ(origin(Origin::File, {}), "file");
}

TEST(Document, EveryChangeOfAFeatureIsOneUndoStep) {
  Document document;
  const FeatureId id = document.addFeature(named(QStringLiteral("f")), QStringLiteral("add"));
  Feature changed = *document.feature(id);
  changed.categories[0].label = QStringLiteral("z");
  document.changeFeature(changed, QStringLiteral("rename category"));
  document.removeFeature(id);
  EXPECT_TRUE(document.features().empty());
  EXPECT_FALSE(document.currentFeature());

  document.undoStack().undo();
  ASSERT_EQ(document.features().size(), 1U);
  EXPECT_EQ(document.feature(id)->categories[0].label, QStringLiteral("z"));
  document.undoStack().undo();
  EXPECT_EQ(document.feature(id)->categories[0].label, QStringLiteral("a"));
  document.undoStack().undo();
  EXPECT_TRUE(document.features().empty());
  document.undoStack().redo();
  document.undoStack().redo();
  EXPECT_EQ(document.feature(id)->categories[0].label, QStringLiteral("z"));
}

TEST(Document, UndoPutsAFeatureBackInItsPlace) {
  Document document;
  document.addFeature(named(QStringLiteral("f")), {});
  const FeatureId middle = document.addFeature(named(QStringLiteral("g")), {});
  document.addFeature(named(QStringLiteral("h")), {});
  document.removeFeature(middle);
  document.undoStack().undo();
  EXPECT_EQ(document.features()[1]->name, QStringLiteral("g"));
}

TEST(Document, ChangesWithOneKeyMergeIntoOneStep) {
  Document document;
  const FeatureId id = document.addFeature(named(QStringLiteral("f")), {});
  const int before = document.undoStack().count();
  for (int d = 3; d <= 10; ++d) {
    Feature changed = *document.feature(id);
    changed.dimension = d;
    document.changeFeature(changed, QStringLiteral("size"), 7);
  }
  EXPECT_EQ(document.undoStack().count(), before + 1);
  document.undoStack().undo();
  EXPECT_EQ(document.feature(id)->dimension, 2);
}

TEST(Document, NamesOfFeaturesAreUnique) {
  Document document;
  const FeatureId id = document.addFeature(named(QStringLiteral("f")), {});
  EXPECT_TRUE(document.featureNameProblem(QStringLiteral("f")));
  EXPECT_FALSE(document.featureNameProblem(QStringLiteral("f"), id));
  EXPECT_TRUE(document.featureNameProblem(QStringLiteral(" ")));
}

TEST(Document, ATrainedTableReplacesTheOneOfTheSameName) {
  Document document;
  const table::TablePtr table = smallestCase();
  const TableId sample = document.addTable(table, TableEntry::Origin::Sample, {});
  const TableId first = document.addTable(table, TableEntry::Origin::Trained, {});
  const TableId second = document.addTable(table, TableEntry::Origin::Trained, {});
  EXPECT_EQ(document.tables().size(), 2U);
  EXPECT_NE(document.table(sample), nullptr);
  EXPECT_EQ(document.table(first), nullptr);
  EXPECT_EQ(document.currentTable(), second);
}

TEST(Document, ChoosingATableForgetsTheRow) {
  Document document;
  const TableId first = document.addTable(smallestCase(), TableEntry::Origin::File, {});
  document.setCurrentRow(1);
  QSignalSpy rows(&document, &Document::currentRowChanged);
  const TableId second = document.addTable(smallestCase(), TableEntry::Origin::File, {});
  EXPECT_FALSE(document.currentRow());
  EXPECT_EQ(rows.count(), 1);
  document.closeTable(second);
  EXPECT_EQ(document.currentTable(), first);
  document.closeTable(first);
  EXPECT_FALSE(document.currentTable());
  EXPECT_EQ(document.currentTableEntry(), nullptr);
}

TEST(Document, EveryTableKeepsItsOwnSelectionWhileItIsOpen) {
  Document document;
  EXPECT_EQ(document.selection(), table::RowSet());
  const TableId first = document.addTable(smallestCase(), TableEntry::Origin::File, {});
  const std::int64_t n = document.currentTableEntry()->table->rowCount();
  EXPECT_EQ(document.selection(), table::RowSet(n));
  QSignalSpy changes(&document, &Document::selectionChanged);
  document.setSelection(table::RowSet::all(n));
  document.setSelection(table::RowSet::all(n));
  EXPECT_EQ(changes.count(), 1);
  const TableId second = document.addTable(smallestCase(), TableEntry::Origin::File, {});
  EXPECT_EQ(changes.count(), 2);
  EXPECT_TRUE(document.selection().empty());
  document.setCurrentTable(first);
  EXPECT_EQ(document.selection().count(), n);
  document.closeTable(first);
  EXPECT_EQ(document.currentTable(), second);
  EXPECT_TRUE(document.selection().empty());
}

TEST(Document, OtherMetadataCanBeUndoneAlsoWhenTheTableIsClosed) {
  Document document;
  const TableId id = document.addTable(smallestCase(), TableEntry::Origin::File, {});
  const table::TablePtr before = document.table(id)->table;
  const table::TablePtr after = before->renamed("changed");
  QSignalSpy changes(&document, &Document::metadataChanged);
  document.changeMetadata(id, after, QStringLiteral("tag"));
  EXPECT_EQ(document.table(id)->table, after);
  EXPECT_EQ(changes.count(), 1);
  document.undoStack().undo();
  EXPECT_EQ(document.table(id)->table, before);
  document.closeTable(id);
  document.undoStack().redo();
  EXPECT_EQ(document.table(id), nullptr);
  EXPECT_EQ(changes.count(), 2);
}

TEST(Document, OpeningDataImportsItsFeaturesInOneUndoStep) {
  Document document;
  data::GeneratedSpec spec;
  spec.kind = data::GeneratedKind::Grid;
  spec.categories = 4;
  openData(document, generatedData(spec));
  EXPECT_GE(document.features().size(), 2U);
  EXPECT_EQ(document.undoStack().count(), 1);
  openData(document, document.data());
  EXPECT_EQ(document.undoStack().count(), 1);
  document.undoStack().undo();
  EXPECT_TRUE(document.features().empty());
}

}  // namespace
}  // namespace embedscope::document
