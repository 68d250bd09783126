// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_vocabulary.h"
#include "core/formats/label_file.h"
#include "tests/core/formats/load_table.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include <chrono>
#include <cstdlib>
#include <map>

namespace embedscope::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA is not set";
    }
    m_folder = folder;
  }

  std::filesystem::path path(const std::string& name) const { return m_folder / name; }

  std::filesystem::path m_folder;
};

class BadFiles : public RealData {};

/// What a message has to say, one of several ways for each file.
using Words = std::map<std::string, std::vector<std::string>>;

const Words& rejections() {
  static const Words words = {
      {"txt_empty.txt", {"file is empty"}},
      {"txt_whitespace_only.txt", {"no vectors found"}},
      {"txt_ragged_row.txt", {".txt:4: 2 values where 3 are expected"}},
      {"txt_extra_value.txt", {".txt:5: 4 values where 3 are expected"}},
      {"txt_cr_only.txt", {"one long line", "carriage return"}},
      {"txt_huge_dims.txt",
       {"claims 9223372036854775807 x 2147483647 values", "more than the file can hold"}},
      {"txt_overflow_dims.txt", {"implausible header"}},
      {"txt_negative_dims.txt", {"-5", "not a valid row count"}},
      {"txt_zero_dim.txt", {"vectors have no values"}},
      {"txt_number_syntax.txt", {".txt:4:", "0x10"}},
      {"txt_giant_line.txt", {".txt:2:", "word is longer than the limit"}},
      {"txt_html_page.vec", {"HTML page, not vectors"}},
      {"lfs_pointer.vec", {"Git LFS pointer", "git lfs pull has not run", "3644258522 bytes"}},
      {"lfs_pointer.safetensors", {"Git LFS pointer"}},
      {"gzip_truncated.txt.gz", {"compressed data ends early"}},
      {"bin_truncated.bin", {"file ends inside row 5 of 5", "4 whole rows"}},
      {"bin_count_lies.bin", {"need at least 3.60 GB"}},
      {"bin_no_space.bin", {"byte 4:", "no word separator within the limit"}},
      {"npy_bad_magic.npy", {"not an .npy file"}},
      {"npy_version_9.npy", {".npy version 9.9 is not supported (1.0, 2.0 and 3.0 are)"}},
      {"npy_header_4gib.npy", {"header length 4294967295 refused"}},
      {"npy_truncated.npy", {"24 bytes of data needed", "19 present"}},
      {"npy_shape_bomb.npy", {"shape too large"}},
      {"npy_shape_big.npy", {"1200000000000 bytes of data needed"}},
      {"npy_zero_times_huge.npy", {"no rows"}},
      {"npy_float_shape.npy", {"bad shape"}},
      {"npy_extra_key.npy", {"unexpected header key x"}},
      {"npy_code_in_header.npy", {"header is not a dictionary"}},
      {"npy_unknown_dtype.npy", {"element type '<f3'"}},
      {"npy_datetime_dtype.npy", {"dates", "not numbers"}},
      {"npz_bomb_300mb.npz", {"would inflate", "300 MB", "out of all proportion"}},
      {"npz_size_lies.npz", {"larger than it says"}},
      {"npz_encrypted_flag.npz", {"encrypted members are not supported"}},
      {"npz_bzip2_method.npz", {"compression method 12 is not supported"}},
      {"npz_truncated.npz", {"no zip directory"}},
      {"npz_65535_entries.npz", {"directory is malformed"}},
      {"npz_duplicate_names.npz", {"two members are called vectors.npy"}},
      {"st_too_short.safetensors", {"shorter than 8 bytes"}},
      {"st_header_huge.safetensors", {"over the 100,000,000-byte limit"}},
      {"st_overlap.safetensors", {"overlap"}},
      {"st_same_bytes_twice.safetensors", {"overlap"}},
      {"st_out_of_range.safetensors", {"lies outside the file"}},
      {"st_reversed_offsets.safetensors", {"offsets 16..0"}},
      {"st_negative_shape.safetensors", {"shape [-2, -2]"}},
      {"st_shape_overflow.safetensors", {"overflows"}},
      {"st_size_mismatch.safetensors", {"24 bytes expected", "16 given"}},
      {"st_trailing.safetensors", {"4 bytes", "not covered"}},
      {"st_bad_json.safetensors", {"not valid JSON"}},
      {"st_bad_utf8.safetensors", {"not UTF-8"}},
      {"st_metadata_not_string.safetensors", {"__metadata__ must map strings to strings"}},
      {"st_float_offsets.safetensors", {"offsets must be integers"}},
      {"st_deep_json.safetensors", {"nested too deeply"}},
      {"st_many_tensors.safetensors", {"no 2-d tensor"}},
      {"st_rank1_only.safetensors", {"no 2-d tensor to use as an embedding table", "b [4]"}},
      {"lfs_pointer.safetensors", {"Git LFS pointer"}},
      {"gguf_bad_magic.gguf", {"GGML"}},
      {"gguf_version_99.gguf", {"GGUF version 99"}},
      {"gguf_big_endian.gguf", {"big-endian GGUF"}},
      {"gguf_kv_count.gguf", {"too short for its metadata"}},
      {"gguf_string_len.gguf", {"the file ends inside a string"}},
      {"gguf_nested_arrays.gguf", {"arrays nested too deeply"}},
      {"gguf_bad_value_type.gguf", {"metadata x has unknown type 77"}},
      {"gguf_ndims_1000.gguf", {"token_embd.weight has 1000 dimensions (limit 4)"}},
      {"gguf_dims_overflow.gguf", {"overflows"}},
      {"gguf_offset_unaligned.gguf", {"offset 3 is not a multiple of 32"}},
      {"gguf_align_0.gguf", {"general.alignment 0"}},
      {"gguf_block_misfit.gguf", {"row length 33 is not a multiple of the Q8_0 block"}},
      {"gguf_removed_type.gguf", {"tensor type 4 is not supported"}},
      {"gguf_no_embedding.gguf", {"no token_embd.weight: a vocabulary-only file with 2 tokens"}},
      {"pt_malicious_reduce.pt", {"refuses posix.system"}},
      {"pt_malicious_stack_global.pt", {"refuses posix.system"}},
      {"pt_malicious_inst.pt", {"unsupported pickle opcode INST"}},
      {"pt_malicious_eval.pt", {"refuses builtins.eval"}},
      {"pt_malicious_newobj.pt", {"refuses subprocess.Popen"}},
      {"pt_malicious_getattr_chain.pt", {"refuses builtins.getattr"}},
      {"pt_legacy_malicious.pt", {"refuses posix.system"}},
      {"plain_pickle_malicious.pkl", {"refuses"}},
      {"pt_storage_short.pt", {"storage 0 holds 8 bytes, needs 16"}},
      {"pt_key_traversal.pt", {"weight: there is no storage"}},
      {"pt_stride_out_of_bounds.pt", {"weight reaches element 101 of 4"}},
      {"pt_negative_stride.pt", {"negative stride"}},
      {"pt_offset_overflow.pt", {"out of range"}},
      {"pt_size_overflow.pt", {"overflows"}},
      {"pt_rank_mismatch.pt", {"size and stride differ in length"}},
      {"pt_unknown_storage.pt", {"element type QInt8 is not supported"}},
      {"pt_stack_underflow.pt", {"malformed (stack underflow)"}},
      {"pt_memo_bomb.pt", {"memo index 4294967295 refused"}},
      {"pt_string_bomb.pt", {"ends inside a string"}},
      {"pt_negative_long4.pt", {"the pickle is malformed", "LONG4"}},
      {"pt_deep_nesting.pt", {"nested too deeply"}},
      {"pt_billion_laughs.pt", {"no 2-d tensor"}},
      {"pt_self_reference.pt", {"no 2-d tensor"}},
      {"pt_empty_pickle.pt", {"pickle is cut off"}},
      {"pt_no_data_pkl.pt", {"no data.pkl", "not a PyTorch file"}},
      {"pt_two_data_pkl.pt", {"two archives in one"}},
      {"pt_bad_byteorder.pt", {"unknown byte order pdp"}},
      {"pt_legacy_bad_magic.pt", {"not a PyTorch file"}},
      {"pt_legacy_truncated.pt", {"storage", "cut off"}},
      {"kv_malicious.kv", {"refuses posix.system"}},
      {"kv_missing_npy.kv", {"vectors are in kv_missing_npy.kv.vectors.npy; put it beside"}},
      {"ft_huge_vocab.bin", {"the file ends in the dictionary"}},
      {"ft_negative_vocab.bin", {"dictionary size -1"}},
      {"ft_unterminated_word.bin", {"the file ends inside a dictionary word"}},
      {"ft_huge_matrix.bin", {"larger than the file"}},
      {"ft_rows_mismatch.bin", {"input matrix has 3 rows; 2 words + 4 buckets need 6"}},
      {"ft_cols_mismatch.bin", {"input matrix has 3 columns, dim is 2"}},
      {"ft_truncated_matrix.bin", {"the file ends inside the input matrix"}},
      {"ft_huge_prune.bin", {"the file ends inside the prune table"}},
      {"ft_label_type_bad.bin", {"dictionary entry 1 has type 9"}},
      {"proj_odd_size.bytes", {"size is not a multiple of 4"}},
      {"proj_config_missing_file.json", {"nope.bytes not found beside the config"}},
      {"proj_config_bad_shape.json", {"bad tensorShape"}},
      {"proj_one_dim.tsv", {"TensorBoard", "one-dimensional vectors"}},
  };
  return words;
}

const Words& loads() {
  static const Words words = {
      {"txt_count_too_big.txt", {"rows 5", "header says 10"}},
      {"txt_count_too_small.txt", {"rows 5", "header says 3"}},
      {"txt_duplicates.txt", {"1 duplicate", "\"cat\" at lines 3 and 7"}},
      {"txt_words_with_spaces.txt",
       {"rows 4", "dimension 3", "labels . . .|at name@domain.com|the|to name@domain.com"}},
      {"txt_numeric_words.txt", {"rows 3", "dimension 3", "labels 1|2000|3.14"}},
      {"txt_ambiguous_header.txt", {"rows 2", "dimension 2"}},
      {"txt_bom.txt", {"rows 5", "labels the|"}},
      {"txt_bom_no_header.txt", {"rows 5", "labels the|"}},
      {"txt_crlf.txt", {"rows 5", "labels the|cat|sat|on|mat"}},
      {"txt_truncated_utf8_word.txt",
       {"rows 2", "1 label is not UTF-8: its bytes are kept and shown repaired, as"}},
      {"txt_truncated_midnumber.txt", {"rows 4", "last line is incomplete"}},
      {"txt_locale_trap.txt", {"rows 1", "dimension 3"}},
      {"txt_empty_word.txt", {"rows 3", "dimension 2", "empty label"}},
      {"txt_double_spaces.txt", {"rows 2", "dimension 3"}},
      {"word2vec_classes.txt", {"dimension 1", "word clusters"}},
      {"gzip_named_txt.txt", {"rows 5", "labels the|"}},
      {"bin_trailing_junk.bin", {"rows 5", "8 bytes are left over"}},
      {"bin_mixed_newlines.bin", {"rows 3", "labels a|b|c"}},
      {"bin_newline_byte_in_float.bin", {"rows 3", "labels a|b|c"}},
      {"bin_empty_word.bin", {"empty label", "byte 5"}},
      {"bin_bad_utf8.bin",
       {"rows 2", "1 label is not UTF-8: its bytes are kept and shown repaired"}},
      {"text_named_bin.bin", {"rows 5", "dimension 3"}},
      {"npy_unsorted_keys_double_quotes.npy", {"rows 2", "dimension 3"}},
      {"npy_py2_long_shape.npy", {"rows 2", "dimension 3"}},
      {"npz_not_npy_member.npz", {"rows "}},
      {"npz_object_malicious.npz", {"words.npy is left out", "Python objects"}},
      {"pt_ok_minimal.pt", {"rows 2", "dimension 2"}},
      {"pt_zero_stride_ok.pt", {"rows 3", "dimension 2"}},
      {"ft_ok_minimal.bin", {"rows 2", "dimension 2", "cat|"}},
      {"ft_minn_gt_maxn.bin", {"rows 2", "cat|"}},
      {"gguf_ok_minimal.gguf", {"rows 2", "dimension 2", "labels a|b"}},
      {"gguf_tokens_mismatch.gguf", {"rows 1", "2 labels for 1 row"}},
      {"gguf_bad_utf8_token.gguf", {"1 label is not UTF-8: its bytes are kept and shown repaired"}},
      {"st_nan.safetensors", {"1 row holds NaN or infinity"}},
      {"proj_label_in_first_column.tsv", {"rows 2", "dimension 2", "labels a|b"}},
  };
  return words;
}

std::string describe(const LoadedTable& loaded) {
  std::string text = "rows " + std::to_string(loaded.table->rowCount()) + "\ndimension " +
                     std::to_string(loaded.table->dimension()) + "\nlabels ";
  for (const std::string& label : loaded.table->vocabulary().labels()) {
    text += label + "|";
  }
  return text + "\n" + warningsText(loaded.report.warnings);
}

TEST_F(BadFiles, AreJudgedAsExpected) {
  const nlohmann::json list = nlohmann::json::parse(tests::fileBytes(path("bad/expect.json")));
  std::size_t checked = 0;
  for (const auto& entry : list) {
    const std::string name = entry["file"];
    const std::filesystem::path file = path("bad/" + name);
    SCOPED_TRACE(name);
    const auto begin = std::chrono::steady_clock::now();
    if (const auto words = rejections().find(name); words != rejections().end()) {
      const base::Error error = loadError(file);
      EXPECT_EQ(error.code(), base::ErrorCode::BadData);
      for (const std::string& word : words->second) {
        EXPECT_THAT(error.what(), HasSubstr(word));
      }
      ++checked;
    } else if (const auto found = loads().find(name); found != loads().end()) {
      const LoadedTable loaded = load(file);
      for (const std::string& word : found->second) {
        EXPECT_THAT(describe(loaded), HasSubstr(word));
      }
      EXPECT_TRUE(entry["verdict"] == "load" || !loaded.report.warnings.empty());
      ++checked;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
  EXPECT_GE(checked, rejections().size() + loads().size());
}

TEST_F(BadFiles, TensorsThatDoNotFillTheirShape) {
  const tests::TemporaryFolder folder;
  folder.file("t.bytes", tests::fileBytes(path("bad/proj_not_multiple.bytes")));
  const LoadedTable loaded =
      load(folder.file("projector_config.json",
                       R"({"embeddings": [{"tensorShape": [100, 3], "tensorPath": "t.bytes"}]})"));
  EXPECT_EQ(loaded.table->rowCount(), 83);
  EXPECT_THAT(warningsText(loaded.report.warnings),
              HasSubstr("83 whole rows and 1 more value; the configuration says 100 x 3"));
}

TEST_F(BadFiles, MetadataRowsThatAreTooShort) {
  const auto labels = readLabelFile(path("bad/proj_meta_short.tsv"), 2, 2);
  ASSERT_TRUE(labels.has_value());
  EXPECT_THAT(labels->labels, ElementsAre("a", "b"));
  EXPECT_THAT(warningsText(labels->warnings), HasSubstr("b: count missing"));
}

class RealTables : public RealData {
 protected:
  void expectGolden(const std::string& name, const ReadOptions& options = {}) const {
    SCOPED_TRACE(name);
    const LoadedTable golden = load(path("golden/vectors.npy"));
    const LoadedTable loaded = load(path(name), options);
    EXPECT_TRUE(bitEqual(*loaded.table, *golden.table));
    EXPECT_TRUE(loaded.table->vocabulary() == golden.table->vocabulary());
  }
};

TEST_F(RealTables, GoldenFormatsAreEqualBitForBit) {
  for (const char* name : {"fasttext.vec", "glove.txt", "w2v.txt", "w2v_crlf.txt",
                           "w2v_newline.bin", "w2v_no_newline.bin"}) {
    expectGolden("golden/formats/" + std::string(name));
  }
  for (const char* name :
       {"golden_gensim.bin", "golden_gensim.txt", "golden_gensim_noheader.txt"}) {
    expectGolden("gensim/" + std::string(name));
  }
  for (const char* name : {"tensors.tsv", "tensors.bytes", "projector_config.json"}) {
    expectGolden("golden/projector/" + std::string(name));
  }
  for (const char* name : {"golden_stored.npz", "golden_deflated.npz"}) {
    expectGolden("npy/" + std::string(name));
  }
  ReadOptions options;
  options.vocabulary = path("golden/words.txt");
  expectGolden("npy/positional_args.npz", options);
  expectGolden("npy/plain_zip_no_zip64.npz", options);
  for (const char* name :
       {"golden_f32", "golden_f64", "keys_not_in_offset_order", "unaligned_header_no_padding"}) {
    ReadOptions tensor = options;
    if (std::string(name).starts_with("keys")) {
      tensor.tensor = previewTable(path("safetensors/golden/" + std::string(name) + ".safetensors"))
                          .tensors.back()
                          .name;
    }
    expectGolden("safetensors/golden/" + std::string(name) + ".safetensors", tensor);
  }
  for (const char* name :
       {"golden_f4.npy", "golden_be_f4.npy", "golden_f4_fortran.npy", "golden_f4_v2.npy",
        "golden_f4_v3.npy", "golden_f8.npy", "golden_be_f8.npy"}) {
    expectGolden("npy/" + std::string(name), options);
  }
}

TEST_F(RealTables, GoldenNumbersAreTheExpectedOnes) {
  const auto expected = nlohmann::json::parse(tests::fileBytes(path("golden/expected.json")));
  const LoadedTable golden = load(path("golden/vectors.npy"));
  double sum = 0;
  for (Eigen::Index row = 0; row < golden.table->rowCount(); ++row) {
    for (const float value : golden.table->row(row)) {
      sum += static_cast<double>(value);
    }
  }
  EXPECT_NEAR(sum, expected["sum_float64"].get<double>(), 1e-6);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(golden.table->row(0)[i], expected["row0_first5"][i].get<float>());
    EXPECT_EQ(golden.table->vocabulary().label(static_cast<std::int64_t>(i)),
              expected["first_words"][i].get<std::string>());
  }
}

TEST_F(RealTables, HalfPrecisionAgreesBetweenByteOrders) {
  const LoadedTable little = load(path("npy/golden_f2.npy"));
  const LoadedTable big = load(path("npy/golden_be_f2.npy"));
  const LoadedTable golden = load(path("golden/vectors.npy"));
  EXPECT_TRUE(bitEqual(*little.table, *big.table));
  EXPECT_LT((little.table->values() - golden.table->values()).cwiseAbs().maxCoeff(), 1e-3F);
}

TEST_F(RealTables, Word2VecBinaryOfTheTool) {
  const LoadedTable loaded = load(path("word2vec/english_mix_sg100.bin"));
  EXPECT_EQ(loaded.report.format, FormatId::Word2VecBinary);
  EXPECT_EQ(loaded.table->rowCount(), 29197);
  EXPECT_EQ(loaded.table->dimension(), 100);
  EXPECT_EQ(loaded.report.duplicates, 0);
  EXPECT_TRUE(loaded.report.warnings.empty());
  EXPECT_EQ(loaded.table->vocabulary().label(0), "</s>");
  EXPECT_EQ(load(path("word2vec/euclidean_vectors.bin")).table->rowCount(), 2747);
  EXPECT_TRUE(bitEqual(*load(path("word2vec/ff_similarity.bin")).table,
                       *load(path("word2vec/ff_similarity.txt")).table));
}

TEST_F(RealTables, TruncatedGloveKeepsItsEmptyWords) {
  const LoadedTable loaded = load(path("glove/dl4nlp_glove.840B.300d.truncated.txt"));
  EXPECT_EQ(loaded.table->rowCount(), 600);
  EXPECT_EQ(loaded.table->dimension(), 300);
  for (const std::int64_t line : {9, 37, 64, 160}) {
    EXPECT_EQ(loaded.table->vocabulary().label(line - 1), "");
  }
  EXPECT_THAT(warningsText(loaded.report.warnings), HasSubstr("last line is incomplete"));
}

TEST_F(RealTables, HeadersThatLie) {
  const LoadedTable wiki = load(path("fasttext/torchtext_wiki.en.vec"));
  EXPECT_EQ(wiki.table->rowCount(), 99);
  EXPECT_THAT(warningsText(wiki.report.warnings), HasSubstr("header says 2,519,370 rows"));
  const LoadedTable glove = load(path("glove/c/lee_glove_header.txt"));
  EXPECT_EQ(glove.table->rowCount(), 4845);
  EXPECT_EQ(glove.table->vocabulary().label(4844), "<unk>");
}

TEST_F(RealTables, CovidProjectorFromTheConfigurationAndFromTheTensor) {
  for (const char* name : {"projector_config.json", "tensor.bytes"}) {
    const LoadedTable loaded = load(path("projector/covid/" + std::string(name)));
    EXPECT_EQ(loaded.table->rowCount(), 10000);
    EXPECT_EQ(loaded.table->dimension(), 100);
    EXPECT_EQ(loaded.table->vocabulary().label(0), "A");
    EXPECT_EQ(loaded.table->vocabulary().label(1), "computer");
    const std::vector<std::string> labels = loaded.table->vocabulary().labels();
    EXPECT_EQ(std::ranges::count_if(
                  labels, [](const auto& label) { return label.find(' ') != std::string::npos; }),
              3018);
  }
  const LoadedTable pca = load(path("projector/covid/pca.bytes"));
  EXPECT_EQ(pca.table->rowCount(), 10000);
  EXPECT_EQ(pca.table->dimension(), 3);
  EXPECT_FALSE(pca.report.warnings.empty());
}

TEST_F(RealTables, IrisKeepsItsMetadata) {
  const LoadedTable iris = load(path("projector/iris_tensors.bytes"));
  EXPECT_EQ(iris.table->rowCount(), 150);
  EXPECT_EQ(iris.table->dimension(), 4);
  EXPECT_EQ(iris.table->vocabulary().label(0), "Iris-setosa");
  ASSERT_EQ(iris.table->metadata().columns().size(), 4U);
  EXPECT_EQ(iris.table->metadata().columns()[0].name, "sepal-length");
  EXPECT_EQ(iris.table->metadata().columns()[0].values[0], "5.1");
}

TEST_F(RealTables, TablesOfHuggingFaceWithTheirTokens) {
  const LoadedTable model = load(path("safetensors/model2vec-float32/model.safetensors"));
  EXPECT_EQ(model.table->rowCount(), 29528);
  EXPECT_EQ(model.table->vocabulary().label(0), "[PAD]");
  EXPECT_TRUE(model.report.warnings.empty());
  const LoadedTable padded = load(path("hf/golden_padded/model.safetensors"));
  EXPECT_EQ(padded.table->rowCount(), 1024);
  EXPECT_EQ(padded.table->vocabulary().label(0), "the");
  EXPECT_EQ(padded.table->vocabulary().label(1023), "[1023]");
  const LoadedTable sharded = load(path("hf/golden_sharded/model.safetensors.index.json"));
  EXPECT_EQ(sharded.report.tensor, "model.embed_tokens.weight");
}

TEST_F(RealTables, EveryBlockOfGgufHasTheBitsOfItsReference) {
  for (const char* name : {"f32", "f32_align64"}) {
    const LoadedTable loaded = load(path("gguf/golden/golden_" + std::string(name) + ".gguf"));
    EXPECT_TRUE(bitEqual(*loaded.table, *load(path("golden/vectors.npy")).table)) << name;
    EXPECT_EQ(loaded.table->vocabulary().label(0), "the");
  }
  for (const char* name : {"q4_0", "q4_1", "q5_0", "q5_1", "q8_0"}) {
    const std::string stem = "x96_" + std::string(name);
    EXPECT_TRUE(bitEqual(*load(path("gguf/golden/" + stem + ".gguf")).table,
                         *load(path("gguf/golden/ref_" + stem + "_dequantised.npy")).table))
        << name;
  }
  for (const char* name : {"iq4_nl", "q2_k", "q4_k", "q6_k"}) {
    const std::string stem = "rand64x256_" + std::string(name);
    EXPECT_TRUE(bitEqual(*load(path("gguf/golden/" + stem + ".gguf")).table,
                         *load(path("gguf/golden/ref_" + stem + ".npy")).table))
        << name;
  }
  EXPECT_THAT(loadError(path("gguf/ggml-vocab-gpt-2.gguf")).sentence(),
              HasSubstr("a vocabulary-only file with 50,257 tokens"));
}

TEST_F(RealTables, PyTorchFilesOfEveryKind) {
  ReadOptions options;
  options.vocabulary = path("golden/words.txt");
  for (const char* name :
       {"golden_bare_parameter", "golden_bare_tensor", "golden_bare_tensor_legacy",
        "golden_column_slice_view", "golden_embedding_state_dict", "golden_f32",
        "golden_f32_bigendian_record", "golden_f32_legacy", "golden_f32_pickle4",
        "golden_f32_rezipped_deflate", "golden_f32_torch2_records", "golden_f64",
        "golden_storage_offset_legacy", "golden_storage_offset_view", "tied_weights_shared_storage",
        "whole_module_pickled", "whole_module_pickled_legacy"}) {
    expectGolden("torch/" + std::string(name) + ".pt", options);
  }
  const LoadedTable checkpoint = load(path("torch/checkpoint_nested_with_vocab.pt"));
  EXPECT_EQ(checkpoint.report.tensor, "model_state_dict.embedding.weight");
  EXPECT_EQ(checkpoint.table->vocabulary().label(0), "the");
  EXPECT_TRUE(checkpoint.report.warnings.empty());
}

/// The vectors that `fasttext print-word-vectors` printed, with five digits, also of words that the
/// model was not trained on.
void expectPrinted(const LoadedTable& loaded, const std::string& printed) {
  const table::EmbeddingTable& table = *loaded.table;
  std::istringstream lines(printed);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string word;
    fields >> word;
    std::vector<float> vector(static_cast<std::size_t>(table.dimension()));
    if (const auto row = table.vocabulary().find(word)) {
      std::ranges::copy(table.row(*row), vector.begin());
    } else if (table.subwords()) {
      vector = table.subwords()->composeVector(word).value_or(vector);
    }
    float largest = 0;
    for (const float value : vector) {
      largest = std::max(largest, std::abs(value));
    }
    for (const float value : vector) {
      float expected = 0;
      fields >> expected;
      EXPECT_NEAR(value, expected, 6e-5F * largest) << word;
    }
  }
}

TEST_F(RealTables, FastTextModelsComposeWhatFastTextPrints) {
  for (const char* name : {"crime-and-punishment.bin", "english_mix.bin", "lee_cbow_hs.bin",
                           "lee_minn2.bin", "reviews_sup.bin", "reviews_sup_pruned_qnorm.ftz"}) {
    SCOPED_TRACE(name);
    expectPrinted(load(path("fasttext/" + std::string(name))),
                  tests::fileBytes(path("fasttext/expect_wordvec_" + std::string(name) + ".txt")));
  }
  const LoadedTable minimal = load(path("bad/ft_ok_minimal.bin"));
  EXPECT_THAT(minimal.table->row(*minimal.table->vocabulary().find("cat")),
              ElementsAre(7.5F, 8.5F));
  const LoadedTable without = load(path("bad/ft_minn_gt_maxn.bin"));
  EXPECT_THAT(without.table->row(*without.table->vocabulary().find("cat")),
              ElementsAre(2.0F, 3.0F));
  EXPECT_GT(load(path("fasttext/lee_fasttext.bin")).table->rowCount(), 100) << "of 2016";
  EXPECT_GT(load(path("fasttext/cp852_fasttext.bin")).table->rowCount(), 10);
}

TEST_F(RealTables, GensimFilesOfEveryVersion) {
  expectGolden("gensim/golden.kv");
  expectGolden("gensim/golden_separate.kv");
  const std::map<std::string, std::int64_t> rows = {
      {"int_keys.kv", 3},           {"lee_word2vec.model", 2947},
      {"lee_word2vec.wv", 2947},    {"old_keyedvectors_320.dat", 12},
      {"word2vec_pre_kv_py3_4", 9}, {"word2vec_pre_kv_sep_py3_4", 9}};
  for (const auto& [name, count] : rows) {
    EXPECT_EQ(load(path("gensim/" + name)).table->rowCount(), count) << name;
  }
  EXPECT_TRUE(bitEqual(*load(path("gensim/lee_word2vec.model")).table,
                       *load(path("gensim/lee_word2vec.wv")).table));
  EXPECT_EQ(load(path("gensim/lee_word2vec.model")).table->metadata().columns()[0].name, "count");
}

TEST_F(RealTables, PyTorchTensorsThatAreNoTables) {
  EXPECT_THAT(loadError(path("torch/sparse_tensor.pt")).sentence(), HasSubstr("sparse tensor"));
  for (const char* name : {"torchtext_roberta.base.output", "torchtext_t5.small.model.output"}) {
    EXPECT_THAT(loadError(path("torch/" + std::string(name) + ".pt")).sentence(),
                HasSubstr("no 2-d tensor"));
  }
  const LoadedTable tagger = load(path("torch/allennlp_simple_tagger_best.th"));
  EXPECT_EQ(tagger.report.tensor, "text_field_embedder.token_embedder_tokens.weight");
  EXPECT_EQ(tagger.table->rowCount(), 15);
  EXPECT_EQ(load(path("torch/allennlp_training_state.th")).table->rowCount(), 10);
  EXPECT_EQ(load(path("torch/checkpoint_with_optimizer.pt")).report.tensor,
            "state.embedding.weight");
}

TEST_F(BadFiles, VocabulariesThatAreNone) {
  const std::map<std::string, std::string> refused = {
      {"tok_negative_id.json", "token id -1"},
      {"tok_float_id.json", "token id 0.5"},
      {"tok_no_model.json", "no vocabulary in it"},
      {"tok_bad_json.json", "not valid JSON (cut off)"}};
  for (const auto& [name, words] : refused) {
    try {
      readHfVocabulary(path("bad/" + name), tests::fileBytes(path("bad/" + name)));
      ADD_FAILURE() << name << " was accepted";
    } catch (const base::Error& error) {
      EXPECT_THAT(error.sentence(), HasSubstr(words)) << name;
    }
  }
  const auto warnings = [&](const std::string& name) {
    return warningsText(
        readHfVocabulary(path("bad/" + name), tests::fileBytes(path("bad/" + name))).warnings);
  };
  EXPECT_THAT(warnings("tok_dup_ids.json"), HasSubstr("id 0 has two tokens"));
  EXPECT_THAT(warnings("tok_holes.json"), HasSubstr("no token"));
}

TEST_F(RealTables, OtherNpyFilesLoadOrSayWhyNot) {
  const std::map<std::string, std::string> refused = {
      {"complex64_50x2.npy", "complex"},
      {"longdouble_f16_10x4.npy", "<f16"},
      {"shape_0d.npy", "axes"},
      {"shape_0x100.npy", "no rows"},
      {"shape_1000x0.npy", "no values"},
      {"shape_1d_100.npy", "1 axis"},
      {"shape_3d_10x10x100.npy", "3 axes"},
      {"structured_v3_utf8_field.npy", "structured"},
      {"structured_word_vec.npy", "structured"},
      {"words_be_U.npy", "text, not numbers"},
      {"words_bytes_S.npy", "text, not numbers"},
      {"words_unicode_U.npy", "text, not numbers"}};
  for (const auto& [name, word] : refused) {
    EXPECT_THAT(loadError(path("npy/" + name)).sentence(), HasSubstr(word)) << name;
  }
  for (const char* type : {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"}) {
    EXPECT_EQ(load(path("npy/int_" + std::string(type) + "_50x4.npy")).table->rowCount(), 50);
  }
}

}  // namespace
}  // namespace embedscope::formats
