// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mapped_file.h"
#include "core/projection/pca.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

namespace embedscope::projection {
namespace {

/// The numbers of a .npy file that is known to hold `Number`s; header length at byte 8.
template <typename Number>
std::vector<Number> npyNumbers(const std::filesystem::path& path) {
  const auto file = base::MappedFile::open(path);
  const auto low = static_cast<std::size_t>(file->data()[8]);
  const auto high = static_cast<std::size_t>(file->data()[9]);
  const std::size_t offset = 10 + low + 256 * high;
  std::vector<Number> numbers((file->size() - offset) / sizeof(Number));
  std::memcpy(numbers.data(), file->data() + offset, numbers.size() * sizeof(Number));
  return numbers;
}

TEST(PcaOfRealVectors, AgreesWithScikitLearn) {
  const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
  if (folder == nullptr) {
    GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA names no folder";
  }
  const std::filesystem::path golden = std::filesystem::path(folder) / "golden";
  const auto values = npyNumbers<float>(golden / "vectors.npy");
  const auto components = npyNumbers<double>(golden / "pca_first10_components.npy");
  ASSERT_EQ(values.size(), 100'000U);
  ASSERT_EQ(components.size(), 1000U);
  const Eigen::Map<const base::RowMatrix> rows(values.data(), 1000, 100);
  const Eigen::Map<const Eigen::Matrix<double, 10, 100, Eigen::RowMajor>> expected(
      components.data());
  const PcaModel model = fitPca(rows, 10).value();
  for (Eigen::Index c = 0; c < 10; ++c) {
    EXPECT_NEAR(std::abs(expected.row(c).dot(model.components.col(c))), 1, 1e-6) << c;
  }
}

}  // namespace
}  // namespace embedscope::projection
