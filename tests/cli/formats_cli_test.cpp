// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;
using tests::TemporaryFolder;

TEST(InfoCommand, PrintsOneJsonObject) {
  const TemporaryFolder folder;
  const auto path = folder.file("v.txt", "9 2\nthe 1 2\ncat 3 nan\nthe 5 6\n");
  const ProcessResult result = runCli({"info", path, "--json"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_THAT(result.err, IsEmpty());
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json["format"], "word2vec-text");
  EXPECT_EQ(json["rows"], 3);
  EXPECT_EQ(json["dimension"], 2);
  EXPECT_EQ(json["dtype"], "decimal text");
  EXPECT_EQ(json["duplicates"], 1);
  EXPECT_EQ(json["nonFinite"], 1);
  EXPECT_EQ(json["firstLabels"], Json({"the", "cat", "the"}));
  ASSERT_EQ(json["warnings"].size(), 3U);
  EXPECT_EQ(json["warnings"][0]["place"], path.string() + ":1");
  EXPECT_THAT(json["warnings"][0]["text"].get<std::string>(), HasSubstr("header says 9 rows"));
}

TEST(InfoCommand, BadDataIsExitCodeOneWithTheLine) {
  const TemporaryFolder folder;
  const auto path = folder.file("v.txt", "2 2\nthe 1 2\ncat 3\n");
  const ProcessResult result = runCli({"info", path});
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err, StartsWith("embedscope-cli: " + path.string() + ":3: 1 value where 2"));
}

TEST(InfoCommand, MissingFileIsExitCodeThree) {
  const ProcessResult result = runCli({"info", "/nowhere/v.txt"});
  EXPECT_EQ(result.exitCode, 3);
  EXPECT_THAT(result.err, HasSubstr("embedscope-cli: /nowhere/v.txt: cannot be opened"));
}

TEST(InfoCommand, WrongUsageIsExitCodeTwo) {
  const TemporaryFolder folder;
  const auto path = folder.file("v.txt", "a 1 2\n");
  EXPECT_EQ(runCli({"info"}).exitCode, 2);
  EXPECT_EQ(runCli({"info", path, "--from", "word"}).exitCode, 2);
  EXPECT_EQ(runCli({"info", path, "--limit", "0"}).exitCode, 2);
  EXPECT_EQ(runCli({"info", path, "--unknown"}).exitCode, 2);
  EXPECT_EQ(runCli({}).exitCode, 2);
}

TEST(InfoCommand, LimitAndVocabularyAreObeyed) {
  const TemporaryFolder folder;
  const auto path = folder.file("v.txt", "3 1\na 1\nb 2\nc 3\n");
  const auto names = folder.file("names.txt", "x y\nz\nw\n");
  const Json json =
      Json::parse(runCli({"info", path, "--limit", "2", "--vocabulary", names, "--json"}).out);
  EXPECT_EQ(json["rows"], 2);
  EXPECT_EQ(json["firstLabels"], Json({"x y", "z"}));
}

TEST(FormatsCommand, ListsEveryFormat) {
  const ProcessResult result = runCli({"formats"});
  EXPECT_EQ(result.exitCode, 0);
  for (const char* name : {"word2vec-text", "word2vec-binary", "glove-text", "npy", "projector-tsv",
                           "projector-bytes", "projector-config", "csv"}) {
    EXPECT_THAT(result.out, HasSubstr(name));
  }
}

TEST(ConvertCommand, WritesByExtensionAndTellsTheFiles) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "2 2\nthe 3 4\ncat 0.1 -2\n");
  const ProcessResult result = runCli({"convert", in, folder / "t.csv"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_EQ(result.out, (folder / "t.csv").string() + "\n");
  EXPECT_EQ(fileBytes(folder / "t.csv"), "label,0,1\nthe,3,4\ncat,0.1,-2\n");

  const ProcessResult npy = runCli({"convert", in, folder / "t.npy"});
  EXPECT_EQ(npy.out,
            (folder / "t.npy").string() + "\n" + (folder / "t.labels.txt").string() + "\n");
  ASSERT_EQ(runCli({"convert", folder / "t.npy", folder / "back.txt"}).exitCode, 0);
  EXPECT_EQ(fileBytes(folder / "back.txt"), "2 2\nthe 3 4\ncat 0.1 -2\n");
}

TEST(ConvertCommand, NormalizesAndKeepsOnlyListedLabels) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "3 2\nthe 3 4\ncat 0 -2\nzero 0 0\n");
  const auto only = folder.file("only.txt", "zero\nthe\ndog\n");
  const ProcessResult result =
      runCli({"convert", in, folder / "t.csv", "--only", only, "--normalize"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_THAT(result.err, HasSubstr("1 of the labels to keep is not in the table: \"dog\""));
  EXPECT_EQ(fileBytes(folder / "t.csv"), "label,0,1\nzero,0,0\nthe,0.6,0.8\n");
}

TEST(ConvertCommand, ChoosesRowsAndTidiesLabels) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.csv", "label,0\n A,1\nb,2\na ,3\nd,4\ne,5\n");
  ASSERT_EQ(runCli({"convert", in, folder / "t.csv", "--strip", "--lower-case", "--duplicates",
                    "suffix", "--every", "2"})
                .exitCode,
            0);
  EXPECT_EQ(fileBytes(folder / "t.csv"), "label,0\na,1\na_2,3\ne,5\n");
  EXPECT_EQ(runCli({"convert", in, folder / "t.csv", "--duplicates", "some"}).exitCode, 2);
  EXPECT_EQ(runCli({"convert", in, folder / "t.csv", "--every", "0"}).exitCode, 2);
}

TEST(ConvertCommand, LeavesBadLinesOutAndTellsThem) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "3 2\na 1 2\nb 1\nc 3 4\n");
  EXPECT_EQ(runCli({"convert", in, folder / "t.csv.gz"}).exitCode, 1);
  const ProcessResult result = runCli({"convert", in, folder / "t.csv.gz", "--skip-bad-lines",
                                       "--manifest", "--snippet", "numpy,pytorch"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_THAT(result.err, HasSubstr("1 line that could not be read was left out"));
  for (const char* name :
       {"t.csv.gz", "t.csv.gz.manifest.json", "t.csv.gz.numpy.py", "t.csv.gz.pytorch.py"}) {
    EXPECT_THAT(result.out, HasSubstr((folder / name).string() + "\n"));
    EXPECT_TRUE(std::filesystem::exists(folder / name));
  }
  const ProcessResult info = runCli({"info", in, "--skip-bad-lines", "--json"});
  EXPECT_THAT(info.out, HasSubstr("\"skipped\": {\n    \"count\": 1,"));
  EXPECT_THAT(info.out, HasSubstr("v.txt:3"));
}

TEST(InfoCommand, ShowsLabelsThatAreNotUtf8) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "caf\xE9 1 2\nb 3 4\n");
  EXPECT_THAT(runCli({"info", in, "--json"}).out, HasSubstr("caf\\\\xE9"));
  EXPECT_THAT(runCli({"info", in}).out, HasSubstr("caf\\xE9"));
}

TEST(ConvertCommand, WarnsAboutLosses) {
  const TemporaryFolder folder;
  const auto in = folder.file("g.tsv", "New York\t1\t2\nOhio\t3\t4\n");
  const ProcessResult result = runCli({"convert", in, folder / "t.bin"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: 1 label contains blanks, which word2vec binary"));
}

TEST(ConvertCommand, WritesNumbersOf16BitsAndTellsWhatChanges) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "a 1 0.1\nb 3 4\n");
  const ProcessResult result = runCli({"convert", in, folder / "t.safetensors", "--dtype", "bf16"});
  EXPECT_EQ(result.exitCode, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: numbers are rounded to bfloat16: 1 of 4 changes"));
  EXPECT_THAT(runCli({"info", folder / "t.safetensors"}).out, HasSubstr("bfloat16"));
  for (const char* name : {"t.npy", "t.csv"}) {
    const ProcessResult refused = runCli({"convert", in, folder / name, "--dtype", "bf16"});
    EXPECT_EQ(refused.exitCode, 2);
    EXPECT_THAT(refused.err, HasSubstr("not in bfloat16"));
    EXPECT_FALSE(std::filesystem::exists(folder / name));
  }
  EXPECT_EQ(runCli({"convert", in, folder / "t.npy", "--dtype", "f64"}).exitCode, 2);
}

TEST(ConvertCommand, WrongUsageIsExitCodeTwoAndWritesNothing) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "a 1 2\n");
  EXPECT_EQ(runCli({"convert", in, folder / "t.unknown"}).exitCode, 2);
  EXPECT_EQ(runCli({"convert", in, folder / "t.txt", "--to", "gguf"}).exitCode, 2);
  EXPECT_EQ(runCli({"convert", in, folder / "t.txt", "--from", "nothing"}).exitCode, 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "t.txt"));
}

TEST(ConvertCommand, AFailureLeavesTheOldFile) {
  const TemporaryFolder folder;
  const auto in = folder.file("v.txt", "2 2\na 1 2\nb 1\n");
  const auto out = folder.file("t.csv", "old");
  EXPECT_EQ(runCli({"convert", in, out}).exitCode, 1);
  EXPECT_EQ(fileBytes(out), "old");
  EXPECT_EQ(runCli({"convert", in, folder / "nowhere" / "t.csv", "--limit", "1"}).exitCode, 3);
}

TEST(ConvertCommand, AnInterruptIsExitCode130AndLeavesNothing) {
  const TemporaryFolder folder;
  const TemporaryFolder target;
  std::string text = "w";
  for (int i = 0; i < 200; ++i) {
    text += " 0.123456" + std::to_string(i);
  }
  text += '\n';
  std::string all;
  for (int row = 0; row < 40000; ++row) {
    all += text;
  }
  const auto in = folder.file("v.txt", all);
  tests::Process process({EMBEDSCOPE_CLI, "convert", in, target / "t.csv"});
  // The temporary file appears once reading is over and writing has begun.
  while (std::filesystem::is_empty(target.path())) {
    ::usleep(1000);
  }
  process.signal(SIGINT);
  const ProcessResult result = process.wait();
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_THAT(result.err, HasSubstr("interrupted"));
  EXPECT_TRUE(std::filesystem::is_empty(target.path()));
}

/// A word2vec text file of some megabytes, and what converting it gives.
struct Conversion {
  tests::TemporaryFolder folder;
  std::filesystem::path in;
  std::filesystem::path out = folder.file("out.csv", "what was there before\n");
  std::string before = fileBytes(out);

  Conversion() {
    std::string text = "20000 8\n";
    for (int row = 0; row < 20000; ++row) {
      text += "w" + std::to_string(row) + " 0.125 0.25 0.5 1.1 2.2 3.3 4.4 5.5\n";
    }
    in = folder.file("in.txt", text);
  }

  std::vector<std::string> command(const std::filesystem::path& to) const {
    return {EMBEDSCOPE_CLI, "convert", in, to, "--manifest"};
  }

  /// What lies in the folder beside the table itself and its manifest.
  std::size_t leftOver() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(std::filesystem::directory_iterator(folder.path()), [](auto& entry) {
          return entry.path().filename().string().starts_with("out.csv.") &&
                 entry.path().extension() != ".json";
        }));
  }
};

TEST(Convert, KilledAtAnyMomentLeavesTheOldFileOrTheNewOne) {
  const Conversion conversion;
  const std::filesystem::path whole = conversion.folder / "whole.csv";
  ASSERT_EQ(tests::runProcess(conversion.command(whole)).exitCode, 0);
  const std::string after = fileBytes(whole);
  for (int delay = 0; delay < 60; delay += 3) {
    tests::Process process(conversion.command(conversion.out));
    ::usleep(static_cast<useconds_t>(delay) * 1000);
    process.signal(SIGKILL);
    process.wait();
    const std::string found = fileBytes(conversion.out);
    EXPECT_TRUE(found == conversion.before || found == after) << delay << " ms";
  }
}

TEST(Convert, ADiskWithoutRoomIsToldAndKeepsTheOldFile) {
  const Conversion conversion;
  std::string line = "trap '' XFSZ; ulimit -f 100; exec";
  for (const std::string& word : conversion.command(conversion.out)) {
    line += " '" + word + "'";
  }
  const ProcessResult result = tests::runProcess({"/bin/sh", "-c", line});
  EXPECT_EQ(result.exitCode, 3);
  EXPECT_THAT(result.err, HasSubstr("out.csv: cannot be written: File too large"));
  EXPECT_EQ(fileBytes(conversion.out), conversion.before);
  EXPECT_EQ(conversion.leftOver(), 0U);
}

TEST(Help, NamesTheSubcommand) {
  for (const char* command : {"info", "formats", "convert"}) {
    const ProcessResult result = runCli({command, "--help"});
    EXPECT_EQ(result.exitCode, 0) << command;
    EXPECT_THAT(result.out, HasSubstr(command));
  }
}

}  // namespace
}  // namespace embedscope
