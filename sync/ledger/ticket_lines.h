// What the journal says of tickets: one struct a kind, as FORMAT.md has them.
//
// A ticket is known by the `seq` of the line that began it (ticket_issued or walk_in); its number is only
// what is called out. A reason is an id from a list, never free text: nothing personal can stand in a line.
// `counter` is who did it; empty where nobody at a counter did.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sala::ledger {

using Salt = std::array<std::uint8_t, 16>;

// Version 2: what a ticket has beyond one service in the ordinary lane.
struct Route {
    std::string lane = "ordinary";  // or "priority"; which group somebody belongs to is not recorded
    std::vector<std::string> then;  // further services as places, "/division/service", in their order
    friend bool operator==(const Route&, const Route&) = default;
};
struct TicketIssued {
    Salt salt{};
    int day = 0;
    std::string division;
    std::string service;
    std::string number;  // "B007"
    std::optional<Route> route = {};
    friend bool operator==(const TicketIssued&, const TicketIssued&) = default;
};
struct TicketServed {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string by;  // "officer", "close": at the day's close without an officer's word, or "counter"
    std::optional<std::string> counter = {};  // version 2, with "counter"
    friend bool operator==(const TicketServed&, const TicketServed&) = default;
};

// All below are version 2.

// Somebody without a ticket, who is at the counter already. Has no number.
struct WalkIn {
    Salt salt{};
    int day = 0;
    std::string division, service, counter;
    friend bool operator==(const WalkIn&, const WalkIn&) = default;
};
struct TicketCalled {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter;
    std::string how;     // "next": by the order, "chosen": out of it, "parked": one that was parked
    std::string reason;  // of a chosen one, else empty
    friend bool operator==(const TicketCalled&, const TicketCalled&) = default;
};
struct TicketRecalled {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter;
    friend bool operator==(const TicketRecalled&, const TicketRecalled&) = default;
};
// Was called and did not come.
struct TicketMissed {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter;
    friend bool operator==(const TicketMissed&, const TicketMissed&) = default;
};
// One that had been missed is back and waits again.
struct TicketReturned {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter;
    friend bool operator==(const TicketReturned&, const TicketReturned&) = default;
};
struct TicketParked {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter, reason;
    friend bool operator==(const TicketParked&, const TicketParked&) = default;
};
// The service under way is exchanged for another one.
struct TicketTransferred {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter, division, service, reason;
    friend bool operator==(const TicketTransferred&, const TicketTransferred&) = default;
};
// One of several services; the ticket waits for the next.
struct ServiceDone {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter;
    friend bool operator==(const ServiceDone&, const ServiceDone&) = default;
};
struct TicketCancelled {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter, reason;
    friend bool operator==(const TicketCancelled&, const TicketCancelled&) = default;
};
// Why a service takes longer than its standard time.
struct TicketDelayed {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string counter, reason;
    friend bool operator==(const TicketDelayed&, const TicketDelayed&) = default;
};
// Stays open over the close that follows, and waits from the next day's beginning.
struct TicketCarried {
    Salt salt{};
    std::uint64_t ticket = 0;
    friend bool operator==(const TicketCarried&, const TicketCarried&) = default;
};
// There is no paper of it.
struct PrintFailed {
    Salt salt{};
    std::uint64_t ticket = 0;
    std::string why;  // "paper", "cover", "offline" or "failed"
    friend bool operator==(const PrintFailed&, const PrintFailed&) = default;
};
// An officer has its paper made again; where that failed too, a PrintFailed follows.
struct TicketReprinted {
    Salt salt{};
    std::uint64_t ticket = 0;
    friend bool operator==(const TicketReprinted&, const TicketReprinted&) = default;
};

}  // namespace sala::ledger
