// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/product/product_view.h"
#include "ui/product/scene.h"

#include <cstddef>
#include <optional>

namespace embedscope::product {

class SceneBoard;

/// A view whose steps are scenes. It draws while it is shown only; hidden, it just notes that it
/// is stale.
class SceneView : public ProductView {
  Q_OBJECT

 public:
  explicit SceneView(QWidget* parent = nullptr);

  void setTable(const table::TablePtr& table, std::int64_t row) override;
  void setRow(std::int64_t row) override;

  std::int64_t lastStep() const override;

  std::int64_t step() const override { return m_step; }

  void setStep(std::int64_t step) override;
  void pageRows(bool down) override;
  void closeFolds() override;
  void moveColumns(std::int64_t by) override;

 protected:
  /// How much fits into a scene.
  struct Room {
    RowRoom rows;        ///< of the table
    std::size_t oneHot;  ///< cells of a one-hot row, folds included
  };

  /// Never null while the functions below are called, and never without numbers.
  const table::TablePtr& table() const { return m_table; }

  /// The category chosen on the page.
  std::int64_t row() const { return m_row; }

  /// There is another table, or none.
  virtual void tableChanged() = 0;

  /// The page chose another category of the table.
  virtual void rowChanged() = 0;

  /// ≥ 1.
  virtual std::int64_t sceneCount() const = 0;

  /// @param step  in [0, sceneCount()).
  virtual Scene scene(std::int64_t step, Room room) = 0;

  /// Draws the present scene (again) when it is next seen.
  void refresh();

  void showEvent(QShowEvent* event) override;

 private:
  void draw();
  void openFold(std::optional<std::int64_t> first);

  table::TablePtr m_table;
  std::int64_t m_row = 0;
  std::int64_t m_step = 0;
  std::optional<std::int64_t> m_opened;  ///< the first row of a fold that was opened
  bool m_stale = true;
  SceneBoard* m_board;
};

}  // namespace embedscope::product
