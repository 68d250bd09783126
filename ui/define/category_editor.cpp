// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/category_editor.h"

#include "core/base/text.h"
#include "ui/controls/icon_button.h"
#include "ui/controls/section.h"
#include "ui/define/category_view.h"
#include "ui/document/table_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope::define {

namespace {

constexpr double kTitleScale = 1.3;
constexpr int kFieldHeight = 28;

}  // namespace

CategoryEditor::CategoryEditor(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_model(new CategoryModel(this)),
      m_view(new CategoryView(*m_model, this)),
      m_title(new QLabel(this)),
      m_subtitle(new controls::HintLabel({}, this)),
      m_field(new QLineEdit(this)) {
  auto* heading = new QHBoxLayout;
  buildHeading(*heading);
  buildField();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addLayout(heading);
  layout->addWidget(m_view, 1);
  layout->addWidget(m_field);
  connect(m_model, &CategoryModel::changeRequested, this,
          [this](const document::FeaturePtr& feature, const QString& text) {
            m_document.changeFeature(feature, text);
          });
  connect(m_model, &CategoryModel::refused, this, &CategoryEditor::refused);
  connect(m_view, &CategoryView::refused, this, &CategoryEditor::refused);
  connect(m_view, &CategoryView::edited, this, &CategoryEditor::edited);
  connect(m_view, &CategoryView::pasteRequested, this, &CategoryEditor::paste);
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &CategoryEditor::followSelection);
  followSelection();
}

/// An open editor commits when it goes; that must happen while there is somebody to tell.
CategoryEditor::~CategoryEditor() {
  delete m_view;
}

void CategoryEditor::buildHeading(QHBoxLayout& layout) {
  QFont large = m_title->font();
  large.setPointSizeF(large.pointSizeF() * kTitleScale);
  large.setWeight(QFont::DemiBold);
  m_title->setFont(large);
  m_title->setObjectName(QStringLiteral("featureHeading"));
  m_title->setTextFormat(Qt::PlainText);
  m_subtitle->setObjectName(QStringLiteral("featureSizes"));
  m_subtitle->setWordWrap(false);
  m_up = addButton("moveUp", QStringLiteral("up"), tr("Move up (Alt+Up)"));
  m_down = addButton("moveDown", QStringLiteral("down"), tr("Move down (Alt+Down)"));
  m_delete = addButton("deleteCategories", QStringLiteral("delete"),
                       tr("Delete the selected categories (Delete)"));
  auto* paste = addButton(
      "pasteCategories", QStringLiteral("paste"),
      tr("Paste a list (Ctrl+V): one label a line, or separated by tabs, semicolons or commas"));
  auto* import =
      addButton("importCategories", QStringLiteral("import"), tr("Import a column of a file…"));
  layout.setSpacing(4);
  layout.addWidget(m_title, 0, Qt::AlignBaseline);
  layout.addSpacing(12);
  layout.addWidget(m_subtitle, 0, Qt::AlignBaseline);
  layout.addStretch(1);
  for (QToolButton* button : {m_up, m_down, m_delete, paste, import}) {
    layout.addWidget(button);
  }
  connect(m_up, &QToolButton::clicked, this, [this] { m_view->moveSelected(-1); });
  connect(m_down, &QToolButton::clicked, this, [this] { m_view->moveSelected(1); });
  connect(m_delete, &QToolButton::clicked, m_view, &CategoryView::deleteSelected);
  connect(paste, &QToolButton::clicked, this, &CategoryEditor::paste);
  connect(import, &QToolButton::clicked, this, &CategoryEditor::importRequested);
}

QToolButton* CategoryEditor::addButton(const char* name, const QString& icon, const QString& tip) {
  return controls::iconButton(this, name, icon, tip);
}

void CategoryEditor::buildField() {
  m_field->setObjectName(QStringLiteral("newCategory"));
  m_field->setMinimumHeight(kFieldHeight);
  m_field->setAccessibleName(tr("New category"));
  m_field->setPlaceholderText(tr("Type a category and press Enter, or paste a list"));
  m_field->installEventFilter(this);
  connect(m_field, &QLineEdit::returnPressed, this, &CategoryEditor::addTyped);
  connect(m_field, &QLineEdit::textEdited, this, &CategoryEditor::edited);
}

void CategoryEditor::refresh() {
  const document::FeaturePtr feature = m_document.feature(m_document.currentFeature());
  m_model->setFeature(feature);
  if (!feature) {
    return;
  }
  m_title->setText(feature->name);
  m_subtitle->setText(
      tr("d = %1 of %2 categories")
          .arg(document::groupedText(feature->effectiveDimension()),
               document::groupedText(static_cast<std::int64_t>(feature->categories.size()))));
  followSelection();
}

void CategoryEditor::addTyped() {
  const document::FeaturePtr feature = m_model->feature();
  const QString label = m_field->text().trimmed();
  if (!feature) {
    return;
  }
  if (const auto problem = document::labelProblem(*feature, label)) {
    emit refused(*problem);
    return;
  }
  document::Feature changed = *feature;
  changed.categories.push_back({label, {}, 0});
  m_document.changeFeature(std::move(changed), tr("add “%1”").arg(label));
  m_field->clear();
  emit edited();
  m_view->selectRows(m_model->rowCount() - 1, 1);
}

void CategoryEditor::paste() {
  const QString text = QGuiApplication::clipboard()->text();
  if (text.trimmed().isEmpty()) {
    emit refused(tr("There is no text on the clipboard."));
    return;
  }
  emit listPasted(text);
}

/// A list pasted into the field is a list, not one long label.
bool CategoryEditor::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_field && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste) &&
      QGuiApplication::clipboard()->text().trimmed().contains(QLatin1Char('\n'))) {
    paste();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void CategoryEditor::followSelection() {
  const std::vector<int> rows = m_view->selectedRows();
  const bool any = !rows.empty();
  m_delete->setEnabled(any);
  m_up->setEnabled(any && rows.front() > 0);
  m_down->setEnabled(any && rows.back() + 1 < m_model->rowCount());
}

}  // namespace embedscope::define
