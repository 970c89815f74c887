// The other ends of the tests: sockets and TLS by hand, so that a peer can be silent, slow, old or rude.
//
// Every wait ends after kPatience; a test that gets there has failed, and no test passes by waiting that
// long.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <functional>
#include <string>
#include <thread>

#include "platform/base/descriptor.h"
#include "platform/http/client.h"
#include "platform/http/listener.h"
#include "platform/http/server.h"

namespace sala::http {

inline constexpr int kPatienceSeconds = 30;
inline constexpr char kTls13[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
inline constexpr char kTls12[] = "NORMAL:-VERS-ALL:+VERS-TLS1.2";

inline const Identity& test_identity() {
    static const Identity identity = make_identity().value();
    return identity;
}

inline std::string url_of(std::uint16_t port, const std::string& path = "/") {
    return "https://127.0.0.1:" + std::to_string(port) + path;
}

inline Call call_to(std::uint16_t port, std::string body = {}) {
    Call call;
    call.url = url_of(port);
    call.pin = pin_of(test_identity().certificate_pem).value();
    call.body = std::move(body);
    call.connect_ms = call.total_ms = kPatienceSeconds * 1000;
    return call;
}

inline void be_patient(int socket) {
    const timeval patience{kPatienceSeconds, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// `from`: the last number of 127.0.0.x, as one machine has many addresses.
inline Descriptor connect_to(std::uint16_t port, std::uint32_t from = 1) {
    Descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    be_patient(made.get());
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + from);
    EXPECT_EQ(::bind(made.get(), reinterpret_cast<sockaddr*>(&own), sizeof own), 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(made.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return made;
}

// Whether the peer has ended the connection, which is waited for; what it sends before is read and dropped.
inline bool was_cut(const Descriptor& socket) {
    std::array<char, 4096> room;
    while (true) {
        const ssize_t count = ::recv(socket.get(), room.data(), room.size(), 0);
        if (count == 0) return true;
        if (count < 0) return errno == ECONNRESET || errno == EPIPE;
    }
}

// One end of a TLS connection over a socket of its own.
class Tls {
  public:
    Tls(Descriptor socket, unsigned end, const char* versions, const Identity& identity = test_identity())
        : socket_(std::move(socket)) {
        gnutls_certificate_allocate_credentials(&credentials_);
        // A thief has a certificate and not its key.
        gnutls_certificate_set_flags(credentials_, GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
        if (end == GNUTLS_SERVER) {
            const gnutls_datum_t certificate = datum(identity.certificate_pem);
            const gnutls_datum_t key = datum(identity.key_pem);
            gnutls_certificate_set_x509_key_mem(credentials_, &certificate, &key, GNUTLS_X509_FMT_PEM);
        }
        gnutls_init(&session_, end | GNUTLS_NO_SIGNAL);
        gnutls_priority_set_direct(session_, versions, nullptr);
        gnutls_credentials_set(session_, GNUTLS_CRD_CERTIFICATE, credentials_);
        gnutls_transport_set_int(session_, socket_.get());
    }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;
    ~Tls() {
        gnutls_deinit(session_);
        gnutls_certificate_free_credentials(credentials_);
    }

    bool shake_hands() {
        int code = 0;
        do {
            code = gnutls_handshake(session_);
        } while (code < 0 && gnutls_error_is_fatal(code) == 0 && code != GNUTLS_E_AGAIN);
        return code == GNUTLS_E_SUCCESS;
    }

    bool say(std::string_view text) {
        while (!text.empty()) {
            const ssize_t count = gnutls_record_send(session_, text.data(), text.size());
            if (count <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    // What has come when `end` stands in it, or when nothing more comes.
    std::string hear(std::string_view end = {}) {
        std::string heard;
        std::array<char, 16384> room;
        while (end.empty() || heard.find(end) == heard.npos) {
            const ssize_t count = gnutls_record_recv(session_, room.data(), room.size());
            if (count <= 0 && count != GNUTLS_E_INTERRUPTED) break;
            if (count > 0) heard.append(room.data(), static_cast<std::size_t>(count));
        }
        return heard;
    }

    // What comes next, as much as is there; empty: nothing more comes.
    std::string hear_some() {
        std::array<char, 16384> room;
        ssize_t count = 0;
        do {
            count = gnutls_record_recv(session_, room.data(), room.size());
        } while (count == GNUTLS_E_INTERRUPTED);
        return {room.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
    }

    const Descriptor& socket() const { return socket_; }

  private:
    static gnutls_datum_t datum(const std::string& text) {
        return {reinterpret_cast<unsigned char*>(const_cast<char*>(text.data())),
                static_cast<unsigned>(text.size())};
    }

    Descriptor socket_;
    gnutls_certificate_credentials_t credentials_ = nullptr;
    gnutls_session_t session_ = nullptr;
};

// Listens, and treats the first who comes as it is told, on a thread of its own.
class Peer {
  public:
    using Treatment = std::function<void(Descriptor)>;

    explicit Peer(Treatment treatment) : listener_(listen_on("127.0.0.1", 0).value()) {
        ::fcntl(listener_.get(), F_SETFL, 0);
        be_patient(listener_.get());
        thread_ = std::thread([this, treatment = std::move(treatment)] {
            Descriptor guest(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!guest.open()) return;
            be_patient(guest.get());
            treatment(std::move(guest));
        });
    }
    ~Peer() { thread_.join(); }

    std::uint16_t port() const { return port_of(listener_); }

  private:
    Descriptor listener_;
    std::thread thread_;
};

// A peer that does TLS as it should and then as it is told.
inline Peer::Treatment over_tls(std::function<void(Tls&)> then, const Identity& identity = test_identity(),
                                const char* versions = kTls13) {
    return [then = std::move(then), &identity, versions](Descriptor socket) {
        Tls tls(std::move(socket), GNUTLS_SERVER, versions, identity);
        if (tls.shake_hands()) then(tls);
    };
}

// The same key in a certificate that was over long ago.
inline Identity expired(const Identity& identity) {
    gnutls_x509_privkey_t key = nullptr;
    gnutls_x509_crt_t certificate = nullptr;
    gnutls_x509_privkey_init(&key);
    gnutls_x509_crt_init(&certificate);
    gnutls_datum_t text{reinterpret_cast<unsigned char*>(const_cast<char*>(identity.key_pem.data())),
                        static_cast<unsigned>(identity.key_pem.size())};
    EXPECT_EQ(gnutls_x509_privkey_import(key, &text, GNUTLS_X509_FMT_PEM), 0);
    gnutls_x509_crt_set_version(certificate, 3);
    gnutls_x509_crt_set_serial(certificate, "\x01", 1);
    gnutls_x509_crt_set_activation_time(certificate, 1'000'000'000);
    gnutls_x509_crt_set_expiration_time(certificate, 1'000'086'400);
    gnutls_x509_crt_set_key(certificate, key);
    EXPECT_EQ(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0), 0);
    Identity result{"", identity.key_pem};
    EXPECT_EQ(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text), 0);
    result.certificate_pem.assign(reinterpret_cast<const char*>(text.data), text.size);
    gnutls_free(text.data);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    return result;
}

}  // namespace sala::http
