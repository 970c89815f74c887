// What both pages use: language, numbers, time, and the live connection that knows when it is stale.
// Written for the browsers of televisions too: nothing newer than ECMAScript 2017.
"use strict";

const Sala = (() => {
  let language = recall("language") === "en" ? "en" : "th";

  function remember(name, value) {
    try { localStorage.setItem("sala." + name, value); } catch (refused) { /* private window */ }
  }
  function recall(name) {
    try { return localStorage.getItem("sala." + name); } catch (refused) { return null; }
  }

  const say = (thai, english) => (language === "th" ? thai : english);
  const inLanguage = (phrase) => phrase[language];
  const thaiDigits = (text) => String(text).replace(/[0-9]/g, (d) => "๐๑๒๓๔๕๖๗๘๙"[d]);
  const count = (number) => (language === "th" ? thaiDigits(number) : String(number));
  function switchLanguage() {
    language = language === "th" ? "en" : "th";
    remember("language", language);
    document.documentElement.lang = language;
  }

  const at = (id) => document.getElementById(id);
  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Local time is UTC+7, whatever this computer believes.
  function clockText() {
    const now = new Date(Date.now() + 7 * 3600000);
    const two = (number) => String(number).padStart(2, "0");
    const time = two(now.getUTCHours()) + (language === "th" ? "." : ":") + two(now.getUTCMinutes());
    return language === "th" ? thaiDigits(time) + " น." : time;
  }

  const staleText = () => say("ข้อมูลนี้อาจเก่า กำลังเชื่อมต่อใหม่", "This may be out of date. Reconnecting…");

  // Server-sent events of whole states. `onState(state)`, `onStale(yes)`; `onRefused()` when the server does
  // not let this page have them (a session that ended). Silence of kSilenceMs is a dead line, even where the
  // browser still believes in it.
  const kSilenceMs = 12000;
  const kAgainMs = 3000;
  class Live {
    constructor(path, onState, onStale, onRefused) {
      Object.assign(this, { path, onState, onStale, onRefused });
      this.heardMs = performance.now();
      this.stale = false;
      this.open();
      this.timer = setInterval(() => this.look(), 500);
    }
    open() {
      if (this.source) this.source.close();
      this.openedMs = performance.now();
      const source = this.source = new EventSource(this.path);
      source.onmessage = (event) => { this.hear(); this.onState(JSON.parse(event.data)); };
      source.addEventListener("beat", () => this.hear());
      source.onerror = () => { this.setStale(true); };
    }
    hear() {
      this.heardMs = performance.now();
      this.setStale(false);
    }
    look() {
      const now = performance.now();
      if (now - this.heardMs > kSilenceMs) this.setStale(true);
      if (!this.stale || now - this.openedMs < kAgainMs) return;
      if (this.source.readyState === EventSource.CLOSED && this.onRefused) this.onRefused();
      this.open();
    }
    setStale(yes) {
      if (this.stale === yes) return;
      this.stale = yes;
      this.onStale(yes);
    }
    close() {
      clearInterval(this.timer);
      this.source.close();
    }
  }

  document.documentElement.lang = language;
  return { say, inLanguage, count, thaiDigits, switchLanguage, language: () => language, at, element, clockText,
           staleText, Live, remember, recall };
})();
