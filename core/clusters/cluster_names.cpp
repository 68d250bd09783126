// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/cluster_names.h"

#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace embedscope::clusters {

namespace {

using neighbors::Metric;

/// 1 / length; 0 for a zero row.
double scaleOf(const Eigen::RowVectorXd& row, Metric metric) {
  if (metric != Metric::Cosine) {
    return 1;
  }
  const double length = row.norm();
  return length > 0 ? 1 / length : 0;
}

}  // namespace

std::vector<std::vector<std::int64_t>> centralRows(const Eigen::Ref<const base::RowMatrix>& rows,
                                                   const Clustering& clustering, Metric metric,
                                                   std::size_t count,
                                                   const base::TaskContext& context) {
  const auto members = membersOf(clustering);
  std::vector<std::vector<std::int64_t>> central(members.size());
  base::parallelBlocks(static_cast<std::int64_t>(members.size()), [&](std::int64_t cluster) {
    if (context.stopRequested()) {
      return;
    }
    const auto& own = members[static_cast<std::size_t>(cluster)];
    const auto unit = [&](std::int64_t row) -> Eigen::RowVectorXd {
      const Eigen::RowVectorXd values = rows.row(row).cast<double>();
      return values * scaleOf(values, metric);
    };
    Eigen::RowVectorXd center = Eigen::RowVectorXd::Zero(rows.cols());
    for (const std::int64_t row : own) {
      center += unit(row);
    }
    center /= static_cast<double>(own.size());
    center *= scaleOf(center, metric);
    std::vector<std::pair<double, std::int64_t>> near;
    near.reserve(own.size());
    for (const std::int64_t row : own) {
      near.emplace_back((unit(row) - center).squaredNorm(), row);
    }
    const std::size_t kept = std::min(count, near.size());
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end());
    for (std::size_t i = 0; i < kept; ++i) {
      central[static_cast<std::size_t>(cluster)].push_back(near[i].second);
    }
  });
  return context.stopRequested() ? std::vector<std::vector<std::int64_t>>() : central;
}

std::vector<std::string> clusterNames(const table::Vocabulary& labels,
                                      const std::vector<std::vector<std::int64_t>>& central) {
  std::vector<std::string> names;
  std::unordered_set<std::string> taken;
  for (const std::vector<std::int64_t>& rows : central) {
    std::string name;
    std::unordered_set<std::string_view> told;
    for (const std::int64_t row : rows) {
      if (const std::string_view label = labels.label(row); told.insert(label).second) {
        name += (told.size() > 1 ? ", " : "") + base::repairedUtf8(label);
      }
    }
    std::string free = name;
    for (int number = 2; !taken.insert(free).second; ++number) {
      free = name + " (" + std::to_string(number) + ")";
    }
    names.push_back(std::move(free));
  }
  return names;
}

}  // namespace embedscope::clusters
