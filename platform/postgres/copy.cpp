#include "platform/postgres/copy.h"

#include <fmt/format.h>

namespace sala::postgres {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

// Collects small cells, so that a call of libpq carries many.
class Sender {
  public:
    explicit Sender(PGconn* connection) : connection_(connection) { chunk_.reserve(2 * kChunkBytes); }

    void number(std::uint64_t value, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            chunk_ += static_cast<char>(static_cast<unsigned char>(value >> shift));
    }
    void cell(std::int64_t value) {
        number(8, 4);
        number(static_cast<std::uint64_t>(value), 8);
    }
    void cell(std::string_view text) {
        number(text.size(), 4);
        if (text.size() < kChunkBytes) {
            chunk_ += text;
            return;
        }
        flush();
        put(text);
    }
    void cell(ByteView bytes) { cell(text_of(bytes)); }

    void text(std::string_view bytes) { chunk_ += bytes; }
    void row_done() {
        if (chunk_.size() >= kChunkBytes) flush();
    }
    bool flush() {
        put(chunk_);
        chunk_.clear();
        return sent_;
    }

  private:
    void put(std::string_view bytes) {
        for (; sent_ && !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kChunkBytes))) {
            const std::string_view part = bytes.substr(0, kChunkBytes);
            sent_ = PQputCopyData(connection_, part.data(), static_cast<int>(part.size())) == 1;
        }
    }

    PGconn* connection_;
    std::string chunk_;
    bool sent_ = true;
};

}  // namespace

std::string copy_command(const sql::Rows& rows) {
    return fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", rows.table, fmt::join(rows.columns, ", "));
}

bool send_copy(PGconn* connection, const sql::Rows& rows) {
    using namespace std::string_view_literals;
    Sender sender(connection);
    sender.text("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv);  // signature, no flags, no extension
    for (std::size_t i = 0; i < rows.cells.size();) {
        sender.number(rows.columns.size(), 2);
        for (std::size_t column = 0; column < rows.columns.size(); ++column, ++i) {
            std::visit([&](const auto& value) { sender.cell(value); }, rows.cells[i]);
        }
        sender.row_done();
    }
    sender.number(0xffff, 2);
    return sender.flush();
}

}  // namespace sala::postgres
