// Inside this room only: a statement's parameters as libpq takes them.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/bytes.h"

namespace sala::postgres {

// `?` becomes $1, $2 and so on; `?1` becomes $1. What stands between quotes is left alone.
std::string numbered_parameters(std::string_view sql);

class Parameters {
  public:
    void add(std::int64_t number);
    void add(std::string_view text);
    void add(ByteView bytes);
    void clear();

    int count() const { return static_cast<int>(held_.size()); }
    // One letter for each, by type.
    const std::string& kinds() const { return kinds_; }

    // Arrays of count(), which live until the next add() or clear().
    const Oid* types() const { return types_.data(); }
    const char* const* values() const;
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    void add(std::string bytes, Oid type, char kind);

    std::vector<std::string> held_;
    std::string kinds_;
    std::vector<Oid> types_;
    std::vector<int> lengths_, formats_;
    mutable std::vector<const char*> values_;
};

}  // namespace sala::postgres
