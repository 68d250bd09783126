// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/panel_kernels.h"
#include "core/neighbors/panel_queries.h"
#include "core/neighbors/query_batch.h"
#include "core/neighbors/rounded_query.h"
#include "core/neighbors/row_panels.h"
#include "core/neighbors/thread_pieces.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::neighbors {

/// A look at rows for a batch of queries by products of whole numbers: 8 bits a number decide which
/// rows may reach a query (PanelQueries), and those few are offered with the bounds of 16 bits
/// (RoundedQuery).
class PanelPass {
 public:
  /// @param batch    must outlive the pass; its metric is Cosine, Dot or Euclidean.
  /// @param kernel   one of panelKernels().
  /// @param context  when it was stopped, the pass must not be used.
  PanelPass(QueryBatch& batch, const PanelKernel& kernel, const base::TaskContext& context);

  std::int64_t rowsPerBlock() const;

  /// Looks at some rows, at most rowsPerBlock(): at those that the index has rounded, or else they
  /// are rounded here and forgotten. Several threads may look at others.
  void look(std::int64_t first, std::int64_t count, const base::TaskContext& context);

 private:
  /// What one thread needs.
  struct Work {
    RowPanels panels;
    std::vector<PanelQuery> asked;
    std::vector<std::uint64_t> reached;
  };

  struct Block {
    const RoundedRows* rounded = nullptr;
    std::int64_t firstRounded = 0;  ///< of these, the first row of the block
    std::int64_t first = 0;         ///< the same row in the table
  };

  void lookAt(const Block& block, Work& work, QueryBatch::Lists& lists,
              const base::TaskContext& context);
  void offerReached(const Block& block, std::size_t query, std::size_t panel, Work& work,
                    QueryBatch::Lists& lists);

  QueryBatch& m_batch;
  PanelKernel m_kernel;
  std::vector<float> m_centre;
  std::vector<std::optional<RoundedQuery>> m_rounded;
  std::optional<PanelQueries> m_queries;
  ThreadPieces<Work> m_work;
};

}  // namespace embedscope::neighbors
