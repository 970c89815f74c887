#include "kiosk/counter/order_request.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace sala::kiosk {
namespace {

using queue::AtCounter;
using queue::Lines;
using queue::Queue;
using queue::TicketId;

Error bad_request() {
    return {"COUNTER-BAD-REQUEST", "คำสั่งจากหน้าเว็บไม่ถูกต้อง จึงไม่ได้ทำรายการ โปรดเปิดหน้าเว็บใหม่",
            "the page sent an order that is none, so nothing was done; load the page again"};
}
Error other_division() {
    return {"COUNTER-OTHER-DIVISION", "คิวนี้เป็นของส่วนราชการอื่น จึงไม่ได้ทำรายการ",
            "this ticket is another division's, so nothing was done"};
}

std::optional<TicketId> id_of(const std::string& text) {
    TicketId id = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (text.empty() || bad != std::errc() || end != text.data() + text.size()) return {};
    return id;
}

// The fields that an order has, all of them and no others.
class Fields {
  public:
    Fields(const Form& form, std::initializer_list<std::string_view> names) : form_(form) {
        good_ = form.size() == names.size() + 1 &&
                std::ranges::all_of(names, [&](std::string_view name) { return form.contains(name); });
    }
    std::string text(std::string_view name) const { return good_ ? form_.find(name)->second : ""; }
    TicketId id(std::string_view name) {
        const std::optional<TicketId> id = id_of(text(name));
        good_ &= id.has_value();
        return id.value_or(0);
    }
    std::optional<queue::ServiceRef> place(std::string_view name, const record::Office& office) {
        const std::string place = text(name);
        const std::size_t slash = place.find('/', 1);
        if (!place.starts_with('/') || slash == place.npos) return good_ = false, std::nullopt;
        queue::ServiceRef ref{place.substr(1, slash - 1), place.substr(slash + 1)};
        if (office.service(ref.division, ref.service) == nullptr) return good_ = false, std::nullopt;
        return ref;
    }
    bool good() const { return good_; }

  private:
    const Form& form_;
    bool good_ = false;
};

using Asked = std::function<Result<Lines>(const Queue&, int day)>;

// An order about a ticket that is not with the counter: only of the counter's own division.
Asked within_division(const AtCounter& at, TicketId ticket, Asked asked) {
    return [=, asked = std::move(asked)](const Queue& queue, int day) -> Result<Lines> {
        const queue::Ticket* found = queue.find(ticket);
        const bool foreign =
            found != nullptr && found->counter != at.counter && found->service.division != at.division;
        return foreign ? Result<Lines>(other_division()) : asked(queue, day);
    };
}

// Notes the place of the service that the answer ends, where it ends one.
Asked noting(const AtCounter& at, const std::shared_ptr<std::string>& served, Asked asked) {
    return [=, asked = std::move(asked)](const Queue& queue, int day) {
        Result<Lines> lines = asked(queue, day);
        const queue::Ticket* present = queue.with(at.counter);
        if (lines && present != nullptr) {
            *served = "/" + present->service.division + "/" + present->service.service;
        }
        return lines;
    };
}

// Orders about the ticket that the officer sees at the counter.
Asked about_present(const std::string& what, Fields seen, const AtCounter& at, const std::string& reason) {
    const TicketId id = seen.id("seen");
    if (!seen.good()) return {};
    if (what == "recall") return [=](const Queue& queue, int) { return recall(queue, at, id); };
    if (what == "no-show") return [=](const Queue& queue, int) { return no_show(queue, at, id); };
    if (what == "park") return [=](const Queue& queue, int) { return park(queue, at, id, reason); };
    if (what == "delay") return [=](const Queue& queue, int) { return explain_delay(queue, at, id, reason); };
    return {};
}

// Orders about a ticket of the lists, or about the present one by its id.
Asked about_any(const std::string& what, const Form& form, const AtCounter& at,
                const record::Office& office) {
    const auto reason = form.find("reason");
    Fields fields = what == "back"       ? Fields(form, {"ticket"})
                    : what == "transfer" ? Fields(form, {"ticket", "to", "reason"})
                                         : Fields(form, {"ticket", "reason"});
    const TicketId id = fields.id("ticket");
    const auto to = what == "transfer" ? fields.place("to", office) : std::nullopt;
    if (!fields.good()) return {};
    const std::string why = reason == form.end() ? "" : reason->second;
    Asked asked;
    if (what == "call") asked = [=](const Queue& queue, int) { return call_this(queue, at, id, why); };
    if (what == "back") asked = [=](const Queue& queue, int) { return come_back(queue, at, id); };
    if (what == "cancel") asked = [=](const Queue& queue, int) { return cancel(queue, at, id, why); };
    if (what == "transfer") {
        asked = [=](const Queue& queue, int) { return transfer(queue, at, id, *to, why); };
    }
    return asked ? within_division(at, id, std::move(asked)) : Asked{};
}

Asked asked_by(const std::string& what, const Form& form, const AtCounter& at, const record::Office& office,
               const std::shared_ptr<std::string>& served) {
    if (what == "next" || what == "done") {
        Fields fields(form, {"seen"});
        const TicketId id = fields.id("seen");
        if (!fields.good()) return {};
        const std::optional<TicketId> seen = id == 0 ? std::nullopt : std::optional(id);
        if (what == "done") {
            return noting(at, served, [=](const Queue& queue, int) { return done(queue, at, id); });
        }
        return noting(at, served, [=](const Queue& queue, int) { return call_next(queue, at, seen); });
    }
    if (what == "walk-in") {
        const Fields fields(form, {"service"});
        const std::string service = fields.text("service");
        if (!fields.good() || office.service(at.division, service) == nullptr) return {};
        return [=](const Queue& queue, int day) { return walk_in(queue, at, day, service); };
    }
    if (what == "recall" || what == "no-show") return about_present(what, Fields(form, {"seen"}), at, "");
    if (what == "park" || what == "delay") {
        const Fields fields(form, {"seen", "reason"});
        return about_present(what, fields, at, fields.text("reason"));
    }
    return about_any(what, form, at, office);
}

}  // namespace

Result<OrderRequest> order_of(const Form& form, const record::Counter& counter,
                              const record::Office& office) {
    const auto what = form.find("do");
    if (what == form.end()) return bad_request();
    const auto served = std::make_shared<std::string>();
    Asked asked = asked_by(what->second, form, {counter.id, counter.division}, office, served);
    if (!asked) return bad_request();
    return OrderRequest{std::move(asked), served};
}

}  // namespace sala::kiosk
