// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/product_source.h"

#include "core/base/text.h"
#include "ui/document/table_text.h"

#include <QCoreApplication>

namespace embedscope::product {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("Product", text);
}

}  // namespace

std::vector<ProductSource> sourcesOf(const document::Document& document) {
  std::vector<ProductSource> sources;
  for (const document::TableEntry& entry : document.tables()) {
    sources.push_back({entry.id, translated("%1  (%2 × %3)")
                                     .arg(QString::fromStdString(entry.table->name()),
                                          document::groupedText(entry.table->rowCount()),
                                          document::groupedText(entry.table->dimension()))});
  }
  for (const document::FeaturePtr& feature : document.features()) {
    const auto n = static_cast<std::int64_t>(feature->categories.size());
    if (n > 0) {
      sources.push_back(
          {feature->id, translated("%1, as it starts  (%2 × %3)")
                            .arg(feature->name, document::groupedText(n),
                                 document::groupedText(feature->effectiveDimension()))});
    }
  }
  if (sources.empty()) {
    sources.push_back({ProductSource::Smallest{}, translated("the smallest case  (2 × 2)")});
  }
  return sources;
}

}  // namespace embedscope::product
