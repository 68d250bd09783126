// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

/// The table that tests/reference/formats/make_fixtures.py wrote.
void expectFixture(const table::EmbeddingTable& table) {
  EXPECT_THAT(table.vocabulary().labels(), ElementsAre("the", "König", "東京"));
  ASSERT_EQ(table.dimension(), 4);
  EXPECT_THAT(table.row(0), ElementsAre(0.5F, -1.25F, 3.0F, 0.0F));
  EXPECT_THAT(table.row(1), ElementsAre(1.0F, 2.5F, -0.125F, 96.0F));
  EXPECT_THAT(table.row(2), ElementsAre(-7.0F, 0.75F, 1024.0F, -0.5F));
}

struct Fixture {
  std::string name;
  FormatId format;
  std::string dtype;
};

void PrintTo(const Fixture& fixture, std::ostream* out) {
  *out << fixture.name;
}

class ReferenceFiles : public testing::TestWithParam<Fixture> {};

TEST_P(ReferenceFiles, HoldTheSameTable) {
  const LoadedTable loaded = load(reference(GetParam().name));
  EXPECT_EQ(loaded.report.format, GetParam().format);
  EXPECT_EQ(loaded.report.dtype, GetParam().dtype);
  EXPECT_EQ(warningsText(loaded.report.warnings), "");
  expectFixture(*loaded.table);
  const Preview preview = previewTable(reference(GetParam().name));
  EXPECT_EQ(preview.rows, 3);
  EXPECT_EQ(preview.dimension, 4);
  EXPECT_THAT(preview.firstLabels, ElementsAre("the", "König", "東京"));
}

INSTANTIATE_TEST_SUITE_P(
    Gensim, ReferenceFiles,
    testing::Values(Fixture{"gensim.txt", FormatId::Word2VecText, "decimal text"},
                    Fixture{"gensim.bin", FormatId::Word2VecBinary, "float32"},
                    Fixture{"gensim_no_header.txt", FormatId::GloveText, "decimal text"}));

INSTANTIATE_TEST_SUITE_P(NumPyArchives, ReferenceFiles,
                         testing::Values(Fixture{"stored.npz", FormatId::Npz, "float32"},
                                         Fixture{"deflated.npz", FormatId::Npz,
                                                 "float64 (big-endian)"},
                                         Fixture{"fortran.npz", FormatId::Npz, "float16"}));

INSTANTIATE_TEST_SUITE_P(Pickles, ReferenceFiles,
                         testing::Values(Fixture{"list.pt", FormatId::PyTorch, "float32"},
                                         Fixture{"nested.pt", FormatId::PyTorch, "float16"},
                                         Fixture{"view.pt", FormatId::PyTorch, "float32"},
                                         Fixture{"legacy.pt", FormatId::PyTorch, "float64"},
                                         Fixture{"gensim.kv", FormatId::Gensim, "float32"},
                                         Fixture{"gensim_apart.kv", FormatId::Gensim, "float32"}));

INSTANTIATE_TEST_SUITE_P(FastText, ReferenceFiles,
                         testing::Values(Fixture{"fasttext.bin", FormatId::FastText, "float32"}));

INSTANTIATE_TEST_SUITE_P(
    Safetensors, ReferenceFiles,
    testing::Values(Fixture{"f32.safetensors", FormatId::Safetensors, "float32"},
                    Fixture{"f16.safetensors", FormatId::Safetensors, "float16"},
                    Fixture{"bf16.safetensors", FormatId::Safetensors, "bfloat16"}));

INSTANTIATE_TEST_SUITE_P(
    NumPy, ReferenceFiles,
    testing::Values(Fixture{"le_f2.npy", FormatId::Npy, "float16"},
                    Fixture{"le_f2_fortran.npy", FormatId::Npy, "float16"},
                    Fixture{"be_f2.npy", FormatId::Npy, "float16 (big-endian)"},
                    Fixture{"be_f2_fortran.npy", FormatId::Npy, "float16 (big-endian)"},
                    Fixture{"le_f4.npy", FormatId::Npy, "float32"},
                    Fixture{"le_f4_fortran.npy", FormatId::Npy, "float32"},
                    Fixture{"be_f4.npy", FormatId::Npy, "float32 (big-endian)"},
                    Fixture{"be_f4_fortran.npy", FormatId::Npy, "float32 (big-endian)"},
                    Fixture{"le_f8.npy", FormatId::Npy, "float64"},
                    Fixture{"le_f8_fortran.npy", FormatId::Npy, "float64"},
                    Fixture{"be_f8.npy", FormatId::Npy, "float64 (big-endian)"},
                    Fixture{"be_f8_fortran.npy", FormatId::Npy, "float64 (big-endian)"},
                    Fixture{"version_2.npy", FormatId::Npy, "float32"},
                    Fixture{"version_3.npy", FormatId::Npy, "float32"}));

TEST(ReferenceNpy, ReadsIntegersOfEverySize) {
  for (const char* name :
       {"int8", "int16", "int32_be", "int64", "uint8", "uint16", "uint32_be", "uint64"}) {
    const LoadedTable loaded = load(reference(std::string(name) + ".npy"));
    EXPECT_THAT(loaded.table->row(1), ElementsAre(4.0F, 0.0F, 1.0F, 2.0F)) << name;
  }
  EXPECT_THAT(load(reference("bool.npy")).table->row(1), ElementsAre(1.0F, 0.0F, 1.0F, 1.0F));
}

TEST(ReferenceNpy, ReadsHalfPrecisionSpecials) {
  const LoadedTable loaded = load(reference("half_specials.npy"));
  const table::EmbeddingTable& table = *loaded.table;
  EXPECT_EQ(table.row(0)[0], 0.0F);
  EXPECT_TRUE(std::signbit(table.row(0)[1]));
  EXPECT_EQ(table.row(1)[0], 0x1p-24F);            // the smallest half there is
  EXPECT_EQ(table.row(1)[1], 1023.0F * 0x1p-24F);  // 6.1e-5, the largest subnormal nearby
  EXPECT_EQ(table.row(2)[0], 65504.0F);
  EXPECT_EQ(table.row(2)[1], -65504.0F);
  EXPECT_EQ(table.row(3)[0], INFINITY);
  EXPECT_EQ(table.row(3)[1], -INFINITY);
  EXPECT_TRUE(std::isnan(table.row(4)[0]));
  EXPECT_EQ(table.row(4)[1], 1365.0F / 4096.0F);
  EXPECT_EQ(loaded.report.nonFinite, 2);
}

}  // namespace
}  // namespace embedscope::formats
