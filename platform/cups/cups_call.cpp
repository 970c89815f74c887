#include "platform/cups/cups_call.h"

#include <array>

#include "platform/cups/reasons.h"
#include "platform/linux/escpos.h"

namespace sala {
namespace {

constexpr double kTickS = 0.1;
constexpr const char* kTitle = "ticket";

int integer_of(ipp_t* answer, const char* name, int otherwise) {
    ipp_attribute_t* found = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    if (found == nullptr) return otherwise;
    const ipp_tag_t tag = ippGetValueTag(found);
    return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(found, 0) : otherwise;
}

}  // namespace

CupsCall::CupsCall(const CupsQueue& queue, const std::atomic<bool>& cancelled, const Deadline& deadline)
    : queue_(queue), cancelled_(cancelled), deadline_(deadline) {
    if (over()) return;
    const std::string server = queue.server.empty() ? cupsServer() : queue.server;
    http_.reset(httpConnect2(server.c_str(), ippPort(), nullptr, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1,
                             deadline_.left_ms(), nullptr));
    if (http_) httpSetTimeout(http_.get(), kTickS, go_on, this);
}

// Asked by libcups whenever nothing came for a tick.
int CupsCall::go_on(http_t*, void* call) {
    const auto* self = static_cast<CupsCall*>(call);
    return self->deadline_.over() || (self->cancelled_ && !self->last_) ? 0 : 1;
}

void CupsCall::last_words(int within_ms) {
    last_ = true;
    deadline_ = Deadline(within_ms);
}

ipp_t* CupsCall::request(ipp_op_t operation, int job) const {
    ipp_t* asked = ippNewRequest(operation);
    const std::string uri = "ipp://localhost/printers/" + queue_.name;
    ippAddString(asked, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri.c_str());
    if (job > 0) ippAddInteger(asked, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippAddString(asked, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    return asked;
}

// Takes the request. Nothing where CUPS did not answer, or refused.
CupsCall::Answer CupsCall::ask(ipp_t* request) {
    Answer answer(cupsDoRequest(http_.get(), request, "/"));
    if (answer && ippGetStatusCode(answer.get()) > IPP_STATUS_OK_CONFLICTING) answer.reset();
    return answer;
}

PrinterState CupsCall::state() {
    const Answer answer = ask(request(IPP_OP_GET_PRINTER_ATTRIBUTES, 0));
    runs_ = false;
    if (!answer) return PrinterState::kOffline;
    ipp_attribute_t* accepting = ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    runs_ = integer_of(answer.get(), "printer-state", IPP_PSTATE_STOPPED) != IPP_PSTATE_STOPPED &&
            accepting != nullptr && ippGetBoolean(accepting, 0) != 0;
    PrinterState worst = runs_ ? PrinterState::kReady : PrinterState::kOffline;
    ipp_attribute_t* reasons = ippFindAttribute(answer.get(), "printer-state-reasons", IPP_TAG_KEYWORD);
    for (int i = 0; reasons != nullptr && i < ippGetCount(reasons); ++i) {
        worst = worse(worst, state_of_reason(ippGetString(reasons, i, nullptr)));
    }
    return worst;
}

int CupsCall::create_job() {
    ipp_t* asked = request(IPP_OP_CREATE_JOB, 0);
    ippAddString(asked, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, kTitle);
    const Answer answer = ask(asked);
    return answer ? integer_of(answer.get(), "job-id", 0) : 0;
}

bool CupsCall::send(int job, const std::string& bytes) {
    if (cupsStartDocument(http_.get(), queue_.name.c_str(), job, kTitle, "application/vnd.cups-raw", 1) !=
        HTTP_STATUS_CONTINUE) {
        return false;
    }
    if (cupsWriteRequestData(http_.get(), bytes.data(), bytes.size()) != HTTP_STATUS_CONTINUE) return false;
    return cupsFinishDocument(http_.get(), queue_.name.c_str()) <= IPP_STATUS_OK_CONFLICTING;
}

CupsCall::Answer CupsCall::ask_about(int job) {
    ipp_t* asked = request(IPP_OP_GET_JOB_ATTRIBUTES, job);
    constexpr std::array kWanted = {"job-state", "time-at-processing"};
    ippAddStrings(asked, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", kWanted.size(), nullptr,
                  kWanted.data());
    return ask(asked);
}

JobStep CupsCall::step_of(int job) {
    const Answer answer = ask_about(job);
    if (!answer) return JobStep::kGone;
    switch (integer_of(answer.get(), "job-state", 0)) {
        case IPP_JSTATE_PENDING:
        case IPP_JSTATE_HELD:
            return JobStep::kWaiting;
        case IPP_JSTATE_PROCESSING:
            return JobStep::kProcessing;
        case IPP_JSTATE_COMPLETED:
            return JobStep::kDone;
        case IPP_JSTATE_STOPPED:
        case IPP_JSTATE_CANCELED:
        case IPP_JSTATE_ABORTED:
            return JobStep::kEnded;
        default:
            return JobStep::kGone;
    }
}

bool CupsCall::take_back(int job) {
    ask(request(IPP_OP_CANCEL_JOB, job));
    const Answer answer = ask_about(job);
    if (!answer) return false;
    const int state = integer_of(answer.get(), "job-state", 0);
    const bool over = state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED;
    return over && integer_of(answer.get(), "time-at-processing", 0) == 0;
}

}  // namespace sala
