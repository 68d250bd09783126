// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/export_dialog.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::files {

namespace {

constexpr QSize kSize(560, 430);
constexpr int kSummaryLines = 2;
constexpr int kLossLines = 4;

QString text(std::string_view value) {
  return document::shownText(value);
}

QString key(const char* name) {
  return QStringLiteral("export/") + QLatin1String(name);
}

QString numbersText(formats::NumberType type) {
  return text(formats::nameOf(type));
}

/// A format that holds all of a table, the usual ones first.
std::optional<formats::FormatId> losslessFormat(const table::EmbeddingTable& table) {
  for (const formats::FormatInfo& info : formats::allFormats()) {
    if (info.writes && formats::writeLosses(table, info.id).empty()) {
      return info.id;
    }
  }
  return {};
}

}  // namespace

ExportDialog::ExportDialog(const document::TableEntry& entry, jobs::JobRunner& jobs,
                           QWidget* parent)
    : QDialog(parent),
      m_table(entry.table),
      m_provenance(entry.provenance),
      m_format(new QComboBox(this)),
      m_summary(new controls::HintLabel(QString(), this)),
      m_numbers(new QComboBox(this)),
      m_compressed(new QCheckBox(tr("Compressed (.gz)"), this)),
      m_manifest(new QCheckBox(tr("A manifest: source, recipe, seed, shape, checksums"), this)),
      m_losses(new QLabel(this)),
      m_useSafe(new QPushButton(this)),
      m_weighing(jobs, this) {
  setObjectName(QStringLiteral("exportDialog"));
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Export table “%1”").arg(QString::fromStdString(m_table->name())));
  for (const formats::FormatInfo& info : formats::allFormats()) {
    if (info.writes) {
      m_format->addItem(QStringLiteral("%1 (%2)").arg(text(info.title), text(info.extension)),
                        static_cast<int>(info.id));
    }
  }
  const int remembered = m_format->findData(QSettings().value(key("format")));
  m_format->setCurrentIndex(std::max(remembered, 0));
  addControls();
  resize(kSize);
  connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
  connect(m_numbers, &QComboBox::activated, this, &ExportDialog::weigh);
  connect(m_useSafe, &QPushButton::clicked, this, &ExportDialog::useSafeFormat);
  followFormat();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::addControls() {
  m_format->setObjectName(QStringLiteral("exportFormat"));
  m_format->setAccessibleName(tr("Format"));
  m_summary->setMinimumHeight(m_summary->fontMetrics().lineSpacing() * kSummaryLines);
  m_summary->setAlignment(Qt::AlignTop);
  m_numbers->setObjectName(QStringLiteral("exportNumbers"));
  m_numbers->setAccessibleName(tr("Numbers"));
  m_numbers->setToolTip(tr("float32 keeps every bit; numbers of 16 bits take half the room"));
  m_compressed->setObjectName(QStringLiteral("exportCompressed"));
  m_compressed->setToolTip(tr("Text formats and word2vec binary can be written gzip-compressed"));
  m_manifest->setObjectName(QStringLiteral("exportManifest"));
  m_manifest->setToolTip(tr("A JSON file beside the table that tells where it came from"));
  m_manifest->setChecked(QSettings().value(key("manifest")).toBool());
  m_losses->setObjectName(QStringLiteral("exportLosses"));
  m_losses->setAccessibleName(tr("What is lost"));
  m_losses->setWordWrap(true);
  m_losses->setTextFormat(Qt::PlainText);
  m_losses->setAlignment(Qt::AlignTop);
  m_losses->setMinimumHeight(m_losses->fontMetrics().lineSpacing() * kLossLines);
  m_useSafe->setObjectName(QStringLiteral("exportSafe"));
  m_useSafe->hide();

  auto* form = new QFormLayout;
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Format"), m_format);
  form->addRow(QString(), m_summary);
  form->addRow(tr("&Numbers"), m_numbers);
  form->addRow(QString(), m_compressed);

  auto* snippets = new QHBoxLayout;
  snippets->setSpacing(16);
  snippets->addWidget(new QLabel(tr("Python that loads it:"), this));
  const QStringList chosen = QSettings().value(key("snippets")).toStringList();
  for (const formats::Framework framework : formats::allFrameworks()) {
    auto* box = new QCheckBox(text(formats::frameworkTitle(framework)), this);
    const QString name = text(formats::frameworkName(framework));
    box->setObjectName(QStringLiteral("exportSnippet_") + name);
    box->setToolTip(tr("A ready program beside the table, bit for bit what is written"));
    box->setChecked(chosen.contains(name));
    snippets->addWidget(box);
    m_snippets.push_back(box);
  }
  snippets->addStretch(1);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  auto* write = buttons->addButton(tr("Export …"), QDialogButtonBox::AcceptRole);
  write->setObjectName(QStringLiteral("exportButton"));
  write->setDefault(true);
  for (QAbstractButton* button : buttons->buttons()) {
    button->setIcon({});
  }
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::finish);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(20, 16, 20, 16);
  layout->setSpacing(10);
  layout->addLayout(form);
  layout->addWidget(new controls::SectionLabel(tr("Beside it"), this));
  layout->addWidget(m_manifest);
  layout->addLayout(snippets);
  layout->addWidget(new controls::SectionLabel(tr("What is lost"), this));
  layout->addWidget(m_losses, 1);
  layout->addWidget(m_useSafe, 0, Qt::AlignLeft);
  layout->addWidget(buttons);
}

formats::FormatId ExportDialog::format() const {
  return static_cast<formats::FormatId>(m_format->currentData().toInt());
}

formats::WriteOptions ExportDialog::options() const {
  formats::WriteOptions options;
  options.numbers = static_cast<formats::NumberType>(m_numbers->currentData().toInt());
  if (m_manifest->isChecked()) {
    options.manifest = m_provenance;
  }
  for (std::size_t i = 0; i < m_snippets.size(); ++i) {
    if (m_snippets[i]->isChecked()) {
      options.snippets.push_back(formats::allFrameworks()[i]);
    }
  }
  return options;
}

void ExportDialog::followFormat() {
  m_summary->setText(text(formats::formatInfo(format()).summary));
  m_numbers->clear();
  for (const formats::NumberType type : formats::writableNumbers(format())) {
    m_numbers->addItem(numbersText(type), static_cast<int>(type));
  }
  m_numbers->setEnabled(m_numbers->count() > 1);
  const bool compressible = formats::canBeCompressed(format());
  m_compressed->setEnabled(compressible);
  m_compressed->setChecked(compressible && m_compressed->isChecked());
  weigh();
}

void ExportDialog::weigh() {
  m_losses->setText(tr("Looking …"));
  m_useSafe->hide();
  m_weighing.start(
      tr("Checking what the format can hold"),
      [table = m_table, format = format(), numbers = options().numbers](const base::TaskContext&) {
        Losses losses{formats::writeLosses(*table, format, {numbers}), {}};
        if (!losses.sentences.empty()) {
          losses.safe = losslessFormat(*table);
        }
        return losses;
      },
      {.done = [this](const Losses& losses) { showLosses(losses); },
       .failed = [this](const base::Error& error) { m_losses->setText(text(error.sentence())); },
       .cancelled = {}});
}

void ExportDialog::showLosses(const Losses& losses) {
  if (losses.sentences.empty()) {
    m_losses->setText(tr("Nothing: labels and every bit of the numbers are kept."));
    return;
  }
  QStringList lines;
  for (const std::string& sentence : losses.sentences) {
    lines += QStringLiteral("• ") + text(sentence);
  }
  m_losses->setText(lines.join(QLatin1Char('\n')));
  m_safe = losses.safe;
  m_useSafe->setVisible(m_safe.has_value());
  if (m_safe) {
    m_useSafe->setText(
        tr("Use %1, which holds everything").arg(text(formats::formatInfo(*m_safe).title)));
  }
}

void ExportDialog::useSafeFormat() {
  if (m_safe) {
    m_format->setCurrentIndex(m_format->findData(static_cast<int>(*m_safe)));
  }
}

void ExportDialog::finish() {
  QSettings settings;
  settings.setValue(key("format"), m_format->currentData());
  settings.setValue(key("manifest"), m_manifest->isChecked());
  QStringList names;
  for (const formats::Framework framework : options().snippets) {
    names += text(formats::frameworkName(framework));
  }
  settings.setValue(key("snippets"), names);
  const QString ending = text(formats::formatInfo(format()).extension) +
                         (m_compressed->isChecked() ? QStringLiteral(".gz") : QString());
  emit chosen(format(), options(), ending);
  accept();
}

}  // namespace embedscope::files
