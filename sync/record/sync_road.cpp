#include "sync/record/sync_road.h"

#include <algorithm>
#include <charconv>

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), port);
    return bad == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

// A name or an address: the pin says who it is, so nothing is gained by refusing one of them.
bool is_host(std::string_view text) {
    const bool six = text.size() > 2 && text.front() == '[' && text.back() == ']';
    if (six) text = text.substr(1, text.size() - 2);
    return !text.empty() && text.size() <= 253 && text.front() != '.' && text.front() != '-' &&
           std::ranges::all_of(text, [six](char c) {
               const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
               return hex || (six ? c == ':' || c == '.' : (c >= 'g' && c <= 'z') || c == '.' || c == '-');
           });
}

// https://host[:port] and nothing after it.
bool is_gateway_url(std::string_view text) {
    constexpr std::string_view kScheme = "https://";
    if (!text.starts_with(kScheme)) return false;
    text.remove_prefix(kScheme.size());
    const std::size_t host_end = text.find(':', text.starts_with('[') ? text.find(']') : 0);
    if (host_end != std::string_view::npos && !is_port(text.substr(host_end + 1))) return false;
    return is_host(text.substr(0, host_end));
}

// "sha256//" and the base64 of 32 bytes.
bool is_pin(std::string_view text) {
    constexpr std::string_view kKind = "sha256//";
    if (!text.starts_with(kKind) || text.size() != kKind.size() + 44 || text.back() != '=') return false;
    return std::ranges::all_of(text.substr(kKind.size(), 43), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
               c == '/';
    });
}

}  // namespace

void read_sync(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("sync", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[sync]", root.problems());
    const TomlNode* url = section.need("url", Kind::kText);
    const TomlNode* pin = section.need("pin", Kind::kText);
    if (url != nullptr && !is_gateway_url(url->text)) {
        section.problems().add(url->line, "CONFIG-SYNC-URL", url->text,
                               "ต้องเป็น https://ชื่อหรือเลข IP:พอร์ต ตัวพิมพ์เล็ก ไม่มีอะไรต่อท้าย เช่น "
                               "https://192.168.1.5:8443",
                               "must be https://host:port in lower case and nothing after it, such as "
                               "https://192.168.1.5:8443");
    }
    if (pin != nullptr && !is_pin(pin->text)) {
        section.problems().add(pin->line, "CONFIG-SYNC-PIN", pin->text,
                               "ให้คัดลอกทั้งข้อความที่ sala-office serve แสดง ขึ้นต้นด้วย sha256//",
                               "copy the whole pin that `sala-office serve` shows; it begins with sha256//");
    }
    section.refuse_other_keys();
    if (url != nullptr && pin != nullptr) office.sync = SyncRoad{url->text, pin->text};
}

}  // namespace sala::record
