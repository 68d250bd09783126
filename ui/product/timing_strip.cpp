// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/timing_strip.h"

#include "ui/controls/section.h"
#include "ui/document/table_text.h"
#include "ui/plots/curves.h"
#include "ui/plots/number_text.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace embedscope::product {

namespace {

constexpr std::int64_t kMostRows = 1'000'000;
constexpr std::int64_t kMostNumbers = 128'000'000;  // 512 MB
constexpr double kWorthSaying = 2;                  // times as fast
constexpr int kPlotHeight = 150;

/// With two digits: a clock knows no more.
double rounded(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::round(value / unit) * unit;
}

/// "12 ms", "80 ns".
QString durationText(double seconds) {
  const auto text = [seconds](double unitsPerSecond) {
    return plots::shortNumberText(rounded(seconds * unitsPerSecond));
  };
  return seconds >= 1      ? TimingStrip::tr("%1 s").arg(text(1))
         : seconds >= 1e-3 ? TimingStrip::tr("%1 ms").arg(text(1e3))
         : seconds >= 1e-6 ? TimingStrip::tr("%1 µs").arg(text(1e6))
                           : TimingStrip::tr("%1 ns").arg(text(1e9));
}

QString timingText(const explain::ProductTiming& timing, std::int64_t dimension) {
  const double ratio = timing.productSeconds / timing.lookupSeconds;
  const QString faster = ratio >= kWorthSaying
                             ? TimingStrip::tr("about %1 times as fast")
                                   .arg(document::groupedText(std::llround(rounded(ratio))))
                             : TimingStrip::tr("about the same");
  return TimingStrip::tr("%1 × %2: product %3, lookup %4, %5")
      .arg(document::groupedText(timing.rows), document::groupedText(dimension),
           durationText(timing.productSeconds), durationText(timing.lookupSeconds), faster);
}

}  // namespace

TimingStrip::TimingStrip(jobs::JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_button(new QPushButton(tr("Time both on this machine"), this)),
      m_plot(new plots::CurvePlot(this)),
      m_words(new controls::HintLabel({}, this)),
      m_measuring(jobs, this) {
  setObjectName(QStringLiteral("timingStrip"));
  m_button->setObjectName(QStringLiteral("timeProducts"));
  m_button->setToolTip(
      tr("Multiplies and looks up in this table and in random ones of 10 to 1,000,000 rows, as "
         "wide as this one; takes a few seconds"));
  m_plot->setObjectName(QStringLiteral("timingPlot"));
  m_plot->setAccessibleName(tr("Seconds of product and lookup over the number of rows"));
  m_plot->setAxisTitles(tr("rows"), tr("seconds"));
  m_plot->setLogarithmic(true);
  m_plot->setLogarithmicX(true);
  m_plot->setFixedHeight(kPlotHeight);
  m_plot->hide();
  m_words->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_button);
  layout->addWidget(m_plot);
  layout->addWidget(m_words);
  connect(m_button, &QPushButton::clicked, this, &TimingStrip::measure);
}

void TimingStrip::setTable(const table::TablePtr& table) {
  if (table == m_table) {
    return;
  }
  m_table = table;
  m_measuring.drop();
  m_button->setEnabled(true);
  m_plot->hide();
  m_words->hide();
}

void TimingStrip::measure() {
  m_button->setEnabled(false);
  const auto again = [this] { m_button->setEnabled(true); };
  m_measuring.start(tr("Timing products and lookups"),
                    [table = m_table](const base::TaskContext& context) {
                      return explain::timeProducts(table, kMostRows, kMostNumbers, context)
                          .value_or(std::vector<explain::ProductTiming>{});
                    },
                    {.done =
                         [this, again](const std::vector<explain::ProductTiming>& timings) {
                           again();
                           showTimings(timings);
                         },
                     .failed =
                         [this, again](const base::Error& error) {
                           again();
                           m_words->setText(QString::fromUtf8(error.what()));
                           m_words->show();
                         },
                     .cancelled = again});
}

void TimingStrip::showTimings(const std::vector<explain::ProductTiming>& timings) {
  if (timings.empty()) {
    return;
  }
  std::vector<double> x;
  std::vector<double> product;
  std::vector<double> lookup;
  for (const explain::ProductTiming& timing : timings) {
    x.push_back(static_cast<double>(timing.rows));
    product.push_back(timing.productSeconds);
    lookup.push_back(timing.lookupSeconds);
  }
  m_plot->clearSeries();
  m_plot->setSeries(m_plot->addSeries(tr("product"), plots::CurveStyle::distinct(0)), x, product);
  m_plot->setSeries(m_plot->addSeries(tr("lookup"), plots::CurveStyle::distinct(1)), x, lookup);
  m_plot->setMarker(static_cast<double>(m_table->rowCount()));
  m_plot->show();
  QStringList words;
  for (const explain::ProductTiming& timing : timings) {
    if (timing.rows == m_table->rowCount() || timing.rows == timings.back().rows) {
      words += timingText(timing, m_table->dimension());
    }
  }
  m_words->setText(words.join(QLatin1Char('\n')));
  m_words->show();
}

}  // namespace embedscope::product
