// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/product_page.h"

#include "core/base/text.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"
#include "ui/product/category_picker.h"
#include "ui/product/product_board.h"
#include "ui/product/step_controls.h"
#include "ui/product/words.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::product {

namespace {

constexpr std::int64_t kAtOnce = 200'000;      // cells multiplied without a job
constexpr std::int64_t kLabelsAtOnce = 5'000;  // read without a job
constexpr std::int64_t kMostInitialCells = 100'000'000;
constexpr std::int64_t kStepEveryRow = 64;  // longer tables play only what is near
constexpr std::int64_t kNear = 3;

std::int64_t cells(const table::EmbeddingTable& table) {
  return table.rowCount() * table.dimension();
}

/// The product, with everything that would take long later already done.
ProductPtr makeProduct(const table::TablePtr& table, std::int64_t row) {
  auto product = std::make_shared<const explain::OneHotProduct>(table, row);
  static_cast<void>(product->partialSumBefore(0));
  return product;
}

}  // namespace

ProductPage::ProductPage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_frame(new controls::PageFrame(this)),
      m_message(new controls::MessageBar(this)),
      m_tables(new QComboBox(this)),
      m_jobs(jobs),
      m_making(jobs, this) {
  setObjectName(QStringLiteral("productPage"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_frame);
  buildPanel();
  m_frame->setPicture(buildPicture());
  setFocusProxy(m_board);
  connectSteps();
  connectDocument();
  refreshSources();
  followTable();
}

ProductPage::~ProductPage() = default;

void ProductPage::buildPanel() {
  m_tables->setObjectName(QStringLiteral("productTable"));
  m_tables->setAccessibleName(tr("Table"));
  m_tables->setToolTip(tr("An open table, or the numbers a feature starts from"));
  m_tables->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_tables->setMinimumContentsLength(12);
  m_picker = new CategoryPicker(m_jobs, this);
  m_steps = new StepControls(this);
  m_cost = new QLabel(this);
  m_cost->setObjectName(QStringLiteral("costText"));
  m_cost->setWordWrap(true);
  auto* hint = new controls::HintLabel(
      tr("A row, not a column: the one-hot is 1 × n and stands left of the n × d table, so that "
         "its single 1 picks a row. The result is a row too, 1 × d. Written as a column, the same "
         "product is Wᵀ times the one-hot."),
      this);
  QVBoxLayout* panel = m_frame->panel();
  panel->addWidget(new controls::SectionLabel(tr("Table"), this));
  panel->addWidget(m_tables);
  panel->addSpacing(8);
  panel->addWidget(new controls::SectionLabel(tr("Category"), this));
  panel->addWidget(m_picker);
  panel->addSpacing(8);
  panel->addWidget(new controls::SectionLabel(tr("Steps"), this));
  panel->addWidget(m_steps);
  panel->addSpacing(8);
  panel->addWidget(new controls::SectionLabel(tr("Cost"), this));
  panel->addWidget(m_cost);
  panel->addSpacing(8);
  panel->addWidget(hint);
  panel->addStretch(1);
  connect(m_tables, &QComboBox::activated, this,
          [this](int index) { selectSource(static_cast<std::size_t>(index)); });
  connect(m_picker, &CategoryPicker::rowChosen, this, &ProductPage::chooseRow);
}

QWidget* ProductPage::buildPicture() {
  auto* picture = new QWidget(this);
  picture->setAutoFillBackground(true);
  picture->setBackgroundRole(QPalette::Base);
  m_board = new ProductBoard(picture);
  m_board->setCaption(buildCaption());
  auto* layout = new QVBoxLayout(picture);
  layout->setContentsMargins(0, 0, 0, 8);
  layout->setSpacing(8);
  layout->addWidget(m_message);
  layout->addWidget(m_board, 1);
  connect(m_board, &ProductBoard::rowClicked, this, &ProductPage::chooseRow);
  connect(m_board, &ProductBoard::columnClicked, this, &ProductPage::moveColumn);
  return picture;
}

/// The present step and one column of the result, in words.
QWidget* ProductPage::buildCaption() {
  auto* caption = new QWidget(this);
  m_dotProduct = new QLabel(caption);
  m_dotProduct->setObjectName(QStringLiteral("dotProduct"));
  m_dotProduct->setAccessibleName(tr("The chosen column written out"));
  m_dotProduct->setToolTip(tr("Click a column of the result to see another one written out"));
  m_dotProduct->setAlignment(Qt::AlignCenter);
  m_dotProduct->setWordWrap(true);
  m_dotProduct->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_stepText = new QLabel(caption);
  m_stepText->setObjectName(QStringLiteral("stepText"));
  m_stepText->setAlignment(Qt::AlignCenter);
  m_stepText->setWordWrap(true);
  QFont larger = m_stepText->font();
  larger.setPointSizeF(larger.pointSizeF() * 1.15);
  m_stepText->setFont(larger);
  auto* layout = new QVBoxLayout(caption);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_stepText);
  layout->addWidget(m_dotProduct);
  layout->addStretch(1);
  return caption;
}

void ProductPage::connectSteps() {
  connect(m_steps, &StepControls::firstRequested, this, [this] { goTo(0); });
  connect(m_steps, &StepControls::backRequested, this, [this] { goTo(m_step - 1); });
  connect(m_steps, &StepControls::forwardRequested, this, [this] { goTo(m_step + 1); });
  connect(m_steps, &StepControls::lastRequested, this,
          [this] { goTo(std::numeric_limits<std::int64_t>::max()); });
  connect(m_steps, &StepControls::jumpRequested, this, [this] { goTo(m_chosen + 1); });
  connect(m_steps, &StepControls::ticked, this, &ProductPage::playOn);
  connect(m_steps, &StepControls::playStarted, this, [this] {
    if (m_table && m_step == m_table->rowCount()) {
      m_step = 0;
      redraw();
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
  m_making.start(tr("Starting “%1”").arg(feature->name),
                 [feature, setup](const base::TaskContext&) {
                   return document::makeInitialTable(document::planInitialTable(setup, *feature));
                 },
                 {.done = [this](const table::TablePtr& table) { showTable(table); },
                  .failed = [this](const base::Error& error) { showError(error); },
                  .cancelled = {}});
}

void ProductPage::showError(const base::Error& error) {
  m_message->show(controls::MessageBar::Kind::Error, QString::fromUtf8(error.what()));
}

void ProductPage::showTable(const table::TablePtr& table) {
  m_table = table;
  m_picker->setTable(table);
  const bool any = table && table->rowCount() > 0 && table->dimension() > 0;
  m_steps->setEnabled(any);
  m_product = nullptr;
  m_making.drop();
  if (!any) {
    m_step = 0;
    redraw();
    return;
  }
  m_chosen = std::clamp<std::int64_t>(m_chosen, 0, table->rowCount() - 1);
  m_step = table->rowCount();
  m_column = std::min<std::int64_t>(m_column, table->dimension() - 1);
  startProduct();
}

/// Chooses a category; a finished sum stays finished, a film starts over at its own step.
void ProductPage::chooseRow(std::int64_t row) {
  if (!m_table || row < 0 || row >= m_table->rowCount() || (row == m_chosen && m_product)) {
    return;
  }
  m_chosen = row;
  startProduct();
  if (showsCurrentTable()) {
    m_document.setCurrentRow(row);
  }
}

void ProductPage::startProduct() {
  m_picker->setRow(m_chosen);
  m_product = nullptr;
  m_making.drop();
  if (cells(*m_table) <= kAtOnce) {
    takeProduct(makeProduct(m_table, m_chosen));
    return;
  }
  redraw();
  m_making.start(tr("Multiplying"),
                 [table = m_table, row = m_chosen](const base::TaskContext&) {
                   return makeProduct(table, row);
                 },
                 {.done = [this](ProductPtr product) { takeProduct(std::move(product)); },
                  .failed = [this](const base::Error& error) { showError(error); },
                  .cancelled = {}});
}

void ProductPage::takeProduct(ProductPtr product) {
  m_product = std::move(product);
  redraw();
}

void ProductPage::goTo(std::int64_t step) {
  if (m_table) {
    m_steps->pause();
    m_step = std::clamp<std::int64_t>(step, 0, m_table->rowCount());
    redraw();
  }
}

/// Short tables play every step. Long ones play the first steps, those around the one that
/// matters, and the last ones; what lies between is a single leap over rows of zeros.
void ProductPage::playOn() {
  if (!m_table) {
    return;
  }
  const std::int64_t n = m_table->rowCount();
  const std::int64_t matters = m_chosen + 1;
  std::int64_t next = m_step + 1;
  if (n > kStepEveryRow) {
    if (next > kNear && next < matters - kNear) {
      next = matters - kNear;
    } else if (next > matters + kNear && next < n - kNear) {
      next = n - kNear;
    }
  }
  m_step = std::min(next, n);
  if (m_step == n) {
    m_steps->pause();
  }
  redraw();
}

void ProductPage::moveColumn(std::int64_t column) {
  if (m_table && column >= 0 && column < m_table->dimension()) {
    m_column = column;
    redraw();
  }
}

void ProductPage::redraw() {
  m_board->setState({m_table, m_chosen, m_step, m_column, m_product});
  showCost();
  const std::int64_t n = m_table ? m_table->rowCount() : 0;
  m_steps->setPosition(m_step == 0, m_step == n);
  if (!m_product) {
    m_stepText->setText(m_table ? tr("multiplying %1 rows …").arg(document::groupedText(n))
                                : QString());
    m_dotProduct->clear();
    return;
  }
  const QString words = stepText(*m_product, m_step);
  m_stepText->setText(words);
  m_stepText->setAccessibleName(words);  // tells screen readers about every step
  m_board->setAccessibleName(tr("One-hot product, %1").arg(words));
  m_dotProduct->setText(
      tr("column %1:   %2")
          .arg(document::groupedText(m_column), dotProductText(*m_product, m_step, m_column)));
}

void ProductPage::showCost() {
  if (!m_table) {
    m_cost->clear();
    return;
  }
  const std::int64_t n = m_table->rowCount();
  const std::int64_t d = m_table->dimension();
  m_cost->setText(tr("n·d = %1 multiplications\nn·d = %1 additions\nlookup: d = %2 copies")
                      .arg(document::groupedText(n * d), document::groupedText(d)));
}

void ProductPage::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return goTo(m_step - 1);
    case Qt::Key_Right:
      return goTo(m_step + 1);
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
