// A value, or the reason why there is none, in words that a clerk understands.
//
// An Error is meant to be read: `thai` and `english` say what was attempted and what to do. `code` is stable:
// tests, scripts and manuals rely on it (upper case, words joined by '-', e.g. BUNDLE-BAD-SIGNATURE). The
// trap: value() of a failed Result is a programming error and ends the program; ask first.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace sala {

struct Error {
    std::string code;
    std::string thai;
    std::string english;

    // "CODE: thai (english)", one line, for logs and terminals.
    std::string line() const { return code + ": " + thai + " (" + english + ")"; }
};

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return there(std::get_if<0>(&held_)); }
    const T& value() const& { return there(std::get_if<0>(&held_)); }
    T&& value() && { return std::move(there(std::get_if<0>(&held_))); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return there(std::get_if<1>(&held_)); }

  private:
    template <typename Held>
    static Held& there(Held* held) {
        assert(held != nullptr);
        return *held;
    }

    std::variant<T, Error> held_;
};

// Done, or an Error. `return {};` says done.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return assert(!ok()), *error_; }

  private:
    std::optional<Error> error_;
};

}  // namespace sala
