// A loudspeaker, as the rest of Sala sees it: one sound in, and silence again when play() returns.
//
// The trap: a machine without a sound card takes every sound and nobody hears it; play() cannot know that.
#pragma once

#include "platform/base/wav.h"

namespace sala {

// play() belongs to one thread; cancel() is for any.
class Speaker {
  public:
    virtual ~Speaker() = default;

    // Until the last sample was heard, or for two seconds more than it lasts. Refuses SPEAKER-NONE (no device
    // takes it), SPEAKER-SLOW (it was not played in that time), SPEAKER-CANCELLED.
    virtual Result<void> play(const Sound& sound) = 0;

    // For good: what sounds ends at once, and later calls do nothing.
    virtual void cancel() = 0;
};

}  // namespace sala
