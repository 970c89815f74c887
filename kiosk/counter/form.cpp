#include "kiosk/counter/form.h"

#include <algorithm>

namespace sala::kiosk {
namespace {

constexpr std::size_t kValueBytesMax = 64;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kValueBytesMax &&
           std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_value(std::string_view text) {
    return text.size() <= kValueBytesMax && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
           });
}

}  // namespace

std::optional<Form> parse_form(std::string_view text) {
    Form form;
    while (form.size() < kFieldsMax) {
        const std::string_view pair = text.substr(0, text.find('&'));
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || !is_name(pair.substr(0, equals)) || !is_value(pair.substr(equals + 1))) {
            return {};
        }
        if (!form.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second) return {};
        if (pair.size() == text.size()) return form;
        text.remove_prefix(pair.size() + 1);
    }
    return {};
}

std::optional<std::string_view> cookie_of(std::string_view header, std::string_view name) {
    std::optional<std::string_view> value;
    while (!header.empty()) {
        std::string_view pair = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), pair.size() + 1));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (!pair.starts_with(name) || pair.size() == name.size() || pair[name.size()] != '=') continue;
        if (value) return {};
        value = pair.substr(name.size() + 1);
    }
    return value;
}

}  // namespace sala::kiosk
