// Calls are announced one after another: shown, a chime, the voice; never two at once, in the order of their
// seq, each once. Every step ends after a time of its own, so that a silent device holds up nobody.
"use strict";

class Announcer {
  // `show(call)` puts a call on the screen; `done(call, how)` says how it was announced: "voice" (recorded),
  // "speech" (the browser's Thai voice), "chime", or "shown" (the board has no sound, or the call is old).
  constructor(show, done) {
    Object.assign(this, { show, done, waiting: [], busy: false, audio: null });
    this.lastSeq = Number(Sala.recall("last-call")) || 0;
  }

  // All calls that the kiosk remembers, oldest first. A log that begins anew counts from one again.
  hear(calls) {
    const newest = calls.length ? calls[calls.length - 1].seq : this.lastSeq;
    if (newest < this.lastSeq) this.lastSeq = 0;
    for (const call of calls) {
      if (call.seq <= this.lastSeq) continue;
      this.lastSeq = call.seq;
      this.waiting.push(call);
    }
    this.waiting = this.waiting.slice(-Announcer.kWaitingMax);
    Sala.remember("last-call", this.lastSeq);
    this.run();
  }

  // From a click: browsers give sound only then.
  start() {
    const Kind = window.AudioContext || window.webkitAudioContext;
    if (Kind) this.audio = new Kind();
    if (this.audio && this.audio.resume) this.audio.resume().catch(() => {});
    if (window.speechSynthesis) speechSynthesis.getVoices();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length) {
      const call = this.waiting.shift();
      this.show(call);
      this.done(call, await this.announce(call));
    }
    this.busy = false;
  }

  async announce(call) {
    const isOld = call.age_ms === null || call.age_ms > Announcer.kOldMs;
    if (isOld) return this.pause(Announcer.kOldShownMs, "shown");
    if (!this.audio) return this.pause(Announcer.kShownMs, "shown");
    await this.chime();
    if (call.voice && await this.clips(call)) return "voice";
    if (await this.speak(call.words)) return "speech";
    return this.pause(Announcer.kShownMs, "chime");
  }

  pause(ms, answer) { return new Promise((resolve) => setTimeout(() => resolve(answer), ms)); }

  // Two soft notes, a third apart, falling.
  chime() {
    const now = this.audio.currentTime;
    [[659.25, 0], [523.25, 0.35]].forEach(([pitch, after]) => {
      const note = this.audio.createOscillator();
      const volume = this.audio.createGain();
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, now + after);
      volume.gain.exponentialRampToValueAtTime(0.5, now + after + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, now + after + 0.9);
      note.connect(volume);
      volume.connect(this.audio.destination);
      note.start(now + after);
      note.stop(now + after + 1);
    });
    return this.pause(1300);
  }

  // The kiosk's own clips, joined; false where they cannot be played.
  async clips(call) {
    try {
      const answer = await fetch("/voice/" + call.seq + ".wav");
      if (!answer.ok) return false;
      const bytes = await answer.arrayBuffer();
      const sound = await new Promise((good, bad) => this.audio.decodeAudioData(bytes, good, bad));
      const player = this.audio.createBufferSource();
      player.buffer = sound;
      player.connect(this.audio.destination);
      const ended = new Promise((resolve) => { player.onended = () => resolve(true); });
      player.start();
      return await Promise.race([ended, this.pause(sound.duration * 1000 + 2000, true)]);
    } catch (failed) {
      return false;
    }
  }

  // The browser's Thai voice; false where it has none.
  speak(words) {
    if (!window.speechSynthesis) return Promise.resolve(false);
    const thai = speechSynthesis.getVoices().find((voice) => /^th\b/i.test(voice.lang));
    if (!thai) return Promise.resolve(false);
    return new Promise((resolve) => {
      const speech = new SpeechSynthesisUtterance(words);
      const limit = setTimeout(() => { speechSynthesis.cancel(); resolve(true); }, Announcer.kSpeechMaxMs);
      const end = (spoken) => () => { clearTimeout(limit); resolve(spoken); };
      Object.assign(speech, { voice: thai, lang: thai.lang, rate: 0.9, onend: end(true), onerror: end(false) });
      this.speech = speech; // some browsers forget an utterance that nobody holds
      speechSynthesis.speak(speech);
    });
  }
}
Announcer.kWaitingMax = 40;
Announcer.kOldMs = 60000;
Announcer.kOldShownMs = 300;
Announcer.kShownMs = 2500;
Announcer.kSpeechMaxMs = 15000;
