// Inside this room only: one connection to CUPS, each call with the deadline of the whole.
#pragma once

#include <cups/cups.h>

#include <atomic>
#include <functional>
#include <string>

#include "platform/base/handle.h"
#include "platform/cups/cups_printer.h"
#include "platform/linux/printer_line.h"

namespace sala {

// How a job stands; kGone: CUPS did not say.
enum class JobStep { kWaiting, kProcessing, kDone, kEnded, kGone };

class CupsCall {
  public:
    // `cancelled` and `queue` live longer than the call.
    CupsCall(const CupsQueue& queue, const std::atomic<bool>& cancelled, const Deadline& deadline);

    bool connected() const { return http_ != nullptr; }
    bool over() const { return cancelled_ || deadline_.over(); }
    // From here on only this long, and a cancel is not heard: to take a job back.
    void last_words(int within_ms);

    // Of the queue; kOffline where there is none, or no CUPS.
    PrinterState state();
    // Of the last state(): the queue is there, accepts jobs and is not stopped.
    bool runs() const { return runs_; }
    // The job's number, or 0.
    int create_job();
    bool send(int job, const std::string& bytes);
    JobStep step_of(int job);
    // True: it was never given to the printer, and never will be.
    bool take_back(int job);

  private:
    using Http = Handle<http_t, httpClose>;
    using Answer = Handle<ipp_t, ippDelete>;
    static int go_on(http_t*, void* call);
    ipp_t* request(ipp_op_t operation, int job) const;
    Answer ask(ipp_t* request);
    Answer ask_about(int job);

    const CupsQueue& queue_;
    const std::atomic<bool>& cancelled_;
    Deadline deadline_;
    bool last_ = false, runs_ = false;
    Http http_;
};

}  // namespace sala
