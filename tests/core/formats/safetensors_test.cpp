// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_vocabulary.h"
#include "core/formats/json_reader.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string safetensors(const std::string& header, const std::string& data) {
  std::string length(8, '\0');
  const std::uint64_t size = header.size();
  std::memcpy(length.data(), &size, sizeof size);
  return length + header + data;
}

class Safetensors : public testing::Test {
 protected:
  std::string refusal(const std::string& header, const std::string& data = {}) const {
    const base::Error error = loadError(m_folder.file("t.safetensors", safetensors(header, data)));
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    return error.sentence();
  }

  const tests::TemporaryFolder m_folder;
};

TEST_F(Safetensors, WhatIsWrittenIsReadBack) {
  base::RowMatrix values(3, 2);
  values << 1.5F, -0.0F, std::numeric_limits<float>::infinity(), 1e-40F, 3, 4;
  const table::EmbeddingTable table("t", {"two \"words\"\n", "東京", ""}, values);
  EXPECT_TRUE(writeLosses(table, FormatId::Safetensors).empty());
  writeTable(table, m_folder.path() / "t.safetensors", FormatId::Safetensors);
  const LoadedTable loaded = load(m_folder.path() / "t.safetensors");
  EXPECT_TRUE(bitEqual(*loaded.table, table));
  EXPECT_TRUE(loaded.table->vocabulary() == table.vocabulary());
  EXPECT_EQ(loaded.report.tensor, "embeddings");
}

TEST_F(Safetensors, WhatTheReferenceRefusesIsRefused) {
  const std::string data(16, '\0');
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
                      R"("b":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}})",
                      data),
              HasSubstr("tensors a and b overlap"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}})", data),
              HasSubstr("8 bytes before tensor a"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})", data),
              HasSubstr("8 bytes are at the end not covered"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F99","shape":[1,2],"data_offsets":[0,8]}})", data),
              HasSubstr("element type \"F99\" is not known"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":[1,2]}})", data),
              HasSubstr("tensor a has no data_offsets"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", data),
              HasSubstr("tensor a has no shape"));
  EXPECT_THAT(refusal(R"({"a":{}})", data), HasSubstr("tensor a has no dtype"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0]}})", data),
              HasSubstr("two data_offsets are needed, there are 1"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F32","shape":{"x":4},"data_offsets":[0,16]}})", data),
              HasSubstr("shape must be a list"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":7,"shape":[4],"data_offsets":[0,16]}})", data),
              HasSubstr("dtype must be a string"));
  EXPECT_THAT(
      refusal(R"({"a":{"dtype":"F32","shape":[2],"shape":[4],"data_offsets":[0,16]}})", data),
      HasSubstr("shape stands there twice"));
  EXPECT_THAT(refusal(R"({"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", data),
              HasSubstr("shape [3] of F4 fills no whole bytes"));
  EXPECT_THAT(refusal(R"({"a":7})", data), HasSubstr("tensor a: an object with dtype, shape"));
  EXPECT_THAT(refusal(R"({"__metadata__":[]})"), HasSubstr("must map strings to strings"));
  EXPECT_THAT(refusal(R"({"__metadata__":{"a":{}}})"), HasSubstr("must map strings to strings"));
  EXPECT_THAT(refusal(R"( {})"), HasSubstr("does not begin with {"));
}

TEST_F(Safetensors, TwoTensorsOfOneNameAreRefused) {
  const std::string empty = R"("e":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  EXPECT_THAT(refusal("{" + empty + "," + empty + "}"), HasSubstr("two tensors are called e"));
  EXPECT_THAT(refusal("{" + empty + R"(,"f":{"dtype":"I8","shape":[0],"data_offsets":[0,0]},)" +
                      empty + "}"),
              HasSubstr("two tensors are called e"));
}

TEST_F(Safetensors, WhatTheReferenceAcceptsIsAccepted) {
  const auto path = m_folder.file(
      "t.safetensors",
      safetensors(
          R"({"__metadata__":null,"scalar":{"dtype":"F32","shape":[],"data_offsets":[8,12]},)"
          R"("none":{"dtype":"F32","shape":[0,9],"data_offsets":[8,8]},"a":{"note":[{}],)"
          R"("data_offsets":[0,8],"shape":[2,1],"dtype":"F32"}}   )",
          std::string(12, '\0')));
  EXPECT_EQ(load(path).report.tensor, "a");
  EXPECT_EQ(previewTable(path).tensors.size(), 3U);
}

TEST_F(Safetensors, IntegersAreNotTakenWhereThereAreNumbers) {
  const auto path = m_folder.file(
      "t.safetensors", safetensors(R"({"ids":{"dtype":"I64","shape":[2,2],"data_offsets":[0,32]},)"
                                   R"("x":{"dtype":"F32","shape":[1,2],"data_offsets":[32,40]}})",
                                   std::string(40, '\0')));
  EXPECT_EQ(load(path).report.tensor, "x");
}

TEST_F(Safetensors, TheTensorThatFitsTheVocabularyIsTakenWhereNamesTellNothing) {
  const auto path =
      m_folder.file("t.safetensors",
                    safetensors(R"({"dense":{"dtype":"F32","shape":[9,1],"data_offsets":[0,36]},)"
                                R"("lookup":{"dtype":"F32","shape":[4,1],"data_offsets":[36,52]}})",
                                std::string(52, '\0')));
  EXPECT_EQ(load(path).report.tensor, "dense");
  m_folder.file("tokenizer.json", R"({"model":{"vocab":{"a":0,"b":1,"c":2}}})");
  EXPECT_EQ(load(path).report.tensor, "lookup");
}

TEST_F(Safetensors, AnIndexLeadsToTheFileThatHoldsTheTensor) {
  const std::string header =
      R"({"model.embed_tokens.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})";
  m_folder.file("model-2.safetensors", safetensors(header, std::string(8, '\0')));
  const auto index = m_folder.file(
      "model.safetensors.index.json",
      R"({"metadata":{"total_size":8},"weight_map":{"lm_head.weight":"model-1.safetensors",)"
      R"("model.embed_tokens.weight":"model-2.safetensors"}})");
  EXPECT_EQ(load(index).report.tensor, "model.embed_tokens.weight");
  EXPECT_EQ(previewTable(index).parts.size(), 2U);
  ReadOptions options;
  options.tensor = "lm_head.weight";
  EXPECT_THAT(loadError(index, options).sentence(),
              HasSubstr("tensor lm_head.weight is in model-1.safetensors; put that file beside"));
  const auto climbing = m_folder.file("x.safetensors.index.json",
                                      R"({"weight_map":{"embeddings":"../secret.safetensors"}})");
  EXPECT_THAT(loadError(climbing).sentence(), HasSubstr("no name of a file beside it"));
}

TEST_F(Safetensors, TokensOfAPaddedTable) {
  const std::string header =
      R"({"wte.weight":{"dtype":"F32","shape":[4,1],"data_offsets":[0,16]}})";
  const auto path = m_folder.file("t.safetensors", safetensors(header, std::string(16, '\0')));
  m_folder.file("tokenizer.json",
                R"({"version":"1.0","truncation":null,"added_tokens":[{"id":2,"content":"<s>"}],)"
                R"("model":{"type":"BPE","vocab":{"b":1,"a":0},"merges":["a b"]}})");
  const LoadedTable loaded = load(path);
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b", "<s>", "[3]"));
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("3 tokens for 4 rows"));
}

template <typename Number>
std::string bytesOf(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()),
          numbers.size() * sizeof(Number)};  // NOLINT
}

TEST_F(Safetensors, TokensThatShareRowsGetThemWithTheirWeights) {
  const std::string embeddings = bytesOf<float>({1, 2, 3, 0.1F});
  const std::string header = R"({"embeddings":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
                             R"("mapping":{"dtype":"I32","shape":[3],"data_offsets":[16,28]},)"
                             R"("weights":{"dtype":"F64","shape":[3],"data_offsets":[28,52]}})";
  const auto file = [&](const std::vector<std::int32_t>& mapping) {
    return m_folder.file("t.safetensors", safetensors(header, embeddings + bytesOf(mapping) +
                                                                  bytesOf<double>({1, 0.3, -2})));
  };
  m_folder.file("vocab.txt", "a\nb\nc\n");
  const LoadedTable loaded = load(file({1, 1, 0}));
  EXPECT_THAT(loaded.table->vocabulary().labels(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(loaded.table->row(0), ElementsAre(3.0F, 0.1F));
  EXPECT_THAT(loaded.table->row(1),
              ElementsAre(static_cast<float>(3 * 0.3), static_cast<float>(double{0.1F} * 0.3)));
  EXPECT_THAT(loaded.table->row(2), ElementsAre(-2.0F, -4.0F));
  EXPECT_EQ(loaded.report.dtype, "float32, weighted rows");
  EXPECT_THAT(loadError(file({0, 2, 0})).sentence(), HasSubstr("leads token 1 to row 2 of 2"));
  EXPECT_THAT(loadError(file({0, 1, -1})).sentence(), HasSubstr("leads token 2 to row -1 of 2"));
}

TEST_F(Safetensors, SharedRowsWithoutWeights) {
  const auto path = m_folder.file(
      "t.safetensors",
      safetensors(R"({"embeddings":{"dtype":"I8","shape":[2,1],"data_offsets":[0,2]},)"
                  R"("mapping":{"dtype":"I64","shape":[3],"data_offsets":[2,26]}})",
                  "\x05\xFF" + bytesOf<std::int64_t>({1, 0, 1})));
  const LoadedTable loaded = load(path);
  EXPECT_EQ(loaded.table->rowCount(), 3);
  EXPECT_THAT(loaded.table->values().reshaped(), ElementsAre(-1.0F, 5.0F, -1.0F));
  EXPECT_THAT(refusal(R"({"embeddings":{"dtype":"I8","shape":[1,1],"data_offsets":[0,1]},)"
                      R"("mapping":{"dtype":"I32","shape":[1],"data_offsets":[1,5]},)"
                      R"("weights":{"dtype":"F16","shape":[2],"data_offsets":[5,9]}})",
                      std::string(9, '\0')),
              HasSubstr("2 weights for 1 tokens"));
}

class HfVocabulary : public testing::Test {
 protected:
  static RowLabels read(const std::string& json) { return readHfVocabulary("v.json", json); }

  static std::string refusal(const std::string& json) {
    try {
      read(json);
    } catch (const base::Error& error) {
      return error.sentence();
    }
    return "accepted";
  }
};

TEST_F(HfVocabulary, EveryModelNamesItsRows) {
  EXPECT_THAT(read(R"({"model":{"type":"WordPiece","vocab":{"##b":1,"a":0}}})").labels,
              ElementsAre("a", "##b"));
  EXPECT_THAT(read(R"({"model":{"type":"Unigram","vocab":[["<unk>",0.0],["▁a",-2.5]]}})").labels,
              ElementsAre("<unk>", "▁a"));
  EXPECT_THAT(read(R"({"a":1,"Ġb":0})").labels, ElementsAre("Ġb", "a"));
}

TEST_F(HfVocabulary, AddedTokensReplaceThoseOfTheModel) {
  const RowLabels labels =
      read(R"({"added_tokens":[{"id":1,"content":"<new>"},{"content":"<s>","id":3}],)"
           R"("model":{"vocab":{"a":0,"[unused]":1,"b":2}}})");
  EXPECT_THAT(labels.labels, ElementsAre("a", "<new>", "b", "<s>"));
  EXPECT_TRUE(labels.warnings.empty());
}

TEST_F(HfVocabulary, LinesKeepTheirPlace) {
  EXPECT_THAT(readHfVocabulary("vocab.txt", "\xEF\xBB\xBF[PAD]\r\n\n \n##s").labels,
              ElementsAre("[PAD]", "", " ", "##s"));
}

TEST_F(HfVocabulary, TablesMayBePaddedToARoundNumber) {
  for (const auto& [tokens, rows] : std::vector<std::pair<int, int>>{
           {3, 3}, {3, 4}, {32100, 32128}, {50295, 51200}, {151669, 151936}, {30522, 30528}}) {
    EXPECT_TRUE(mayBePadded(tokens, rows)) << tokens << " of " << rows;
  }
  for (const auto& [tokens, rows] :
       std::vector<std::pair<int, int>>{{0, 1}, {4, 3}, {3, 100}, {1000, 2000}, {30000, 40000}}) {
    EXPECT_FALSE(mayBePadded(tokens, rows)) << tokens << " of " << rows;
  }
}

TEST_F(HfVocabulary, HolesAndSharedIdsAreTold) {
  const RowLabels holes = read(R"({"a":0,"b":3})");
  EXPECT_THAT(holes.labels, ElementsAre("a", "[id 1]", "[id 2]", "b"));
  EXPECT_THAT(warningsText(holes.warnings), HasSubstr("2 ids have no token"));
  const RowLabels shared = read(R"({"a":0,"b":0})");
  EXPECT_THAT(shared.labels, ElementsAre("a"));
  EXPECT_THAT(warningsText(shared.warnings), HasSubstr("id 0 has two tokens; the first is kept"));
}

TEST_F(HfVocabulary, WhatIsNoneIsRefused) {
  EXPECT_THAT(refusal(R"({"a":-1})"), HasSubstr("token id -1"));
  EXPECT_THAT(refusal(R"({"model":{"vocab":{"a":0.5}}})"), HasSubstr("token id 0.5"));
  EXPECT_THAT(refusal(R"({"a":99999999})"), HasSubstr("far beyond"));
  EXPECT_THAT(refusal(R"({"added_tokens":[{"content":"<s>"}]})"), HasSubstr("token id -1"));
  EXPECT_THAT(refusal(R"({"version":"1.0"})"), HasSubstr("no vocabulary in it"));
  EXPECT_THAT(refusal(R"({"a":0)"), HasSubstr("not valid JSON (cut off)"));
}

TEST(JsonReader, RefusesWhatIsNestedTooDeeply) {
  EXPECT_THAT(readJson(std::string(200'000, '['), [](JsonPath, const JsonValue&) {}).value_or(""),
              HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace embedscope::formats
