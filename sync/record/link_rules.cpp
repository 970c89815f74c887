#include "sync/record/link_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sala::record {

namespace {

constexpr std::string_view kScheme = "https://";

// Services that hide where a link leads. Not complete: the office's own list of hosts is what really decides;
// this one keeps such a host from being put on that list.
constexpr std::array<std::string_view, 25> kShorteners = {
    "bit.ly",  "bitly.com", "tinyurl.com", "goo.gl",  "t.co",     "shorturl.at", "shorturl.asia",
    "cutt.ly", "is.gd",     "v.gd",        "ow.ly",   "buff.ly",  "rebrand.ly",  "rb.gy",
    "t.ly",    "s.id",      "lnkd.in",     "tiny.cc", "tiny.one", "shorte.st",   "adf.ly",
    "qrco.de", "me-qr.com", "urlzs.com",   "soo.gd",
};

bool is_shortener(std::string_view host) {
    return std::ranges::any_of(kShorteners, [&](std::string_view name) {
        return host == name || (host.size() > name.size() && host.ends_with(name) &&
                                host[host.size() - name.size() - 1] == '.');
    });
}

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

bool has_encoded_label(std::string_view host) {
    return host.starts_with("xn--") || host.find(".xn--") != std::string_view::npos;
}

// What RFC 3986 lets stand in a path or query, escapes complete. '#' is asked for before.
bool is_path(std::string_view path) {
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/?";
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || kMarks.find(c) != std::string_view::npos)
            continue;
        if (c != '%' || i + 2 >= path.size() || !is_hex(path[i + 1]) || !is_hex(path[i + 2])) return false;
        i += 2;
    }
    return true;
}

LinkFault shortener_fault(std::string_view host) {
    return {"SHORTENER", fmt::format("{} เป็นบริการย่อลิงก์ ผู้สแกนไม่รู้ว่าจะไปที่ใด ให้ใช้ลิงก์เต็มของเว็บไซต์ปลายทาง", host),
            fmt::format("{} shortens links and hides where they lead; use the full link of the site itself",
                        host)};
}

std::string_view authority(std::string_view url) {
    url.remove_prefix(kScheme.size());
    return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

bool is_host_name(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    int labels = 0;
    std::string_view last;
    for (std::string_view rest = host;; ++labels) {
        const auto dot = rest.find('.');
        last = rest.substr(0, dot);
        if (!is_label(last)) return false;
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    // 10.0.0.1 is an address; 0x7f000001 would be read as one.
    return labels >= 1 && last.front() >= 'a';
}

std::optional<LinkFault> host_fault(std::string_view host) {
    if (!is_host_name(host) || has_encoded_label(host)) {
        return LinkFault{
            "NAME",
            "ต้องเป็นชื่อเว็บไซต์ตัวพิมพ์เล็ก เช่น itas.nacc.go.th ไม่มี https:// ไม่มีเครื่องหมาย / ไม่ใช่เลข IP "
            "และไม่ใช่ชื่อที่ขึ้นต้นด้วย xn--",
            "must be a lower-case host name such as itas.nacc.go.th: no https://, no slash, no IP address, "
            "no xn-- name"};
    }
    if (is_shortener(host)) return shortener_fault(host);
    return std::nullopt;
}

std::string_view link_host(std::string_view url) {
    if (!url.starts_with(kScheme)) return {};
    const auto host = authority(url);
    return is_host_name(host) ? host : std::string_view{};
}

std::optional<LinkFault> link_fault(std::string_view url, const std::vector<std::string>& hosts) {
    if (!url.starts_with(kScheme)) {
        return LinkFault{"HTTPS", "ลิงก์ต้องขึ้นต้นด้วย https:// (ตัวพิมพ์เล็ก)",
                         "a link must begin with https:// (lower case)"};
    }
    // '\' is what some phones read as '/': https://allowed.go.th\@other.com must not pass as a strange path.
    if (std::ranges::any_of(url, [](char c) { return c <= 0x20 || c >= 0x7F || c == '\\'; })) {
        return LinkFault{
            "CHARACTER", "ลิงก์มีได้เฉพาะตัวอักษรอังกฤษ ตัวเลข และเครื่องหมายของลิงก์ ไม่มีช่องว่าง ไม่มีอักษรไทยหรืออักขระพิเศษ",
            "a link holds only ASCII letters, digits and link marks: no spaces, no Thai or other letters"};
    }
    const auto host = authority(url);
    if (host.find('@') != std::string_view::npos) {
        return LinkFault{"USERINFO", "ลิงก์ต้องไม่มีชื่อผู้ใช้หรือรหัสผ่าน (เครื่องหมาย @ หน้าชื่อเว็บไซต์)",
                         "a link must not carry a user name or password (an @ before the host)"};
    }
    if (host.find(':') != std::string_view::npos) {
        return LinkFault{"PORT", "ลิงก์ต้องไม่ระบุพอร์ต (เครื่องหมาย : หลังชื่อเว็บไซต์)",
                         "a link must not name a port (a colon after the host)"};
    }
    if (url.find('#') != std::string_view::npos) {
        return LinkFault{"FRAGMENT", "ลิงก์ต้องไม่มีเครื่องหมาย #", "a link must not hold a #"};
    }
    if (is_shortener(host)) return shortener_fault(host);
    if (!is_host_name(host) || has_encoded_label(host) || std::ranges::find(hosts, host) == hosts.end()) {
        return LinkFault{
            "HOST",
            fmt::format("เว็บไซต์ปลายทางไม่อยู่ในรายการ hosts ของสำนักงาน ที่อนุญาต: {}", fmt::join(hosts, ", ")),
            fmt::format("the host is not on the office's own list `hosts`; allowed: {}",
                        fmt::join(hosts, ", "))};
    }
    if (!is_path(url.substr(kScheme.size() + host.size()))) {
        return LinkFault{"CHARACTER", "ลิงก์มีอักขระที่ใช้ในลิงก์ไม่ได้ หรือรหัส % ไม่ครบสองหลัก",
                         "a link holds a character that no link may hold, or a % without two hex digits"};
    }
    if (url.size() > kLinkBytesMax) {
        return LinkFault{
            "LONG",
            fmt::format("ลิงก์ยาว {} ไบต์ ยาวเกินกว่าจะสแกนจากจอได้แน่นอน ต้องไม่เกิน {} ไบต์", url.size(),
                        kLinkBytesMax),
            fmt::format("a link of {} bytes makes too fine a code for the screen; at most {} bytes",
                        url.size(), kLinkBytesMax)};
    }
    return std::nullopt;
}

}  // namespace sala::record
