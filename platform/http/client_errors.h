// What a call that failed is called, and the sentences that go with it.
#pragma once

#include <string>

#include "platform/base/result.h"

namespace sala::http {

enum class Failure {
    kBadCall,
    kNoAnswer,
    kNoTls,
    kWrongKey,
    kFault,
    kTimeout,
    kCut,
    kStopped,
    kReplyTooLarge,
    kBadReply,
};

// `all_sent`: the last byte of the request was handed to the connection. `detail` is for the English
// sentence.
Error client_error(Failure failure, bool all_sent, const std::string& url, const std::string& detail);

}  // namespace sala::http
