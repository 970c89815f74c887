// A server that browsers trust without a warning: its certificate is signed by an authority made for it
// alone.
//
// The authority's certificate is installed once on each office PC, from a stick. Its private key signs one
// certificate and is forgotten before make_authority_identity() returns, and its name constraints (RFC 5280,
// 4.2.1.10, critical) allow that one address and no name at all: who installs it trusts this kiosk's address
// and nothing else, whoever may hold the kiosk later. The trap: another address needs another authority, to
// be installed anew; so the kiosk's address must be a fixed one.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/http/identity.h"

namespace sala::http {

struct AuthorityIdentity {
    Identity identity;          // of the server
    std::string authority_pem;  // what is installed; no secret
};

// `address` is an IPv4 or IPv6 literal. Both certificates are valid from 2000 to the end of 9999, so that no
// clock of a kiosk or PC ends them, not even one that takes 2569 for a year of the Common Era. Any thread.
// HTTP-BAD-ADDRESS, HTTP-NO-IDENTITY.
Result<AuthorityIdentity> make_authority_identity(std::string_view address);

}  // namespace sala::http
