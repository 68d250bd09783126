// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/variance_view.h"

#include "ui/controls/elided_label.h"
#include "ui/document/table_text.h"
#include "ui/plots/number_text.h"

#include <QVBoxLayout>

#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

namespace embedscope::rows {

namespace {

/// How many components it takes to hold half of the variance; nothing when all of these do not.
std::optional<std::size_t> componentsOfHalf(const std::vector<double>& shares) {
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    sum += shares[i];
    if (sum >= 0.5) {
      return i + 1;
    }
  }
  return {};
}

QString wordsOf(const std::vector<double>& shares, std::int64_t dimension) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  QString words = dimension == 1 ? VarianceView::tr("the only component")
                  : std::ssize(shares) == dimension
                      ? VarianceView::tr("all %1 components (PCA, centred)").arg(shares.size())
                      : VarianceView::tr(
                            "the first %1 of %2 components hold %3 % of the variance "
                            "(PCA, centred)")
                            .arg(shares.size())
                            .arg(document::groupedText(dimension), plots::numberText(100 * sum, 1));
  if (const auto half = componentsOfHalf(shares)) {
    words += *half == 1 ? VarianceView::tr(" · half of it along PC 1")
                        : VarianceView::tr(" · half of it along the first %1").arg(*half);
  }
  return words;
}

}  // namespace

VarianceView::VarianceView(QWidget* parent)
    : LazyView(parent),
      m_plot(new plots::ScreePlot(this)),
      m_words(new controls::ElidedLabel(Qt::ElideRight, this)) {
  m_plot->setObjectName(QStringLiteral("screePlot"));
  m_plot->setEmptyText(tr("The share of the variance along each principal component appears here"));
  m_words->setObjectName(QStringLiteral("varianceWords"));
  m_words->setForegroundRole(QPalette::PlaceholderText);
  m_words->setContentsMargins(8, 8, 8, 4);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_words);
  layout->addWidget(m_plot, 1);
}

void VarianceView::setShares(std::vector<double> shares, std::int64_t dimension) {
  m_words->setFullText(shares.empty() ? QString() : wordsOf(shares, dimension));
  m_plot->setShares(std::move(shares));
}

void VarianceView::setAxes(std::optional<int> x, std::optional<int> y) {
  std::vector<plots::ScreePlot::Mark> marks;
  if (x && y && *x == *y) {
    marks.push_back({*x, tr("x, y")});
  } else {
    if (x) {
      marks.push_back({*x, QStringLiteral("x")});
    }
    if (y) {
      marks.push_back({*y, QStringLiteral("y")});
    }
  }
  m_plot->setMarks(std::move(marks));
}

void VarianceView::refresh() {
  if (m_plot->componentCount() == 0) {
    emit sharesWanted();
  }
}

void VarianceView::rest() {}

}  // namespace embedscope::rows
