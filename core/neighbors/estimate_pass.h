// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/query_batch.h"
#include "core/neighbors/query_tile.h"
#include "core/neighbors/thread_pieces.h"

#include <cstdint>
#include <vector>

namespace embedscope::neighbors {

/// A look at rows for a batch of queries by products of floats: whatever float32 may lose of them
/// lies between the bounds that are offered.
class EstimatePass {
 public:
  /// The batch must outlive the pass.
  explicit EstimatePass(QueryBatch& batch);

  std::int64_t rowsPerBlock() const;

  /// Looks at some rows, at most rowsPerBlock(). Several threads may look at others.
  void look(std::int64_t first, std::int64_t count, const base::TaskContext& context);

 private:
  void offer(const BlockEstimates& estimates, QueryBatch::Lists& lists, std::size_t tile,
             std::int64_t first, std::int64_t count);

  QueryBatch& m_batch;
  std::vector<QueryTile> m_tiles;
  ThreadPieces<BlockEstimates> m_estimates;
};

}  // namespace embedscope::neighbors
