// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clustering.h"

#include "core/base/error.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <numeric>

namespace embedscope::clusters {

std::int64_t Clustering::noise() const {
  return static_cast<std::int64_t>(clusters.size()) -
         std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
}

Clustering orderedBySize(std::vector<std::int32_t> clusters) {
  struct Met {
    std::int64_t size = 0;
    std::size_t first = 0;
    std::int32_t number = 0;
  };

  std::vector<Met> met;
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    const std::int32_t cluster = clusters[row];
    if (cluster < 0) {
      continue;
    }
    const auto place = static_cast<std::size_t>(cluster);
    if (place >= met.size()) {
      met.resize(place + 1);
    }
    if (met[place].size++ == 0) {
      met[place].first = row;
      met[place].number = cluster;
    }
  }
  std::vector<std::int32_t> numbers(met.size(), Clustering::kNoise);
  std::erase_if(met, [](const Met& cluster) { return cluster.size == 0; });
  std::ranges::sort(met, [](const Met& a, const Met& b) {
    return a.size != b.size ? a.size > b.size : a.first < b.first;
  });
  Clustering out;
  for (const Met& cluster : met) {
    numbers[static_cast<std::size_t>(cluster.number)] = static_cast<std::int32_t>(out.count());
    out.sizes.push_back(cluster.size);
  }
  for (std::int32_t& cluster : clusters) {
    cluster = cluster < 0 ? Clustering::kNoise : numbers[static_cast<std::size_t>(cluster)];
  }
  out.clusters = std::move(clusters);
  return out;
}

std::vector<std::vector<std::int64_t>> membersOf(const Clustering& clustering) {
  std::vector<std::vector<std::int64_t>> members(clustering.sizes.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].reserve(static_cast<std::size_t>(clustering.sizes[i]));
  }
  for (std::size_t row = 0; row < clustering.clusters.size(); ++row) {
    if (clustering.clusters[row] >= 0) {
      members[static_cast<std::size_t>(clustering.clusters[row])].push_back(
          static_cast<std::int64_t>(row));
    }
  }
  return members;
}

base::RowMatrix centersOf(const Eigen::Ref<const base::RowMatrix>& rows,
                          const Clustering& clustering) {
  const auto members = membersOf(clustering);
  base::RowMatrix centers(static_cast<Eigen::Index>(members.size()), rows.cols());
  base::parallelBlocks(static_cast<std::int64_t>(members.size()), [&](std::int64_t cluster) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(rows.cols());
    const auto& own = members[static_cast<std::size_t>(cluster)];
    for (const std::int64_t row : own) {
      sum += rows.row(row).cast<double>();
    }
    centers.row(cluster) = (sum / static_cast<double>(own.size())).cast<float>();
  });
  return centers;
}

void requireFiniteRows(const Eigen::Ref<const base::RowMatrix>& rows) {
  constexpr Eigen::Index kRowsPerBlock = 4096;
  base::parallelBlocks((rows.rows() + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    const Eigen::Index end = std::min(rows.rows(), (block + 1) * kRowsPerBlock);
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      if (!rows.row(row).allFinite()) {
        throw base::Error(base::ErrorCode::NonFinite,
                          "row " + std::to_string(row) +
                              " holds NaN or infinity and belongs to no cluster; leave it out");
      }
    }
  });
}

}  // namespace embedscope::clusters
