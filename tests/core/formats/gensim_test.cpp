// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/load_table.h"
#include "tests/core/formats/pickle_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::filesystem::path reference(const std::string& name) {
  return std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / name;
}

LoadedTable loadTensor(const std::string& name, const std::string& tensor) {
  ReadOptions options;
  options.tensor = tensor;
  return load(reference(name), options);
}

std::vector<std::string> column(const LoadedTable& loaded, const std::string& name) {
  const table::MetadataColumn* found = loaded.table->metadata().find(name);
  return found == nullptr ? std::vector<std::string>() : found->values;
}

TEST(Gensim, AttributesOfKeysBecomeMetadata) {
  const LoadedTable loaded = load(reference("gensim_attributes.kv"));
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("le_f4.npy")).table));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "König", "東京"));
  EXPECT_THAT(column(loaded, "count"), ElementsAre("3000000000", "20", "1"));
  EXPECT_THAT(column(loaded, "weight"), ElementsAre("3.333333333333333e-10", "0.05", "1"));
}

TEST(Gensim, BytesThatProtocol2WritesAsText) {
  const LoadedTable loaded = load(reference("gensim_protocol2.kv"));
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("le_f4.npy")).table));
  EXPECT_THAT(column(loaded, "count"), ElementsAre("3000000000", "20", "1"));
  ReadOptions two;
  two.limit = 2;
  EXPECT_EQ(load(reference("gensim_protocol2.kv"), two).table->rowCount(), 2);
}

TEST(Gensim, NumbersAsKeys) {
  EXPECT_THAT(load(reference("gensim_numbers.kv")).table->vocabulary().labels(),
              ElementsAre("7", "0", "12"));
}

TEST(Gensim, RowsWithoutAKeyAreLeftOut) {
  const LoadedTable loaded = load(reference("gensim_spare.kv"));
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("le_f4.npy")).table));
  EXPECT_TRUE(loaded.report.warnings.empty()) << warningsText(loaded.report.warnings);
  EXPECT_THAT(previewTable(reference("gensim_spare.kv")).parts,
              ElementsAre(reference("gensim_spare.kv"), reference("gensim_spare.kv.vectors.npy")));
}

TEST(Gensim, WholeModels) {
  const LoadedTable loaded = load(reference("gensim_word2vec.model"));
  EXPECT_EQ(loaded.report.tensor, "wv.vectors");
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("gensim_word2vec_expected.npy")).table));
  EXPECT_THAT(column(loaded, "count"), ElementsAre("9", "6", "6", "3"));
  const LoadedTable output = loadTensor("gensim_word2vec.model", "syn1neg");
  EXPECT_TRUE(bitEqual(*output.table, *load(reference("gensim_word2vec_output.npy")).table));
  EXPECT_TRUE(output.table->vocabulary() == loaded.table->vocabulary());
}

TEST(Gensim, WordsBeforeDocuments) {
  const LoadedTable words = load(reference("gensim_doc2vec.model"));
  EXPECT_EQ(words.report.tensor, "wv.vectors");
  EXPECT_EQ(words.table->rowCount(), 4);
  const LoadedTable documents = loadTensor("gensim_doc2vec.model", "dv.vectors");
  EXPECT_THAT(documents.table->vocabulary().labels(), ElementsAre("0", "1", "2", "3", "4", "5"));
}

TEST(Gensim, FastTextIsComposedBitForBit) {
  const LoadedTable expected = load(reference("gensim_fasttext_expected.npy"));
  for (const char* name : {"gensim_fasttext.model", "gensim_fasttext_apart.kv"}) {
    const LoadedTable loaded = load(reference(name));
    EXPECT_TRUE(bitEqual(*loaded.table, *expected.table)) << name;
    EXPECT_TRUE(loaded.table->vocabulary().find("</s>").has_value());
  }
  EXPECT_EQ(previewTable(reference("gensim_fasttext_apart.kv")).parts.size(), 3U);
}

TEST(Gensim, PartsThatAreMissingAreNamed) {
  const tests::TemporaryFolder folder;
  const auto part = [&](const std::string& name) {
    folder.file(name, tests::fileBytes(reference(name)));
    return folder / name;
  };
  EXPECT_THAT(loadError(part("gensim_apart.kv")).sentence(),
              HasSubstr("vectors are in gensim_apart.kv.vectors.npy; put it beside this file"));
  const auto path = part("gensim_fasttext_apart.kv");
  EXPECT_THAT(loadError(path).sentence(), HasSubstr("gensim_fasttext_apart.kv.vectors_vocab.npy"));
  part("gensim_fasttext_apart.kv.vectors_vocab.npy");
  EXPECT_THAT(loadError(path).sentence(), HasSubstr("gensim_fasttext_apart.kv.vectors_ngrams.npy"));
}

TEST(Gensim, PartsThatAreDamagedAreNamed) {
  const tests::TemporaryFolder folder;
  const std::string bytes = tests::fileBytes(reference("gensim_apart.kv.vectors.npy"));
  const auto path = folder.file("gensim_apart.kv", tests::fileBytes(reference("gensim_apart.kv")));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    folder.file("gensim_apart.kv.vectors.npy", bytes.substr(0, size));
    const base::Error error = loadError(path);
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    EXPECT_EQ(error.place().path.filename(), "gensim_apart.kv.vectors.npy");
  }
}

TEST(Gensim, OtherPicklesWithArrays) {
  const LoadedTable loaded = load(reference("arrays.pkl"));
  EXPECT_TRUE(bitEqual(*loaded.table, *load(reference("le_f4.npy")).table));
  EXPECT_EQ(loaded.report.tensor, "table");
  EXPECT_EQ(loaded.report.dtype, "float64 (big-endian)");
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("the", "König", "東京"));
}

/// A model whose state has these entries.
std::string model(const std::vector<std::string>& keysAndValues) {
  return pickled::global("gensim.models.keyedvectors", "KeyedVectors") + ")\x81" +
         pickled::dict(keysAndValues) + "b";
}

TEST(Gensim, VectorsThatAreNoArrayOfNumPy) {
  using pickled::text;
  const tests::TemporaryFolder folder;
  const std::string keys = "](" + text("a") + text("b") + "e";
  const std::string array = pickled::global("x.multiarray", "_reconstruct") + ")R" +
                            pickled::tuple({"K\x01", "K\x02", "N", "\x89", text("b")}) + "b";
  const auto path =
      folder.file("m", pickled::whole(model({text("index_to_key"), keys, text("vectors"), array})));
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(loadError(path).sentence(), HasSubstr("without a table of numbers"));
  }
  const auto climbing = folder.file(
      "n", pickled::whole(
               pickled::dict({text("../x"), model({text("index_to_key"), keys, text("__numpys"),
                                                   "](" + text("vectors") + "e"})})));
  EXPECT_THAT(loadError(climbing).sentence(), HasSubstr("put it beside this file"));
}

TEST(Gensim, PicklesWithoutATable) {
  const tests::TemporaryFolder folder;
  const auto refusal = [&](const std::string& opcodes) {
    return loadError(folder.file("m", pickled::whole(opcodes))).sentence();
  };
  EXPECT_THAT(refusal("K\x07"), HasSubstr("a Python pickle of a number"));
  EXPECT_THAT(refusal(pickled::dict({pickled::text("a"), "K\x07"})),
              HasSubstr("without a table of numbers"));
  EXPECT_THAT(refusal(pickled::global("os", "system")), HasSubstr("refuses os.system"));
}

}  // namespace
}  // namespace embedscope::formats
