// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/panel_pass.h"

#include "core/base/parallel.h"
#include "core/neighbors/rounded_kernels.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kMostRows = 8 * std::int64_t{kPanelRows};
/// Of one block, so that its rounded rows stay in the cache.
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 18;
/// Of one call of a kernel, so that a stop is noticed in time.
constexpr std::size_t kMostMultiplications = std::size_t{1} << 27;

std::vector<float> centreFor(const ExactIndex& index) {
  return index.rounded() ? index.rounded()->centre() : RoundedRows::centreOf(index.table());
}

}  // namespace

PanelPass::PanelPass(QueryBatch& batch, const PanelKernel& kernel, const base::TaskContext& context)
    : m_batch(batch),
      m_kernel(kernel),
      m_centre(centreFor(batch.index())),
      m_rounded(batch.count()) {
  const Metric metric = batch.index().metric();
  const RoundedRows none(batch.index().table(), m_centre, 0, 0);
  base::parallelBlocks(static_cast<std::int64_t>(batch.count()), [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const auto query = static_cast<std::size_t>(block);
    m_rounded[query] = RoundedQuery::of(metric, none, batch.prepared(query));
    if (!m_rounded[query]) {
      batch.askAlone(query);
    }
  });
  m_queries.emplace(metric, m_rounded, none, kernel.largest);
}

std::int64_t PanelPass::rowsPerBlock() const {
  const auto dimension = std::max<std::int64_t>(m_batch.index().table().dimension(), 1);
  const std::int64_t rows = std::clamp(kNumbersPerBlock / dimension, std::int64_t{1}, kMostRows);
  constexpr std::int64_t kStep = kPanelRows;
  return (rows + kStep - 1) / kStep * kStep;
}

void PanelPass::look(std::int64_t first, std::int64_t count, const base::TaskContext& context) {
  const auto work = m_work.borrow([] { return Work(); });
  const auto lists = m_batch.borrowLists();
  const ExactIndex& index = m_batch.index();
  if (index.rounded()) {
    work->panels.fill(index.metric(), *index.rounded(), first, count);
    lookAt({index.rounded().get(), first, first}, *work, *lists, context);
  } else {
    const RoundedRows rounded(index.table(), m_centre, first, count);
    work->panels.fill(index.metric(), rounded, 0, count);
    lookAt({&rounded, 0, first}, *work, *lists, context);
  }
}

void PanelPass::lookAt(const Block& block, Work& work, QueryBatch::Lists& lists,
                       const base::TaskContext& context) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  work.asked.resize(m_batch.count());
  work.reached.resize(m_batch.count());
  for (std::size_t query = 0; query < m_batch.count(); ++query) {
    work.asked[query] =
        m_queries->asked(query, m_batch.isAskedAlone(query) ? kNever : m_batch.limit(query));
  }
  const std::size_t numbers = kPanelRows * std::max<std::size_t>(m_centre.size(), 1);
  const std::size_t perCall = std::max<std::size_t>(kMostMultiplications / numbers, 1);
  for (std::size_t panel = 0; panel < work.panels.count(); ++panel) {
    for (std::size_t begin = 0; begin < m_batch.count() && !context.stopRequested();
         begin += perCall) {
      const std::size_t end = std::min(begin + perCall, m_batch.count());
      m_kernel.reaching(work.panels.lines(panel), work.panels.facts(panel),
                        m_queries->values(begin), std::span(work.asked).subspan(begin, end - begin),
                        work.reached.data() + begin);
      for (std::size_t query = begin; query < end; ++query) {
        offerReached(block, query, panel, work, lists);
      }
    }
  }
  for (std::size_t query = 0; query < m_batch.count(); ++query) {
    m_batch.trim(lists, query);
  }
}

void PanelPass::offerReached(const Block& block, std::size_t query, std::size_t panel, Work& work,
                             QueryBatch::Lists& lists) {
  std::uint64_t reached = work.panels.corrected(panel, work.reached[query]);
  if (reached == 0 || m_batch.isAskedAlone(query)) {
    return;
  }
  const RoundedQuery& rounded = *m_rounded[query];
  for (; reached != 0; reached &= reached - 1) {
    const auto place = static_cast<std::int64_t>(panel * kPanelRows) + std::countr_zero(reached);
    const std::int64_t at = block.firstRounded + place;
    std::int32_t product = 0;
    roundedProducts(block.rounded->row(at), 1, block.rounded->stride(), rounded.values().data(),
                    &product);
    double least = 0;
    double most = 0;
    rounded.bounds(*block.rounded, at, {&product, 1}, &least, &most);
    if (m_batch.offer(lists, query, block.first + place, least, most)) {
      work.asked[query] = m_queries->asked(query, m_batch.limit(query));
    }
  }
}

}  // namespace embedscope::neighbors
