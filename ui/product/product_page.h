// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/one_hot_product.h"
#include "ui/document/document.h"
#include "ui/document/initial_table.h"
#include "ui/jobs/latest_job.h"
#include "ui/product/product_source.h"

#include <QStringList>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;

namespace embedscope::controls {
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::product {

using ProductPtr = std::shared_ptr<const explain::OneHotProduct>;

class CategoryPicker;
class ProductBoard;
class StepControls;

/// The page that shows one-hot × table with its numbers, step by step, beside the looked-up row.
///
/// Follows the document's current table and row, and leads them. Products of large tables are
/// computed in the background. Keys: Left and Right step, Space plays, Home and End go to the
/// start and the result, Up and Down choose the category.
class ProductPage : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  computes large products and searches; outlives the page, as does the document.
  ProductPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~ProductPage() override;

  std::int64_t chosenRow() const { return m_chosen; }

  /// Rows added so far, in [0, n].
  std::int64_t step() const { return m_step; }

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void buildPanel();
  QWidget* buildPicture();
  QWidget* buildCaption();
  void connectDocument();
  void connectSteps();
  void refreshSources();
  void followTable();
  void followRow();
  void followFeature(document::FeatureId id);
  void followSetup();
  void selectSource(std::size_t index);
  void loadFeature(document::FeatureId id);
  void showTable(const table::TablePtr& table);
  void chooseRow(std::int64_t row);
  void startProduct();
  void takeProduct(ProductPtr product);
  void showError(const base::Error& error);
  void goTo(std::int64_t step);
  void playOn();
  void moveColumn(std::int64_t column);
  void redraw();
  void showCost();
  bool showsCurrentTable() const;

  document::Document& m_document;
  std::vector<ProductSource> m_sources;
  std::optional<ProductSource> m_source;
  table::TablePtr m_table;
  ProductPtr m_product;
  std::int64_t m_chosen = 0;
  std::int64_t m_step = 0;
  std::int64_t m_column = 0;
  std::uint64_t m_shownSeed = 0;  ///< with which the table of a feature was made
  QStringList m_shownOrder;       ///< of the features of a run then
  controls::PageFrame* m_frame;
  controls::MessageBar* m_message;
  QComboBox* m_tables;
  CategoryPicker* m_picker = nullptr;
  StepControls* m_steps = nullptr;
  ProductBoard* m_board = nullptr;
  QLabel* m_cost = nullptr;
  QLabel* m_stepText = nullptr;
  QLabel* m_dotProduct = nullptr;
  jobs::JobRunner& m_jobs;
  jobs::LatestJob m_making;  ///< of a table or a product, whichever is wanted now
};

}  // namespace embedscope::product
