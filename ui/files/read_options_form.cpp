// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/read_options_form.h"

#include "core/formats/label_file.h"
#include "ui/document/table_text.h"
#include "ui/files/file_look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace embedscope::files {

namespace {

using formats::Duplicates;

constexpr int kOnlyLines = 3;
constexpr int kUsualLimit = 10'000;

template <typename Widget>
Widget* named(Widget* widget, const char* name, const QString& accessible, const QString& tip) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(accessible);
  widget->setToolTip(tip);
  return widget;
}

QString tensorText(const formats::TensorInfo& tensor) {
  QStringList shape;
  for (const std::int64_t size : tensor.shape) {
    shape += document::groupedText(size);
  }
  const QString name = document::shownText(tensor.name);
  return shape.isEmpty()
             ? name
             : QObject::tr("%1 · %2 · %3")
                   .arg(name, shape.join(QStringLiteral(" × ")), document::shownText(tensor.dtype));
}

}  // namespace

ReadOptionsForm::ReadOptionsForm(QWidget* parent)
    : QWidget(parent),
      m_format(named(new QComboBox(this), "openFormat", tr("Format"),
                     tr("What the file is read as; recognized by its content unless you say"))),
      m_tensor(named(new QComboBox(this), "openTensor", tr("Array"),
                     tr("Which array of the file is the table"))),
      m_labels(named(new QComboBox(this), "openLabels", tr("Labels"),
                     tr("Where the labels of the rows come from: the file itself, one that fits "
                        "beside it, or a file of your choice with one label a line"))),
      m_limited(named(new QCheckBox(tr("Only the first"), this), "openLimited",
                      tr("Only the first rows"), tr("Stop reading after so many rows"))),
      m_limit(named(new QSpinBox(this), "openLimit", tr("Number of rows"),
                    tr("How many rows to read"))),
      m_every(named(new QSpinBox(this), "openEvery", tr("Every k-th row"),
                    tr("One row of 10: the first, the eleventh, the twenty-first, …"))),
      m_only(named(new QPlainTextEdit(this), "openOnly", tr("Only these labels"),
                   tr("One label a line; only their rows are read, in this order. Empty: all"))),
      m_strip(named(new QCheckBox(tr("Strip blanks"), this), "openStrip", tr("Strip blanks"),
                    tr("Take blanks off the ends of labels"))),
      m_lowerCase(named(new QCheckBox(tr("Lower case"), this), "openLowerCase", tr("Lower case"),
                        tr("Write labels in lower case"))),
      m_duplicates(named(new QComboBox(this), "openDuplicates", tr("Duplicate labels"),
                         tr("What becomes of rows whose label has occurred before"))),
      m_skipBadLines(named(new QCheckBox(tr("Leave out lines that cannot be read"), this),
                           "openSkip", tr("Leave out lines that cannot be read"),
                           tr("Lines with too few numbers, or with something else in their place, "
                              "are left out and listed"))) {
  m_format->addItem(tr("By its content"), -1);
  for (const formats::FormatInfo& info : formats::allFormats()) {
    if (info.reads) {
      m_format->addItem(document::shownText(info.title), static_cast<int>(info.id));
    }
  }
  m_labels->addItem(tr("As found"), QString());
  m_labels->addItem(tr("Choose a file …"));
  m_limit->setRange(1, std::numeric_limits<int>::max());
  m_limit->setValue(kUsualLimit);
  m_limit->setSingleStep(1000);
  m_limit->setGroupSeparatorShown(true);
  m_limit->setSuffix(tr(" rows"));
  m_limit->setEnabled(false);
  m_every->setRange(1, std::numeric_limits<int>::max());
  m_every->setGroupSeparatorShown(true);
  m_every->setSpecialValueText(tr("every row"));
  m_every->setPrefix(tr("one row of "));
  m_only->setPlaceholderText(tr("one a line"));
  m_only->setTabChangesFocus(true);
  m_only->setFixedHeight(m_only->fontMetrics().lineSpacing() * kOnlyLines + 12);
  m_duplicates->addItem(tr("Keep every row"), static_cast<int>(Duplicates::Keep));
  m_duplicates->addItem(tr("Keep the first row"), static_cast<int>(Duplicates::First));
  m_duplicates->addItem(tr("Keep, with _2, _3 behind"), static_cast<int>(Duplicates::Suffix));
  addControls();
  connect(m_limited, &QCheckBox::toggled, m_limit, &QWidget::setEnabled);
  connect(m_labels, &QComboBox::activated, this, [this](int place) {
    place + 1 == m_labels->count() ? chooseLabelFile() : emit changed();
  });
  for (QComboBox* combo : {m_format, m_tensor, m_duplicates}) {
    connect(combo, &QComboBox::activated, this, &ReadOptionsForm::changed);
  }
  for (QCheckBox* box : {m_limited, m_strip, m_lowerCase, m_skipBadLines}) {
    connect(box, &QCheckBox::toggled, this, &ReadOptionsForm::changed);
  }
  for (QSpinBox* box : {m_limit, m_every}) {
    connect(box, &QSpinBox::valueChanged, this, &ReadOptionsForm::changed);
  }
  connect(m_only, &QPlainTextEdit::textChanged, this, &ReadOptionsForm::changed);
}

void ReadOptionsForm::addControls() {
  auto* limit = new QHBoxLayout;
  limit->setSpacing(8);
  limit->addWidget(m_limited);
  limit->addWidget(m_limit, 1);
  auto* fromFile =
      named(new QPushButton(tr("From a file …"), this), "openOnlyFile",
            tr("Labels to keep from a file"), tr("Take the labels from a file with one a line"));
  connect(fromFile, &QPushButton::clicked, this, &ReadOptionsForm::fillFromFile);
  auto* only = new QVBoxLayout;
  only->setSpacing(4);
  only->addWidget(m_only);
  only->addWidget(fromFile, 0, Qt::AlignLeft);
  auto* tidying = new QHBoxLayout;
  tidying->setSpacing(12);
  tidying->addWidget(m_strip);
  tidying->addWidget(m_lowerCase);
  tidying->addStretch(1);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setHorizontalSpacing(12);
  form->setVerticalSpacing(8);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setLabelAlignment(Qt::AlignLeft);
  form->addRow(tr("&Format"), m_format);
  form->addRow(tr("&Array"), m_tensor);
  form->addRow(tr("&Labels"), m_labels);
  form->addRow(tr("Rows"), limit);
  form->addRow(tr("&Sample"), m_every);
  auto* onlyTitle = new QLabel(tr("O&nly labels"), this);
  onlyTitle->setBuddy(m_only);
  form->addRow(onlyTitle, only);
  form->addRow(tr("Tidy labels"), tidying);
  form->addRow(tr("&Duplicates"), m_duplicates);
  form->addRow(QString(), m_skipBadLines);
  for (QComboBox* combo : {m_format, m_tensor, m_labels, m_duplicates}) {
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(14);
  }
  form->setRowVisible(m_tensor, false);
}

formats::ReadOptions ReadOptionsForm::options() const {
  formats::ReadOptions options;
  if (const int format = m_format->currentData().toInt(); format >= 0) {
    options.format = static_cast<formats::FormatId>(format);
  }
  if (const QByteArray tensor = m_tensor->currentData().toByteArray(); !tensor.isEmpty()) {
    options.tensor = tensor.toStdString();
  }
  if (const QString labels = m_labels->currentData().toString(); !labels.isEmpty()) {
    options.vocabulary = labels.toStdString();
  }
  if (m_limited->isChecked()) {
    options.limit = m_limit->value();
  }
  options.every = m_every->value();
  const QStringList only = m_only->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  if (!only.isEmpty()) {
    options.only.emplace();
    for (const QString& label : only) {
      options.only->push_back(label.toStdString());
    }
  }
  options.strip = m_strip->isChecked();
  options.lowerCase = m_lowerCase->isChecked();
  options.duplicates = static_cast<Duplicates>(m_duplicates->currentData().toInt());
  options.skipBadLines = m_skipBadLines->isVisibleTo(this) && m_skipBadLines->isChecked();
  return options;
}

void ReadOptionsForm::follow(const formats::Preview& preview) {
  if (m_tensor->count() == 0 && preview.tensors.size() > 1) {
    const QSignalBlocker blocker(m_tensor);
    for (const formats::TensorInfo& tensor : preview.tensors) {
      if (tensor.isTable) {
        m_tensor->addItem(tensorText(tensor), QByteArray::fromStdString(tensor.name));
      }
    }
    m_tensor->setCurrentIndex(m_tensor->findData(QByteArray::fromStdString(preview.tensor)));
  }
  auto* form = qobject_cast<QFormLayout*>(layout());
  form->setRowVisible(m_tensor, m_tensor->count() > 1);
  form->setRowVisible(m_skipBadLines, hasLines(preview.format));
}

void ReadOptionsForm::setSkipsBadLines(bool skips) {
  const QSignalBlocker blocker(m_skipBadLines);
  m_skipBadLines->setChecked(skips);
}

QString ReadOptionsForm::askForFile(const QString& title) {
  const QString key = QStringLiteral("files/folder");
  return QFileDialog::getOpenFileName(this, title, QSettings().value(key).toString());
}

void ReadOptionsForm::chooseLabelFile() {
  const QString path = askForFile(tr("Labels of the rows"));
  if (path.isEmpty()) {
    m_labels->setCurrentIndex(0);
  } else {
    m_labels->insertItem(1, QFileInfo(path).fileName(), path);
    m_labels->setItemData(1, path, Qt::ToolTipRole);
    m_labels->setCurrentIndex(1);
  }
  emit changed();
}

void ReadOptionsForm::fillFromFile() {
  const QString path = askForFile(tr("Labels to keep"));
  if (path.isEmpty()) {
    return;
  }
  try {
    QStringList lines;
    for (const std::string& label : formats::readLabelList(path.toStdString())) {
      lines += QString::fromStdString(label);
    }
    m_only->setPlainText(lines.join(QLatin1Char('\n')));
  } catch (const base::Error& error) {
    m_only->setPlaceholderText(document::shownText(error.sentence()));
  }
}

}  // namespace embedscope::files
