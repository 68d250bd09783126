// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/picture_maker.h"

#include "ui/document/table_text.h"

#include <algorithm>
#include <array>

namespace embedscope::explore {

namespace {

/// So many numbers are picked from a table within a frame; more are picked in the background.
constexpr std::int64_t kInstantNumbers = 2'000'000;

/// The titles of x, y and z.
std::array<QString, 3> axisTitles(const table::EmbeddingTable& table, const Axes& axes,
                                  const Principal* principal) {
  const auto title = [&](Eigen::Index axis) {
    return axis < table.dimension() ? axisTitle(axes.kind, axis, principal) : QString();
  };
  switch (axes.kind) {
    case Axes::Kind::Umap:
    case Axes::Kind::Tsne:
    case Axes::Kind::Imported:
      return {};
    case Axes::Kind::Labels:
      return {labelAxisTitle(axes.labels[0]), labelAxisTitle(axes.labels[1]),
              labelAxisTitle(axes.labels[2])};
    case Axes::Kind::Components:
    case Axes::Kind::Dimensions:
      break;
  }
  return {title(axes.x), title(axes.y), title(axes.z)};
}

}  // namespace

PictureMaker::PictureMaker(document::Document& document, jobs::JobRunner& runner, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_projector(document, runner),
      m_importer(document, runner, this),
      m_umap(runner),
      m_tsne(runner),
      m_placing(runner, this) {
  connectProjector();
  for (const Axes::Kind kind : kLayoutKinds) {
    connectLayout(kind);
  }
  connect(&m_document, &document::Document::tablesChanged, this, [this] {
    for (const Axes::Kind kind : kLayoutKinds) {
      if (!m_document.table(slot(kind).table)) {
        slot(kind).run.clear();
      }
    }
  });
}

PictureMaker::~PictureMaker() = default;

void PictureMaker::connectProjector() {
  connect(&m_projector, &Projector::started, this, &PictureMaker::workStarted);
  connect(&m_projector, &Projector::progressed, this, &PictureMaker::workProgressed);
  connect(&m_projector, &Projector::ready, this, [this](document::TableId table) {
    emit workEnded();
    if (table != m_document.currentTable()) {
      return;
    }
    emit principalChanged();
    if (m_isWanted && m_axes.kind == Axes::Kind::Components) {
      make(m_axes);
    }
  });
  connect(&m_projector, &Projector::cancelled, this, [this](document::TableId table) {
    emit workEnded();
    if (m_isWanted && table == m_document.currentTable() && !m_picture) {
      miss(
          tr("Nothing is drawn: the principal components are not known.\n"
             "Raw dimensions can be shown without them."));
      emit told(controls::MessageBar::Kind::Information,
                tr("Finding the principal components was stopped."), true);
    }
  });
  connect(&m_projector, &Projector::failed, this,
          [this](document::TableId table, const QString& sentence) {
            emit workEnded();
            if (m_isWanted && table == m_document.currentTable()) {
              if (m_axes.kind == Axes::Kind::Components) {
                miss(tr("Nothing is drawn. Raw dimensions can be shown instead."));
              }
              emit told(controls::MessageBar::Kind::Error, sentence, true);
            }
          });
}

void PictureMaker::connectLayout(Axes::Kind kind) {
  const auto show = [this, kind] {
    if (layout(kind) != nullptr) {
      emit layoutChanged(kind);
      if (m_isWanted && m_axes.kind == kind) {
        showLayout();
      }
    }
  };
  const LayoutRun& run = slot(kind).run;
  connect(&run, &LayoutRun::stateChanged, this, show);
  connect(&run, &LayoutRun::pointsMoved, this, show);
  connect(&run, &LayoutRun::failed, this, [this](const QString& sentence) {
    emit told(controls::MessageBar::Kind::Error, sentence, false);
  });
}

table::TablePtr PictureMaker::currentTable() const {
  const document::TableEntry* entry = m_document.currentTableEntry();
  return entry ? entry->table : nullptr;
}

void PictureMaker::drop() {
  m_isWanted = false;
  m_picture.reset();
  m_placing.drop();
  m_projector.drop();
  emit workEnded();
}

void PictureMaker::miss(const QString& words) {
  m_picture.reset();
  emit pictureMissing(words);
}

void PictureMaker::make(const Axes& axes) {
  const projection::Preparation before = m_axes.donePreparation();
  m_axes = axes;
  m_isWanted = true;
  m_placing.drop();
  if (axes.donePreparation() != before) {
    emit principalChanged();
  }
  if (axes.isLayout()) {
    m_picture.reset();
    showLayout();
  } else if (axes.kind == Axes::Kind::Imported) {
    showImported();
  } else if (axes.kind == Axes::Kind::Components) {
    findPrincipal();
    if (principal()) {
      m_projector.drop();  // those of other rows are wanted no more
      emit workEnded();
      place();
    } else {
      miss(tr("Finding the principal components…"));
    }
  } else {
    place();
  }
}

void PictureMaker::restore(Picture picture) {
  m_axes = picture.axes;
  m_isWanted = true;
  m_placing.drop();
  picture.table = m_document.currentTable();
  m_picture = std::move(picture);
  emit pictureMade();
}

void PictureMaker::place() {
  const table::TablePtr table = currentTable();
  if (m_axes.kind == Axes::Kind::Components) {
    setPoints(columnsOf(principal()->scores, m_axes.columns()));
  } else if (m_axes.kind == Axes::Kind::Labels &&
             std::ranges::all_of(m_axes.labelAxes(), &LabelAxis::isEmpty)) {
    miss(tr("Type labels on the left: rows are drawn by where they lie between them."));
  } else if (m_axes.kind == Axes::Kind::Dimensions &&
             table->rowCount() * table->dimension() <= kInstantNumbers) {
    setPoints(columnsOf(table->values(), m_axes.columns()));
  } else {
    placeInBackground();
  }
}

void PictureMaker::placeInBackground() {
  m_placing.start(
      tr("Placing points"),
      [table = currentTable(), axes = m_axes](const base::TaskContext& context) {
        return axes.kind == Axes::Kind::Dimensions
                   ? columnsOf(table->values(), axes.columns())
                   : placesOnAxes(*table, axes.labelAxes(), context).value_or(base::RowMatrix());
      },
      {.done = [this](base::RowMatrix points) { setPoints(std::move(points)); },
       .failed =
           [this](const base::Error& error) {
             miss({});
             emit told(controls::MessageBar::Kind::Error, QString::fromStdString(error.sentence()),
                       false);
           },
       .cancelled = [this] { miss(tr("The points were not placed.")); }});
}

void PictureMaker::setPoints(base::RowMatrix points) {
  m_placing.drop();
  const table::TablePtr table = currentTable();
  const PrincipalPtr known = m_axes.kind == Axes::Kind::Components ? principal() : nullptr;
  const QString recipe = captionText(*table, m_axes, known.get(), undrawnCount(points));
  m_picture = Picture{.table = m_document.currentTable(),
                      .axes = m_axes,
                      .points = std::make_shared<const base::RowMatrix>(std::move(points)),
                      .titles = axisTitles(*table, m_axes, known.get()),
                      .recipe = recipe};
  emit pictureMade();
}

/// The newest points of the run, if it is one of this table.
void PictureMaker::showLayout() {
  const LayoutRun* run = layout(m_axes.kind);
  if (run == nullptr || !run->points()) {
    const LayoutRun::State state = run == nullptr ? LayoutRun::State::Idle : run->state();
    miss(state == LayoutRun::State::Running ? tr("Finding the neighbors of every row…")
         : state == LayoutRun::State::Paused
             ? tr("Paused before the neighbors of every row were found.")
             : tr("Press Start: all rows are laid out so that neighbors stay together."));
    return;
  }
  const bool isFirst = !m_picture;
  const QString recipe = layoutRecipeText(run->options(), run->points()->rows(), run->step(),
                                          run->divergence(), run->supervisor());
  m_picture = Picture{.table = m_document.currentTable(),
                      .axes = m_axes,
                      .points = run->points(),
                      .titles = {},
                      .recipe = QStringLiteral("%1 · %2").arg(
                          rowsText(run->points()->rows(), run->preparation()), recipe),
                      .isMoving = run->state() == LayoutRun::State::Running,
                      .layout = run->options()};
  if (isFirst) {
    emit pictureMade();
  } else {
    emit pictureMoved();
  }
}

/// In as many dimensions as are wanted and there.
void PictureMaker::showImported() {
  const ImportedPtr imported = m_importer.find(m_document.currentTable());
  if (!imported) {
    miss(tr("Import coordinates on the left: every row is drawn where another program put it."));
    return;
  }
  m_axes.dims = std::min(m_axes.dims, static_cast<int>(imported->points->cols()));
  m_picture = Picture{
      .table = m_document.currentTable(),
      .axes = m_axes,
      .points = m_axes.dims == imported->points->cols()
                    ? imported->points
                    : std::make_shared<const base::RowMatrix>(columnsOf(*imported->points, {0, 1})),
      .titles = {},
      .recipe = imported->recipe};
  emit pictureMade();
}

void PictureMaker::startLayout(projection::LayoutOptions options, const QString& supervisor) {
  projection::setLayoutDims(options, m_axes.dims);
  const bool isUmap = std::holds_alternative<projection::UmapOptions>(options);
  LayoutSlot& chosen = slot(isUmap ? Axes::Kind::Umap : Axes::Kind::Tsne);
  chosen.table = m_document.currentTable();
  chosen.run.start(currentTable(), options, m_axes.preparation, supervisor);
}

const LayoutRun* PictureMaker::layout(Axes::Kind kind) const {
  const LayoutSlot& chosen = slot(kind);
  const bool isOfTable = chosen.table && chosen.table == m_document.currentTable();
  const bool isAsked = projection::layoutDims(chosen.run.options()) == m_axes.dims &&
                       chosen.run.preparation() == m_axes.preparation;
  return isOfTable && isAsked ? &chosen.run : nullptr;
}

std::optional<PlacingPicture> PictureMaker::placing() const {
  if (!m_picture || m_picture->isMoving || m_picture->axes.kind == Axes::Kind::Imported ||
      (m_picture->axes.isLayout() && !m_picture->layout)) {
    return {};
  }
  const bool isPca = m_picture->axes.kind == Axes::Kind::Components;
  const PrincipalPtr known = isPca ? principal(m_picture->axes) : nullptr;
  if (isPca && !known) {
    return {};
  }
  return PlacingPicture{.table = currentTable(),
                        .axes = m_picture->axes,
                        .points = m_picture->points,
                        .principal = known,
                        .layout = m_picture->layout};
}

std::optional<base::RowMatrix> PictureMaker::placeOf(const std::vector<float>& vector) const {
  const std::optional<PlacingPicture> picture = vector.empty() ? std::nullopt : placing();
  if (!picture || picture->axes.isLayout()) {
    return {};
  }
  return placesIn(*picture, Eigen::Map<const base::RowMatrix>(
                                vector.data(), 1, static_cast<Eigen::Index>(vector.size())));
}

}  // namespace embedscope::explore
