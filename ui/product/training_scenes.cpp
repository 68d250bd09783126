// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/training_scenes.h"

#include "core/table/row_excerpt.h"
#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"
#include "ui/product/row_window.h"
#include "ui/product/scene_parts.h"
#include "ui/product/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <span>
#include <vector>

namespace embedscope::product {

namespace {

using explain::RowFate;
using explain::TrainingStep;
using plots::RowEmphasis;

constexpr std::size_t kNamedRows = 4;
constexpr std::int64_t kMovedBesideOpened = 2;
constexpr std::int64_t kNumberBytes = 4;
constexpr std::int64_t kIndexBytes = 8;

QString translated(const char* text) {
  return QCoreApplication::translate("Product", text);
}

QString grouped(std::int64_t value) {
  return document::groupedText(value);
}

std::span<const float> rowOf(const base::RowMatrix& matrix, Eigen::Index row) {
  return {matrix.data() + row * matrix.cols(), static_cast<std::size_t>(matrix.cols())};
}

/// Everything a scene needs, worked out once.
class Painter {
 public:
  explicit Painter(const TrainingPicture& picture)
      : m_picture(picture), m_step(*picture.step), m_table(*m_step.setup().table) {
    for (const std::int32_t row : m_step.setup().batch) {
      m_batch.push_back(row);
      m_names += document::labelText(m_table, row);
    }
    m_rows = table::distinctRows(m_batch);
  }

  Scene lookup() const;
  Scene head() const;
  Scene outputGradient() const;
  Scene rowGradient() const;
  Scene outerProduct() const;
  Scene sparse() const;
  Scene update() const;

 private:
  std::int64_t examples() const { return static_cast<std::int64_t>(m_batch.size()); }

  QString shape(std::int64_t rows, std::int64_t columns) const {
    return QStringLiteral("%1 × %2").arg(grouped(rows), grouped(columns));
  }

  std::int64_t dimension() const { return m_step.dimension(); }

  /// b rows of d numbers, named by their categories.
  SceneTerm exampleRows(const QString& title, Term what, const base::RowMatrix& matrix) const {
    SceneTerm term;
    term.what = what;
    term.title = title;
    term.columnLabels = dimensionLabels(dimension());
    term.scrolls = true;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
      term.rows.push_back(lineOf(m_names[i], rowOf(matrix, i)));
    }
    return term;
  }

  /// b rows of one number each.
  SceneTerm exampleColumn(const QString& title, Term what, std::span<const float> numbers) const {
    SceneTerm term;
    term.what = what;
    term.title = title;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      term.rows.push_back(lineOf({}, numbers.subspan(i, 1)));
    }
    return term;
  }

  SceneTerm headRow(const QString& title) const {
    SceneTerm term;
    term.what = Term::Head;
    term.title = title;
    term.columnLabels = dimensionLabels(dimension());
    term.scrolls = true;
    term.rows.push_back(lineOf({}, m_step.head().weightsBefore));
    return term;
  }

  /// The lines of the table that a picture shows, with the batch and `wanted` among them.
  std::vector<WindowLine> lines(const std::vector<std::int64_t>& wanted) const {
    return windowOf(m_step.rowCount(), m_picture.room, wanted);
  }

  /// n rows of d numbers each; those of `lit` stand out.
  template <typename Row>
  SceneTerm tableRows(const QString& title, Term what, std::span<const WindowLine> lines,
                      std::span<const std::int64_t> lit, const QString& fold,
                      const Row& row) const {
    SceneTerm term;
    term.what = what;
    term.title = title;
    term.columnLabels = dimensionLabels(dimension());
    term.scrolls = true;
    term.lines.assign(lines.begin(), lines.end());
    for (const WindowLine& line : lines) {
      if (line.folded) {
        term.rows.push_back(plots::HeatMapRow::folded(fold.arg(grouped(line.to - line.from))));
        continue;
      }
      const bool isLit = std::ranges::find(lit, line.from) != lit.end();
      term.rows.push_back(lineOf(document::labelText(m_table, line.from), row(line.from),
                                 isLit ? RowEmphasis::Lit : RowEmphasis::Grey));
    }
    return term;
  }

  /// Says that an excerpt trains, where it does.
  QString excerptNote() const {
    return m_step.rowCount() == m_picture.wholeRows
               ? QString()
               : translated("\nAn excerpt of %1 of the %2 rows trains here.")
                     .arg(grouped(m_step.rowCount()), grouped(m_picture.wholeRows));
  }

  std::vector<std::int64_t> gradientRows() const {
    std::vector<std::int64_t> rows;
    for (const explain::RowGradient& gradient : m_step.gradient()) {
      rows.push_back(gradient.row);
    }
    return rows;
  }

  QString fates(std::span<const std::int64_t> changed) const;
  std::vector<std::int64_t> rowsOfUpdate(std::span<const std::int64_t> changed) const;

  const TrainingPicture& m_picture;
  const TrainingStep& m_step;
  const table::EmbeddingTable& m_table;
  std::vector<std::int64_t> m_batch;
  std::vector<std::int64_t> m_rows;  ///< of the batch, each once, ascending
  QStringList m_names;
};

Scene Painter::lookup() const {
  Scene scene;
  const auto hotLines = windowOf(m_step.rowCount(), m_picture.oneHot, m_rows);
  scene.terms.push_back(hotTerm(translated("one-hot %1").arg(shape(examples(), m_step.rowCount())),
                                m_table, hotLines, m_names,
                                [&](std::size_t example, std::int64_t row) {
                                  return row == m_batch[example] ? 1.0F : 0.0F;
                                }));
  scene.terms.push_back(tableRows(translated("table %1").arg(shape(m_step.rowCount(), dimension())),
                                  Term::Table, lines(m_rows), m_rows, foldText(),
                                  [&](std::int64_t row) { return m_step.shortenedRow(row); }));
  scene.terms.back().before = QStringLiteral("×");
  scene.terms.push_back(exampleRows(translated("x %1").arg(shape(examples(), dimension())),
                                    Term::Input, m_step.lookups()));
  scene.terms.back().before = QStringLiteral("=");
  shareColors(scene.terms[1], scene.terms[2]);
  scene.words = translated("1 of 7 · lookup: each example's row of the table becomes its input x");
  scene.detail =
      m_step.setup().lookup.maxNorm
          ? translated("rows longer than %1 were shortened in the table first (max_norm)")
                .arg(plots::shortNumberText(*m_step.setup().lookup.maxNorm))
          : translated("one-hot × table, or the rows picked by number: the same");
  scene.detail += excerptNote();
  return scene;
}

Scene Painter::head() const {
  Scene scene;
  scene.terms.push_back(exampleRows(translated("x %1").arg(shape(examples(), dimension())),
                                    Term::Input, m_step.lookups()));
  scene.terms.push_back(headRow(translated("w 1 × %1").arg(grouped(dimension()))));
  scene.terms.back().before = QStringLiteral("·");
  scene.terms.push_back(exampleColumn(translated("output y"), Term::Output, m_step.outputs()));
  scene.terms.back().before = QStringLiteral("→");
  scene.terms.push_back(exampleColumn(translated("target"), Term::Target, m_step.setup().targets));
  scene.terms.back().before = QStringLiteral("≠");
  scene.words =
      translated("2 of 7 · head and loss: y = x · w + b, and how far it is from the target");
  scene.detail =
      translated("b = %1;   loss = mean of (y − target)² = %2")
          .arg(numberInWords(m_step.head().biasBefore), plots::shortNumberText(m_step.loss()));
  return scene;
}

Scene Painter::outputGradient() const {
  Scene scene;
  scene.terms.push_back(exampleColumn(translated("output y"), Term::Output, m_step.outputs()));
  scene.terms.push_back(exampleColumn(translated("target"), Term::Target, m_step.setup().targets));
  scene.terms.back().before = QStringLiteral("−");
  scene.terms.push_back(exampleColumn(translated("error"), Term::Error, m_step.errors()));
  scene.terms.back().before = QStringLiteral("=");
  scene.terms.push_back(
      exampleColumn(translated("∂L/∂y"), Term::OutputGradient, m_step.outputGradients()));
  scene.terms.back().before = QStringLiteral("→");
  scene.terms.front().rows.front().label = m_names.front();
  for (std::size_t i = 0; i < scene.terms.front().rows.size(); ++i) {
    scene.terms.front().rows[i].label = m_names[static_cast<qsizetype>(i)];
  }
  scene.words = translated("3 of 7 · back from the loss: how the loss grows with each output");
  scene.detail =
      translated("∂L/∂y = 2 · (y − target) / b with b = %1;   first example: 2 · %2 / %1 = %3")
          .arg(grouped(examples()), numberInWords(m_step.errors().front()),
               numberInWords(m_step.outputGradients().front()));
  return scene;
}

Scene Painter::rowGradient() const {
  Scene scene;
  SceneTerm outputs =
      exampleColumn(translated("∂L/∂y"), Term::OutputGradient, m_step.outputGradients());
  for (std::size_t i = 0; i < outputs.rows.size(); ++i) {
    outputs.rows[i].label = m_names[static_cast<qsizetype>(i)];
  }
  scene.terms.push_back(std::move(outputs));
  scene.terms.push_back(headRow(translated("w 1 × %1").arg(grouped(dimension()))));
  scene.terms.back().before = QStringLiteral("×");
  scene.terms.push_back(exampleRows(translated("∂L/∂x %1").arg(shape(examples(), dimension())),
                                    Term::InputGradient, m_step.lookupGradients()));
  scene.terms.back().before = QStringLiteral("=");
  scene.words = translated("4 of 7 · back through the head: a gradient for each looked-up row");
  scene.detail = translated("∂L/∂x = ∂L/∂y · w;   “%1”: %2 × %3 = %4")
                     .arg(m_names.front(), numberInWords(m_step.outputGradients().front()),
                          vectorText(m_step.head().weightsBefore, 4),
                          vectorText(rowOf(m_step.lookupGradients(), 0), 4));
  return scene;
}

Scene Painter::outerProduct() const {
  Scene scene;
  const auto shown = lines(m_rows);
  SceneTerm hot;
  hot.what = Term::OneHotTransposed;
  hot.title = translated("one-hotᵀ %1").arg(shape(m_step.rowCount(), examples()));
  hot.range = 1.0F;
  for (const WindowLine& line : shown) {
    if (line.folded) {
      hot.rows.push_back(plots::HeatMapRow::folded(QStringLiteral("…")));
      continue;
    }
    plots::HeatMapRow row;
    row.label = document::labelText(m_table, line.from);
    for (const std::int64_t example : m_batch) {
      row.values.push_back(example == line.from ? 1.0F : 0.0F);
    }
    hot.rows.push_back(std::move(row));
  }
  scene.terms.push_back(std::move(hot));
  scene.terms.push_back(exampleRows(translated("∂L/∂x %1").arg(shape(examples(), dimension())),
                                    Term::InputGradient, m_step.lookupGradients()));
  scene.terms.back().before = QStringLiteral("×");
  const std::vector<float> zeros(static_cast<std::size_t>(dimension()), 0.0F);
  const auto rows = gradientRows();
  scene.terms.push_back(tableRows(
      translated("∂L/∂W %1").arg(shape(m_step.rowCount(), dimension())), Term::TableGradient, shown,
      rows, translated("… %1 rows of zeros · click to open …\u009c… %1 rows of zeros …"),
      [&](std::int64_t row) {
        const explain::RowGradient* gradient = m_step.gradientOf(row);
        return gradient == nullptr ? std::span<const float>(zeros)
                                   : std::span<const float>(gradient->gradient);
      }));
  scene.terms.back().before = QStringLiteral("=");
  scene.words =
      translated(
          "5 of 7 · gradient of the table: the outer product one-hotᵀ × ∂L/∂x, "
          "zeros but for %1 of %2 rows")
          .arg(grouped(static_cast<std::int64_t>(rows.size())), grouped(m_picture.wholeRows));
  const auto repeated = std::ranges::find_if(
      m_step.gradient(), [](const auto& gradient) { return gradient.frequency() > 1; });
  if (repeated != m_step.gradient().end()) {
    QStringList parts;
    for (Eigen::Index i = 0; i < repeated->contributions.rows(); ++i) {
      parts += vectorText(rowOf(repeated->contributions, i), 3);
    }
    scene.detail =
        translated("“%1” is in the batch %2 times, and its gradients add up: %3 = %4")
            .arg(document::labelText(m_table, repeated->row), grouped(repeated->frequency()),
                 parts.join(QStringLiteral(" + ")), vectorText(repeated->gradient, 3));
  } else if (rows.empty()) {
    scene.detail = translated("no row takes a gradient: the table is frozen, or all is padding");
  } else {
    scene.detail = translated("every row that no example looks up is multiplied by 0");
  }
  scene.detail += excerptNote();
  return scene;
}

Scene Painter::sparse() const {
  Scene scene;
  SceneTerm indices;
  indices.what = Term::SparseRows;
  indices.title = translated("row");
  SceneTerm values;
  values.what = Term::SparseValues;
  values.title = translated("values");
  values.columnLabels = dimensionLabels(dimension());
  values.scrolls = true;
  values.before = QStringLiteral(":");
  for (const explain::RowGradient& gradient : m_step.gradient()) {
    const auto index = static_cast<float>(
        m_picture.excerpt.empty() ? gradient.row
                                  : m_picture.excerpt[static_cast<std::size_t>(gradient.row)]);
    indices.rows.push_back(
        lineOf(document::labelText(m_table, gradient.row), std::span(&index, 1)));
    values.rows.push_back(lineOf({}, gradient.gradient, RowEmphasis::Lit));
  }
  const auto stored = static_cast<std::int64_t>(m_step.gradient().size());
  if (stored > 0) {
    scene.terms = {std::move(indices), std::move(values)};
  }
  scene.words = translated(
      "6 of 7 · the sparse form of the same gradient: numbers of rows, and their values");
  scene.detail = translated(
                     "%1 row numbers and %2 values, %3 bytes, instead of %4 values, %5 bytes "
                     "(nn.Embedding with sparse=True)")
                     .arg(grouped(stored), grouped(stored * dimension()),
                          grouped(stored * (kIndexBytes + kNumberBytes * dimension())),
                          grouped(m_picture.wholeRows * dimension()),
                          grouped(m_picture.wholeRows * dimension() * kNumberBytes));
  return scene;
}

/// "in the batch: Winter; moments of an earlier step: Spring", and how many rows stayed.
QString Painter::fates(std::span<const std::int64_t> changed) const {
  std::map<RowFate, std::vector<std::int64_t>> byFate;
  for (const std::int64_t row : changed) {
    byFate[m_step.fate(row)].push_back(row);
  }
  QStringList parts;
  for (const auto& [fate, rows] : byFate) {
    QStringList names;
    for (std::size_t i = 0; i < std::min(kNamedRows, rows.size()); ++i) {
      names += QStringLiteral("“%1”").arg(document::labelText(m_table, rows[i]));
    }
    if (rows.size() > kNamedRows) {
      names +=
          translated("%1 more").arg(grouped(static_cast<std::int64_t>(rows.size() - kNamedRows)));
    }
    parts += translated("%1: %2").arg(fateText(fate), names.join(QStringLiteral(", ")));
  }
  return parts.join(QStringLiteral(";   "));
}

/// The batch, and as many of the other rows that moved as there is room for.
std::vector<std::int64_t> Painter::rowsOfUpdate(std::span<const std::int64_t> changed) const {
  const RowRoom& room = m_picture.room;
  const std::int64_t most =
      room.opened ? kMovedBesideOpened : static_cast<std::int64_t>(room.most / 2);
  std::vector<std::int64_t> rows = m_rows;
  for (const std::int64_t row : changed) {
    if (static_cast<std::int64_t>(rows.size() - m_rows.size()) < most &&
        std::ranges::find(m_rows, row) == m_rows.end()) {
      rows.push_back(row);
    }
  }
  return rows;
}

Scene Painter::update() const {
  Scene scene;
  const std::vector<std::int64_t> changed = m_step.changedRows();
  const auto shown = lines(rowsOfUpdate(changed));
  const QString fold = foldText();
  scene.terms.push_back(tableRows(translated("before"), Term::Before, shown, changed, fold,
                                  [&](std::int64_t row) { return rowOf(m_step.before(), row); }));
  std::map<std::int64_t, std::vector<float>> differences;
  for (const WindowLine& line : shown) {
    if (!line.folded) {
      differences[line.from] = m_step.change(line.from).difference;
    }
  }
  scene.terms.push_back(
      tableRows(translated("change"), Term::Change, shown, changed, fold,
                [&](std::int64_t row) { return std::span<const float>(differences.at(row)); }));
  scene.terms.back().before = QStringLiteral("+");
  scene.terms.push_back(tableRows(translated("after"), Term::After, shown, changed, fold,
                                  [&](std::int64_t row) { return rowOf(m_step.after(), row); }));
  scene.terms.back().before = QStringLiteral("=");
  shareColors(scene.terms[0], scene.terms[2]);
  scene.words =
      translated("7 of 7 · update: %1 of %2 rows change")
          .arg(grouped(static_cast<std::int64_t>(changed.size())), grouped(m_step.rowCount()));
  scene.detail = changed.empty() ? translated("no row moves") : fates(changed);
  scene.detail += excerptNote();
  return scene;
}

}  // namespace

QString fateText(RowFate fate) {
  switch (fate) {
    case RowFate::Untouched:
      return translated("did not move");
    case RowFate::Learned:
      return translated("in the batch");
    case RowFate::Carried:
      return translated("not in the batch, moved by what is left of an earlier step");
    case RowFate::Decayed:
      return translated("not in the batch, moved by weight decay");
    case RowFate::Padding:
      return translated("padding");
    case RowFate::Frozen:
      return translated("frozen, but shortened to max_norm");
  }
  return {};
}

Scene trainingScene(const TrainingPicture& picture, std::int64_t index) {
  const Painter painter(picture);
  switch (index) {
    case 0:
      return painter.lookup();
    case 1:
      return painter.head();
    case 2:
      return painter.outputGradient();
    case 3:
      return painter.rowGradient();
    case kOuterProductScene:
      return painter.outerProduct();
    case 5:
      return painter.sparse();
    default:
      return painter.update();
  }
}

}  // namespace embedscope::product
