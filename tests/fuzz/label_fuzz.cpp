// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/hf_vocabulary.h"
#include "core/formats/npy_text.h"

#include <functional>
#include <string_view>

namespace {

void readOrRefuse(const std::function<void()>& read) {
  try {
    read();
  } catch (const embedscope::base::Error&) {
    // The only way to refuse a file.
  }
}

}  // namespace

/// The readers of labels that stand in files of their own: vocabularies and arrays of texts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace embedscope;
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes
  readOrRefuse([&] { formats::readHfVocabulary("vocabulary.json", text); });
  readOrRefuse([&] {
    const formats::RowLabels tokens = formats::readHfVocabulary("vocab.txt", text);
    const auto rows = static_cast<std::int64_t>(tokens.labels.size()) + 1;
    formats::paddedLabels(tokens, rows, rows);
  });
  readOrRefuse([&] { formats::readNpyTexts(text, [](std::size_t) { return base::Place(); }); });
  return 0;
}
