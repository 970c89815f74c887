#include "platform/postgres/parameters.h"

#include <cctype>

namespace sala::postgres {
namespace {

// pg_type.h; these numbers are part of the protocol and never change.
constexpr Oid kBytea = 17, kInt8 = 20, kText = 25;
constexpr int kBinary = 1;

}  // namespace

std::string numbered_parameters(std::string_view sql) {
    std::string out;
    bool quoted = false;
    int next = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        quoted = quoted != (sql[i] == '\'');
        if (sql[i] != '?' || quoted) {
            out += sql[i];
            continue;
        }
        out += '$';
        const bool numbered = i + 1 < sql.size() && std::isdigit(static_cast<unsigned char>(sql[i + 1])) != 0;
        if (!numbered) out += std::to_string(++next);
    }
    return out;
}

void Parameters::add(std::string bytes, Oid type, char kind) {
    lengths_.push_back(static_cast<int>(bytes.size()));
    held_.push_back(std::move(bytes));
    types_.push_back(type);
    formats_.push_back(kBinary);
    kinds_ += kind;
}

void Parameters::add(std::int64_t number) {
    Bytes bytes;
    append_u64(bytes, static_cast<std::uint64_t>(number));
    add(std::string(text_of(bytes)), kInt8, 'i');
}
void Parameters::add(std::string_view text) { add(std::string(text), kText, 't'); }
void Parameters::add(ByteView bytes) { add(std::string(text_of(bytes)), kBytea, 'b'); }

void Parameters::clear() {
    held_.clear();
    kinds_.clear();
    types_.clear();
    lengths_.clear();
    formats_.clear();
}

const char* const* Parameters::values() const {
    values_.clear();
    for (const std::string& value : held_) values_.push_back(value.data());
    return values_.data();
}

}  // namespace sala::postgres
