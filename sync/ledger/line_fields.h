// The fields of one JSON object in a fixed order, written and read by the same list of names.
//
// A function io(fields, value) names the fields of a kind once: FieldWriter spells them, FieldReader takes
// them. The trap: the reader refuses another order or another type, but not another spelling of the same
// (spaces, escapes, 1.0 for 1); parse_line() writes again and compares.
#pragma once

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/json.h"
#include "platform/crypto/crypto.h"
#include "sync/ledger/line.h"

namespace sala::ledger::fields {

namespace dom = simdjson::dom;

inline constexpr std::size_t kListMax = 400;
inline constexpr std::size_t kUsualLineBytes = 320;

// ---- writing ----

class FieldWriter {
  public:
    template <typename T>
    using Of = const T;

    void number(const char* name, std::int64_t value) {
        begin(name);
        out_ += fmt::format_int(value).str();
    }
    void number(const char* name, std::uint64_t value) { number(name, static_cast<std::int64_t>(value)); }
    void number(const char* name, int value) { number(name, std::int64_t{value}); }
    void flag(const char* name, bool value) {
        begin(name);
        out_ += value ? "true" : "false";
    }
    void text(const char* name, std::string_view value) {
        begin(name);
        append_json_string(out_, value);
    }
    void base64(const char* name, ByteView value) { text(name, crypto::to_base64(value)); }

    // A list, each element written by `write`.
    template <typename List, typename Write>
    void list(const char* name, const List& values, Write write) {
        begin(name);
        out_ += '[';
        bool first = true;
        for (const auto& value : values) {
            if (!first) out_ += ',';
            first = false;
            write(value);
        }
        out_ += ']';
    }
    void texts(const char* name, const std::vector<std::string>& values) {
        list(name, values, [&](const std::string& value) { append_json_string(out_, value); });
    }
    template <typename Number>
    void numbers(const char* name, const std::vector<Number>& values) {
        list(name, values, [&](Number value) { out_ += fmt::format_int(value).str(); });
    }
    // A list of objects; `io` names the fields of one.
    template <typename List, typename Io>
    void objects(const char* name, const List& values, Io io) {
        list(name, values, [&](const auto& value) {
            out_ += '{';
            first_ = true;
            io(*this, value);
            out_ += '}';
            first_ = false;
        });
    }

    std::string finish() && { return std::move(out_) + '}'; }

  private:
    void begin(const char* name) {
        if (!first_) out_ += ',';
        first_ = false;
        append_json_string(out_, name);
        out_ += ':';
    }
    static std::string begun() {
        std::string out;
        out.reserve(kUsualLineBytes);
        return out += '{';
    }
    std::string out_ = begun();
    bool first_ = true;
};

// ---- reading ----

// Takes the fields of an object in order. The first thing that does not fit makes ok() false for good.
class FieldReader {
  public:
    template <typename T>
    using Of = T;

    FieldReader(dom::object object, bool& ok) : at_(object.begin()), end_(object.end()), ok_(ok) {}
    ~FieldReader() { ok_ = ok_ && at_ == end_; }

    void number(const char* name, std::int64_t& value) {
        if (next(name)) integer(element_, value);
    }
    void number(const char* name, std::uint64_t& value) {
        std::int64_t read = 0;
        number(name, read);
        value = static_cast<std::uint64_t>(read);
    }
    void number(const char* name, int& value) {
        std::int64_t read = 0;
        number(name, read);
        ok_ = ok_ && read <= 99'999'999;
        if (ok_) value = static_cast<int>(read);
    }
    void flag(const char* name, bool& value) {
        if (next(name)) ok_ = element_.get(value) == simdjson::SUCCESS;
    }
    void text(const char* name, std::string& value) {
        if (next(name)) string(element_, value);
    }
    template <std::size_t N>
    void base64(const char* name, std::array<std::uint8_t, N>& value) {
        std::string spelt;
        text(name, spelt);
        const auto bytes = crypto::array_from_base64<N>(spelt);
        ok_ = ok_ && bytes.has_value();
        if (ok_) value = *bytes;
    }
    template <typename List, typename Read>
    void list(const char* name, List& values, Read read) {
        dom::array array;
        if (!next(name)) return;
        ok_ = element_.get(array) == simdjson::SUCCESS && array.size() <= kListMax;
        if (!ok_) return;
        for (const dom::element element : array) {
            values.emplace_back();
            read(element, values.back());
            if (!ok_) return;
        }
    }
    void texts(const char* name, std::vector<std::string>& values) {
        list(name, values, [&](dom::element element, std::string& value) { string(element, value); });
    }
    template <typename Number>
    void numbers(const char* name, std::vector<Number>& values) {
        list(name, values, [&](dom::element element, Number& value) {
            std::int64_t read = 0;
            integer(element, read);
            ok_ = ok_ && (sizeof(Number) > 4 || read <= 99'999'999);
            value = static_cast<Number>(read);
        });
    }
    template <typename List, typename Io>
    void objects(const char* name, List& values, Io io) {
        list(name, values, [&](dom::element element, auto& value) {
            dom::object inner;
            ok_ = ok_ && element.get(inner) == simdjson::SUCCESS;
            if (!ok_) return;
            FieldReader reader(inner, ok_);
            io(reader, value);
        });
    }

  private:
    bool next(std::string_view name) {
        ok_ = ok_ && at_ != end_;
        if (!ok_) return false;
        ok_ = at_.key() == name;
        element_ = at_.value();
        ++at_;
        return ok_;
    }
    void integer(dom::element element, std::int64_t& value) {
        ok_ = ok_ && element.get(value) == simdjson::SUCCESS && value >= 0 && value <= kIntegerMax;
    }
    void string(dom::element element, std::string& value) {
        std::string_view view;
        ok_ = ok_ && element.get(view) == simdjson::SUCCESS;
        if (ok_) value = view;
    }

    dom::object::iterator at_, end_;
    dom::element element_;
    bool& ok_;
};

}  // namespace sala::ledger::fields
