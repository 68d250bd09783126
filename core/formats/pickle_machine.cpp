// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_machine.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace embedscope::formats {

namespace {

constexpr unsigned kNewestProtocol = 5;

struct OpcodeName {
  unsigned char code;
  std::string_view name;
};

/// What is refused, by name.
constexpr std::array kRefused = {
    OpcodeName{0x69, "INST"},        OpcodeName{0x6F, "OBJ"},
    OpcodeName{0x50, "PERSID"},      OpcodeName{0x82, "EXT1"},
    OpcodeName{0x83, "EXT2"},        OpcodeName{0x84, "EXT4"},
    OpcodeName{0x4C, "LONG"},        OpcodeName{0x8B, "LONG4"},
    OpcodeName{0x46, "FLOAT"},       OpcodeName{0x53, "STRING"},
    OpcodeName{0x56, "UNICODE"},     OpcodeName{0x92, "NEWOBJ_EX"},
    OpcodeName{0x67, "GET"},         OpcodeName{0x70, "PUT"},
    OpcodeName{0x32, "DUP"},         OpcodeName{0x31, "POP_MARK"},
    OpcodeName{0x97, "NEXT_BUFFER"}, OpcodeName{0x98, "READONLY_BUFFER"},
    OpcodeName{0x96, "BYTEARRAY8"},
};

/// Modules that no file of vectors needs; that one names them is the finding.
constexpr std::array<std::string_view, 22> kHarmful = {
    "os",       "posix",          "nt",      "sys",        "subprocess",
    "runpy",    "importlib",      "socket",  "shutil",     "ctypes",
    "pickle",   "_pickle",        "pty",     "commands",   "code",
    "types",    "threading",      "asyncio", "webbrowser", "functools",
    "operator", "multiprocessing"};

constexpr std::array<std::string_view, 20> kHarmfulBuiltins = {
    "eval",    "exec",    "execfile", "compile",    "open",       "file",      "input",
    "getattr", "setattr", "delattr",  "__import__", "breakpoint", "apply",     "globals",
    "locals",  "vars",    "map",      "filter",     "help",       "memoryview"};

bool isHarmful(std::string_view module, std::string_view name) {
  if (module == "builtins" || module == "__builtin__") {
    return std::ranges::find(kHarmfulBuiltins, name) != kHarmfulBuiltins.end();
  }
  const std::string_view package = module.substr(0, module.find('.'));
  return std::ranges::find(kHarmful, package) != kHarmful.end() || module == "numpy.f2py" ||
         module.starts_with("torch.hub");
}

}  // namespace

PickleMachine::PickleMachine(std::string_view bytes, const PlaceOfByte& placeOf, std::size_t begin,
                             Pickle& result)
    : m_reader(bytes, placeOf, begin), m_bytes(bytes.size()), m_result(result) {}

void PickleMachine::malformed(std::string_view why) const {
  m_reader.fail(fmt::format("the pickle is malformed ({})", why));
}

void PickleMachine::run() {
  for (;;) {
    if (m_reader.remaining() == 0) {
      m_reader.fail("the pickle is cut off");
    }
    const auto op = static_cast<unsigned char>(m_reader.take(1, "the pickle")[0]);
    if (op == 0x2E) {  // STOP
      m_result.m_root = pop();
      m_result.m_end = m_reader.position();
      return;
    }
    if (runScalar(op) || runText(op) || runContainer(op) || runMemo(op) || runObject(op)) {
      continue;
    }
    const auto refused = std::ranges::find(kRefused, op, &OpcodeName::code);
    m_reader.fail(refused == kRefused.end()
                      ? fmt::format("unknown pickle opcode {:#04x}", op)
                      : fmt::format("unsupported pickle opcode {}", refused->name));
  }
}

bool PickleMachine::runScalar(unsigned char op) {
  switch (op) {
    case 0x80: {  // PROTO
      const auto protocol = m_reader.read<std::uint8_t>("the pickle");
      if (protocol > kNewestProtocol) {
        m_reader.fail(fmt::format("pickle protocol {} is not supported", protocol));
      }
      return true;
    }
    case 0x95:  // FRAME
      m_reader.take(8, "the pickle");
      return true;
    case 0x4E:  // NONE
      push({});
      return true;
    case 0x88:  // NEWTRUE
    case 0x89:  // NEWFALSE
      push({.kind = Kind::Boolean,
            .integer = op == 0x88 ? 1 : 0,
            .text = {},
            .parts = {},
            .items = {}});
      return true;
    case 0x4A:  // BININT
      pushInteger(m_reader.read<std::int32_t>("the pickle"));
      return true;
    case 0x4B:  // BININT1
      pushInteger(m_reader.read<std::uint8_t>("the pickle"));
      return true;
    case 0x4D:  // BININT2
      pushInteger(m_reader.read<std::uint16_t>("the pickle"));
      return true;
    case 0x8A:  // LONG1
      pushLong();
      return true;
    case 0x49:  // INT
      pushLine();
      return true;
    case 0x47: {  // BINFLOAT, big-endian
      const std::string_view bytes = m_reader.take(8, "the pickle");
      std::uint64_t bits = 0;
      for (const char byte : bytes) {
        bits = bits << 8U | static_cast<unsigned char>(byte);
      }
      push({.kind = Kind::Real,
            .real = std::bit_cast<double>(bits),
            .text = {},
            .parts = {},
            .items = {}});
      return true;
    }
    default:
      return false;
  }
}

bool PickleMachine::runText(unsigned char op) {
  constexpr std::string_view kWhat = "a string";
  switch (op) {
    case 0x58:  // BINUNICODE
      pushText(m_reader.read<std::uint32_t>(kWhat), Kind::Text);
      return true;
    case 0x8C:  // SHORT_BINUNICODE
      pushText(m_reader.read<std::uint8_t>(kWhat), Kind::Text);
      return true;
    case 0x8D:  // BINUNICODE8
      pushText(m_reader.read<std::uint64_t>(kWhat), Kind::Text);
      return true;
    case 0x54: {  // BINSTRING
      const auto length = m_reader.read<std::int32_t>(kWhat);
      if (length < 0) {
        malformed("a string of negative length");
      }
      pushText(static_cast<std::uint64_t>(length), Kind::Bytes);
      return true;
    }
    case 0x55:  // SHORT_BINSTRING
    case 0x43:  // SHORT_BINBYTES
      pushText(m_reader.read<std::uint8_t>(kWhat), Kind::Bytes);
      return true;
    case 0x42:  // BINBYTES
      pushText(m_reader.read<std::uint32_t>(kWhat), Kind::Bytes);
      return true;
    case 0x8E:  // BINBYTES8
      pushText(m_reader.read<std::uint64_t>(kWhat), Kind::Bytes);
      return true;
    default:
      return false;
  }
}

bool PickleMachine::runContainer(unsigned char op) {
  switch (op) {
    case 0x28:  // MARK
      m_marks.push_back(m_stack.size());
      return true;
    case 0x30:  // POP
      pop();
      return true;
    case 0x29:  // EMPTY_TUPLE
    case 0x5D:  // EMPTY_LIST
    case 0x8F:  // EMPTY_SET
      pushSequence({});
      return true;
    case 0x7D:  // EMPTY_DICT
      push({.kind = Kind::Dictionary, .text = {}, .parts = {}, .items = {}});
      return true;
    case 0x74:  // TUPLE
    case 0x6C:  // LIST
    case 0x91:  // FROZENSET
      pushSequence(popMark());
      return true;
    case 0x85:    // TUPLE1
    case 0x86:    // TUPLE2
    case 0x87: {  // TUPLE3
      std::vector<PickleRef> parts(op - 0x84U);
      std::generate(parts.rbegin(), parts.rend(), [this] { return pop(); });
      pushSequence(std::move(parts));
      return true;
    }
    case 0x64: {  // DICT
      const std::vector<PickleRef> parts = popMark();
      push({.kind = Kind::Dictionary, .text = {}, .parts = {}, .items = {}});
      addItems(top(), parts);
      return true;
    }
    case 0x61: {  // APPEND
      const PickleRef element = pop();
      addElements(top(), {element});
      return true;
    }
    case 0x65:    // APPENDS
    case 0x90: {  // ADDITEMS
      const std::vector<PickleRef> elements = popMark();
      addElements(top(), elements);
      return true;
    }
    case 0x73: {  // SETITEM
      const PickleRef value = pop();
      const PickleRef key = pop();
      addItems(top(), {key, value});
      return true;
    }
    case 0x75: {  // SETITEMS
      const std::vector<PickleRef> parts = popMark();
      addItems(top(), parts);
      return true;
    }
    default:
      return false;
  }
}

bool PickleMachine::runMemo(unsigned char op) {
  constexpr std::string_view kWhat = "the pickle";
  switch (op) {
    case 0x71:  // BINPUT
      remember(m_reader.read<std::uint8_t>(kWhat));
      return true;
    case 0x72:  // LONG_BINPUT
      remember(m_reader.read<std::uint32_t>(kWhat));
      return true;
    case 0x94:  // MEMOIZE
      remember(m_memo.size());
      return true;
    case 0x68:  // BINGET
      recall(m_reader.read<std::uint8_t>(kWhat));
      return true;
    case 0x6A:  // LONG_BINGET
      recall(m_reader.read<std::uint32_t>(kWhat));
      return true;
    default:
      return false;
  }
}

bool PickleMachine::runObject(unsigned char op) {
  switch (op) {
    case 0x63: {  // GLOBAL
      const std::string_view module = m_reader.takeUntil('\n', "a name");
      pushGlobal(module, m_reader.takeUntil('\n', "a name"));
      return true;
    }
    case 0x93: {  // STACK_GLOBAL
      const std::string_view name = m_result.m_values[pop()].text;
      pushGlobal(m_result.m_values[pop()].text, name);
      return true;
    }
    case 0x52:  // REDUCE
    case 0x81:  // NEWOBJ
      reduce();
      return true;
    case 0x62:  // BUILD
      build();
      return true;
    case 0x51: {  // BINPERSID
      const PickleRef what = pop();
      push({.kind = Kind::Persistent, .text = {}, .parts = {what}, .items = {}});
      return true;
    }
    default:
      return false;
  }
}

PickleRef PickleMachine::add(PickleValue value) {
  m_result.m_values.push_back(std::move(value));
  return static_cast<PickleRef>(m_result.m_values.size() - 1);
}

void PickleMachine::pushInteger(std::int64_t value) {
  push({.kind = Kind::Integer, .integer = value, .text = {}, .parts = {}, .items = {}});
}

void PickleMachine::pushText(std::uint64_t length, Kind kind) {
  push({.kind = kind, .text = m_reader.take(length, "a string"), .parts = {}, .items = {}});
}

void PickleMachine::pushSequence(std::vector<PickleRef> parts) {
  push({.kind = Kind::Sequence, .text = {}, .parts = std::move(parts), .items = {}});
}

PickleRef PickleMachine::pop() {
  const std::size_t floor = m_marks.empty() ? 0 : m_marks.back();
  if (m_stack.size() <= floor) {
    malformed("stack underflow");
  }
  const PickleRef ref = m_stack.back();
  m_stack.pop_back();
  return ref;
}

PickleRef PickleMachine::top() const {
  if (m_stack.empty()) {
    malformed("stack underflow");
  }
  return m_stack.back();
}

std::vector<PickleRef> PickleMachine::popMark() {
  if (m_marks.empty()) {
    malformed("no mark");
  }
  const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
  m_marks.pop_back();
  std::vector<PickleRef> parts(begin, m_stack.end());
  m_stack.erase(begin, m_stack.end());
  return parts;
}

void PickleMachine::addItems(PickleRef to, const std::vector<PickleRef>& keysAndValues) {
  PickleValue& value = m_result.m_values[to];
  if (keysAndValues.size() % 2 != 0 ||
      (value.kind != Kind::Dictionary && value.kind != Kind::Object)) {
    malformed("items for what is no dictionary");
  }
  for (std::size_t i = 0; i + 1 < keysAndValues.size(); i += 2) {
    value.items.emplace_back(keysAndValues[i], keysAndValues[i + 1]);
  }
}

void PickleMachine::addElements(PickleRef to, const std::vector<PickleRef>& elements) {
  PickleValue& value = m_result.m_values[to];
  if (value.kind == Kind::Object) {
    return;  // some kind of list; nothing is looked for in those
  }
  if (value.kind != Kind::Sequence) {
    malformed("elements for what is no list");
  }
  value.parts.insert(value.parts.end(), elements.begin(), elements.end());
}

/// Two's complement, little-endian; what does not fit 64 bits is kept as its bytes.
void PickleMachine::pushLong() {
  const auto length = m_reader.read<std::uint8_t>("the pickle");
  const std::string_view bytes = m_reader.take(length, "the pickle");
  if (length > 8) {
    push({.kind = Kind::Bytes, .text = bytes, .parts = {}, .items = {}});
    return;
  }
  std::uint64_t bits =
      !bytes.empty() && static_cast<unsigned char>(bytes.back()) >= 0x80 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    bits = bits << 8U | static_cast<unsigned char>(bytes[i]);
  }
  pushInteger(static_cast<std::int64_t>(bits));
}

/// A decimal number in a line of its own; 00 and 01 are booleans.
void PickleMachine::pushLine() {
  const std::string_view line = m_reader.takeUntil('\n', "a number");
  if (line == "00" || line == "01") {
    push({.kind = Kind::Boolean,
          .integer = line == "01" ? 1 : 0,
          .text = {},
          .parts = {},
          .items = {}});
    return;
  }
  const auto value = base::parseInteger(line);
  if (!value) {
    malformed("a number that is none");
  }
  pushInteger(*value);
}

void PickleMachine::pushGlobal(std::string_view module, std::string_view name) {
  if (isHarmful(module, name)) {
    m_reader.fail(
        fmt::format("refuses {}.{}: it is not allowed in a file of vectors; nothing was "
                    "run",
                    base::repairedUtf8(module), base::repairedUtf8(name)));
  }
  push({.kind = Kind::Global,
        .text = keep(fmt::format("{}.{}", module, name)),
        .parts = {},
        .items = {}});
}

/// The index is where Python would put it; ours is a map, so that a large one costs nothing. No
/// pickle remembers more values than it has bytes.
void PickleMachine::remember(std::uint64_t index) {
  if (index > m_bytes) {
    malformed(fmt::format("memo index {}", index));
  }
  m_memo[index] = top();
}

void PickleMachine::recall(std::uint64_t index) {
  const auto found = m_memo.find(index);
  if (found == m_memo.end()) {
    malformed(fmt::format("memo index {} was never set", index));
  }
  m_stack.push_back(found->second);
}

/// What a call would make: dictionaries and lists become such, all else an Object.
void PickleMachine::reduce() {
  const PickleRef arguments = pop();
  const PickleRef callee = pop();
  const std::string_view name = m_result.m_values[callee].text;
  const std::vector<PickleRef> parts = m_result.m_values[arguments].parts;
  const Kind kind = m_result.m_values[callee].kind;
  if (kind != Kind::Global && kind != Kind::Persistent) {
    malformed("a call of what is no function");
  }
  if (name == "collections.OrderedDict" || name == "collections.defaultdict" ||
      name == "builtins.dict") {
    push({.kind = Kind::Dictionary, .text = {}, .parts = {}, .items = {}});
  } else if ((name == "torch.Size" || name.ends_with(".set") || name.ends_with(".list") ||
              name.ends_with(".frozenset") || name.ends_with(".tuple")) &&
             parts.size() == 1) {
    m_stack.push_back(parts[0]);
  } else if (name == "_codecs.encode") {
    pushCodecs(arguments);
  } else {
    push({.kind = Kind::Object, .text = {}, .parts = {callee, arguments}, .items = {}});
  }
}

/// Sets an object's state; that of dictionaries does not matter.
void PickleMachine::build() {
  const PickleRef state = pop();
  PickleValue& target = m_result.m_values[top()];
  if (target.kind == Kind::Object) {
    target.parts.resize(2);
    target.parts.push_back(state);
  }
}

/// Bytes that protocol 2 writes as a text whose code points they are.
void PickleMachine::pushCodecs(PickleRef arguments) {
  const PickleValue& sequence = m_result.m_values[arguments];
  const std::string_view text =
      sequence.parts.empty() ? std::string_view() : m_result.m_values[sequence.parts[0]].text;
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      bytes += text[i];
    } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size()) {
      bytes +=
          static_cast<char>((byte & 3U) << 6U | (static_cast<unsigned char>(text[++i]) & 0x3FU));
    } else {
      malformed("bytes that are no Latin-1");
    }
  }
  push({.kind = Kind::Bytes, .text = keep(std::move(bytes)), .parts = {}, .items = {}});
}

std::string_view PickleMachine::keep(std::string text) {
  return m_result.m_made.emplace_back(std::move(text));
}

}  // namespace embedscope::formats
