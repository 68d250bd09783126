// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/define/feature_panel.h"

#include "ui/controls/icons.h"
#include "ui/controls/section.h"
#include "ui/define/validating_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace embedscope::define {

namespace {

constexpr int kListMinimum = 104;
constexpr int kListMaximum = 152;

QString freeName(const document::Document& document) {
  for (int number = 1;; ++number) {
    const QString name = FeaturePanel::tr("feature %1").arg(number);
    if (!document.featureNamed(name)) {
      return name;
    }
  }
}

}  // namespace

FeaturePanel::FeaturePanel(document::Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_model(new FeatureModel(document, this)),
      m_list(new QTreeView(this)) {
  buildList();
  auto* add = addButton("addFeature", QStringLiteral("add"), tr("Add"),
                        tr("A new feature without categories"));
  auto* import = addButton("importFeature", QStringLiteral("import"), tr("Import…"),
                           tr("A new feature from a column of a delimited file (CSV, TSV, …)"));
  m_delete = addButton("deleteFeature", QStringLiteral("delete"), {},
                       tr("Delete the chosen feature (can be undone)"));
  m_delete->setAccessibleName(tr("Delete feature"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(4);
  buttons->addWidget(add);
  buttons->addWidget(import);
  buttons->addStretch(1);
  buttons->addWidget(m_delete);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Features"), this));
  layout->addWidget(m_list);
  layout->addLayout(buttons);
  connect(add, &QToolButton::clicked, this, &FeaturePanel::addFeature);
  connect(import, &QToolButton::clicked, this, &FeaturePanel::importRequested);
  const auto remove = [this] { m_document.removeFeature(m_document.currentFeature()); };
  connect(m_delete, &QToolButton::clicked, this, remove);
  auto* deleteKey = new QShortcut(QKeySequence::Delete, m_list);
  deleteKey->setContext(Qt::WidgetShortcut);
  connect(deleteKey, &QShortcut::activated, this, remove);
  follow();
}

/// An open editor commits when it goes; that must happen while there is somebody to tell.
FeaturePanel::~FeaturePanel() {
  delete m_list;
}

void FeaturePanel::buildList() {
  m_list->setObjectName(QStringLiteral("featureList"));
  m_list->setAccessibleName(tr("Features"));
  m_list->setModel(m_model);
  m_list->setHeaderHidden(true);
  m_list->setRootIsDecorated(false);
  m_list->setUniformRowHeights(true);
  m_list->setAllColumnsShowFocus(true);
  m_list->setEditTriggers(QTreeView::DoubleClicked | QTreeView::EditKeyPressed);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setSizeAdjustPolicy(QTreeView::AdjustToContents);
  m_list->setMinimumHeight(kListMinimum);
  m_list->setMaximumHeight(kListMaximum);
  m_list->header()->setStretchLastSection(false);
  m_list->header()->setSectionResizeMode(FeatureModel::Name, QHeaderView::Stretch);
  m_list->header()->setSectionResizeMode(FeatureModel::Size, QHeaderView::ResizeToContents);
  auto* delegate = new ValidatingDelegate(
      [this](const QModelIndex& index, const QString& text) {
        return m_document.featureNameProblem(text.trimmed(), m_model->idAt(index.row()));
      },
      this);
  m_list->setItemDelegate(delegate);
  connect(delegate, &ValidatingDelegate::refused, this, &FeaturePanel::refused);
  connect(delegate, &ValidatingDelegate::edited, this, &FeaturePanel::edited);
  connect(m_model, &FeatureModel::refused, this, &FeaturePanel::refused);
  connect(m_model, &QAbstractItemModel::modelReset, this, &FeaturePanel::follow);
  connect(&m_document, &document::Document::currentFeatureChanged, this, &FeaturePanel::follow);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) {
              m_document.setCurrentFeature(m_model->idAt(current.row()));
            }
          });
}

QToolButton* FeaturePanel::addButton(const char* name, const QString& icon, const QString& text,
                                     const QString& tip) {
  auto* button = new QToolButton(this);
  button->setObjectName(QLatin1String(name));
  button->setText(text);
  button->setToolTip(tip);
  button->setAutoRaise(true);
  button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly
                                            : Qt::ToolButtonTextBesideIcon);
  controls::setThemedIcon(button, icon);
  return button;
}

void FeaturePanel::addFeature() {
  document::Feature feature;
  feature.name = freeName(m_document);
  m_document.addFeature(feature, tr("add %1").arg(feature.name));
  m_list->setFocus();
  m_list->edit(m_list->currentIndex());
}

void FeaturePanel::follow() {
  const int row = m_model->rowOf(m_document.currentFeature());
  if (row >= 0) {
    m_list->setCurrentIndex(m_model->index(row, FeatureModel::Name));
  }
  m_delete->setEnabled(row >= 0);
}

}  // namespace embedscope::define
