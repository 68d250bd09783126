// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle.h"

#include "tests/core/formats/pickle_bytes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::formats {
namespace {

using namespace std::string_literals;
using pickled::whole;
using testing::ElementsAre;
using testing::HasSubstr;

Pickle read(const std::string& bytes, std::uint64_t fileBytes = 1000) {
  const PickleInput input{
      bytes, 0,
      [](std::size_t byte) { return base::Place::ofByte("p", static_cast<std::int64_t>(byte)); },
      fileBytes};
  return *readPickle(input);
}

std::string refusal(const std::string& bytes, std::uint64_t fileBytes = 1000) {
  try {
    read(bytes, fileBytes);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::BadData);
    EXPECT_TRUE(error.place().byte.has_value());
    return error.sentence();
  }
  return "accepted";
}

std::vector<std::string> paths(const Pickle& pickle) {
  std::vector<std::string> all;
  const auto problem = pickle.walk([&](const std::string& path, PickleValue) {
    all.push_back(path);
    return true;
  });
  if (problem) {
    all.push_back("problem: " + *problem);
  }
  return all;
}

TEST(PickleNumbers, OfEveryWidth) {
  const std::string bytes =
      whole("(NK\xFFM\xFF\xFFJ\xFE\xFF\xFF\xFF\x8A\x00\x8A\x01\x80\x8A\x02\x00\x01\x88\x89I01\nI"s +
            "-12\nG\x3F\xF8\x00\x00\x00\x00\x00\x00t"s);
  const Pickle pickle = read(bytes);
  const auto items = pickle.items(pickle.root());
  ASSERT_EQ(items.size(), 12U);
  EXPECT_EQ(items[0].kind(), PickleKind::None);
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 1; i < 11; ++i) {
    numbers.push_back(items[i].integer());
  }
  EXPECT_THAT(numbers, ElementsAre(255, 65535, -2, 0, -128, 256, 1, 0, 1, -12));
  EXPECT_EQ(items[7].kind(), PickleKind::Bool);
  EXPECT_EQ(items[9].kind(), PickleKind::Bool);
  EXPECT_EQ(items[11].real(), 1.5);
}

TEST(PickleNumbers, BeyondSixtyFourBitsAreKeptAsBytes) {
  const std::string bytes = whole("\x8A\x09\x01\x02\x03\x04\x05\x06\x07\x08\x09"s);
  const Pickle pickle = read(bytes);
  EXPECT_EQ(pickle.root().kind(), PickleKind::BigInt);
  EXPECT_EQ(pickle.root().text(), "\x01\x02\x03\x04\x05\x06\x07\x08\x09");
}

TEST(PickleTexts, OfEveryKind) {
  const std::string bytes = whole("(X\x01\0\0\0a\x8C\x01"s + "b\x8D\x01\0\0\0\0\0\0\0cU\x01"s +
                                  "dT\x01\0\0\0eC\x01"s + "fB\x01\0\0\0g\x8E\x01\0\0\0\0\0\0\0ht"s);
  const Pickle pickle = read(bytes);
  std::string all;
  for (const PickleValue item : pickle.items(pickle.root())) {
    EXPECT_TRUE(item.isText());
    all += item.text();
  }
  EXPECT_EQ(all, "abcdefgh");
  EXPECT_EQ(pickle.items(pickle.root())[2].kind(), PickleKind::Text);
  EXPECT_EQ(pickle.items(pickle.root())[3].kind(), PickleKind::Bytes);
}

TEST(PickleContainers, AreFilledByOneAndByMany) {
  const std::string bytes =
      whole("(]K\x01"s + "a(K\x02K\x03"s + "e}K\x04K\x05s(K\x06K\x07"s + "u(K\x08l(K\x09K\x0A"s +
            "d\x8F(K\x0B\x90(K\x0C\x91)K\x0D\x85"s + "K\x0EK\x0F\x86K\x10K\x11K\x12\x87t"s);
  const Pickle pickle = read(bytes);
  std::vector<std::size_t> sizes;
  for (const PickleValue item : pickle.items(pickle.root())) {
    sizes.push_back(pickle.items(item).size());
  }
  EXPECT_THAT(sizes, ElementsAre(3, 4, 1, 2, 1, 1, 0, 1, 2, 3));
}

TEST(PickleMemo, RecallsWhatWasStoredAndDropsWhatIsPopped) {
  const std::string bytes =
      whole("(K\x07q\x05\x30(K\x08r\x09\0\0\0\x30\x30K\x09\x94h\x05j\x09\0\0\0"s + "h\x02t"s);
  const Pickle pickle = read(bytes);
  std::vector<std::int64_t> numbers;
  for (const PickleValue item : pickle.items(pickle.root())) {
    numbers.push_back(item.integer());
  }
  EXPECT_THAT(numbers, ElementsAre(9, 7, 8, 9));
}

TEST(PickleObjects, AreWhatTheyWouldHaveBeenMadeOf) {
  const std::string bytes =
      whole(pickled::global("a.b", "C") + "(K\x01t\x81" +
            pickled::dict({pickled::text("x"), "K\x02"}) + "b" + pickled::text("k") + "K\x03s");
  const Pickle pickle = read(bytes);
  EXPECT_EQ(pickle.classOf(pickle.root()), "a.b.C");
  const PickleObject& object = pickle.object(pickle.root());
  EXPECT_EQ(pickle.items(object.args).size(), 1U);
  EXPECT_EQ(pickle.find(object.state, "x")->integer(), 2);
  EXPECT_EQ(pickle.find(pickle.root(), "k")->integer(), 3);
  EXPECT_FALSE(pickle.find(pickle.root(), "x").has_value());
}

TEST(PickleRefusals, NamesThatCouldDoHarm) {
  for (const auto& [module, name] :
       std::vector<std::pair<std::string, std::string>>{{"posix", "system"},
                                                        {"os", "system"},
                                                        {"os.path", "join"},
                                                        {"subprocess", "Popen"},
                                                        {"builtins", "eval"},
                                                        {"__builtin__", "getattr"},
                                                        {"builtins", "print"},
                                                        {"importlib.util", "x"},
                                                        {"operator", "attrgetter"},
                                                        {"functools", "partial"},
                                                        {"sys", "modules"},
                                                        {"torch", "os.system"},
                                                        {"numpy", "f2py.os.popen"}}) {
    EXPECT_THAT(refusal(whole(pickled::global(module, name))),
                HasSubstr("refuses " + module + "." + name))
        << module << " " << name;
    EXPECT_THAT(refusal(whole(pickled::text(module) + pickled::text(name) + "\x93")),
                HasSubstr("refuses " + module + "." + name));
  }
  for (const auto& [module, name] :
       std::vector<std::pair<std::string, std::string>>{{"builtins", "set"},
                                                        {"torch", "FloatStorage"},
                                                        {"__main__", "Net"},
                                                        {"numpy", "dtype"}}) {
    const std::string bytes = whole(pickled::global(module, name));
    const Pickle pickle = read(bytes);
    EXPECT_EQ(pickle.globalName(pickle.root()), module + "." + name);
  }
}

TEST(PickleRefusals, OpcodesThatNoTableNeeds) {
  for (const auto& [opcode, name] :
       std::vector<std::pair<char, std::string>>{{'i', "INST"},
                                                 {'o', "OBJ"},
                                                 {'P', "PERSID"},
                                                 {'\x82', "EXT1"},
                                                 {'L', "LONG"},
                                                 {'F', "FLOAT"},
                                                 {'S', "STRING"},
                                                 {'V', "UNICODE"},
                                                 {'\x92', "NEWOBJ_EX"},
                                                 {'g', "GET"},
                                                 {'p', "PUT"},
                                                 {'2', "DUP"},
                                                 {'1', "POP_MARK"},
                                                 {'\x97', "NEXT_BUFFER"}}) {
    EXPECT_THAT(refusal(whole(std::string(1, opcode))),
                HasSubstr("unsupported pickle opcode " + name));
  }
  EXPECT_THAT(refusal(whole("\xFF")), HasSubstr("byte 0xff is no opcode"));
  EXPECT_THAT(refusal("\x80\x06."), HasSubstr("protocol 6"));
}

TEST(PickleRefusals, WhatIsMalformed) {
  EXPECT_THAT(refusal(""), HasSubstr("the pickle is cut off"));
  EXPECT_THAT(refusal("\x80\x02N"), HasSubstr("the pickle is cut off"));
  EXPECT_THAT(refusal("\x80\x02X\xF0\xFF\xFF\xFF"), HasSubstr("ends inside a string"));
  for (const char* bytes : {"R.", "0.", ".", "Na.", "K\x01s.", "(a.", "t.", "NNb.", "NN\x93."}) {
    EXPECT_THAT(refusal(bytes), HasSubstr("malformed")) << bytes;
  }
  EXPECT_THAT(refusal(whole("}(K\x01u")), HasSubstr("a key has no value"));
  EXPECT_THAT(refusal(whole("N(NNu")), HasSubstr("can hold nothing"));
  EXPECT_THAT(refusal(whole("h\x05")), HasSubstr("memo index 5"));
  EXPECT_THAT(refusal(whole("Nr\xFF\xFF\xFF\xFF")), HasSubstr("memo index 4294967295 refused"));
  EXPECT_THAT(refusal(whole("\x8B\xFB\xFF\xFF\xFF")), HasSubstr("negative length"));
  EXPECT_THAT(refusal(whole("Iabc\n")), HasSubstr("malformed"));
}

TEST(PickleBounds, MemoryIsBoundedByTheFileNotByThePickle) {
  const std::string nones = whole("(" + std::string(4'000'000, 'N') + "t");
  EXPECT_THAT(refusal(nones, 20'000), HasSubstr("which a file of 20.0 kB cannot justify"));
  const Pickle pickle = read(nones, nones.size());
  EXPECT_EQ(pickle.items(pickle.root()).size(), 4'000'000U);
}

TEST(PickleBounds, MarksAreNotNestedWithoutEnd) {
  EXPECT_THAT(refusal(whole(std::string(300'000, '(') + std::string(300'000, 't')), 1 << 20),
              HasSubstr("nested too deeply"));
}

TEST(PickleWalk, NamesThePlacesInOrder) {
  const std::string inner = "]" + pickled::dict({pickled::text("x"), "]"}) + "a";
  const std::string bytes =
      whole(pickled::dict({pickled::text("a"), inner, pickled::text("_modules"),
                           pickled::dict({pickled::text("b"), "]", "K\x07", "]"})}));
  EXPECT_THAT(paths(read(bytes)), ElementsAre("", "a", "a.0", "a.0.x", "", "b", "7"));
}

TEST(PickleWalk, EndsWhereThingsContainThemselves) {
  EXPECT_THAT(paths(read(whole("]q\0h\0a"s))), ElementsAre(""));
  std::string laughs = "](K\x01K\x01"s + "e\x94";
  for (char level = 0; level < 40; ++level) {
    laughs += "]("s + "h" + level + "h" + level + "h" + level + "h" + level + "e\x94";
  }
  EXPECT_EQ(paths(read(whole(laughs))).size(), 41U);
}

TEST(PickleWalk, RefusesDepthAndLongNames) {
  std::string deep = "]";
  for (int i = 0; i < 300; ++i) {
    deep += "\x85";
  }
  EXPECT_THAT(paths(read(whole(deep))).back(), HasSubstr("nested too deeply"));
  const std::string name(100'000, 'n');
  EXPECT_THAT(paths(read(whole(pickled::dict({pickled::text(name), "]"})))).back(),
              HasSubstr("longer than 512 bytes"));
}

TEST(PickleReading, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const std::string bytes = whole("N");
  const PickleInput input{bytes, 0, [](std::size_t) { return base::Place(); }, bytes.size()};
  EXPECT_FALSE(readPickle(input, base::TaskContext(stop.get_token(), nullptr)).has_value());
}

}  // namespace
}  // namespace embedscope::formats
