// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/one_hot_product.h"
#include "ui/jobs/latest_job.h"
#include "ui/product/product_view.h"

#include <memory>

class QLabel;

namespace embedscope::product {

class ProductBoard;
class TimingStrip;

/// One category: one-hot × table row by row, beside the looked-up row.
///
/// Large products are multiplied in the background, and only while the view is shown.
class ForwardView : public ProductView {
  Q_OBJECT

 public:
  /// @param jobs  multiplies large tables; outlives the view.
  explicit ForwardView(jobs::JobRunner& jobs, QWidget* parent = nullptr);

  void setTable(const table::TablePtr& table, std::int64_t row) override;
  void setRow(std::int64_t row) override;

  std::int64_t lastStep() const override { return m_table ? m_table->rowCount() : 0; }

  std::int64_t step() const override { return m_step; }

  void setStep(std::int64_t step) override;
  std::int64_t nextPlayedStep() const override;

  std::optional<std::int64_t> stepThatMatters() const override { return m_row + 1; }

  void pageRows(bool down) override;
  void closeFolds() override;

  void moveColumns(std::int64_t by) override { moveColumn(m_column + by); }

  QWidget* controls() override { return m_controls; }

  bool hasCode(explain::SnippetLanguage /*language*/) const override { return m_table != nullptr; }

  QString code(explain::SnippetLanguage language) const override;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  using ProductPtr = std::shared_ptr<const explain::OneHotProduct>;

  QWidget* buildCaption();
  QWidget* buildControls(jobs::JobRunner& jobs);
  void startProduct();
  void takeProduct(ProductPtr product);
  void moveColumn(std::int64_t column);
  void redraw();
  void showCost();

  table::TablePtr m_table;
  ProductPtr m_product;
  std::int64_t m_row = 0;
  std::int64_t m_step = 0;
  std::int64_t m_column = 0;
  ProductBoard* m_board;
  QLabel* m_cost = nullptr;
  TimingStrip* m_timing = nullptr;
  QLabel* m_stepText = nullptr;
  QLabel* m_dotProduct = nullptr;
  QWidget* m_controls;
  jobs::LatestJob m_multiplying;
};

}  // namespace embedscope::product
