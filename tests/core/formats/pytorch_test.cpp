// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/core/formats/pickle_bytes.h"
#include "tests/core/formats/zip_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace embedscope::formats {
namespace {

using pickled::dict;
using pickled::text;
using pickled::whole;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

ReadOptions choose(const std::string& tensor) {
  ReadOptions options;
  options.tensor = tensor;
  return options;
}

/// The table that all files of make_fixtures.py hold.
const table::EmbeddingTable& expected() {
  static const LoadedTable loaded = load(reference("le_f4.npy"));
  return *loaded.table;
}

/// What the pickle of a tensor says; everything else is as PyTorch writes it.
struct Said {
  std::string key = "0";
  std::int64_t storageSize = 4;
  std::int64_t offset = 0;
  std::vector<std::int64_t> size = {2, 2};
  std::vector<std::int64_t> stride = {2, 1};
  std::string storage = "FloatStorage";
  std::string function = "_rebuild_tensor_v2";
};

std::string tensor(const Said& said) {
  using pickled::global;
  using pickled::integer;
  using pickled::integers;
  const std::string storage =
      pickled::tuple({text("storage"), global("torch", said.storage), text(said.key), text("cpu"),
                      integer(said.storageSize)}) +
      "Q";
  return global("torch._utils", said.function) +
         pickled::tuple({storage, integer(said.offset), integers(said.size), integers(said.stride),
                         "\x89", global("collections", "OrderedDict") + ")R"}) +
         "R";
}

/// The bytes of 0, 1, 2, 3.
std::string fourNumbers() {
  return std::string("\0\0\0\0\0\0\x80\x3F\0\0\0\x40\0\0\x40\x40", 16);
}

class PyTorch : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& opcodes,
                             const std::string& storage = fourNumbers()) const {
    return writeZip(m_folder / "t.pt", {{"archive/data.pkl", whole(opcodes)},
                                        {"archive/data/0", storage},
                                        {"archive/version", "3\n"}});
  }

  std::string refusal(const std::string& opcodes) const {
    const base::Error error = loadError(file(opcodes));
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    return error.sentence();
  }

  std::string refusal(const Said& said) const { return refusal(dict({text("w"), tensor(said)})); }

  const tests::TemporaryFolder m_folder;
};

TEST_F(PyTorch, AnyStridesAndOffsetsStoredAndPacked) {
  for (const char* file : {"torch_strides.pt", "torch_deflated.pt"}) {
    for (const char* name : {"slice", "transposed", "offset"}) {
      const LoadedTable loaded = load(reference(file), choose(name));
      EXPECT_TRUE(bitEqual(*loaded.table, expected())) << file << " " << name;
      EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "König", "東京"));
    }
    const LoadedTable expanded = load(reference(file), choose("expanded"));
    for (Eigen::Index row = 0; row < 3; ++row) {
      EXPECT_THAT(expanded.table->row(row), ElementsAre(1.0F, 2.5F, -0.125F, 96.0F));
    }
    ReadOptions two = choose("slice");
    two.limit = 2;
    EXPECT_TRUE(load(reference(file), two).table->values() == expected().values().topRows(2));
  }
}

TEST_F(PyTorch, EveryElementType) {
  for (const char* name : {"f64", "f16", "bf16", "numpy"}) {
    EXPECT_TRUE(bitEqual(*load(reference("torch_types.pt"), choose(name)).table, expected()))
        << name;
  }
  for (const char* name : {"i8", "u8", "i16", "i32", "i64"}) {
    EXPECT_THAT(load(reference("torch_types.pt"), choose(name)).table->row(1),
                ElementsAre(4.0F, 0.0F, 1.0F, 2.0F))
        << name;
  }
  EXPECT_THAT(load(reference("torch_types.pt"), choose("bool")).table->row(1),
              ElementsAre(1.0F, 0.0F, 1.0F, 1.0F));
  EXPECT_THAT(loadError(reference("torch_types.pt"), choose("c64")).sentence(),
              HasSubstr("element type complex64 is not supported"));
  for (const char* name : {"scalar", "empty", "cube"}) {
    EXPECT_THAT(loadError(reference("torch_types.pt"), choose(name)).sentence(),
                HasSubstr("no table of numbers"));
  }
}

TEST_F(PyTorch, PreviewListsTensorsInOrder) {
  const Preview preview = previewTable(reference("torch_types.pt"));
  std::vector<std::string> names;
  for (const TensorInfo& tensor : preview.tensors) {
    names.push_back(tensor.name + " " + tensor.dtype + (tensor.isTable ? " table" : ""));
  }
  EXPECT_THAT(names,
              ElementsAre("f64 float64 table", "f16 float16 table", "bf16 bfloat16 table",
                          "i8 int8 table", "u8 uint8 table", "i16 int16 table", "i32 int32 table",
                          "i64 int64 table", "bool bool table", "c64 complex64", "scalar float32",
                          "empty float32", "cube float32", "numpy float32 (big-endian) table"));
}

TEST_F(PyTorch, NamesAreThoseOfAStateDict) {
  EXPECT_EQ(load(reference("torch_module.pt")).report.tensor, "words.weight");
  EXPECT_EQ(load(reference("torch_parameter.pt")).report.tensor, "tensor");
  for (const char* name : {"emb.weight", "out.weight"}) {
    const LoadedTable tied = load(reference("torch_tied.pt"), choose(name));
    EXPECT_TRUE(bitEqual(*tied.table, expected()));
    EXPECT_EQ(tied.table->vocabulary().label(2), "東京");
  }
}

TEST_F(PyTorch, WordsForAllRowsButThePadding) {
  for (const char* name : {"torch_padding.pt", "torch_padding_ids.pt"}) {
    const LoadedTable loaded = load(reference(name));
    EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("[0]", "the", "König", "東京"));
    EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("3 words for 4 rows"));
  }
  const LoadedTable last =
      load(file(dict({text("w"), tensor({.size = {4, 1}, .stride = {1, 1}}), text("itos"),
                      "](" + text("a") + text("b") + text("c") + "e"}),
                std::string(fourNumbers()).replace(0, 4, "\0\0\x80\x3F", 4)));
  EXPECT_THAT(last.table->vocabulary().labels(), ElementsAre("a", "b", "c", "[3]"));
}

TEST_F(PyTorch, AVocabularyIsPreferredToOtherLists) {
  const std::string others = "](" + text("x") + text("y") + "e";
  const std::string words = "](" + text("a") + text("b") + "e";
  const auto labels = [&](const std::string& second) {
    return load(file(dict({text("files"), others, text("w"), tensor({}), text("vocab"), second})))
        .table->vocabulary()
        .labels();
  };
  EXPECT_THAT(labels(words), ElementsAre("a", "b"));
  EXPECT_THAT(labels(dict({text("b"), "K\x01", text("a"), "K" + std::string(1, '\0')})),
              ElementsAre("x", "y"))
      << "an exact list is surer than numbers";
  const auto reversed =
      load(file(dict({text("w"), tensor({}), text("id2word"),
                      dict({"K\x01", text("b"), "K" + std::string(1, '\0'), text("a")})})));
  EXPECT_THAT(reversed.table->vocabulary().labels(), ElementsAre("a", "b"));
}

TEST_F(PyTorch, SparseTensorsAreLeftOut) {
  EXPECT_THAT(loadError(reference("torch_sparse.pt")).sentence(),
              HasSubstr("weight is a sparse tensor"));
  const LoadedTable other = load(reference("torch_sparse_and_dense.pt"));
  EXPECT_EQ(other.report.tensor, "dense");
  EXPECT_THAT(warningsText(other.report.warnings), HasSubstr("weight is left out"));
  EXPECT_THAT(loadError(reference("torch_sparse_and_dense.pt"), choose("weight")).sentence(),
              HasSubstr("to_dense()"));
}

TEST_F(PyTorch, OneTensorThatCannotBeReadDoesNotSpoilTheOthers) {
  const auto path = file(dict({text("a"), tensor({.key = "../../etc/passwd"}), text("b"),
                               tensor({}), text("c"), tensor({.storage = "QInt8Storage"})}));
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.report.tensor, "b");
  EXPECT_THAT(loaded.table->row(1), ElementsAre(2.0F, 3.0F));
  EXPECT_THAT(warningsText(loaded.report.warnings),
              HasSubstr("a is left out: a: there is no storage ../../etc/passwd in the file"));
  EXPECT_THAT(loadError(path, choose("a")).sentence(), HasSubstr("there is no storage"));
  EXPECT_THAT(loadError(path, choose("c")).sentence(), HasSubstr("element type QInt8"));
}

TEST_F(PyTorch, NumbersThatContradictEachOther) {
  constexpr std::int64_t kLargest = INT64_MAX;
  EXPECT_THAT(refusal(Said{.storageSize = 5}), HasSubstr("storage 0 holds 16 bytes, needs 20"));
  EXPECT_THAT(refusal(Said{.storageSize = kLargest}), HasSubstr("more than can be counted"));
  EXPECT_THAT(refusal(Said{.storageSize = -1}), HasSubstr("has no storage"));
  EXPECT_THAT(refusal(Said{.offset = 1}), HasSubstr("w reaches element 4 of 4"));
  EXPECT_THAT(refusal(Said{.offset = -1}), HasSubstr("offset out of range"));
  EXPECT_THAT(refusal(Said{.offset = kLargest}), HasSubstr("offset out of range"));
  EXPECT_THAT(refusal(Said{.stride = {-2, 1}}), HasSubstr("negative stride"));
  EXPECT_THAT(refusal(Said{.stride = {kLargest, kLargest}}), HasSubstr("reaches beyond"));
  EXPECT_THAT(refusal(Said{.size = {kLargest, 2}}), HasSubstr("shape overflows"));
  EXPECT_THAT(refusal(Said{.size = {-2, 2}}), HasSubstr("shape overflows"));
  EXPECT_THAT(refusal(Said{.stride = {1}}), HasSubstr("size and stride differ in length"));
  EXPECT_THAT(refusal(Said{.size = std::vector<std::int64_t>(100, 1)}), HasSubstr("100 axes"));
  EXPECT_THAT(refusal(Said{.function = "_rebuild_qtensor"}), HasSubstr("_rebuild_qtensor"));
}

TEST_F(PyTorch, AFewNumbersDoNotBecomeATableOfTerabytes) {
  EXPECT_THAT(refusal(Said{.size = {1'000'000'000'000, 2}, .stride = {0, 1}}),
              HasSubstr("out of all proportion"));
}

TEST_F(PyTorch, LongTextsThatAreNamedOftenAreNotCopiedEachTime) {
  constexpr int kRows = 3000;
  std::string words = "](" + text(std::string(1'000'000, 'a')) + "q\x01";
  for (int i = 1; i < kRows; ++i) {
    words += "h\x01";
  }
  const LoadedTable loaded = load(
      file(dict({text("w"), tensor({.storageSize = kRows, .size = {kRows, 1}, .stride = {1, 1}}),
                 text("vocab"), words + "e"}),
           std::string(kRows * sizeof(float), '\0')));
  EXPECT_EQ(loaded.table->vocabulary().label(1), "1");
}

TEST_F(PyTorch, ArchivesThatAreNone) {
  const auto refusalOf = [&](const std::vector<std::pair<std::string, std::string>>& members) {
    return loadError(writeZip(m_folder / "t.pt", members)).sentence();
  };
  const std::string pickle = whole(tensor({}));
  EXPECT_THAT(refusalOf({{"a/data/0", fourNumbers()}}), HasSubstr("no data.pkl"));
  EXPECT_THAT(refusalOf({{"a/data.pkl", pickle}, {"b/data.pkl", pickle}}),
              HasSubstr("two archives in one"));
  EXPECT_THAT(refusalOf({{"a/data.pkl", pickle}, {"a/constants.pkl", pickle}}),
              HasSubstr("TorchScript"));
  EXPECT_THAT(refusalOf({{"a/data.pkl", pickle}, {"a/byteorder", "pdp"}}),
              HasSubstr("unknown byte order pdp"));
  EXPECT_THAT(refusalOf({{"a/data.pkl", pickle}, {"a/byteorder", "b\nig"}}),
              HasSubstr("unknown byte order"));
}

TEST_F(PyTorch, RowsAtAnyAlignment) {
  const std::string opcodes = dict({text("w"), tensor({})});
  for (std::size_t padding = 0; padding < 4; ++padding) {
    const auto path = writeZip(m_folder / "t.pt", {{"a/data.pkl", whole(opcodes)},
                                                   {"a/" + std::string(padding + 1, 'x'), ""},
                                                   {"a/data/0", fourNumbers()}});
    EXPECT_THAT(load(path).table->row(1), ElementsAre(2.0F, 3.0F));
  }
}

}  // namespace
}  // namespace embedscope::formats
