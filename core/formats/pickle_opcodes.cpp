// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/formats/pickle_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace embedscope::formats {

namespace {

constexpr std::uint8_t kNewestProtocol = 5;

PickleValue integer(std::int64_t value) {
  return PickleValue::ofInteger(PickleKind::Int, value);
}

PickleValue boolean(bool value) {
  return PickleValue::ofInteger(PickleKind::Bool, value ? 1 : 0);
}

/// Little-endian, two's complement, up to 8 bytes.
std::int64_t integerFrom(std::string_view bytes) {
  std::uint64_t value = !bytes.empty() && (bytes.back() & '\x80') != 0 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = bytes.size(); i > 0; --i) {
    value = (value << 8U) | static_cast<unsigned char>(bytes[i - 1]);
  }
  return static_cast<std::int64_t>(value);
}

double bigEndianDouble(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
  }
  return std::bit_cast<double>(bits);
}

}  // namespace

void PickleMachine::defineNumbers(Opcodes& all) {
  all['N'] = {"NONE", [](PickleMachine& m) { m.push(PickleValue()); }};
  all[0x88] = {"NEWTRUE", [](PickleMachine& m) { m.push(boolean(true)); }};
  all[0x89] = {"NEWFALSE", [](PickleMachine& m) { m.push(boolean(false)); }};
  all['J'] = {"BININT",
              [](PickleMachine& m) { m.push(integer(m.read<std::int32_t>("a number"))); }};
  all['K'] = {"BININT1",
              [](PickleMachine& m) { m.push(integer(m.read<std::uint8_t>("a number"))); }};
  all['M'] = {"BININT2",
              [](PickleMachine& m) { m.push(integer(m.read<std::uint16_t>("a number"))); }};
  all['G'] = {"BINFLOAT", [](PickleMachine& m) {
                m.push(PickleValue::ofReal(bigEndianDouble(m.take(8, "a number"))));
              }};
  all['I'] = {"INT", [](PickleMachine& m) {
                const std::string_view line = m.takeLine("a number");
                if (line == "00" || line == "01") {
                  m.push(boolean(line == "01"));
                } else if (const auto value = base::parseInteger(line)) {
                  m.push(integer(*value));
                } else {
                  m.fail("the pickle is malformed: a number has other characters than digits");
                }
              }};
  all[0x8A] = {"LONG1", [](PickleMachine& m) {
                 const std::string_view bytes =
                     m.take(m.read<std::uint8_t>("a number"), "a number");
                 m.push(bytes.size() <= sizeof(std::int64_t)
                            ? integer(integerFrom(bytes))
                            : PickleValue::ofText(PickleKind::BigInt, bytes));
               }};
  all[0x8B] = {"LONG4", [](PickleMachine& m) {
                 if (m.read<std::int32_t>("a number") < 0) {
                   m.fail("the pickle is malformed: LONG4 of a negative length");
                 }
                 m.fail("unsupported pickle opcode LONG4: no file of weights or vectors needs it");
               }};
}

void PickleMachine::defineTexts(Opcodes& all) {
  all['X'] = {"BINUNICODE", [](PickleMachine& m) {
                m.push(PickleValue::ofText(PickleKind::Text,
                                           m.take(m.read<std::uint32_t>("a string"), "a string")));
              }};
  all[0x8C] = {"SHORT_BINUNICODE", [](PickleMachine& m) {
                 m.push(PickleValue::ofText(PickleKind::Text,
                                            m.take(m.read<std::uint8_t>("a string"), "a string")));
               }};
  all[0x8D] = {"BINUNICODE8", [](PickleMachine& m) {
                 m.push(PickleValue::ofText(PickleKind::Text,
                                            m.take(m.read<std::uint64_t>("a string"), "a string")));
               }};
  all['U'] = {"SHORT_BINSTRING", [](PickleMachine& m) {
                m.push(PickleValue::ofText(PickleKind::Bytes,
                                           m.take(m.read<std::uint8_t>("a string"), "a string")));
              }};
  all['T'] = {"BINSTRING", [](PickleMachine& m) {
                const auto length = m.read<std::int32_t>("a string");
                if (length < 0) {
                  m.fail("the pickle is malformed: a string of a negative length");
                }
                m.push(PickleValue::ofText(PickleKind::Bytes,
                                           m.take(static_cast<std::uint64_t>(length), "a string")));
              }};
  all['C'] = {"SHORT_BINBYTES", [](PickleMachine& m) {
                m.push(PickleValue::ofText(PickleKind::Bytes,
                                           m.take(m.read<std::uint8_t>("bytes"), "bytes")));
              }};
  all['B'] = {"BINBYTES", [](PickleMachine& m) {
                m.push(PickleValue::ofText(PickleKind::Bytes,
                                           m.take(m.read<std::uint32_t>("bytes"), "bytes")));
              }};
  all[0x8E] = {"BINBYTES8", [](PickleMachine& m) {
                 m.push(PickleValue::ofText(PickleKind::Bytes,
                                            m.take(m.read<std::uint64_t>("bytes"), "bytes")));
               }};
}

void PickleMachine::defineContainers(Opcodes& all) {
  using Kind = PickleKind;
  all[')'] = {"EMPTY_TUPLE", [](PickleMachine& m) {
                m.push(PickleValue::ofInteger(Kind::Tuple, 0));  // the one that all share
              }};
  all['t'] = {"TUPLE",
              [](PickleMachine& m) { m.push(m.addContainer(Kind::Tuple, m.popToMark())); }};
  all[0x85] = {"TUPLE1",
               [](PickleMachine& m) { m.push(m.addContainer(Kind::Tuple, m.popMany(1))); }};
  all[0x86] = {"TUPLE2",
               [](PickleMachine& m) { m.push(m.addContainer(Kind::Tuple, m.popMany(2))); }};
  all[0x87] = {"TUPLE3",
               [](PickleMachine& m) { m.push(m.addContainer(Kind::Tuple, m.popMany(3))); }};
  all[']'] = {"EMPTY_LIST", [](PickleMachine& m) { m.push(m.addContainer(Kind::List, {})); }};
  all['l'] = {"LIST", [](PickleMachine& m) { m.push(m.addContainer(Kind::List, m.popToMark())); }};
  all['a'] = {"APPEND", [](PickleMachine& m) { m.addItems(Kind::List, false, m.popMany(1)); }};
  all['e'] = {"APPENDS", [](PickleMachine& m) { m.addItems(Kind::List, false, m.popToMark()); }};
  all['}'] = {"EMPTY_DICT", [](PickleMachine& m) { m.push(m.addContainer(Kind::Dict, {})); }};
  all['d'] = {"DICT", [](PickleMachine& m) {
                const std::vector<PickleValue> items = m.popToMark();
                m.push(m.addContainer(Kind::Dict, {}));
                m.addItems(Kind::Dict, true, items);
              }};
  all['s'] = {"SETITEM", [](PickleMachine& m) { m.addItems(Kind::Dict, true, m.popMany(2)); }};
  all['u'] = {"SETITEMS", [](PickleMachine& m) { m.addItems(Kind::Dict, true, m.popToMark()); }};
  all[0x8F] = {"EMPTY_SET", [](PickleMachine& m) { m.push(m.addContainer(Kind::Set, {})); }};
  all[0x90] = {"ADDITEMS", [](PickleMachine& m) { m.addItems(Kind::Set, false, m.popToMark()); }};
  all[0x91] = {"FROZENSET",
               [](PickleMachine& m) { m.push(m.addContainer(Kind::Set, m.popToMark())); }};
}

void PickleMachine::defineMemo(Opcodes& all) {
  all['q'] = {"BINPUT",
              [](PickleMachine& m) { m.store(m.read<std::uint8_t>("a memo index"), m.top()); }};
  all['r'] = {"LONG_BINPUT",
              [](PickleMachine& m) { m.store(m.read<std::uint32_t>("a memo index"), m.top()); }};
  all[0x94] = {"MEMOIZE",
               [](PickleMachine& m) { m.store(m.m_memo.size() + m.m_sparseMemo.size(), m.top()); }};
  all['h'] = {"BINGET", [](PickleMachine& m) { m.recall(m.read<std::uint8_t>("a memo index")); }};
  all['j'] = {"LONG_BINGET",
              [](PickleMachine& m) { m.recall(m.read<std::uint32_t>("a memo index")); }};
}

void PickleMachine::defineObjects(Opcodes& all) {
  all[0x80] = {"PROTO", [](PickleMachine& m) {
                 const auto protocol = m.read<std::uint8_t>("its protocol");
                 if (protocol > kNewestProtocol) {
                   m.fail(fmt::format("pickle protocol {} is not known (up to {} is)", protocol,
                                      kNewestProtocol));
                 }
               }};
  all[0x95] = {"FRAME", [](PickleMachine& m) { m.read<std::uint64_t>("a frame"); }};
  all['.'] = {"STOP", [](PickleMachine& m) { m.m_hasEnded = true; }};
  all['('] = {"MARK", [](PickleMachine& m) { m.mark(); }};
  all['0'] = {"POP", [](PickleMachine& m) { m.popMarkOrValue(); }};
  all['c'] = {"GLOBAL", [](PickleMachine& m) {
                const std::string_view module = m.takeLine("a name");
                m.push(m.addGlobal(module, m.takeLine("a name")));
              }};
  all[0x93] = {"STACK_GLOBAL", [](PickleMachine& m) {
                 const std::vector<PickleValue> names = m.popMany(2);
                 if (!names[0].isText() || !names[1].isText()) {
                   m.fail("the pickle is malformed: a class is named by something else than text");
                 }
                 m.push(m.addGlobal(names[0].text(), names[1].text()));
               }};
  constexpr auto kMake = [](PickleMachine& m) {
    const std::vector<PickleValue> parts = m.popMany(2);
    PickleObject object;
    object.callable = parts[0];
    object.args = parts[1];
    m.push(m.addObject(PickleKind::Object, std::move(object)));
  };
  all['R'] = {"REDUCE", kMake};
  all[0x81] = {"NEWOBJ", kMake};
  all['b'] = {"BUILD", [](PickleMachine& m) { m.build(m.pop()); }};
  all['Q'] = {"BINPERSID", [](PickleMachine& m) {
                PickleObject object;
                object.args = m.pop();
                m.push(m.addObject(PickleKind::Persistent, std::move(object)));
              }};
}

void PickleMachine::nameRefused(Opcodes& all) {
  const std::pair<int, const char*> names[] = {// NOLINT: a table
                                               {'i', "INST"},
                                               {'o', "OBJ"},
                                               {'P', "PERSID"},
                                               {0x82, "EXT1"},
                                               {0x83, "EXT2"},
                                               {0x84, "EXT4"},
                                               {'L', "LONG"},
                                               {'F', "FLOAT"},
                                               {'S', "STRING"},
                                               {'V', "UNICODE"},
                                               {0x92, "NEWOBJ_EX"},
                                               {'g', "GET"},
                                               {'p', "PUT"},
                                               {'2', "DUP"},
                                               {'1', "POP_MARK"},
                                               {0x97, "NEXT_BUFFER"},
                                               {0x98, "READONLY_BUFFER"},
                                               {0x96, "BYTEARRAY8"}};
  for (const auto& [byte, name] : names) {
    all[static_cast<std::size_t>(byte)].name = name;
  }
}

PickleMachine::Opcodes PickleMachine::allOpcodes() {
  Opcodes all{};
  defineNumbers(all);
  defineTexts(all);
  defineContainers(all);
  defineMemo(all);
  defineObjects(all);
  nameRefused(all);
  return all;
}

void PickleMachine::execute(std::uint8_t byte) {
  static const Opcodes kAll = allOpcodes();
  const Opcode& opcode = kAll[byte];
  if (opcode.run != nullptr) {
    opcode.run(*this);
    return;
  }
  --m_at;
  if (opcode.name == nullptr) {
    fail(fmt::format("the pickle is malformed: byte {:#04x} is no opcode", byte));
  }
  fail(fmt::format("unsupported pickle opcode {}: no file of weights or vectors needs it",
                   opcode.name));
}

std::optional<Pickle> readPickle(const PickleInput& input, const base::TaskContext& context) {
  return PickleMachine(input).run(context);
}

}  // namespace embedscope::formats
