// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/define_page.h"

#include "core/base/text.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/message_bar.h"
#include "ui/controls/page_frame.h"
#include "ui/define/advice_view.h"
#include "ui/define/category_editor.h"
#include "ui/define/column_chooser.h"
#include "ui/define/feature_panel.h"
#include "ui/define/initial_vectors.h"
#include "ui/define/options_panel.h"
#include "ui/define/size_panel.h"
#include "ui/define/start_panel.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope::define {

namespace {

constexpr int kMergeBase = 0x46454154;  // keys of other undo steps stay below
constexpr int kKeysPerGroup = 1'000'000;
constexpr int kShownRefusals = 3;

/// Ids of undo steps are ints; features are few.
int mergeKey(EditGroup group, document::FeatureId id) {
  return group == EditGroup::None ? -1
                                  : kMergeBase + static_cast<int>(group) * kKeysPerGroup +
                                        static_cast<int>(id.value % kKeysPerGroup);
}

/// Labels with the counts of a column, added to what a feature has.
document::LabelsAdded withColumn(const document::Feature& feature,
                                 const document::Feature& column) {
  QStringList labels;
  for (const document::Category& category : column.categories) {
    labels += category.label;
  }
  document::LabelsAdded out = document::withLabels(feature, labels);
  std::size_t next = feature.categories.size();
  for (const document::Category& category : column.categories) {
    auto& categories = out.feature.categories;
    if (next < categories.size() && categories[next].label == category.label) {
      categories[next++].count = category.count;
    }
  }
  return out;
}

}  // namespace

DefinePage::DefinePage(document::Document& document, jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_jobs(jobs),
      m_frame(new controls::PageFrame(this)),
      m_stack(new QStackedWidget(this)),
      m_message(new controls::MessageBar(this)) {
  setObjectName(QStringLiteral("definePage"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_frame);
  buildPanel();
  m_editorPage = buildEditor();
  m_chooser = new ColumnChooser(this);
  m_empty = buildEmptyState();
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_editorPage);
  m_stack->addWidget(m_chooser);
  auto* picture = new QWidget(this);
  picture->setAutoFillBackground(true);
  picture->setBackgroundRole(QPalette::Base);
  auto* layout = new QVBoxLayout(picture);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_message);
  layout->addWidget(m_stack, 1);
  m_frame->setPicture(picture);
  connect(m_chooser, &ColumnChooser::newFeatureChosen, this, &DefinePage::importAsNewFeature);
  connect(m_chooser, &ColumnChooser::addToFeatureChosen, this, &DefinePage::importIntoFeature);
  connect(m_chooser, &ColumnChooser::otherFileRequested, this, &DefinePage::chooseFile);
  connect(m_chooser, &ColumnChooser::cancelled, this, [this] {
    m_stack->setCurrentWidget(m_editorPage);
    refresh();
  });
  connectDocument();
  refresh();
}

DefinePage::~DefinePage() {
  m_document.disconnect(this);
  m_features->disconnect(this);
  m_editor->disconnect(this);
}

void DefinePage::buildPanel() {
  m_features = new FeaturePanel(m_document, this);
  m_size = new SizePanel(this);
  m_start = new StartPanel(this);
  m_options = new OptionsPanel(this);
  QVBoxLayout* panel = m_frame->panel();
  panel->addWidget(m_features);
  panel->addSpacing(8);
  panel->addWidget(m_size);
  panel->addSpacing(8);
  panel->addWidget(m_start);
  panel->addSpacing(8);
  panel->addWidget(m_options);
  panel->addStretch(1);
  connect(m_features, &FeaturePanel::importRequested, this, &DefinePage::importColumn);
  connect(m_features, &FeaturePanel::refused, this, &DefinePage::refuse);
  connect(m_features, &FeaturePanel::edited, m_message, &controls::MessageBar::clear);
  connect(m_size, &SizePanel::changeRequested, this, &DefinePage::change);
  connect(m_start, &StartPanel::changeRequested, this, &DefinePage::change);
  connect(m_options, &OptionsPanel::changeRequested, this, &DefinePage::change);
}

QWidget* DefinePage::buildEditor() {
  auto* page = new QWidget(this);
  m_editor = new CategoryEditor(m_document, page);
  m_vectors = new InitialVectors(page);
  m_advice = new AdviceView(page);
  auto* below = new QHBoxLayout;
  below->setSpacing(24);
  below->addWidget(m_vectors, 3, Qt::AlignTop);
  below->addWidget(m_advice, 2);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(16, 16, 16, 8);
  layout->setSpacing(16);
  layout->addWidget(m_editor, 1);
  layout->addLayout(below);
  connect(m_editor, &CategoryEditor::refused, this, &DefinePage::refuse);
  connect(m_editor, &CategoryEditor::edited, m_message, &controls::MessageBar::clear);
  connect(m_editor, &CategoryEditor::listPasted, this, &DefinePage::pasteLabels);
  connect(m_editor, &CategoryEditor::importRequested, this, &DefinePage::importColumn);
  return page;
}

controls::EmptyState* DefinePage::buildEmptyState() {
  auto* empty = new controls::EmptyState(
      tr("No features yet"),
      tr("A feature is a categorical variable: a list of categories, each of which gets a vector. "
         "Type one, paste a list, or take a column of a table."),
      this);
  empty->setObjectName(QStringLiteral("defineEmpty"));
  empty->addAction(tr("New feature"), [this] { newFeature(); });
  empty->addAction(tr("Import a column…"), [this] { importColumn(); });
  empty->addAction(tr("Open a sample"), [this] { emit sampleRequested(QStringLiteral("months")); });
  return empty;
}

void DefinePage::connectDocument() {
  using document::Document;
  connect(&m_document, &Document::featuresChanged, this, &DefinePage::refresh);
  connect(&m_document, &Document::currentFeatureChanged, this, &DefinePage::refresh);
  connect(&m_document, &Document::tablesChanged, this, &DefinePage::refresh);
  connect(&m_document, &Document::trainingSetupChanged, this, &DefinePage::refresh);
  connect(&m_document, &Document::featureChanged, this, [this](document::FeatureId id) {
    if (id == m_document.currentFeature()) {
      refresh();
    }
  });
}

void DefinePage::refresh() {
  const document::FeaturePtr feature = m_document.feature(m_document.currentFeature());
  m_editor->refresh();
  m_size->setVisible(feature != nullptr);
  m_start->setVisible(feature != nullptr);
  m_options->setVisible(feature != nullptr);
  if (m_stack->currentWidget() != m_chooser) {
    m_stack->setCurrentWidget(feature ? m_editorPage : static_cast<QWidget*>(m_empty));
  }
  if (!feature) {
    return;
  }
  const auto& hidden = m_document.trainingSetup().recipe.hidden;
  const training::Advice advice =
      training::advise(feature->counts(), hidden.empty() ? 0 : hidden.front());
  m_size->show(feature, advice);
  m_start->show(feature, m_document.tables());
  m_options->show(feature);
  m_advice->show(advice);
  m_vectors->show(*feature, m_document.trainingSetup());
}

void DefinePage::newFeature() {
  m_message->clear();
  m_stack->setCurrentWidget(m_editorPage);
  m_features->addFeature();
}

void DefinePage::importColumn() {
  m_message->clear();
  if (m_document.data()) {
    offerColumns(m_document.data());
  } else {
    chooseFile();
  }
}

void DefinePage::chooseFile() {
  auto* dialog = new QFileDialog(this, tr("Import a column"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters(
      {tr("Delimited text (*.csv *.tsv *.tab *.txt *.data *.dat)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, &DefinePage::importFile);
  dialog->open();
}

void DefinePage::importFile(const QString& path) {
  m_message->clear();
  m_jobs.run(tr("Reading %1").arg(QFileInfo(path).fileName()), this,
             [path](const base::TaskContext& context) -> document::DataEntryPtr {
               auto loaded = data::readDelimited(path.toStdString(), {}, context);
               return loaded ? document::summarizedData(std::move(*loaded), path) : nullptr;
             },
             {.done =
                  [this](const document::DataEntryPtr& entry) {
                    if (entry) {
                      offerColumns(entry);
                    }
                  },
              .failed = [this](const base::Error& error) { fail(error); }});
}

void DefinePage::offerColumns(const document::DataEntryPtr& entry) {
  const document::FeaturePtr feature = m_document.feature(m_document.currentFeature());
  m_stack->setCurrentWidget(m_chooser);
  m_chooser->show(entry, feature ? feature->name : QString());
}

void DefinePage::importAsNewFeature(int column) {
  if (column < 0) {
    return;
  }
  const document::DataEntryPtr entry = m_chooser->data();
  const QString name = QString::fromStdString(entry->table->columnName(column));
  if (const auto problem = m_document.featureNameProblem(name)) {
    refuse(*problem + tr(" Rename it first, or add the column to it."));
    return;
  }
  m_jobs.run(tr("Importing “%1”").arg(name), this,
             [entry, column](const base::TaskContext&) {
               return document::featureFromColumn(*entry->table, column);
             },
             {.done = [this](document::Feature feature) { takeNewFeature(std::move(feature)); },
              .failed = [this](const base::Error& error) { fail(error); }});
}

void DefinePage::takeNewFeature(document::Feature feature) {
  if (const auto problem = m_document.featureNameProblem(feature.name)) {
    refuse(*problem);
    return;
  }
  const QString text = tr("import column “%1”").arg(feature.name);
  m_stack->setCurrentWidget(m_editorPage);
  m_message->clear();
  m_document.addFeature(std::move(feature), text);
}

void DefinePage::importIntoFeature(int column) {
  const document::FeaturePtr before = m_document.feature(m_document.currentFeature());
  if (column < 0 || !before) {
    return;
  }
  m_jobs.run(
      tr("Importing into “%1”").arg(before->name), this,
      [entry = m_chooser->data(), column, before](const base::TaskContext&) {
        return withColumn(*before, document::featureFromColumn(*entry->table, column));
      },
      {.done = [this, before](const document::LabelsAdded& result) { takeLabels(before, result); },
       .failed = [this](const base::Error& error) { fail(error); }});
}

void DefinePage::pasteLabels(const QString& text) {
  const document::FeaturePtr before = m_document.feature(m_document.currentFeature());
  if (!before) {
    return;
  }
  m_jobs.run(
      tr("Adding to “%1”").arg(before->name), this,
      [text, before](const base::TaskContext&) {
        return document::withLabels(*before, document::labelsInText(text));
      },
      {.done = [this, before](const document::LabelsAdded& result) { takeLabels(before, result); },
       .failed = [this](const base::Error& error) { fail(error); }});
}

void DefinePage::takeLabels(const document::FeaturePtr& before,
                            const document::LabelsAdded& result) {
  if (m_document.feature(before->id) != before) {
    refuse(tr("“%1” changed meanwhile; nothing was added. Try again.").arg(before->name));
    return;
  }
  m_stack->setCurrentWidget(m_editorPage);
  if (result.added > 0) {
    m_document.changeFeature(result.feature,
                             tr("add %1 categories").arg(document::groupedText(result.added)));
  }
  refresh();
  if (result.refused.isEmpty()) {
    m_message->clear();
    return;
  }
  QString which = result.refused.mid(0, kShownRefusals).join(QStringLiteral(", "));
  if (result.refused.size() > kShownRefusals) {
    which += QStringLiteral(", …");
  }
  m_message->show(controls::MessageBar::Kind::Warning,
                  tr("Added %1; left out %2 that were there already: %3")
                      .arg(document::groupedText(result.added),
                           document::groupedText(result.refused.size()), which));
}

void DefinePage::change(const document::FeaturePtr& feature, const QString& undoText,
                        EditGroup group) {
  m_document.changeFeature(feature, undoText, mergeKey(group, feature->id));
}

void DefinePage::refuse(const QString& reason) {
  m_message->show(controls::MessageBar::Kind::Error, reason);
}

void DefinePage::fail(const base::Error& error) {
  m_message->show(controls::MessageBar::Kind::Error, QString::fromUtf8(error.what()));
}

}  // namespace embedscope::define
