// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/product_page.h"

#include "ui/controls/key_help.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"
#include "ui/product/approaches_view.h"
#include "ui/product/bag_view.h"
#include "ui/product/batch_view.h"
#include "ui/product/category_picker.h"
#include "ui/product/forward_view.h"
#include "ui/product/save_steps.h"
#include "ui/product/step_controls.h"
#include "ui/product/take_along.h"
#include "ui/product/training_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace embedscope::product {

namespace {

using explain::SnippetLanguage;

constexpr std::int64_t kAtOnce = 200'000;      // cells of a feature's table made without a job
constexpr std::int64_t kLabelsAtOnce = 5'000;  // read without a job
constexpr std::int64_t kMostInitialCells = 100'000'000;

}  // namespace

ProductPage::ProductPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_frame(new controls::PageFrame(this)),
      m_message(new controls::MessageBar(this)),
      m_tabs(new QTabBar(this)),
      m_pictures(new QStackedWidget(this)),
      m_tables(new QComboBox(this)),
      m_jobs(jobs),
      m_making(jobs, this) {
  setObjectName(QStringLiteral("productPage"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_frame);
  addViews();
  m_frame->setPicture(buildPicture());
  buildPanel();
  noteKeys();
  connectSteps();
  connectDocument();
  refreshSources();
  followTable();
  showView(0);
}

ProductPage::~ProductPage() = default;

void ProductPage::addViews() {
  addView(new ForwardView(m_jobs, this), tr("One category"),
          tr("One-hot × table, row by row, beside the lookup"));
  addView(new BatchView(m_jobs, this), tr("Batch"),
          tr("Several categories: a one-hot matrix × table gathers rows"));
  addView(new BagView(m_jobs, this), tr("Bag"),
          tr("Several categories in one: sums, means and largest numbers of rows"));
  addView(new TrainingView(this), tr("Training step"),
          tr("Lookup, loss and back: which rows get a gradient, and which move"));
  addView(new ApproachesView(m_jobs, this), tr("Approaches"),
          tr("One-hot, identity, random and pretrained side by side"));
}

void ProductPage::addView(ProductView* view, const QString& title, const QString& tip) {
  m_views.push_back(view);
  m_pictures->addWidget(view);
  m_tabs->addTab(title);
  m_tabs->setTabToolTip(m_tabs->count() - 1, tip);
  connect(view, &ProductView::rowChosen, this, &ProductPage::chooseRow);
  connect(view, &ProductView::failed, this, &ProductPage::showError);
  connect(view, &ProductView::stepsChanged, this, [this, view] {
    if (m_steps != nullptr && view == m_pictures->currentWidget()) {
      showSteps();
    }
  });
}

ProductView& ProductPage::view() const {
  return *m_views[static_cast<std::size_t>(m_pictures->currentIndex())];
}

std::int64_t ProductPage::step() const {
  return view().step();
}

void ProductPage::buildPanel() {
  m_tables->setObjectName(QStringLiteral("productTable"));
  m_tables->setAccessibleName(tr("Table"));
  m_tables->setToolTip(tr("An open table, or the numbers a feature starts from"));
  m_tables->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_tables->setMinimumContentsLength(12);
  m_picker = new CategoryPicker(m_jobs, this);
  m_steps = new StepControls(this);
  m_stepsSection = new QWidget(this);
  auto* steps = new QVBoxLayout(m_stepsSection);
  steps->setContentsMargins(0, 0, 0, 8);
  steps->setSpacing(8);
  steps->addWidget(new controls::SectionLabel(tr("Steps"), this));
  steps->addWidget(m_steps);
  m_takeAlong = new TakeAlong(this);
  QVBoxLayout* panel = m_frame->panel();
  panel->addWidget(new controls::SectionLabel(tr("Table"), this));
  panel->addWidget(m_tables);
  panel->addSpacing(8);
  panel->addWidget(new controls::SectionLabel(tr("Category"), this));
  panel->addWidget(m_picker);
  panel->addSpacing(8);
  panel->addWidget(m_stepsSection);
  for (ProductView* view : m_views) {
    if (view->controls() != nullptr) {
      panel->addWidget(view->controls());
    }
  }
  panel->addSpacing(8);
  panel->addWidget(new controls::SectionLabel(tr("Take along"), this));
  panel->addWidget(m_takeAlong);
  panel->addStretch(1);
  connect(m_tables, &QComboBox::activated, this,
          [this](int index) { selectSource(static_cast<std::size_t>(index)); });
  connect(m_picker, &CategoryPicker::rowChosen, this, &ProductPage::chooseRow);
  connect(m_takeAlong, &TakeAlong::codeRequested, this, &ProductPage::copyCode);
  connect(m_takeAlong, &TakeAlong::pictureRequested, this, [this] {
    m_steps->pause();
    showSaved(saveStep(view()));
  });
  connect(m_takeAlong, &TakeAlong::allPicturesRequested, this, [this] {
    m_steps->pause();
    showSaved(saveAllSteps(view()));
  });
}

QWidget* ProductPage::buildPicture() {
  auto* picture = new QWidget(this);
  picture->setAutoFillBackground(true);
  picture->setBackgroundRole(QPalette::Base);
  m_tabs->setObjectName(QStringLiteral("productTabs"));
  m_tabs->setAccessibleName(tr("What to look at"));
  m_tabs->setDocumentMode(true);
  m_tabs->setDrawBase(true);
  m_tabs->setExpanding(false);
  auto* layout = new QVBoxLayout(picture);
  layout->setContentsMargins(0, 0, 0, 8);
  layout->setSpacing(8);
  layout->addWidget(m_tabs);
  layout->addWidget(m_message);
  layout->addWidget(m_pictures, 1);
  connect(m_tabs, &QTabBar::currentChanged, this, &ProductPage::showView);
  return picture;
}

/// Shows one view with its own controls; films stop.
void ProductPage::showView(int index) {
  if (m_steps == nullptr || index < 0) {
    return;
  }
  m_steps->pause();
  m_pictures->setCurrentIndex(index);
  for (ProductView* view : m_views) {
    if (view->controls() != nullptr) {
      view->controls()->setVisible(view == &this->view());
    }
  }
  m_stepsSection->setVisible(view().hasSteps());
  setFocusProxy(&view());
  showSteps();
}

void ProductPage::connectSteps() {
  connect(m_steps, &StepControls::firstRequested, this, [this] { goTo(0); });
  connect(m_steps, &StepControls::backRequested, this, [this] { goTo(step() - 1); });
  connect(m_steps, &StepControls::forwardRequested, this, [this] { goTo(step() + 1); });
  connect(m_steps, &StepControls::lastRequested, this,
          [this] { goTo(std::numeric_limits<std::int64_t>::max()); });
  connect(m_steps, &StepControls::jumpRequested, this,
          [this] { goTo(view().stepThatMatters().value_or(step())); });
  connect(m_steps, &StepControls::ticked, this, &ProductPage::playOn);
  connect(m_steps, &StepControls::playStarted, this, [this] {
    if (m_table && step() == view().lastStep()) {
      view().setStep(0);
    }
  });
}

void ProductPage::connectDocument() {
  using document::Document;
  connect(&m_document, &Document::tablesChanged, this, &ProductPage::refreshSources);
  connect(&m_document, &Document::featuresChanged, this, &ProductPage::refreshSources);
  connect(&m_document, &Document::featureChanged, this, &ProductPage::followFeature);
  connect(&m_document, &Document::trainingSetupChanged, this, &ProductPage::followSetup);
  connect(&m_document, &Document::currentTableChanged, this, &ProductPage::followTable);
  connect(&m_document, &Document::currentRowChanged, this, &ProductPage::followRow);
}

/// Lists what there is to show; what is shown stays as long as it is there.
void ProductPage::refreshSources() {
  m_sources = sourcesOf(m_document);
  const QSignalBlocker quiet(m_tables);
  m_tables->clear();
  for (const ProductSource& source : m_sources) {
    m_tables->addItem(source.title);
  }
  const auto shown = m_source ? std::ranges::find(m_sources, *m_source) : m_sources.end();
  const bool smallest = m_source && std::holds_alternative<ProductSource::Smallest>(m_source->what);
  if (shown == m_sources.end() || (smallest && m_sources.size() > 1)) {
    selectSource(0);
  } else {
    m_tables->setCurrentIndex(static_cast<int>(shown - m_sources.begin()));
  }
}

void ProductPage::followTable() {
  const auto current = std::ranges::find_if(m_sources, [&](const ProductSource& source) {
    const auto* id = std::get_if<document::TableId>(&source.what);
    return id != nullptr && *id == m_document.currentTable();
  });
  if (current != m_sources.end() && (!m_source || !(*current == *m_source))) {
    selectSource(static_cast<std::size_t>(current - m_sources.begin()));
  }
}

void ProductPage::followRow() {
  const auto row = m_document.currentRow();
  if (row && showsCurrentTable() && *row != m_chosen) {
    chooseRow(*row);
  }
}

void ProductPage::followFeature(document::FeatureId id) {
  refreshSources();
  const auto* shown = m_source ? std::get_if<document::FeatureId>(&m_source->what) : nullptr;
  if (shown != nullptr && *shown == id) {
    loadFeature(id);
  }
}

/// A feature's first numbers depend on the seed and on its place among the features of a run; the
/// rest of the setup changes nothing here.
void ProductPage::followSetup() {
  const auto* shown = m_source ? std::get_if<document::FeatureId>(&m_source->what) : nullptr;
  if (shown == nullptr) {
    return;
  }
  const document::TrainingSetup& setup = m_document.trainingSetup();
  if (setup.recipe.seed != m_shownSeed || setup.categorical != m_shownOrder) {
    loadFeature(*shown);
  }
}

bool ProductPage::showsCurrentTable() const {
  const auto* id = m_source ? std::get_if<document::TableId>(&m_source->what) : nullptr;
  return id != nullptr && *id == m_document.currentTable();
}

void ProductPage::selectSource(std::size_t index) {
  m_source = m_sources[index];
  m_tables->setCurrentIndex(static_cast<int>(index));
  m_message->clear();
  m_steps->pause();
  m_chosen = 0;
  if (const auto* tableId = std::get_if<document::TableId>(&m_source->what)) {
    const document::TableId id = *tableId;
    m_document.setCurrentTable(id);
    m_chosen = m_document.currentRow().value_or(0);
    showTable(m_document.table(id)->table);
  } else if (const auto* featureId = std::get_if<document::FeatureId>(&m_source->what)) {
    loadFeature(*featureId);
  } else {
    showTable(document::smallestCase());
  }
}

void ProductPage::loadFeature(document::FeatureId id) {
  const document::FeaturePtr feature = m_document.feature(id);
  const auto n = static_cast<std::int64_t>(feature->categories.size());
  const std::int64_t size = n * feature->effectiveDimension();
  if (size > kMostInitialCells) {
    m_message->show(controls::MessageBar::Kind::Information,
                    tr("The table of “%1” would hold %2 numbers, too many to make just for a look. "
                       "Choose a smaller size on the Define page.")
                        .arg(feature->name, document::groupedText(size)));
    showTable(nullptr);
    return;
  }
  const document::TrainingSetup& setup = m_document.trainingSetup();
  m_shownSeed = setup.recipe.seed;
  m_shownOrder = setup.categorical;
  if (size <= kAtOnce && n <= kLabelsAtOnce) {
    showTable(document::makeInitialTable(document::planInitialTable(setup, *feature)));
    return;
  }
  m_making.start(
      tr("Starting “%1”").arg(feature->name),
      [feature, setup](const base::TaskContext&) {
        return document::makeInitialTable(document::planInitialTable(setup, *feature));
      },
      {.done = [this](const table::TablePtr& table) { showTable(table); },
       .failed = [this](const base::Error& error) { showError(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

void ProductPage::showError(const QString& why) {
  m_message->show(controls::MessageBar::Kind::Error, why);
}

void ProductPage::showTable(const table::TablePtr& table) {
  m_making.drop();
  m_picker->setTable(table);
  const bool any = table && table->rowCount() > 0 && table->dimension() > 0;
  m_table = any ? table : nullptr;
  m_chosen = any ? std::clamp<std::int64_t>(m_chosen, 0, table->rowCount() - 1) : 0;
  m_steps->setEnabled(any);
  if (any) {
    m_picker->setRow(m_chosen);
  }
  for (ProductView* view : m_views) {
    view->setTable(m_table, m_chosen);
  }
  showSteps();
}

void ProductPage::chooseRow(std::int64_t row) {
  if (!m_table || row < 0 || row >= m_table->rowCount() || row == m_chosen) {
    return;
  }
  m_chosen = row;
  m_picker->setRow(m_chosen);
  for (ProductView* view : m_views) {
    view->setRow(row);
  }
  if (showsCurrentTable()) {
    m_document.setCurrentRow(row);
  }
}

void ProductPage::goTo(std::int64_t step) {
  if (m_table) {
    m_steps->pause();
    view().setStep(std::clamp<std::int64_t>(step, 0, view().lastStep()));
  }
}

void ProductPage::playOn() {
  if (!m_table) {
    return;
  }
  const std::int64_t next = std::min(view().nextPlayedStep(), view().lastStep());
  if (next == view().lastStep()) {
    m_steps->pause();
  }
  view().setStep(next);
}

/// What the buttons of the steps can do for the view that is shown.
void ProductPage::showSteps() {
  const std::int64_t last = view().lastStep();
  m_steps->setEnabled(m_table != nullptr && last > 0);
  m_steps->setJump(view().stepThatMatters().has_value());
  m_steps->setPosition(step() == 0, step() == last);
  m_takeAlong->setLanguages(view().hasCode(SnippetLanguage::NumPy),
                            view().hasCode(SnippetLanguage::PyTorch));
  m_takeAlong->setPictures(m_table != nullptr, last > 0);
}

void ProductPage::copyCode(SnippetLanguage language) {
  const QString code = view().code(language);
  if (!code.isEmpty()) {
    QGuiApplication::clipboard()->setText(code);
    m_message->show(controls::MessageBar::Kind::Information,
                    language == SnippetLanguage::NumPy
                        ? tr("The code is on the clipboard; it needs NumPy.")
                        : tr("The code is on the clipboard; it needs PyTorch."));
  }
}

void ProductPage::showSaved(const SaveReport& report) {
  if (!report.words.isEmpty()) {
    m_message->show(
        report.failed ? controls::MessageBar::Kind::Error : controls::MessageBar::Kind::Information,
        report.words);
  }
}

void ProductPage::noteKeys() {
  const QString arrows = QStringLiteral("←, →");
  controls::setKeyHelp(
      *this, {{arrows, tr("Product: one step back, one step on")},
              {tr("Home, End"), tr("Product: the first step, the last step")},
              {tr("Space"), tr("Product: play or pause")},
              {QStringLiteral("↑, ↓"), tr("Product: the category before, the next one")},
              {tr("Page Up, Page Down"), tr("Product: show the rows of the fold above, below")},
              {tr("Esc"), tr("Product: fold all rows again")},
              {tr("Shift+%1").arg(arrows), tr("Product: one column to the left, to the right")}});
}

void ProductPage::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::ShiftModifier &&
      (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
    return view().moveColumns(event->key() == Qt::Key_Left ? -1 : 1);
  }
  switch (event->key()) {
    case Qt::Key_PageDown:
      return view().pageRows(true);
    case Qt::Key_PageUp:
      return view().pageRows(false);
    case Qt::Key_Escape:
      return view().closeFolds();
    case Qt::Key_Left:
      return goTo(step() - 1);
    case Qt::Key_Right:
      return goTo(step() + 1);
    case Qt::Key_Home:
      return goTo(0);
    case Qt::Key_End:
      return goTo(std::numeric_limits<std::int64_t>::max());
    case Qt::Key_Space:
      return m_steps->togglePlay();
    case Qt::Key_Up:
      return m_picker->stepBy(-1);
    case Qt::Key_Down:
      return m_picker->stepBy(1);
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace embedscope::product
