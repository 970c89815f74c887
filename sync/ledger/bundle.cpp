#include "sync/ledger/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

namespace sala::ledger {
namespace {

Error damaged(const std::string& what) {
    return {
        "BUNDLE-DAMAGED", "ไฟล์ข้อมูลของตู้บริการเสียหายหรือถูกแก้ไข จึงไม่รับเข้า โปรดส่งออกจากตู้บริการใหม่",
        fmt::format(
            "the bundle is damaged or was changed ({}); nothing was taken in; export it again from the kiosk",
            what)};
}

// The parts of a bundle, line by line. The first thing that does not fit empties the rest.
class Cursor {
  public:
    explicit Cursor(std::string_view bytes) : rest_(bytes) {}

    // The next line without its LF; nothing at the end.
    std::optional<std::string_view> line() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) return {};
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

    // The value of a line "<name> <value>".
    std::optional<std::string_view> field(std::string_view name) {
        const std::optional<std::string_view> read = line();
        if (!read || !read->starts_with(name) || read->size() <= name.size() || (*read)[name.size()] != ' ')
            return {};
        return read->substr(name.size() + 1);
    }

    std::optional<std::uint64_t> number(std::string_view name) {
        const std::optional<std::string_view> text = field(name);
        std::uint64_t value = 0;
        if (!text) return {};
        std::from_chars(text->data(), text->data() + text->size(), value);
        if (value > static_cast<std::uint64_t>(kIntegerMax) || fmt::format_int(value).str() != *text)
            return {};
        return value;
    }

    // `count` lines as one text with their LFs.
    std::optional<std::string_view> block(std::uint64_t count) {
        const std::string_view begin = rest_;
        for (std::uint64_t i = 0; i < count; ++i) {
            if (!line()) return {};
        }
        return begin.substr(0, begin.size() - rest_.size());
    }

    std::string_view rest() const { return rest_; }

    // The same without the last `bytes`.
    Cursor within(std::size_t bytes) const { return Cursor(rest_.substr(0, rest_.size() - bytes)); }

  private:
    std::string_view rest_;
};

std::string with_length(std::string_view body, int version) {
    // The length counts its own digits.
    const std::string first = fmt::format("sala bundle {}\nlength ", version);
    std::size_t length = first.size() + 2 + body.size();
    while (first.size() + fmt::format_int(length).size() + 1 + body.size() != length) {
        length = first.size() + fmt::format_int(length).size() + 1 + body.size();
    }
    return fmt::format("{}{}\n{}", first, length, body);
}

struct Opened {
    Cursor cursor;  // behind the first two lines
    std::size_t evidence_bytes = 0;
};

// The first two lines: is it a bundle, of our version, and whole?
Result<Opened> open_envelope(std::string_view bytes) {
    constexpr std::string_view kMagic = "sala bundle ";
    const Error cut{
        "BUNDLE-CUT", "ไฟล์ข้อมูลของตู้บริการไม่ครบ อาจถอดแฟลชไดรฟ์เร็วเกินไป โปรดส่งออกจากตู้บริการใหม่",
        "the bundle is cut short, the stick may have been pulled too early; export it again from the kiosk"};
    if (bytes.size() > kBundleBytesMax) {
        return Error{
            "BUNDLE-TOO-LARGE", "ไฟล์ข้อมูลของตู้บริการใหญ่เกินกำหนด จึงไม่รับเข้า",
            fmt::format("the bundle is larger than {} bytes; nothing was taken in", kBundleBytesMax)};
    }
    if (bytes.size() < kMagic.size() && kMagic.starts_with(bytes)) return cut;
    if (!bytes.starts_with(kMagic)) {
        return Error{"BUNDLE-NOT-A-BUNDLE", "ไฟล์นี้ไม่ใช่ไฟล์ข้อมูลของตู้บริการ",
                     "this file is not a bundle of a kiosk"};
    }
    Cursor cursor(bytes);
    if (bytes.find('\n') == std::string_view::npos) {
        return bytes.size() < kMagic.size() + 2 ? cut : damaged("its first line has no end");
    }
    const std::optional<std::uint64_t> version = cursor.number("sala bundle");
    if (!version || *version == 0) return damaged("its first line");
    if (*version > static_cast<std::uint64_t>(kBundleVersion)) {
        return Error{"BUNDLE-NEWER-FORMAT", "ไฟล์นี้มาจากตู้บริการรุ่นใหม่กว่า โปรดปรับปรุงโปรแกรมของสำนักงานก่อน",
                     "the bundle comes from a newer kiosk program; update the office program first"};
    }
    constexpr std::string_view kLength = "length ";
    if (cursor.rest().find('\n') == std::string_view::npos) {
        const std::string_view rest = cursor.rest();
        const bool begun =
            kLength.starts_with(rest) ||
            (rest.starts_with(kLength) && rest.find_first_not_of("0123456789", 7) == std::string_view::npos);
        return begun ? cut : damaged("its length");
    }
    const std::optional<std::uint64_t> length = cursor.number("length");
    if (!length || (*version == 1 && *length < bytes.size())) return damaged("its length");
    if (*length > bytes.size()) return cut;
    return Opened{cursor, static_cast<std::size_t>(*length)};
}

Result<Frontier> read_frontier(Cursor& cursor, std::uint64_t size) {
    std::vector<Hash> hashes;
    for (std::uint64_t bits = size; bits != 0; bits &= bits - 1) {
        const std::optional<std::string_view> text = cursor.field("frontier");
        const auto hash = text ? crypto::array_from_base64<32>(*text) : std::nullopt;
        if (!hash) return damaged("the tree at its beginning");
        hashes.push_back(*hash);
    }
    return *Frontier::restore(size, std::move(hashes));
}

// A checkpoint of this very log, signed by its device.
Result<Checkpoint> read_checkpoint(const Note& note, const VerifierKey& device) {
    if (check_note(note, device) != NoteCheck::kValid) return damaged("a checkpoint's signature");
    Result<Checkpoint> checkpoint = parse_checkpoint(note.text);
    if (!checkpoint || checkpoint->origin != device.name) return damaged("a checkpoint of another log");
    return checkpoint;
}

Result<void> read_cosigned(Cursor& cursor, Bundle& bundle) {
    const std::optional<std::uint64_t> count = cursor.number("cosigned");
    if (!count || *count > 4 + kNoteSignaturesMax) return damaged("its cosigned note");
    if (*count == 0) return {};
    const std::optional<std::string_view> text = cursor.block(*count);
    const Result<Note> note = parse_note(text.value_or(std::string_view()));
    if (!note) return damaged("its cosigned note");
    const Result<Checkpoint> checkpoint = read_checkpoint(*note, bundle.device_key());
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->size == bundle.from() && checkpoint->root != bundle.frontier.root()) {
        return damaged("its cosigned note is for another tree");
    }
    bundle.cosigned = *text;
    return {};
}

Result<void> read_lines(Cursor& cursor, std::uint64_t count, Bundle& bundle) {
    bundle.tree = bundle.frontier;
    bundle.raw.reserve(count);
    bundle.lines.reserve(count);
    bundle.leaves.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::optional<std::string_view> raw = cursor.line();
        Result<Line> line = raw ? parse_line(*raw) : damaged("it ends early");
        if (!line) {
            return line.error().code == "LINE-NEWER-FORMAT"
                       ? Error{"BUNDLE-NEWER-FORMAT", line.error().thai, line.error().english}
                       : damaged(fmt::format("line {} of the journal", bundle.tree.size()));
        }
        if (line->stamp.seq != bundle.tree.size()) return damaged("a line out of order");
        bundle.leaves.push_back(leaf_hash(*raw));
        bundle.tree.append(bundle.leaves.back());
        bundle.raw.push_back(*raw);
        bundle.lines.push_back(*std::move(line));
    }
    if (bundle.from() > 0) return {};
    const auto* start = std::get_if<LogStart>(&bundle.lines.front().happening);
    if (start == nullptr || start->office != bundle.office || start->origin != bundle.origin ||
        start->key != bundle.key)
        return damaged("it begins the log of another kiosk");
    return {};
}

// A line of the bundle commits to it.
bool is_bound(const Attachment& attachment, const std::vector<Line>& lines) {
    const std::string text = crypto::to_base64(attachment.commitment);
    return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
        if (const auto* bound = std::get_if<Bound>(&line.happening))
            return attachment.kind == "opening" && bound->commitment == attachment.commitment;
        const auto* closed = std::get_if<DayClosed>(&line.happening);
        return closed != nullptr && attachment.kind != "opening" &&
               std::find(closed->texts.begin(), closed->texts.end(), text) != closed->texts.end();
    });
}

std::string attachment_line(const Attachment& attachment) {
    return fmt::format("attachment {} {} {}\n", attachment.kind, crypto::to_base64(attachment.commitment),
                       crypto::to_base64(attachment.sealed));
}

Result<void> read_attachments(std::string_view bytes, Bundle& bundle) {
    Cursor cursor(bytes);
    std::string_view last;
    while (!cursor.rest().empty()) {
        const std::string_view begin = cursor.rest();
        const std::string_view text = cursor.field("attachment").value_or("");
        const std::size_t first = std::min(text.find(' '), text.size());
        const std::size_t second = std::min(text.find(' ', first + 1), text.size());
        if (second == text.size() || bundle.attachments.size() == kAttachmentsMax)
            return damaged("an attachment");
        Attachment read{std::string(text.substr(0, first)), {}, {}};
        const auto commitment = crypto::array_from_base64<32>(text.substr(first + 1, second - first - 1));
        const auto sealed = crypto::from_base64(text.substr(second + 1));
        const bool known = read.kind == "opening" || read.kind == "text" || read.kind == "letter";
        if (!known || !commitment || !sealed || sealed->empty() || sealed->size() > kAttachmentBytesMax)
            return damaged("an attachment");
        read.commitment = *commitment;
        read.sealed = *sealed;
        const std::string_view line = begin.substr(0, begin.size() - cursor.rest().size());
        if (line <= last || !is_bound(read, bundle.lines)) return damaged("an attachment that no line binds");
        last = line;
        bundle.attachments.push_back(std::move(read));
    }
    return {};
}

Result<void> read_evidence(Cursor cursor, Bundle& bundle) {
    bundle.office = cursor.field("office").value_or("");
    bundle.origin = cursor.field("origin").value_or("");
    const auto key = crypto::array_from_base64<32>(cursor.field("key").value_or(""));
    const std::optional<std::uint64_t> from = cursor.number("from");
    const std::optional<std::uint64_t> to = cursor.number("to");
    if (!key || !from || !to || *to <= *from || *to - *from > kBundleLinesMax) return damaged("its head");
    bundle.key = *key;
    bundle.device = device_code(*key);
    if (!is_id(bundle.office) || !bundle.origin.ends_with("/sala/" + bundle.device))
        return damaged("its names");

    Result<Frontier> frontier = read_frontier(cursor, *from);
    if (!frontier) return frontier.error();
    bundle.frontier = *std::move(frontier);
    if (Result<void> read = read_cosigned(cursor, bundle); !read) return read.error();
    if (Result<void> read = read_lines(cursor, *to - *from, bundle); !read) return read.error();

    // Three lines of text, an empty one, one signature.
    Result<Note> note = parse_note(cursor.block(5).value_or(""));
    if (!note) return damaged("its checkpoint");
    const Result<Checkpoint> checkpoint = read_checkpoint(*note, bundle.device_key());
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->size != *to || checkpoint->root != bundle.tree.root())
        return damaged("its checkpoint is for another tree");
    bundle.checkpoint = *std::move(note);

    const std::string_view over = bundle.evidence.substr(0, bundle.evidence.size() - cursor.rest().size());
    const auto signature = crypto::array_from_base64<64>(cursor.field("signature").value_or(""));
    if (!signature || !cursor.rest().empty()) return damaged("its signature");
    if (!crypto::verify(bundle.key, bytes_of(over), *signature)) return damaged("its signature");
    return {};
}

}  // namespace

Note signed_checkpoint(const Frontier& tree, const std::string& origin, const crypto::SigningKey& key) {
    Note note;
    note.text = Checkpoint{origin, tree.size(), tree.root()}.text();
    note.signatures.push_back(sign_note(note.text, origin, key));
    return note;
}

std::string write_bundle(const BundleDraft& draft, const crypto::SigningKey& key) {
    assert(!draft.lines.empty() && draft.lines.size() <= kBundleLinesMax);
    const std::string origin = log_origin(draft.domain, device_code(key.public_key()));
    Frontier tree = draft.frontier;
    std::string body =
        fmt::format("office {}\norigin {}\nkey {}\nfrom {}\nto {}\n", draft.office, origin,
                    crypto::to_base64(key.public_key()), tree.size(), tree.size() + draft.lines.size());
    for (const Hash& hash : tree.hashes()) body += fmt::format("frontier {}\n", crypto::to_base64(hash));
    body += fmt::format("cosigned {}\n{}", std::count(draft.cosigned.begin(), draft.cosigned.end(), '\n'),
                        draft.cosigned);
    for (const std::string& line : draft.lines) {
        tree.append(leaf_hash(line));
        body += line;
        body += '\n';
    }
    body += signed_checkpoint(tree, origin, key).bytes();
    // The signature is over the length too, so the length has to count the signature's line.
    const std::string placeholder = fmt::format("signature {}\n", crypto::to_base64(crypto::Signature{}));
    std::string bytes = with_length(body + placeholder, draft.attachments.empty() ? 1 : 2);
    bytes.resize(bytes.size() - placeholder.size());
    bytes += fmt::format("signature {}\n", crypto::to_base64(key.sign(bytes_of(bytes))));
    std::vector<std::string> attached;
    for (const Attachment& attachment : draft.attachments) attached.push_back(attachment_line(attachment));
    std::sort(attached.begin(), attached.end());
    for (const std::string& line : attached) bytes += line;
    return bytes;
}

Result<Bundle> open_bundle(std::string_view bytes) {
    const Result<Opened> opened = open_envelope(bytes);
    if (!opened) return opened.error();
    Bundle bundle;
    bundle.evidence = bytes.substr(0, opened->evidence_bytes);
    if (Result<void> read =
            read_evidence(opened->cursor.within(bytes.size() - opened->evidence_bytes), bundle);
        !read)
        return read.error();
    if (Result<void> read = read_attachments(bytes.substr(opened->evidence_bytes), bundle); !read)
        return read.error();
    return bundle;
}

}  // namespace sala::ledger
