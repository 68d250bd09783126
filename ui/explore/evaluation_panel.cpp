// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/evaluation_panel.h"

#include "core/base/error.h"
#include "ui/controls/elided_label.h"
#include "ui/controls/section.h"
#include "ui/explore/evaluation_lines.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace embedscope::explore {

namespace {

constexpr int kSteps = 1000;
constexpr int kMostLines = 8;  // more scroll

const QString kFolderKey = QStringLiteral("explore/questionsFolder");

}  // namespace

EvaluationPanel::EvaluationPanel(jobs::JobRunner& runner, QWidget* parent)
    : QWidget(parent),
      m_choose(new QPushButton(tr("Choose questions…"), this)),
      m_file(new controls::ElidedLabel(Qt::ElideMiddle, this)),
      m_first(new QSpinBox(this)),
      m_case(new QCheckBox(tr("Case counts"), this)),
      m_button(new QPushButton(this)),
      m_progress(new QProgressBar(this)),
      m_words(new controls::HintLabel({}, this)),
      m_list(new QTreeWidget(this)),
      m_copy(new QPushButton(tr("Copy list"), this)),
      m_job(runner, this) {
  setObjectName(QStringLiteral("evaluationPanel"));
  m_choose->setObjectName(QStringLiteral("chooseQuestions"));
  m_choose->setToolTip(tr(
      "A file of analogies, four words a line below “: section” (word2vec's questions-words.txt), "
      "or of word pairs with their similarity and tabs between them (wordsim353.tsv)"));
  m_file->setObjectName(QStringLiteral("questionsFile"));
  auto* form = new QFormLayout;
  buildOptions(*form);
  buildResults();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_choose);
  layout->addWidget(m_file);
  layout->addLayout(form);
  layout->addWidget(m_case);
  layout->addWidget(m_button);
  layout->addWidget(m_progress);
  layout->addWidget(m_words);
  layout->addWidget(m_list);
  layout->addWidget(m_copy, 0, Qt::AlignLeft);
  connect(m_choose, &QPushButton::clicked, this, &EvaluationPanel::askFile);
  connect(m_button, &QPushButton::clicked, this, &EvaluationPanel::press);
  connect(m_copy, &QPushButton::clicked, this, &EvaluationPanel::copy);
  connect(&runner, &jobs::JobRunner::jobChanged, this, [this](const jobs::JobInfo& job) {
    if (m_job.id() == job.id) {
      m_progress->setValue(static_cast<int>(job.fraction * kSteps));
    }
  });
  setTable(nullptr);
}

void EvaluationPanel::buildOptions(QFormLayout& form) {
  const evaluation::MatchOptions usual;
  m_first->setObjectName(QStringLiteral("evaluationFirst"));
  m_first->setRange(0, std::numeric_limits<int>::max());
  m_first->setSpecialValueText(tr("all"));
  m_first->setGroupSeparatorShown(true);
  m_first->setValue(static_cast<int>(usual.firstLabels));
  m_first->setToolTip(
      tr("Only so many labels from the beginning of the table take part, which in "
         "most files are the most frequent words; 0 for all. gensim takes 300,000"));
  m_case->setObjectName(QStringLiteral("evaluationCase"));
  m_case->setChecked(usual.isCaseSensitive);
  m_case->setToolTip(tr("Else “Paris” and “paris” are one word, with the vector of the first"));
  form.setLabelAlignment(Qt::AlignLeft);
  form.addRow(tr("First labels"), m_first);
  m_button->setObjectName(QStringLiteral("evaluate"));
  m_progress->setRange(0, kSteps);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("Progress"));
}

void EvaluationPanel::buildResults() {
  m_words->setObjectName(QStringLiteral("evaluationWords"));
  m_list->setObjectName(QStringLiteral("evaluationResults"));
  m_list->setAccessibleName(tr("What the table answered"));
  m_list->setColumnCount(2);
  m_list->setHeaderHidden(true);
  m_list->setRootIsDecorated(false);
  m_list->setUniformRowHeights(true);
  m_list->header()->setStretchLastSection(false);
  m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_copy->setObjectName(QStringLiteral("copyEvaluation"));
  m_copy->setToolTip(tr("Copy all counts as tab-separated lines, for a spreadsheet"));
}

void EvaluationPanel::setTable(const table::TablePtr& table) {
  if (table && m_table && table->values().data() == m_table->values().data()) {
    m_table = table;
    return;
  }
  m_table = table;
  m_job.drop();
  clear();
  setRunning(false);
}

void EvaluationPanel::askFile() {
  const QString path = QFileDialog::getOpenFileName(
      window(), tr("Choose questions"), QSettings().value(kFolderKey).toString(),
      tr("Analogies and word pairs (*.txt *.tsv *.csv);;All files (*)"));
  if (!path.isEmpty()) {
    QSettings().setValue(kFolderKey, QFileInfo(path).absolutePath());
    open(path);
  }
}

void EvaluationPanel::open(const QString& path) {
  m_path = path;
  m_file->setFullText(QFileInfo(path).fileName());
  m_file->setDetail(path);
  start();
}

void EvaluationPanel::press() {
  if (m_job.isRunning()) {
    m_job.cancel();
  } else {
    start();
  }
}

void EvaluationPanel::start() {
  if (!m_table) {
    return;
  }
  clear();
  m_progress->setValue(0);
  const evaluation::MatchOptions options{.firstLabels = m_first->value(),
                                         .isCaseSensitive = m_case->isChecked()};
  m_job.start(tr("Evaluating by %1").arg(m_file->fullText()),
              [table = m_table, path = m_path, options](const base::TaskContext& context) {
                const auto questions = evaluation::readQuestions(path.toStdU16String());
                return evaluation::evaluate(*table, questions, options, context);
              },
              {.done =
                   [this](const std::optional<evaluation::Answers>& answers) {
                     setRunning(false);
                     if (answers) {
                       showAnswers(*answers);
                     }
                   },
               .failed =
                   [this](const base::Error& error) {
                     setRunning(false);
                     say(QString::fromUtf8(error.what()));
                   },
               .cancelled = [this] { setRunning(false); }});
  setRunning(true);
}

void EvaluationPanel::setRunning(bool running) {
  m_button->setText(running ? tr("Cancel") : tr("Measure again"));
  m_button->setVisible(running || !m_path.isEmpty());
  m_button->setEnabled(m_table != nullptr);
  m_choose->setEnabled(m_table != nullptr && !running);
  m_file->setVisible(!m_path.isEmpty());
  m_progress->setVisible(running);
}

void EvaluationPanel::say(const QString& words) {
  m_words->setText(words);
  m_words->setVisible(!words.isEmpty());
}

void EvaluationPanel::clear() {
  say({});
  m_text.clear();
  m_list->clear();
  m_list->hide();
  m_copy->hide();
}

void EvaluationPanel::showAnswers(const evaluation::Answers& answers) {
  for (const EvaluationLine& line : evaluationLines(answers)) {
    auto* item = new QTreeWidgetItem(m_list, {line.name, line.value});
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    const QString toolTip =
        line.detail.isEmpty() ? line.name : QStringLiteral("%1\n%2").arg(line.name, line.detail);
    QFont font = m_list->font();
    font.setBold(line.isTotal);
    for (int column = 0; column < 2; ++column) {
      item->setToolTip(column, toolTip);
      item->setFont(column, font);
    }
  }
  const int lines = std::min(kMostLines, m_list->topLevelItemCount());
  m_list->setFixedHeight(lines * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
  m_list->show();
  m_text = evaluationText(answers);
  m_copy->show();
}

void EvaluationPanel::copy() {
  QGuiApplication::clipboard()->setText(m_text);
}

}  // namespace embedscope::explore
