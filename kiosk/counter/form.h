// What a page sends: "do=next&seen=12", and nothing that would have to be decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sala::kiosk {

using Form = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t kFieldsMax = 8;

// Pairs of name=value joined by '&': a name is a-z, a value 0 to 64 of a-z 0-9 '-' '/'. Nothing for anything
// else, a name that comes twice, or more than kFieldsMax.
std::optional<Form> parse_form(std::string_view text);

// The value of a cookie in a Cookie header; nothing where it is not there or stands there twice.
std::optional<std::string_view> cookie_of(std::string_view header, std::string_view name);

}  // namespace sala::kiosk
