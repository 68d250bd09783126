// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/options_panel.h"

#include "ui/controls/disclosure.h"
#include "ui/define/padding_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace embedscope::define {

namespace {

constexpr double kLargestNorm = 1000;
constexpr double kNormStep = 0.1;
constexpr double kSmallestP = 0.1;
constexpr double kLargestP = 100;
constexpr double kPStep = 0.5;

}  // namespace

OptionsPanel::OptionsPanel(QWidget* parent)
    : QWidget(parent),
      m_disclosure(new controls::Disclosure(tr("More options"), this)),
      m_paddingModel(new PaddingModel(this)),
      m_padding(new QComboBox(this)),
      m_maxNorm(new QDoubleSpinBox(this)),
      m_normType(new QDoubleSpinBox(this)),
      m_scale(new QCheckBox(tr("Scale by frequency"), this)),
      m_unseen(new QComboBox(this)) {
  m_disclosure->setObjectName(QStringLiteral("moreOptions"));
  auto* form = new QFormLayout;
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(8);
  form->setVerticalSpacing(8);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  buildPadding(*form);
  buildNorm(*form);
  buildUnseen(*form);
  buildScale();
  m_disclosure->body()->addLayout(form);
  m_disclosure->body()->addWidget(m_scale);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_disclosure);
}

void OptionsPanel::buildPadding(QFormLayout& form) {
  auto* list = new QListView(m_padding);
  list->setUniformItemSizes(true);
  m_padding->setView(list);
  m_padding->setModel(m_paddingModel);
  m_padding->setObjectName(QStringLiteral("paddingRow"));
  m_padding->setAccessibleName(tr("Padding row"));
  m_padding->setToolTip(
      tr("A category that stands for “nothing”: its vector gets no gradient and keeps the numbers "
         "it starts with (padding_idx in PyTorch)."));
  m_padding->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_padding->setMinimumContentsLength(8);
  form.addRow(tr("Padding row"), m_padding);
  connect(m_padding, &QComboBox::activated, this, &OptionsPanel::choosePadding);
}

void OptionsPanel::buildNorm(QFormLayout& form) {
  m_maxNorm->setObjectName(QStringLiteral("maxNorm"));
  m_maxNorm->setAccessibleName(tr("Max-norm"));
  m_maxNorm->setRange(0, kLargestNorm);
  m_maxNorm->setSingleStep(kNormStep);
  m_maxNorm->setSpecialValueText(tr("off"));
  m_maxNorm->setToolTip(
      tr("A vector longer than this is shortened to it whenever it is looked up, also in a frozen "
         "table (max_norm in PyTorch). 1 to 3 are usual; 0 turns it off."));
  m_normType->setObjectName(QStringLiteral("normType"));
  m_normType->setAccessibleName(tr("p of the norm"));
  m_normType->setRange(kSmallestP, kLargestP);
  m_normType->setSingleStep(kPStep);
  m_normType->setDecimals(1);
  m_normType->setPrefix(tr("p = "));
  m_normType->setToolTip(
      tr("Which length the max-norm limits: (Σ |x|^p)^(1/p). 2 is the usual length, 1 the sum of "
         "magnitudes (norm_type in PyTorch)."));
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  for (QDoubleSpinBox* box : {m_maxNorm, m_normType}) {  // side by side in a narrow panel
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  }
  row->addWidget(m_maxNorm, 1);
  row->addWidget(m_normType, 1);
  auto* label = new QLabel(tr("Max-norm"), this);
  label->setBuddy(m_maxNorm);
  form.addRow(label, row);
  connect(m_maxNorm, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change(tr("max-norm of “%1”"), EditGroup::MaxNorm, [value](document::Feature& feature) {
      feature.maxNorm = value > 0 ? std::optional(value) : std::nullopt;
    });
  });
  connect(m_normType, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change(tr("norm of “%1”"), EditGroup::NormType,
           [value](document::Feature& feature) { feature.normType = value; });
  });
}

void OptionsPanel::buildUnseen(QFormLayout& form) {
  m_unseen->setObjectName(QStringLiteral("unseenRule"));
  m_unseen->setAccessibleName(tr("Categories that no training row has"));
  m_unseen->addItem(tr("their own start"), static_cast<int>(training::UnseenRule::OwnRow));
  m_unseen->addItem(tr("mean of the others"), static_cast<int>(training::UnseenRule::MeanOfKnown));
  m_unseen->setItemData(0, tr("The vector they started with."), Qt::ToolTipRole);
  m_unseen->setItemData(1, tr("The mean of the vectors of categories that were trained."),
                        Qt::ToolTipRole);
  m_unseen->setToolTip(
      tr("What categories without a training row are judged and exported with: the vector they "
         "started with, or the mean of the trained ones."));
  m_unseen->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_unseen->setMinimumContentsLength(8);
  form.addRow(tr("Unseen get"), m_unseen);
  connect(m_unseen, &QComboBox::activated, this, [this](int entry) {
    const auto rule = static_cast<training::UnseenRule>(m_unseen->itemData(entry).toInt());
    change(tr("unseen categories of “%1”"), EditGroup::None,
           [rule](document::Feature& feature) { feature.unseen = rule; });
  });
}

void OptionsPanel::buildScale() {
  m_scale->setObjectName(QStringLiteral("scaleByFrequency"));
  m_scale->setToolTip(
      tr("Each gradient is divided by how often its category is in the batch, so that frequent "
         "categories move no faster than rare ones (scale_grad_by_freq in PyTorch)."));
  connect(m_scale, &QCheckBox::clicked, this, [this](bool on) {
    change(tr("scaling by frequency of “%1”"), EditGroup::None,
           [on](document::Feature& feature) { feature.scaleGradientByFrequency = on; });
  });
}

void OptionsPanel::change(const QString& undoText, EditGroup group,
                          const std::function<void(document::Feature&)>& edit) {
  if (!m_feature) {
    return;
  }
  const auto changed = std::make_shared<document::Feature>(*m_feature);
  edit(*changed);
  emit changeRequested(changed, undoText.arg(m_feature->name), group);
}

void OptionsPanel::choosePadding(int entry) {
  const std::optional<std::size_t> place =
      entry > 0 ? std::optional(static_cast<std::size_t>(entry) - 1) : std::nullopt;
  if (!m_feature || place == m_feature->paddingPlace()) {
    return;
  }
  emit changeRequested(
      std::make_shared<document::Feature>(document::withPadding(*m_feature, place)),
      tr("padding row of “%1”").arg(m_feature->name), EditGroup::None);
}

QString OptionsPanel::summary() const {
  QStringList parts;
  if (m_padding->currentIndex() > 0) {
    parts += tr("padding");
  }
  if (m_feature->maxNorm) {
    parts += tr("max-norm");
  }
  if (m_feature->scaleGradientByFrequency) {
    parts += tr("by frequency");
  }
  if (m_feature->unseen != training::UnseenRule::OwnRow) {
    parts += tr("unseen");
  }
  return parts.join(QStringLiteral(", "));
}

void OptionsPanel::show(const document::FeaturePtr& feature) {
  m_feature = feature;
  const QSignalBlocker quietPadding(m_padding);
  const QSignalBlocker quietNorm(m_maxNorm);
  const QSignalBlocker quietType(m_normType);
  m_paddingModel->setFeature(feature);
  const std::optional<std::size_t> padding = feature->paddingPlace();
  m_padding->setCurrentIndex(padding ? static_cast<int>(*padding) + 1 : 0);
  m_maxNorm->setValue(feature->maxNorm.value_or(0));
  m_normType->setValue(feature->normType);
  m_normType->setEnabled(feature->maxNorm.has_value());
  m_scale->setChecked(feature->scaleGradientByFrequency);
  m_unseen->setCurrentIndex(m_unseen->findData(static_cast<int>(feature->unseen)));
  m_disclosure->setSummary(summary());
}

}  // namespace embedscope::define
