// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/bag_view.h"

#include "core/table/row_excerpt.h"
#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/product/number_list.h"
#include "ui/product/row_list.h"
#include "ui/product/scene_parts.h"
#include "ui/product/words.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace embedscope::product {

namespace {

using explain::BagMode;
using explain::BagProduct;
using Steps = std::vector<BagProduct::Step>;

constexpr std::size_t kMostRows = 12;
constexpr std::int64_t kFirstRows = 3;
constexpr std::int64_t kAtOnce = 200'000;  // cells multiplied without a job

QString grouped(std::size_t value) {
  return document::groupedText(static_cast<std::int64_t>(value));
}

}  // namespace

BagView::BagView(jobs::JobRunner& jobs, QWidget* parent)
    : SceneView(parent),
      m_controls(new QWidget(this)),
      m_rows(new RowList(tr("Categories of the bag"), "bagRows", kMostRows, m_controls)),
      m_mode(new QComboBox(m_controls)),
      m_padding(new QComboBox(m_controls)),
      m_weights(new QLineEdit(m_controls)),
      m_weightsNote(new controls::HintLabel({}, m_controls)),
      m_multiplying(jobs, this) {
  setObjectName(QStringLiteral("bagView"));
  buildControls();
}

void BagView::buildControls() {
  m_mode->setObjectName(QStringLiteral("bagMode"));
  m_mode->setToolTip(tr("How the rows of the bag become one, as nn.EmbeddingBag's mode"));
  m_mode->addItem(tr("Sum"), static_cast<int>(BagMode::Sum));
  m_mode->addItem(tr("Mean"), static_cast<int>(BagMode::Mean));
  m_mode->addItem(tr("Max"), static_cast<int>(BagMode::Max));
  m_weights->setObjectName(QStringLiteral("bagWeights"));
  m_weights->setPlaceholderText(tr("1, 1, 1"));
  m_weights->setToolTip(tr("A weight for each category of the bag, in its order; for sums only"));
  m_padding->setObjectName(QStringLiteral("bagPadding"));
  m_padding->setToolTip(tr("The padding row is left out: neither added nor counted"));
  m_padding->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* form = new QFormLayout;
  form->setLabelAlignment(Qt::AlignLeft);
  form->addRow(tr("&Mode"), m_mode);
  form->addRow(tr("&Weights"), m_weights);
  form->addRow(tr("&Padding"), m_padding);
  auto* layout = new QVBoxLayout(m_controls);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Bag"), m_controls));
  layout->addWidget(m_rows);
  layout->addLayout(form);
  layout->addWidget(m_weightsNote);
  m_weightsNote->hide();
  connect(m_rows, &RowList::rowsChanged, this, [this] {
    listPadding();
    bagChanged();
  });
  connect(m_mode, &QComboBox::currentIndexChanged, this, &BagView::bagChanged);
  connect(m_padding, &QComboBox::currentIndexChanged, this, &BagView::bagChanged);
  connect(m_weights, &QLineEdit::textChanged, this, &BagView::bagChanged);
}

QString BagView::code(explain::SnippetLanguage language) const {
  return m_bag ? QString::fromStdString(explain::bagSnippet(*m_bag, language)) : QString();
}

void BagView::tableChanged() {
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; table() && i < std::min(kFirstRows, table()->rowCount()); ++i) {
    rows.push_back((row() + i) % table()->rowCount());
  }
  m_rows->setTable(table(), rows);
  m_rows->setCandidate(row());
  listPadding();
  makeBag();
}

void BagView::rowChanged() {
  m_rows->setCandidate(row());
}

/// The rows of the bag, one of which may be the padding row.
void BagView::listPadding() {
  const QSignalBlocker quiet(m_padding);
  const QVariant chosen = m_padding->currentData();
  m_padding->clear();
  m_padding->addItem(tr("None"));
  for (const std::int64_t row : table::distinctRows(m_rows->rows())) {
    m_padding->addItem(document::labelText(*table(), row), QVariant::fromValue<qint64>(row));
  }
  m_padding->setCurrentIndex(chosen.isValid() ? std::max(0, m_padding->findData(chosen)) : 0);
}

void BagView::bagChanged() {
  makeBag();
  refresh();
  emit stepsChanged();
}

explain::BagOptions BagView::options() const {
  explain::BagOptions options;
  options.mode = static_cast<BagMode>(m_mode->currentData().toInt());
  if (m_padding->currentData().isValid()) {
    options.paddingRow = m_padding->currentData().toLongLong();
  }
  return options;
}

/// The bag as the controls say. Weights that do not fit are told about and count as 1.
void BagView::makeBag() {
  m_multiplying.drop();
  m_multiplied = false;
  m_bag = nullptr;
  if (!table()) {
    return;
  }
  explain::BagOptions options = this->options();
  const bool sum = options.mode == BagMode::Sum;
  m_weights->setEnabled(sum);
  const std::optional<std::vector<float>> weights = numbersFrom(m_weights->text());
  const bool none = weights && weights->empty();
  const bool fit = weights && weights->size() == m_rows->rows().size();
  m_weightsNote->setText(tr("Give %1 numbers, parted by commas; until then every weight is 1.")
                             .arg(grouped(m_rows->rows().size())));
  m_weightsNote->setVisible(sum && !none && !fit);
  if (sum && fit) {
    options.weights = *weights;
  }
  m_bag = std::make_shared<const BagProduct>(table(), m_rows->rows(), options);
}

std::int64_t BagView::sceneCount() const {
  const bool hasProduct = m_bag && m_bag->options().mode != BagMode::Max;
  return static_cast<std::int64_t>(m_rows->rows().size()) + (hasProduct ? 2 : 1);
}

Scene BagView::scene(std::int64_t step, Room room) {
  const auto done = static_cast<std::size_t>(step);
  return done <= m_rows->rows().size() ? stepScene(done) : productScene(room);
}

QString BagView::modeWord() const {
  switch (m_bag->options().mode) {
    case BagMode::Sum:
      return tr("sum");
    case BagMode::Mean:
      return tr("mean");
    case BagMode::Max:
      return tr("max");
  }
  return {};
}

/// The rows of the bag with their weights; those that are not yet taken up are grey.
SceneTerm BagView::bagTerm(const Steps& steps, std::size_t done) const {
  SceneTerm term;
  term.what = Term::Bag;
  term.title =
      tr("bag %1 × %2").arg(grouped(steps.size()), document::groupedText(table()->dimension()));
  term.columnLabels = dimensionLabels(table()->dimension());
  term.scrolls = true;
  const std::vector<float> nothing(static_cast<std::size_t>(table()->dimension()),
                                   std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const BagProduct::Step& step = steps[i];
    const QString label = document::labelText(*table(), step.row);
    const QString shown = step.leftOut       ? tr("padding %1").arg(label)
                          : step.weight != 1 ? numberInWords(step.weight) + tr(" × ") + label
                                             : label;
    term.rows.push_back(lineOf(shown, step.leftOut ? nothing : step.product,
                               i < done ? plots::RowEmphasis::Normal : plots::RowEmphasis::Grey));
  }
  if (done > 0) {
    term.outlinedRow = static_cast<int>(done) - 1;
  }
  return term;
}

QString BagView::stepWords(const Steps& steps, std::size_t done) const {
  if (steps.empty()) {
    return tr(
        "The bag is empty: nn.EmbeddingBag gives zeros, and so does the multi-hot row of "
        "zeros.");
  }
  if (done == 0) {
    return tr("%1 categories in one bag: their rows become one row, the %2")
        .arg(grouped(steps.size()), modeWord());
  }
  const BagProduct::Step& step = steps[done - 1];
  const QString label = document::labelText(*table(), step.row);
  if (step.leftOut) {
    return tr("row %1 of %2: “%3” is padding and left out")
        .arg(grouped(done), grouped(steps.size()), label);
  }
  const QString what = m_bag->options().mode == BagMode::Max
                           ? tr("row %1 of %2: the larger of “%3” and what was there, column by "
                                "column, gives %4")
                           : tr("row %1 of %2: “%3” added gives %4");
  return what.arg(grouped(done), grouped(steps.size()), label, vectorText(step.partial, 4));
}

Scene BagView::stepScene(std::size_t done) const {
  const Steps steps = m_bag->steps();
  Scene scene;
  scene.words = stepWords(steps, done);
  if (!steps.empty()) {
    scene.terms.push_back(bagTerm(steps, done));
  }
  const std::vector<float> zeros(static_cast<std::size_t>(table()->dimension()), 0.0F);
  const bool finished = done == steps.size();
  const bool mean = m_bag->options().mode == BagMode::Mean;
  SceneTerm result;
  result.before = steps.empty() ? QString() : QStringLiteral("→");
  result.title = (finished ? tr("%1 1 × %2") : tr("%1 so far 1 × %2"))
                     .arg(modeWord(), document::groupedText(table()->dimension()));
  result.columnLabels = dimensionLabels(table()->dimension());
  result.scrolls = true;
  if (mean || !finished) {
    result.rows.push_back(
        lineOf(mean ? tr("sum") : modeWord(), done == 0 ? zeros : steps[done - 1].partial));
  }
  if (finished) {
    result.rows.push_back(lineOf(modeWord(), m_bag->result(), plots::RowEmphasis::Lit));
    scene.detail =
        mean ? tr("the sum divided by %1, the rows that are not padding: %2")
                   .arg(document::groupedText(m_bag->counted()), vectorText(m_bag->result()))
             : tr("result %1").arg(vectorText(m_bag->result()));
    if (m_bag->options().mode == BagMode::Max) {
      scene.detail += QLatin1Char('\n') +
                      tr("A maximum is not linear in the rows: no matrix product gives it.");
    }
  }
  scene.terms.push_back(std::move(result));
  return scene;
}

/// Multiplies the multi-hot row with the table, in the background where that takes long.
void BagView::multiply() {
  if (m_multiplied || m_multiplying.isRunning()) {
    return;
  }
  if (table()->rowCount() * table()->dimension() <= kAtOnce) {
    static_cast<void>(m_bag->product());
    m_multiplied = true;
    return;
  }
  m_multiplying.start(
      tr("Multiplying the bag"),
      [bag = m_bag](const base::TaskContext&) {
        static_cast<void>(bag->product());
        return true;
      },
      {.done =
           [this](bool) {
             m_multiplied = true;
             refresh();
           },
       .failed = [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

Scene BagView::productScene(Room room) {
  multiply();
  const table::EmbeddingTable& table = *this->table();
  const QString n = document::groupedText(table.rowCount());
  const QString d = document::groupedText(table.dimension());
  std::map<std::int64_t, float> hot;
  std::vector<std::int64_t> rows;
  for (const BagProduct::Coefficient& entry : m_bag->multiHot()) {
    hot[entry.row] = entry.coefficient;
    rows.push_back(entry.row);
  }
  Scene scene;
  const auto hotLines = windowOf(table.rowCount(), room.oneHot, rows);
  scene.terms.push_back(hotTerm(tr("multi-hot 1 × %1").arg(n), table, hotLines, {QString()},
                                [&](std::size_t, std::int64_t row) {
                                  const auto found = hot.find(row);
                                  return found == hot.end() ? 0.0F : found->second;
                                }));
  scene.terms.back().what = Term::MultiHot;
  scene.terms.push_back(tableTerm(tr("table %1 × %2").arg(n, d), table,
                                  windowOf(table.rowCount(), room.rows, rows), rows));
  scene.terms.back().before = QStringLiteral("×");
  SceneTerm result;
  result.before = QStringLiteral("=");
  result.title = tr("%1 1 × %2").arg(modeWord(), d);
  result.columnLabels = dimensionLabels(table.dimension());
  result.scrolls = true;
  const std::vector<float> nothing(static_cast<std::size_t>(table.dimension()),
                                   std::numeric_limits<float>::quiet_NaN());
  result.rows.push_back(lineOf(tr("product"), m_multiplied ? *m_bag->product() : nothing));
  result.rows.push_back(lineOf(tr("bag"), m_bag->result(), plots::RowEmphasis::Lit));
  scene.terms.push_back(std::move(result));
  scene.words = m_bag->options().mode == BagMode::Mean
                    ? tr("The same as one product: a multi-hot row with 1/%1 for each category, "
                         "times the table")
                          .arg(document::groupedText(std::max<std::int64_t>(1, m_bag->counted())))
                    : tr("The same as one product: a multi-hot row with the weight of each "
                         "category, times the table");
  scene.detail = comparison() + QLatin1Char('\n') +
                 tr("n·d = %1 multiplications, or %2 copies")
                     .arg(document::groupedText(m_bag->multiplications()),
                          document::groupedText(m_bag->copies()));
  return scene;
}

/// How far product and bag agree, checked.
QString BagView::comparison() const {
  if (!m_multiplied) {
    return tr("multiplying …");
  }
  if (m_bag->bitEqual()) {
    return tr("bit-equal: product and bag");
  }
  return tr("product and bag differ by %1 at most: they add and round in another order")
      .arg(numberInWords(m_bag->largestDifference().value_or(0)));
}

}  // namespace embedscope::product
