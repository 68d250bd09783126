// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/generate_form.h"

#include "ui/controls/section.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace embedscope::train {

namespace {

constexpr int kMostCategories = 10'000;
constexpr int kMostRows = 100'000;
constexpr int kHighestRank = 64;
constexpr double kMostNoise = 10;

QString textOf(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

void describe(QWidget* widget, const char* name, const QString& accessibleName,
              const QString& tip) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(accessibleName);
  widget->setToolTip(tip);
}

QSpinBox* countBox(QWidget* parent, int least, int most, int value) {
  auto* box = new QSpinBox(parent);
  box->setRange(least, most);
  box->setValue(value);
  box->setGroupSeparatorShown(true);
  return box;
}

}  // namespace

GenerateForm::GenerateForm(QWidget* parent)
    : QWidget(parent),
      m_kind(new QComboBox(this)),
      m_description(new controls::HintLabel({}, this)),
      m_form(new QFormLayout) {
  const data::GeneratedSpec first;
  m_categories = countBox(this, 2, kMostCategories, static_cast<int>(first.categories));
  m_items = countBox(this, 2, kMostCategories, static_cast<int>(first.items));
  m_rows = countBox(this, 1, kMostRows, static_cast<int>(first.rowsPerCategory));
  m_rank = countBox(this, 1, kHighestRank, static_cast<int>(first.latentRank));
  m_noise = new QDoubleSpinBox(this);
  m_noise->setRange(0, kMostNoise);
  m_noise->setSingleStep(0.05);
  m_noise->setValue(first.noise);
  m_seed = countBox(this, 0, std::numeric_limits<int>::max(), static_cast<int>(first.seed));
  m_seed->setGroupSeparatorShown(false);
  for (const data::GeneratedInfo& kind : data::generatedKinds()) {
    m_kind->addItem(textOf(kind.title));
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Generate data"), this));
  layout->addWidget(m_kind);
  layout->addWidget(m_description);
  layout->addLayout(m_form);
  buildFields();
  buildButtons();
  connect(m_kind, &QComboBox::currentIndexChanged, this, &GenerateForm::kindChanged);
  m_kind->setCurrentIndex(m_kind->findText(textOf(data::generatedKinds()[1].title)));
  kindChanged();
}

void GenerateForm::buildFields() {
  describe(m_kind, "generatedKind", tr("Kind of data"), tr("What is hidden in the data"));
  m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  describe(m_categories, "generatedCategories", tr("Categories"),
           tr("How many categories; 10 to 1,000 is usual"));
  describe(m_items, "generatedItems", tr("Items"),
           tr("How many items there are to rate; 100 to 10,000 is usual"));
  describe(m_rows, "generatedRows", tr("Rows per category"),
           tr("How often each category occurs. Few rows make it hard to learn: try 5, then 100"));
  describe(
      m_rank, "generatedRank", tr("Hidden dimensions"),
      tr("How many hidden numbers each category has; an embedding of this size can find them"));
  describe(m_noise, "generatedNoise", tr("Noise"),
           tr("Deviation of the noise added to the target; 0 hides nothing, 0.1 is little"));
  describe(m_seed, "generatedSeed", tr("Seed of the data"), tr("Same seed, same data"));
  m_form->setHorizontalSpacing(8);
  m_form->setVerticalSpacing(8);
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_form->addRow(tr("Categories"), m_categories);
  m_form->addRow(tr("Items"), m_items);
  m_form->addRow(tr("Rows per category"), m_rows);
  m_form->addRow(tr("Hidden dimensions"), m_rank);
  m_form->addRow(tr("Noise"), m_noise);
  m_form->addRow(tr("Seed"), m_seed);
}

void GenerateForm::buildButtons() {
  auto* generate = new QPushButton(tr("Generate"), this);
  describe(generate, "generateConfirm", tr("Generate"), tr("Make the data and open it"));
  auto* cancel = new QPushButton(tr("Back"), this);
  describe(cancel, "generateCancel", tr("Back"), tr("Keep the data that is open"));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  row->addWidget(cancel, 1);
  row->addWidget(generate, 1);
  auto* column = static_cast<QVBoxLayout*>(layout());
  column->addSpacing(8);
  column->addLayout(row);
  column->addStretch(1);
  connect(generate, &QPushButton::clicked, this, &GenerateForm::generateRequested);
  connect(cancel, &QPushButton::clicked, this, &GenerateForm::cancelled);
}

data::GeneratedSpec GenerateForm::spec() const {
  data::GeneratedSpec out;
  out.kind = info().kind;
  out.categories = m_categories->value();
  out.items = m_items->value();
  out.rowsPerCategory = m_rows->value();
  out.latentRank = m_rank->value();
  out.noise = m_noise->value();
  out.seed = static_cast<std::uint64_t>(m_seed->value());
  return out;
}

QString GenerateForm::title() const {
  return textOf(info().title);
}

QString GenerateForm::target() const {
  return textOf(info().target);
}

void GenerateForm::kindChanged() {
  using data::GeneratedKind;
  const GeneratedKind kind = info().kind;
  m_description->setText(textOf(info().description));
  const bool ratings = kind == GeneratedKind::Ratings;
  const bool factors = kind == GeneratedKind::LatentFactors;
  m_form->setRowVisible(m_categories, ratings || factors || kind == GeneratedKind::Grid);
  m_form->setRowVisible(m_items, ratings);
  m_form->setRowVisible(m_rank, ratings || factors);
  const auto rename = [this](QWidget* field, const QString& name) {
    static_cast<QLabel*>(m_form->labelForField(field))->setText(name);
    field->setAccessibleName(name);
  };
  rename(m_categories, ratings ? tr("Users") : tr("Categories"));
  rename(m_rows, ratings ? tr("Ratings per user") : tr("Rows per category"));
  const data::GeneratedSpec suggested = data::suggestedSpec(kind);
  m_categories->setValue(static_cast<int>(suggested.categories));
  m_items->setValue(static_cast<int>(suggested.items));
  m_rows->setValue(static_cast<int>(suggested.rowsPerCategory));
  m_rank->setValue(static_cast<int>(suggested.latentRank));
  m_noise->setValue(suggested.noise);
}

const data::GeneratedInfo& GenerateForm::info() const {
  return data::generatedKinds()[static_cast<std::size_t>(m_kind->currentIndex())];
}

}  // namespace embedscope::train
