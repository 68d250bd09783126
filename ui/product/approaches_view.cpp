// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/approaches_view.h"

#include "core/base/random.h"
#include "ui/controls/section.h"
#include "ui/document/samples.h"
#include "ui/document/table_text.h"
#include "ui/product/row_window.h"
#include "ui/product/scene_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace embedscope::product {

namespace {

using explain::ApproachInput;
using explain::WhatCanChange;
using training::Approach;

constexpr std::int64_t kAtOnce = 200'000;  // numbers of a random table made without a job
constexpr std::size_t kFewCells = 5;       // of a one-hot, beside three other rows
constexpr std::size_t kCellsOfMany = 3;    // the 1, and what lies beside it
constexpr int kTwenty = 20;
constexpr Eigen::Index kTwentyDimension = 4;

/// Twenty letters with the vectors that a pretrained table might have.
table::TablePtr twentyCategories() {
  table::Vocabulary labels;
  base::RandomStream random(20, 0);
  base::RowMatrix values(kTwenty, kTwentyDimension);
  for (int i = 0; i < kTwenty; ++i) {
    labels.append(std::string(1, static_cast<char>('A' + i)));
  }
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    values.data()[i] = static_cast<float>(random.uniform(-1, 1));
  }
  return std::make_shared<const table::EmbeddingTable>("twenty", labels, std::move(values));
}

QString approachText(Approach approach) {
  switch (approach) {
    case Approach::OneHot:
      return ApproachesView::tr("one-hot");
    case Approach::Identity:
      return ApproachesView::tr("identity table");
    case Approach::Random:
      return ApproachesView::tr("random table");
    case Approach::Pretrained:
      return ApproachesView::tr("pretrained table");
  }
  return {};
}

}  // namespace

ApproachesView::ApproachesView(jobs::JobRunner& jobs, QWidget* parent)
    : SceneView(parent),
      m_controls(new QWidget(this)),
      m_categories(new QComboBox(m_controls)),
      m_frozen(new QCheckBox(tr("Frozen tables"), m_controls)),
      m_asking(jobs, this) {
  setObjectName(QStringLiteral("approachesView"));
  m_categories->setObjectName(QStringLiteral("approachCategories"));
  m_categories->setToolTip(tr("The page's table, or a small example"));
  m_categories->addItems({tr("Those of the table"), tr("Two"), tr("Twenty")});
  m_frozen->setObjectName(QStringLiteral("approachFrozen"));
  m_frozen->setToolTip(
      tr("Frozen, a table keeps its numbers: an identity table then is the one-hot, for good"));
  auto* form = new QFormLayout;
  form->addRow(tr("&Categories"), m_categories);
  auto* layout = new QVBoxLayout(m_controls);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(new controls::SectionLabel(tr("Approaches"), m_controls));
  layout->addLayout(form);
  layout->addWidget(m_frozen);
  layout->addWidget(new controls::HintLabel(
      tr("Whatever stands in front of it, the head is a linear layer over the numbers that enter. "
         "One-hot and a frozen identity are the same function; an identity that learns starts "
         "there and moves away; random and pretrained tables bring fewer numbers than categories."),
      m_controls));
  connect(m_categories, &QComboBox::currentIndexChanged, this, [this] {
    forget();
    refresh();
  });
  connect(m_frozen, &QCheckBox::toggled, this, &ApproachesView::refresh);
}

QString ApproachesView::code(explain::SnippetLanguage language) const {
  const auto random = std::ranges::find(m_inputs, Approach::Random, &ApproachInput::approach);
  return random == m_inputs.end()
             ? QString()
             : QString::fromStdString(explain::approachesSnippet(
                   question(), random->entering.numbers, m_frozen->isChecked(), language));
}

void ApproachesView::tableChanged() {
  forget();
}

void ApproachesView::rowChanged() {
  forget();
}

/// The question has changed; it is asked when the answer is seen.
void ApproachesView::forget() {
  m_inputs.clear();
  m_asking.drop();
}

explain::ApproachQuestion ApproachesView::question() const {
  explain::ApproachQuestion question;
  question.table = m_categories->currentIndex() == 0   ? table()
                   : m_categories->currentIndex() == 1 ? document::smallestCase()
                                                       : twentyCategories();
  question.row = row() % question.table->rowCount();
  return question;
}

/// Works the answer out, in the background where that takes long.
void ApproachesView::ask() {
  const explain::ApproachQuestion question = this->question();
  if ((question.row + 1) * question.table->dimension() <= kAtOnce) {
    m_inputs = explain::approachInputs(question);
    return;
  }
  m_asking.start(
      tr("Making a random table"),
      [question](const base::TaskContext&) { return explain::approachInputs(question); },
      {.done =
           [this](Inputs inputs) {
             m_inputs = std::move(inputs);
             refresh();
           },
       .failed = [this](const base::Error& error) { emit failed(QString::fromUtf8(error.what())); },
       .cancelled = {}});
}

/// One-hot, and each table as the switch says.
std::vector<const ApproachInput*> ApproachesView::shownInputs() const {
  std::vector<const ApproachInput*> shown;
  for (const ApproachInput& input : m_inputs) {
    if (input.approach == Approach::OneHot || input.frozen == m_frozen->isChecked()) {
      shown.push_back(&input);
    }
  }
  return shown;
}

/// The numbers that enter the head: those around the 1 of a long one-hot, else all, and they
/// scroll.
SceneTerm ApproachesView::term(const ApproachInput& input, Room room) const {
  SceneTerm term;
  term.title = approachText(input.approach);
  term.what = Term::Entering;
  const explain::EnteringVector& entering = input.entering;
  if (!entering.index) {
    term.columnLabels = dimensionLabels(entering.width);
    term.scrolls = true;
    term.rows.push_back(lineOf({}, entering.numbers, plots::RowEmphasis::Lit));
    return term;
  }
  const std::array<std::int64_t, 1> wanted{*entering.index};
  const std::size_t most =
      entering.width <= static_cast<std::int64_t>(kFewCells) ? kFewCells : kCellsOfMany;
  const auto lines = windowOf(entering.width, std::min(most, room.oneHot), wanted);
  plots::HeatMapRow row;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].folded) {
      term.foldedColumns.push_back(static_cast<int>(i));
    }
    term.columnLabels += lines[i].folded ? QString() : document::groupedText(lines[i].from);
    row.values.push_back(!lines[i].folded && lines[i].from == *entering.index ? 1.0F : 0.0F);
  }
  row.emphasis = plots::RowEmphasis::Lit;
  term.range = 1.0F;
  term.rows.push_back(std::move(row));
  return term;
}

/// A line for each approach: how many numbers, and what can change.
QString ApproachesView::facts() const {
  QString html = QStringLiteral("<table align='center' cellspacing='0' cellpadding='5'><tr>");
  const auto cell = [&](const QString& text, const char* align = "right") {
    html += QStringLiteral("<td align='%1'>%2</td>").arg(QLatin1String(align), text);
  };
  for (const QString& title :
       {QString(), tr("enters the head"), tr("the one-hot?"), tr("table numbers"), tr("that learn"),
        tr("head numbers"), tr("training changes")}) {
    html += QStringLiteral("<th align='%1'>%2</th>")
                .arg(title.isEmpty() ? QStringLiteral("left") : QStringLiteral("right"), title);
  }
  html += QStringLiteral("</tr>");
  for (const ApproachInput* input : shownInputs()) {
    html += QStringLiteral("<tr>");
    cell(approachText(input->approach), "left");
    cell(tr("1 × %1").arg(document::groupedText(input->entering.width)));
    cell(input->equalsOneHot ? tr("the same bits") : tr("no"));
    cell(document::groupedText(input->tableParameters));
    cell(document::groupedText(input->trainableParameters));
    cell(document::groupedText(input->headParameters));
    cell(input->whatCanChange == WhatCanChange::HeadOnly ? tr("the head only")
                                                         : tr("row and head"));
    html += QStringLiteral("</tr>");
  }
  return html + QStringLiteral("</table>");
}

Scene ApproachesView::scene(std::int64_t /*step*/, Room room) {
  if (m_inputs.empty() && !m_asking.isRunning()) {
    ask();
  }
  if (m_inputs.empty()) {
    return {tr("making a random table …"), {}, {}};
  }
  const explain::ApproachQuestion asked = question();
  Scene scene;
  for (const ApproachInput* input : shownInputs()) {
    scene.terms.push_back(term(*input, room));
  }
  scene.words = m_frozen->isChecked()
                    ? tr("What enters the head for “%1”, tables frozen: the identity is the "
                         "one-hot and stays it")
                          .arg(document::labelText(*asked.table, asked.row))
                    : tr("What enters the head for “%1”: the identity starts as the one-hot and "
                         "then learns")
                          .arg(document::labelText(*asked.table, asked.row));
  scene.detail = facts();
  return scene;
}

}  // namespace embedscope::product
