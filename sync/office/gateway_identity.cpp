#include "sync/office/gateway_identity.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "platform/base/files.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPemBytesMax = 64 * 1024;

Result<http::Identity> make(const fs::path& key, const fs::path& certificate) {
    Result<http::Identity> made = http::make_identity();
    if (!made) return made;
    // The key first: a certificate without one is then a key that was lost, and never a start that was cut
    // off.
    Result<void> done = write_file_durably(key, made->key_pem, 0600);
    if (done) done = write_file_durably(certificate, made->certificate_pem, 0644);
    if (!done) return done.error();
    return made;
}

}  // namespace

Result<http::Identity> gateway_identity(const fs::path& keys) {
    const fs::path key = keys / "gateway.key";
    const fs::path certificate = keys / "gateway.crt";
    std::error_code ignored;
    const bool has_certificate = fs::exists(certificate, ignored);
    struct stat info {};
    const bool has_key = ::lstat(key.c_str(), &info) == 0;
    if (has_certificate && !has_key) {
        return Error{"KEYS-GATEWAY-LOST",
                     fmt::format("ไม่พบกุญแจ {} โปรดนำสำเนาสำรองกลับมา หรือลบ {} เพื่อสร้างใหม่ แล้วแก้ pin ในทุกตู้",
                                 key.string(), certificate.string()),
                     fmt::format("the key {} is gone; bring back its backup, or delete {} to have a new one "
                                 "made, and then change the pin in every kiosk",
                                 key.string(), certificate.string())};
    }
    if (!has_certificate) return make(key, certificate);
    if ((info.st_mode & 077) != 0) {
        return Error{
            "KEYS-OPEN", fmt::format("ผู้ใช้อื่นอ่านกุญแจ {} ได้ โปรดตั้งสิทธิ์เป็น 0600 แล้วลองใหม่", key.string()),
            fmt::format("other users may read the key {}; set its mode to 0600 and try again", key.string())};
    }
    const Result<std::string> key_pem = read_file(key, kPemBytesMax);
    if (!key_pem) return key_pem.error();
    const Result<std::string> certificate_pem = read_file(certificate, kPemBytesMax);
    if (!certificate_pem) return certificate_pem.error();
    http::Identity identity{*certificate_pem, *key_pem};
    if (Result<void> fits = http::check_identity(identity); !fits) return fits.error();
    return identity;
}

}  // namespace sala::office
