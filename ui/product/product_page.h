// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/product_snippet.h"
#include "ui/document/document.h"
#include "ui/document/initial_table.h"
#include "ui/jobs/latest_job.h"
#include "ui/product/product_source.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;
class QTabBar;

namespace embedscope::controls {
class MessageBar;
class PageFrame;
}  // namespace embedscope::controls

namespace embedscope::product {

class CategoryPicker;
class ProductView;
class StepControls;
class TakeAlong;
struct SaveReport;

/// The page that shows what an embedding computes, with its numbers, step by step: the product of
/// one category, a batch and a bag; a training step there and back; the approaches side by side.
///
/// Follows the document's current table and row, and leads them. Keys: Left and Right step, Space
/// plays, Home and End go to the first and the last step, Up and Down choose the category, Page
/// Down and Page Up open the folds of a long table, Escape closes them, Shift+Left and Shift+Right
/// move through its columns.
class ProductPage : public QWidget {
  Q_OBJECT

 public:
  /// @param jobs  computes large products and searches; outlives the page, as does the document.
  ProductPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent = nullptr);
  ~ProductPage() override;

  std::int64_t chosenRow() const { return m_chosen; }

  /// Of the view that is shown, counted from 0.
  std::int64_t step() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void addViews();
  void addView(ProductView* view, const QString& title, const QString& tip);
  void buildPanel();
  void noteKeys();
  QWidget* buildPicture();
  void connectDocument();
  void connectSteps();
  void showView(int index);
  void refreshSources();
  void followTable();
  void followRow();
  void followFeature(document::FeatureId id);
  void followSetup();
  void selectSource(std::size_t index);
  void loadFeature(document::FeatureId id);
  void showTable(const table::TablePtr& table);
  void chooseRow(std::int64_t row);
  void showError(const QString& why);
  void goTo(std::int64_t step);
  void playOn();
  void showSteps();
  void copyCode(explain::SnippetLanguage language);
  void showSaved(const SaveReport& report);
  bool showsCurrentTable() const;
  ProductView& view() const;

  document::Document& m_document;
  std::vector<ProductSource> m_sources;
  std::optional<ProductSource> m_source;
  table::TablePtr m_table;  ///< null, or with numbers
  std::int64_t m_chosen = 0;
  std::uint64_t m_shownSeed = 0;  ///< with which the table of a feature was made
  QStringList m_shownOrder;       ///< of the features of a run then
  controls::PageFrame* m_frame;
  controls::MessageBar* m_message;
  QTabBar* m_tabs;
  QStackedWidget* m_pictures;
  std::vector<ProductView*> m_views;  ///< in the order of the tabs
  QComboBox* m_tables;
  CategoryPicker* m_picker = nullptr;
  StepControls* m_steps = nullptr;
  QWidget* m_stepsSection = nullptr;  ///< with its heading
  TakeAlong* m_takeAlong = nullptr;
  jobs::JobRunner& m_jobs;
  jobs::LatestJob m_making;  ///< the first table of a feature
};

}  // namespace embedscope::product
