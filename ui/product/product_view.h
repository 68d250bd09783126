// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/product_snippet.h"
#include "core/table/embedding_table.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>

namespace embedscope::product {

/// One way to look at a table on the Product page: a picture that goes through steps, and the
/// controls that belong to it alone.
class ProductView : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;

  /// Shows another table with the last step. Null, or without numbers: nothing.
  /// @param row  the chosen category, in [0, n).
  virtual void setTable(const table::TablePtr& table, std::int64_t row) = 0;

  /// Another category of the same table; the step stays.
  virtual void setRow(std::int64_t row) = 0;

  /// Whether there can be more than one step.
  virtual bool hasSteps() const { return true; }

  /// The last step; the first one is 0.
  virtual std::int64_t lastStep() const = 0;
  virtual std::int64_t step() const = 0;

  /// @param step  in [0, lastStep()].
  virtual void setStep(std::int64_t step) = 0;

  /// The step that a film shows after this one.
  virtual std::int64_t nextPlayedStep() const { return step() + 1; }

  /// The step worth jumping to, where there is one.
  virtual std::optional<std::int64_t> stepThatMatters() const { return {}; }

  /// Whether `code` has something in this language.
  virtual bool hasCode(explain::SnippetLanguage /*language*/) const { return false; }

  /// Python code that gives the numbers of this view.
  virtual QString code(explain::SnippetLanguage /*language*/) const { return {}; }

  /// Opens the next fold below (or above) what is shown of a long table.
  virtual void pageRows(bool /*down*/) {}

  /// Folds the opened rows again.
  virtual void closeFolds() {}

  /// Moves by so many columns of the table: the one written out, or those shown.
  virtual void moveColumns(std::int64_t /*by*/) {}

  /// Where the controls of this view stand in the panel; null: it has none.
  virtual QWidget* controls() { return nullptr; }

 signals:
  void rowChosen(qint64 row);       ///< in the picture
  void stepsChanged();              ///< the step, or how many there are
  void failed(const QString& why);  ///< something could not be computed
};

}  // namespace embedscope::product
