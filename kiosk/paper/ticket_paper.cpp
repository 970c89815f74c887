#include "kiosk/paper/ticket_paper.h"

#include <algorithm>

#include "kiosk/paper/dots.h"
#include "platform/paint/qr.h"

namespace sala::kiosk {
namespace {

using paint::Align;
using paint::TextStyle;
using record::Language;

constexpr int kDotsPerModuleMin = 4;  // 0.5 mm
constexpr int kHeightMax = 1040;      // 130 mm: longer texts than a ticket is for

// Sizes in dots, 8 to a millimetre; em of the type.
struct Scale {
    int margin;                                       // left and right, where some printers cannot reach
    int office, title, body, english, number, small;  // type
    int code_box;                                     // what the QR code and its margin may take
};
constexpr Scale kNarrow{.margin = 4,
                        .office = 28,
                        .title = 26,
                        .body = 26,
                        .english = 20,
                        .number = 148,
                        .small = 17,
                        .code_box = 190};
constexpr Scale kWide{.margin = 10,
                      .office = 34,
                      .title = 30,
                      .body = 28,
                      .english = 22,
                      .number = 164,
                      .small = 20,
                      .code_box = 210};

TextStyle set(int px, bool bold = false, Align align = Align::kCenter) {
    return {.px = px, .bold = bold, .align = align, .line_height = 1.42};
}

std::string both(const record::Phrase& phrase, std::string_view join) {
    return phrase.english == phrase.thai ? phrase.thai
                                         : fmt::format("{}{}{}", phrase.thai, join, phrase.english);
}

record::Phrase people_ahead(int ahead) {
    if (ahead == 0) return {"ไม่มีคิวรอก่อนหน้าท่าน", "Nobody ahead"};
    return {fmt::format("มีคิวรอก่อนหน้าท่าน {} ราย", record::thai_digits(fmt::format("{}", ahead))),
            fmt::format("{} ahead of you", ahead)};
}

record::Phrase minutes(const MinutesToWait& wait) {
    if (wait.from == 0) {
        return {fmt::format("รอไม่เกินประมาณ {} นาที", record::thai_digits(fmt::format("{}", wait.to))),
                fmt::format("up to {} minutes", wait.to)};
    }
    const std::string range = fmt::format("{}–{}", wait.from, wait.to);
    return {fmt::format("รอประมาณ {} นาที", record::thai_digits(range)),
            fmt::format("about {} minutes", range)};
}

// The largest that fits the box, read back; the mask has its quiet margin.
Result<paint::Mask> code_of(const std::string& follow, int box) {
    const auto code = paint::make_qr(follow, paint::QrLevel::kM);
    if (!code) return code.error();
    const int px = box / (code->modules() + 2 * paint::kQrQuietModules);
    if (px < kDotsPerModuleMin) {
        return Error{
            "QR-TOO-SMALL", "ลิงก์ของบัตรคิวยาวเกินกว่าจะพิมพ์เป็นคิวอาร์โค้ดที่อ่านได้ โปรดใช้ลิงก์ที่สั้นลง",
            "the ticket's link is too long for a QR code that can be read from paper; use a shorter one"};
    }
    paint::Mask mask = paint::draw_qr(*code, px);
    if (paint::decode_qr(mask) != follow) {
        return Error{
            "QR-UNREADABLE", "คิวอาร์โค้ดของบัตรคิวอ่านกลับไม่ตรงกับลิงก์ จึงไม่พิมพ์ โปรดตรวจลิงก์",
            "the ticket's QR code does not read back as its link, so it is not printed; check the link"};
    }
    return mask;
}

class TicketLayout {
  public:
    TicketLayout(const TicketPaper& ticket, const Scale& scale, int width, const paint::TextEngine& text)
        : ticket_(ticket), scale_(scale), strip_(width, text), all_{scale.margin, width - 2 * scale.margin} {}

    void draw(const paint::Mask* code) {
        head();
        number();
        waiting();
        strip_.rule(all_, gap(0.4), 2);
        missed();
        if (code != nullptr) return follow(*code);
        proof(all_, Align::kCenter);
    }
    const Strip& strip() const { return strip_; }

  private:
    int gap(double parts) const { return static_cast<int>(parts * scale_.body); }

    void head() {
        strip_.skip(4);
        strip_.write_fitting(ticket_.office.thai, set(scale_.office, true), scale_.office * 3 / 4, all_, 0);
        strip_.write_fitting(
            fmt::format("{}  •  {}", record::short_date_text(ticket_.taken.date, Language::kThai),
                        record::clock_text(ticket_.taken.minute_of_day, Language::kThai)),
            set(scale_.body), scale_.english, all_, gap(0.4));
        strip_.rule(all_, gap(0.4), 2);
    }

    void number() {
        strip_.write("บัตรคิว  Queue ticket", set(scale_.title, true), all_, gap(0.5));
        TextStyle digits = set(scale_.number);
        digits.digits_face = true;
        digits.line_height = 1.0;
        strip_.write_fitting(ticket_.number, digits, scale_.number / 3, all_, gap(0.6));
        if (ticket_.priority) {
            const record::Phrase lane{"ช่องทางพิเศษ", "Priority"};
            strip_.write_on_bar(both(lane, "  "), set(scale_.title, true), all_, gap(0.6), gap(0.25));
        }
        strip_.write_fitting(ticket_.division.thai, set(scale_.title, true), scale_.english, all_, gap(0.6));
        strip_.write(ticket_.service.thai, set(scale_.body), all_, gap(0.35));
        english(ticket_.service, all_, Align::kCenter);
    }

    void english(const record::Phrase& phrase, Band band, Align align) {
        if (phrase.english == phrase.thai) return;
        strip_.write(phrase.english, set(scale_.english, false, align), band, gap(0.3));
    }

    void waiting() {
        if (!ticket_.ahead && !ticket_.wait) return;
        strip_.rule(all_, gap(0.4), 2);
        std::string words;
        if (ticket_.ahead) {
            const record::Phrase ahead = people_ahead(*ticket_.ahead);
            strip_.write_fitting(ahead.thai, set(scale_.title, true), scale_.english, all_, gap(0.5));
            words = ahead.english;
        }
        if (ticket_.wait) {
            const record::Phrase wait = minutes(*ticket_.wait);
            strip_.write_fitting(wait.thai, set(scale_.title, true), scale_.english, all_, gap(0.4));
            words += (words.empty() ? "" : " • ") + wait.english;
        }
        strip_.write_fitting(words, set(scale_.english), scale_.english - 4, all_, gap(0.35));
    }

    void missed() {
        strip_.write_fitting(ticket_.missed_rule.thai, set(scale_.body), scale_.body - 4, all_, gap(0.45));
        english(ticket_.missed_rule, all_, Align::kCenter);
    }

    void proof(Band band, Align align) {
        std::string_view rest = ticket_.head;
        bool first = true;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            strip_.write_fitting(rest.substr(0, end), set(scale_.small, false, align), scale_.small - 3, band,
                                 gap(first ? 0.6 : 0.25));
            first = false;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    // The code on the right, its white margin up to the edge; beside it what it is for, and the proof.
    void follow(const paint::Mask& code) {
        const int top = strip_.foot();
        const Band left{all_.left, strip_.width() - code.width - all_.left};
        strip_.skip(code.height / 6);
        strip_.write("สแกนเพื่อดูคิว", set(scale_.body, true, Align::kLeft), left, 0);
        strip_.write("Scan to follow", set(scale_.english, false, Align::kLeft), left, gap(0.3));
        proof(left, Align::kLeft);
        strip_.stamp(code, strip_.width() - code.width, top);
        strip_.go_to(std::max(strip_.foot(), top + code.height - gap(0.6)));
    }

    const TicketPaper& ticket_;
    const Scale& scale_;
    Strip strip_;
    Band all_;
};

}  // namespace

Result<Raster> draw_ticket_paper(const TicketPaper& ticket, PaperWidth width, const paint::TextEngine& text) {
    const Scale& scale = width == PaperWidth::k58mm ? kNarrow : kWide;
    std::optional<paint::Mask> code;
    if (!ticket.follow.empty()) {
        auto made = code_of(ticket.follow, scale.code_box);
        if (!made) return made.error();
        code = *std::move(made);
    }
    TicketLayout layout(ticket, scale, dots_across(width), text);
    layout.draw(code ? &*code : nullptr);
    if (layout.strip().damaged() || layout.strip().foot() > kHeightMax) {
        return Error{
            "PAPER-LETTERS", "ข้อความบนบัตรคิวยาวเกินไปหรือมีตัวอักษรที่พิมพ์ไม่ได้ โปรดตรวจชื่อกองและบริการใน office.toml",
            "a text of the ticket is too long or has letters that cannot be printed; check the names of "
            "divisions and services in office.toml"};
    }
    return layout.strip().raster(8);
}

}  // namespace sala::kiosk
