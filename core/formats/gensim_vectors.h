// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"
#include "core/formats/pickle_array.h"

#include <filesystem>

namespace embedscope::formats {

/// Vectors with keys inside a model of gensim: an object with a list of keys, and vectors that
/// stand in it, apart, or have to be composed.
class GensimVectors {
 public:
  /// @param path  where in the pickle: "", "wv". The source and the pickle are kept alive by the
  ///              caller.
  /// @return nothing when the value is no such object.
  static std::optional<GensimVectors> find(const Source& source, const Pickle& pickle,
                                           const std::string& path, PickleValue value);

  /// "vectors", "wv.vectors"; "syn0" as it was called before version 3.3.
  const std::string& name() const { return m_name; }

  /// @throws Error BadData without a place: there are none, a part is missing, n-grams cannot be
  ///         used. With its place: a part is damaged.
  Tensor tensor(std::vector<Warning>& warnings);

  /// The files beside the main one that the tensor is read from.
  const std::vector<std::filesystem::path>& parts() const { return m_parts; }

  /// Keys in the order of the rows, with what is kept for each of them.
  /// @return nothing when stopped. @throws Error BadData: keys that need too much memory.
  std::optional<RowLabels> labels(const base::TaskContext& context) const;

  std::int64_t keyCount() const { return m_keyCount; }

 private:
  GensimVectors(const Source& source, const Pickle& pickle, const std::string& path,
                PickleValue state);

  std::optional<PickleValue> attribute(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  bool standsInside(std::string_view name) const;
  bool standsApart(std::string_view name) const;
  std::shared_ptr<const base::MappedFile> openPart(std::string_view name);
  Tensor stored(std::vector<Warning>& warnings);
  Tensor composed();
  std::vector<std::string> keys(const base::TaskContext& context) const;
  void addCounts(RowLabels& labels, const base::TaskContext& context) const;
  void addAttributes(RowLabels& labels) const;

  const Source* m_source;
  const Pickle* m_pickle;
  PickleValue m_state;
  std::string m_path;  ///< with a dot at its end, or empty
  std::string m_name;
  std::string_view m_stored;  ///< the attribute that holds the vectors; empty: composed
  PickleValue m_keys;         ///< a list, or a mapping with a row or an object with it for each
  std::int64_t m_keyCount = 0;
  std::vector<std::filesystem::path> m_parts;
};

}  // namespace embedscope::formats
