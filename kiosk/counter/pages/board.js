// The waiting-room board: who is called where, who was called last, how many wait.
"use strict";

(() => {
  const { say, inLanguage, count, at, element } = Sala;
  const kLastMax = 6;
  const kAnnouncedMax = 60;
  let office = null, state = null, shown = null;

  const counterName = (id) => {
    const counter = office.counters.find((one) => one.id === id);
    return counter ? inLanguage(counter.name) : id;
  };

  const announcer = new Announcer((call) => {
    shown = call;
    at("call").classList.remove("fresh");
    void at("call").offsetWidth; // begins the animation anew
    at("call").classList.add("fresh");
    draw();
  }, (call, how) => {
    const line = element("li", "", call.number);
    line.dataset.seq = call.seq;
    line.dataset.how = how;
    at("announced").append(line);
    while (at("announced").children.length > kAnnouncedMax) at("announced").firstChild.remove();
  });

  function drawNow() {
    const list = at("now");
    list.textContent = "";
    state.now.forEach((one) => {
      const cell = element("div", "cell" + (shown && one.number === shown.number ? " fresh" : ""));
      cell.append(element("b", "", one.number), element("span", "", counterName(one.counter)));
      list.append(cell);
    });
    list.dataset.count = state.now.length > 4 ? "many" : "few";
    if (!state.now.length) list.append(element("p", "none", say("ยังไม่มีผู้รับบริการ", "Nobody is being served")));
  }
  function drawLast() {
    const list = at("last");
    list.textContent = "";
    state.calls.slice(-kLastMax).reverse().forEach((call) => {
      const line = element("li");
      line.append(element("b", "", call.number), element("span", "", counterName(call.counter)));
      list.append(line);
    });
  }
  function drawWaits() {
    const list = at("waits");
    list.textContent = "";
    list.dataset.count = state.waiting.length > 5 ? "many" : "few";
    state.waiting.forEach((series) => {
      const division = office.divisions.find((one) => one.id === series.division);
      const line = element("div", "series");
      line.append(element("b", "", division.prefix), element("span", "", inLanguage(division.name)),
                  element("i", "", count(series.count)));
      list.append(line);
    });
  }
  function drawFoot() {
    const [priority, ordinary] = office.ratio;
    at("rule").textContent = say(
      "เมื่อมีผู้รอทั้งสองแบบ เรียกคิวพิเศษ (ผู้สูงอายุ ผู้พิการ หญิงตั้งครรภ์) " + count(priority) + " ราย แล้วเรียกคิวทั่วไป " +
        count(ordinary) + " ราย สลับกันไป",
      "Where both wait: " + priority + " from the priority lane (elderly, disabled, pregnant), then " + ordinary +
        " others, in turn");
    at("delays").textContent = state.now.filter((one) => one.delay).map((one) => {
      const reason = office.reasons.delay.find((each) => each.id === one.delay);
      return counterName(one.counter) + say(" ใช้เวลานานกว่าปกติ: ", " takes longer than usual: ") +
        (reason ? inLanguage(reason.name) : "");
    }).join("   •   ");
  }
  function draw() {
    if (!state) return;
    at("call-title").textContent = shown ? say("ขอเชิญหมายเลข", "Now calling") : say("รอการเรียก", "Please wait to be called");
    at("call-number").textContent = shown ? shown.number : "–";
    at("call-counter").textContent = shown ? counterName(shown.counter) : "";
    drawNow();
    drawLast();
    drawWaits();
    drawFoot();
  }
  function drawFixed() {
    at("seal").textContent = office.initials;
    at("office-name").textContent = inLanguage(office.name);
    at("welcome").textContent = say("ยินดีต้อนรับ • โปรดรอฟังหมายเลขของท่าน", "Welcome • Please wait for your number");
    at("now-title").textContent = say("กำลังให้บริการ", "Now serving");
    at("last-title").textContent = say("เรียกล่าสุด", "Last calls");
    at("waits-title").textContent = say("จำนวนผู้รอ", "People waiting");
    at("stale").textContent = Sala.staleText();
    at("start-title").textContent = say("จอเรียกคิว", "Waiting-room board");
    at("start-button").textContent = say("เริ่ม และเปิดเสียง", "Start with sound");
    at("start-note").textContent = say("กดหนึ่งครั้งเมื่อเปิดจอ เพื่อให้มีเสียงเรียกคิว", "Press once after switching on, so that calls are heard");
    at("language").textContent = say("English", "ภาษาไทย");
    at("clock").textContent = Sala.clockText();
  }

  function begin(names) {
    office = names;
    drawFixed();
    at("start-button").addEventListener("click", () => {
      announcer.start();
      at("start").hidden = true;
    });
    at("language").addEventListener("click", () => { Sala.switchLanguage(); drawFixed(); draw(); });
    setInterval(() => { at("clock").textContent = Sala.clockText(); }, 5000);
    new Sala.Live("/board-events", (heard) => {
      state = heard;
      if (!shown && heard.calls.length) shown = heard.calls[heard.calls.length - 1];
      announcer.hear(heard.calls);
      draw();
    }, (stale) => { at("stale").hidden = !stale; });
    at("start-button").focus();
  }
  function load() {
    fetch("/office").then((answer) => { if (!answer.ok) throw new Error(); return answer.json(); })
      .then(begin).catch(() => setTimeout(load, 2000));
  }
  load();
})();
