// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickle_globals.h"

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

constexpr std::array<std::string_view, 36> kForbiddenModules = {
    "os",        "posix",      "nt",        "ntpath",     "posixpath",
    "sys",       "runpy",      "importlib", "imp",        "pkgutil",
    "zipimport", "socket",     "shutil",    "ctypes",     "_ctypes",
    "pickle",    "_pickle",    "cPickle",   "commands",   "popen2",
    "pty",       "pdb",        "bdb",       "code",       "codeop",
    "timeit",    "webbrowser", "platform",  "subprocess", "multiprocessing",
    "asyncio",   "signal",     "tempfile",  "pip",        "_posixsubprocess",
    "marshal"};

constexpr std::array<std::string_view, 8> kForbiddenNames = {
    "operator.attrgetter",  "operator.methodcaller",  "operator.itemgetter",
    "_operator.attrgetter", "_operator.methodcaller", "_operator.itemgetter",
    "functools.partial",    "types.FunctionType"};

/// The built-in types and functions that data may name.
constexpr std::array<std::string_view, 18> kPlainBuiltins = {
    "set",  "frozenset", "list",  "dict",    "tuple",     "int",    "long", "float", "complex",
    "bool", "str",       "bytes", "unicode", "bytearray", "object", "hash", "slice", "range"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string_view firstPart(std::string_view dotted) {
  return dotted.substr(0, dotted.find('.'));
}

/// Protocol 4 may name what lies inside of something: ("torch", "hub.os.system").
bool passesThroughForbidden(std::string_view dotted) {
  while (!dotted.empty()) {
    const std::string_view part = firstPart(dotted);
    if (contains(kForbiddenModules, part)) {
      return dotted.size() > part.size();
    }
    dotted.remove_prefix(std::min(part.size() + 1, dotted.size()));
  }
  return false;
}

}  // namespace

bool isForbiddenGlobal(std::string_view module, std::string_view name) {
  const std::string_view package = firstPart(module);
  if (package == "builtins" || package == "__builtin__") {
    return !contains(kPlainBuiltins, name);
  }
  return contains(kForbiddenModules, package) || passesThroughForbidden(name) ||
         std::ranges::any_of(kForbiddenNames, [&](std::string_view forbidden) {
           return forbidden.size() == module.size() + 1 + name.size() &&
                  forbidden.starts_with(module) && forbidden.ends_with(name);
         });
}

}  // namespace embedscope::formats
