// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/projector_pbtxt.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/formats/text_header.h"
#include "core/formats/text_proto.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace embedscope::formats {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 3> kFields = {"embeddings", "model_checkpoint_path",
                                                     "model_checkpoint_dir"};
constexpr std::array<std::string_view, 3> kRepeated = {"embeddings", "tensorShape",
                                                       "singleImageDim"};

std::string camelCase(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_' && i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z') {
      out += static_cast<char>(name[++i] - 'a' + 'A');
    } else {
      out += name[i];
    }
  }
  return out;
}

Json jsonOf(const std::vector<ProtoField>& fields) {
  Json out = Json::object();
  for (const ProtoField& field : fields) {
    const std::string name = camelCase(field.name);
    Json value = field.isMessage ? jsonOf(field.fields) : Json(field.value);
    if (const auto number = base::parseInteger(field.value);
        number && !field.isText && !field.isMessage) {
      value = *number < 0 ? Json(*number) : Json(static_cast<std::uint64_t>(*number));
    }
    if (std::ranges::find(kRepeated, name) != kRepeated.end()) {
      out[name].push_back(std::move(value));
    } else {
      out[name] = std::move(value);
    }
  }
  return out;
}

ProtoField text(std::string_view name, std::string value) {
  return {std::string(name), std::move(value), true, false, {}};
}

ProtoField number(std::string_view name, std::int64_t value) {
  return {std::string(name), std::to_string(value), false, false, {}};
}

bool namesTensor(const ProtoField& entry, std::string_view tensor) {
  return entry.name == "embeddings" &&
         std::ranges::any_of(entry.fields, [&](const ProtoField& field) {
           return field.name == "tensor_path" && field.value == tensor;
         });
}

}  // namespace

bool looksLikeProjectorPbtxt(std::string_view head) {
  std::string_view rest = withoutByteOrderMark(head);
  for (;;) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    if (!rest.starts_with('#')) {
      break;
    }
    rest.remove_prefix(std::min(rest.find('\n'), rest.size()));
  }
  return std::ranges::any_of(kFields, [&](std::string_view name) {
    if (!rest.starts_with(name)) {
      return false;
    }
    const std::string_view after = rest.substr(name.size());
    const std::size_t next = after.find_first_not_of(" \t\r\n");
    return next != std::string_view::npos &&
           (after[next] == '{' || after[next] == ':' || after[next] == '<');
  });
}

Json configFromPbtxt(std::string_view text, const std::filesystem::path& path) {
  return jsonOf(parseTextProto(withoutByteOrderMark(text), path));
}

std::string pbtxtWith(std::string_view before, const NamedTable& table) {
  std::vector<ProtoField> fields;
  try {
    fields = parseTextProto(withoutByteOrderMark(before), {});
  } catch (const base::Error&) {  // broken: replaced by a good one
    fields.clear();
  }
  std::erase_if(fields, [&](const ProtoField& field) { return namesTensor(field, table.tensor); });
  ProtoField entry;
  entry.name = "embeddings";
  entry.isMessage = true;
  entry.fields = {text("tensor_name", table.name), text("metadata_path", table.metadata),
                  number("tensor_shape", table.rows), number("tensor_shape", table.dimension),
                  text("tensor_path", table.tensor)};
  fields.push_back(std::move(entry));
  return textProto(fields);
}

}  // namespace embedscope::formats
