// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/generated.h"
#include "core/table/embedding_table.h"
#include "ui/document/document.h"

#include <QString>

#include <functional>
#include <variant>
#include <vector>

namespace embedscope::document {

/// The pages of the window, by what they are for.
enum class Page { Start, Define, Train, Product, Explore };

/// What a sample opens: a table, or data to train on.
using SampleContent = std::variant<table::TablePtr, DataEntryPtr>;

/// Something to begin with, opened by one click on the Start page.
struct Sample {
  QString key;  ///< for the command line and tests: "smallest"
  QString title;
  QString description;  ///< what one will see and learn
  Page page;            ///< where to look at it
  /// Makes it. May take a while (a million points): call it in a job. Thread-safe.
  std::function<SampleContent()> make;
};

const std::vector<Sample>& samples();

/// The table of the smallest case: [[3, 4], [5, 6]].
table::TablePtr smallestCase();

/// Generated data with its columns summarized.
DataEntryPtr generatedData(const data::GeneratedSpec& spec);

/// A read table with its columns summarized.
DataEntryPtr summarizedData(data::LoadedData loaded, const QString& path);

/// Puts new data into the document: features for its categorical columns (one undo step) and a
/// training setup that suits it.
/// @param target  the column to predict; empty lets the setup suggest one.
void openData(Document& document, const DataEntryPtr& data, const QString& target = {});

}  // namespace embedscope::document
