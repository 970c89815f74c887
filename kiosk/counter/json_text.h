// Inside this room only: JSON put together from left to right.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platform/base/json.h"
#include "sync/record/office.h"

namespace sala::kiosk {

class JsonText {
  public:
    JsonText& open(char bracket) { return begin(), out_ += bracket, first_ = true, *this; }
    JsonText& close(char bracket) { return out_ += bracket, first_ = false, *this; }
    JsonText& key(std::string_view name) {
        return begin(), append_json_string(out_, name), out_ += ':', first_ = true, *this;
    }
    JsonText& text(std::string_view value) { return begin(), append_json_string(out_, value), *this; }
    JsonText& number(std::int64_t value) { return begin(), out_ += std::to_string(value), *this; }
    JsonText& number(std::optional<std::int64_t> value) { return value ? number(*value) : raw("null"); }
    JsonText& yes(bool value) { return raw(value ? "true" : "false"); }
    JsonText& raw(std::string_view json) { return begin(), out_ += json, *this; }
    JsonText& phrase(std::string_view thai, std::string_view english) {
        return open('{').key("th").text(thai).key("en").text(english).close('}');
    }
    JsonText& phrase(const record::Phrase& phrase_) { return phrase(phrase_.thai, phrase_.english); }

    std::string take() { return std::move(out_); }

  private:
    void begin() {
        if (!std::exchange(first_, false)) out_ += ',';
    }
    std::string out_;
    bool first_ = true;  // nothing stands before in this object or list, or a key does
};

}  // namespace sala::kiosk
