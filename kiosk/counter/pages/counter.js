// The counter page: who is with this counter, who waits, and one or two keys for each order.
//
// Keys are known by their place on the keyboard, so they work under the Thai layout too. One order is in flight
// at a time, the same one not twice within kAgainMs, and none while the page may be out of date: each names
// the ticket that was seen, so the kiosk refuses what another counter was quicker with.
"use strict";

(() => {
  const { say, inLanguage, count, at, element } = Sala;
  const kAgainMs = 700;
  const kAnswerMs = 8000;
  const kStateMs = 1500;

  let office = null, session = null, state = null, live = null;
  let heardMs = 0, inFlight = false, lastOrder = "", lastOrderMs = -kAgainMs;

  const kOrders = [
    ["KeyS", "S", "เสร็จสิ้น", "Served", () => withTicket("done")],
    ["KeyR", "R", "เรียกซ้ำ", "Recall", () => withTicket("recall")],
    ["KeyN", "N", "ไม่มาแสดงตน", "No-show", () => withTicket("no-show")],
    ["KeyP", "P", "พักคิว", "Park", () => withReason("park", "park", say("พักคิวเพราะ", "Parked because"))],
    ["KeyT", "T", "โอนไปงานอื่น", "Transfer", () => state.with && askTransfer(state.with)],
    ["KeyW", "W", "ไม่มีบัตรคิว", "Walk-in", askWalkIn],
    ["KeyD", "D", "แจ้งเหตุล่าช้า", "Delay", () => withReason("delay", "delay", say("ล่าช้าเพราะ", "Delayed because"))],
    ["KeyC", "C", "ยกเลิกคิว", "Cancel", () => state.with && askCancel(state.with)],
  ];

  // ---- orders ----

  function post(path, fields) {
    const body = Object.keys(fields).map((name) => name + "=" + fields[name]).join("&");
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    if (session) headers["X-Sala-Token"] = session.token;
    const cut = new AbortController();
    setTimeout(() => cut.abort(), kAnswerMs);
    return fetch(path, { method: "POST", body, headers, signal: cut.signal, redirect: "error" });
  }

  function order(fields) {
    const name = JSON.stringify(fields.do);
    const now = performance.now();
    if (inFlight || live.stale || !state || (name === lastOrder && now - lastOrderMs < kAgainMs)) return;
    [inFlight, lastOrder, lastOrderMs] = [true, name, now];
    refuse("");
    draw();
    const seen = heardMs;
    post("/order", fields).then((answer) => {
      if (answer.status === 401) return signOutHere();
      if (answer.ok) return untilState(seen);
      return answer.json().then((refusal) => refuse(refusal[Sala.language()]));
    }).catch(() => {
      refuse(say("ไม่ทราบผลของรายการนี้ โปรดดูรายการล่าสุดก่อนทำต่อ",
                 "It is not known whether this was done; look at the list before you go on"));
    }).then(() => { inFlight = false; draw(); });
  }

  // The order is done; what it changed comes as the next state.
  function untilState(seen) {
    const until = performance.now() + kStateMs;
    return new Promise((resolve) => {
      const look = () => (heardMs !== seen || performance.now() > until ? resolve() : setTimeout(look, 10));
      look();
    });
  }

  const refuse = (text) => { at("refusal").textContent = text; };
  const next = () => order({ do: "next", seen: state.with ? state.with.id : 0 });
  const withTicket = (what) => { if (state.with) order({ do: what, seen: state.with.id }); };

  const reasons = (kind, run) => office.reasons[kind].map((reason) => (
    { label: inLanguage(reason.name), run: () => run(reason.id) }));
  function withReason(what, kind, title) {
    if (!state.with) return;
    const seen = state.with.id;
    Menu.ask(title, reasons(kind, (reason) => order({ do: what, seen, reason })));
  }
  function askCancel(ticket) {
    Menu.ask(say("ยกเลิกคิว ", "Cancel ") + numberOf(ticket), reasons("cancel", (reason) => (
      order({ do: "cancel", ticket: ticket.id, reason }))));
  }
  function askTransfer(ticket) {
    const title = say("โอนคิว ", "Transfer ") + numberOf(ticket) + say(" ไปที่", " to");
    const why = (division, service) => Menu.ask(say("โอนเพราะ", "Because"), reasons("transfer", (reason) => (
      order({ do: "transfer", ticket: ticket.id, to: "/" + division.id + "/" + service.id, reason }))));
    const which = (division) => {
      const services = division.services.filter((service) => (
        division.id !== ticket.division || service.id !== ticket.service));
      Menu.ask(inLanguage(division.name), services.map((service) => (
        { label: inLanguage(service.name), run: () => why(division, service) })));
    };
    const divisions = office.divisions.filter((division) => (
      division.id !== ticket.division || division.services.length > 1));
    Menu.ask(title, divisions.map((division) => ({ label: inLanguage(division.name), run: () => which(division) })));
  }
  function askWalkIn() {
    if (state.with) return refuse(say("ช่องบริการนี้มีคิวอยู่ โปรดกดเสร็จสิ้นก่อน", "Finish the present ticket first"));
    const services = own().services;
    const begin = (service) => order({ do: "walk-in", service: service.id });
    Menu.ask(say("ผู้มาโดยไม่มีบัตรคิว ขอรับบริการ", "Somebody without a ticket, for"), services.map((service) => (
      { label: inLanguage(service.name), run: () => begin(service) })));
  }
  function askRow(ticket, kind) {
    const call = { label: say("เรียกคิวนี้", "Call this one"), run: () => callRow(ticket, kind) };
    const back = { label: say("กลับมาแล้ว เข้ารอใหม่", "Is back, waits again"),
                   run: () => order({ do: "back", ticket: ticket.id }) };
    const transfer = { label: say("โอนไปงานอื่น", "Transfer"), run: () => askTransfer(ticket) };
    const cancel = { label: say("ยกเลิกคิว", "Cancel"), run: () => askCancel(ticket) };
    Menu.ask(say("คิว ", "Ticket ") + numberOf(ticket),
             kind === "missed" ? [back, cancel] : [call, transfer, cancel]);
  }
  function callRow(ticket, kind) {
    if (kind === "parked") return order({ do: "call", ticket: ticket.id, reason: "" });
    Menu.ask(say("เรียกก่อนลำดับเพราะ", "Called before the turn because"), reasons("choose", (reason) => (
      order({ do: "call", ticket: ticket.id, reason }))));
  }

  // ---- what is shown ----

  const own = () => office.divisions.find((division) => division.id === counterOf(session.counter).division);
  const counterOf = (id) => office.counters.find((counter) => counter.id === id);
  const numberOf = (ticket) => ticket.number || say("ไม่มีบัตรคิว", "no ticket");
  function serviceOf(ticket) {
    const division = office.divisions.find((one) => one.id === ticket.division);
    const service = division && division.services.find((one) => one.id === ticket.service);
    return { name: service ? inLanguage(service.name) : ticket.service, standard: service ? service.standard : null };
  }
  const minutes = (ms) => (ms === null ? null : Math.floor((ms + performance.now() - heardMs) / 60000));
  const minutesText = (value) => (value === null ? "–" : count(value) + say(" นาที", " min"));

  function drawServing() {
    const ticket = state.with;
    at("serving-title").textContent = ticket ? say("กำลังให้บริการ", "Now serving") : say("ว่าง", "Free");
    at("number").textContent = ticket ? numberOf(ticket) : "–";
    at("number").classList.toggle("words", Boolean(ticket) && !ticket.number);
    const service = ticket && serviceOf(ticket);
    at("service").textContent = ticket ? service.name : "";
    const spent = ticket ? minutes(ticket.since_ms) : null;
    const standard = ticket ? service.standard : null;
    const late = spent !== null && standard !== null && spent >= standard;
    at("bar").hidden = standard === null || spent === null;
    at("bar").classList.toggle("over", late);
    at("bar-fill").style.width = Math.min(100, standard ? (100 * spent) / standard : 0) + "%";
    at("time").textContent = !ticket ? "" : minutesText(spent) +
      (standard === null ? "" : say(" จากเวลามาตรฐาน ", " of the standard ") + minutesText(standard)) +
      (ticket.calls > 1 ? say("  เรียกแล้ว ", ", called ") + count(ticket.calls) + say(" ครั้ง", " times") : "") +
      (ticket.then ? say("  มีงานต่ออีก ", ", services after this: ") + count(ticket.then) + say(" งาน", "") : "");
    at("late").hidden = !late;
    if (!late) return;
    const given = office.reasons.delay.find((reason) => reason.id === ticket.delay);
    at("late").textContent = given
      ? say("แจ้งเหตุล่าช้าแล้ว: ", "Delay explained: ") + inLanguage(given.name)
      : say("เกินเวลามาตรฐานแล้ว กด D เพื่อแจ้งเหตุที่ล่าช้า", "Over the standard time: press D to say why");
    at("late").classList.toggle("given", Boolean(given));
  }

  function row(ticket, kind, isNext) {
    const line = element("li");
    const button = element("button", "row" + (isNext ? " next" : ""));
    button.dataset.ticket = ticket.id;
    button.append(element("b", "", numberOf(ticket)), element("span", "what", serviceOf(ticket).name));
    const marks = [];
    if (ticket.priority) marks.push(say("คิวพิเศษ", "Priority"));
    if (ticket.carried) marks.push(say("จากวันก่อน", "Carried"));
    if (!ticket.paper) marks.push(say("ไม่มีบัตรกระดาษ", "No paper"));
    marks.forEach((mark) => button.append(element("em", "", mark)));
    button.append(element("i", "", minutesText(minutes(kind === "waiting" ? ticket.issued_ms : ticket.since_ms))));
    button.addEventListener("click", () => askRow(ticket, kind));
    line.append(button);
    return line;
  }
  function drawList(kind) {
    const list = at(kind);
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.ticket : null;
    list.textContent = "";
    state[kind].forEach((ticket, index) => list.append(row(ticket, kind, kind === "waiting" && index === 0)));
    if (focused) {
      const again = list.querySelector("[data-ticket='" + focused + "']");
      if (again) again.focus();
    }
  }

  function draw() {
    if (!state || !session) return;
    const blocked = inFlight || live.stale;
    document.body.classList.toggle("blocked", blocked);
    drawServing();
    ["waiting", "missed", "parked"].forEach(drawList);
    at("waiting-title").textContent = say("รอเรียก ", "Waiting: ") + count(state.waiting_count) + say(" ราย", "");
    at("waiting-more").textContent = state.waiting_count ? "" : say("ไม่มีผู้รอ", "Nobody waits");
    at("missed-title").textContent = say("ไม่มาแสดงตน ", "No-shows: ") + count(state.missed.length);
    at("parked-title").textContent = say("พักคิว ", "Parked: ") + count(state.parked.length);
    at("others").textContent = state.others.map((other) => (
      inLanguage(counterOf(other.counter).name) + ": " + (other.number || say("ไม่มีบัตรคิว", "walk-in")))).join("   ");
    at("do-next").disabled = blocked;
    at("do-next").lastElementChild.textContent = state.with
      ? say("เสร็จสิ้น และเรียกคิวถัดไป", "Served, call the next") : say("เรียกคิวถัดไป", "Call the next");
    for (const button of at("keys").children) {
      button.disabled = blocked || (button.dataset.code !== "KeyW") === !state.with;
    }
  }

  function drawFixed() {
    at("seal").textContent = office.initials;
    at("office-name").textContent = inLanguage(office.name);
    at("counter-name").textContent = session
      ? inLanguage(counterOf(session.counter).name) + "  •  " + inLanguage(own().name) : say("หน้าเรียกคิว", "Counter page");
    document.title = say("เรียกคิว", "Counter") + (session ? " " + inLanguage(counterOf(session.counter).name) : "");
    at("clock").textContent = Sala.clockText();
    at("language").textContent = say("English", "ภาษาไทย");
    at("sign-out").textContent = say("ออก", "Sign out");
    at("sign-out").hidden = !session;
    at("stale").textContent = Sala.staleText();
    at("sign-in-title").textContent = say("เข้าใช้งานช่องบริการ", "Sign in to a counter");
    at("counter-label").textContent = say("ช่องบริการ", "Counter");
    at("pin-label").textContent = say("รหัส PIN ๖ หลัก", "PIN, six digits");
    at("sign-in-button").textContent = say("เข้าใช้งาน", "Sign in");
    const choice = at("counter-choice");
    const chosen = choice.value || Sala.recall("counter");
    choice.textContent = "";
    office.counters.forEach((counter) => {
      const division = office.divisions.find((one) => one.id === counter.division);
      const option = element("option", "", inLanguage(counter.name) + "  (" + inLanguage(division.name) + ")");
      option.value = counter.id;
      option.selected = counter.id === chosen;
      choice.append(option);
    });
    at("keys").textContent = "";
    kOrders.forEach(([code, key, thai, english, run]) => {
      const button = element("button", "key");
      button.dataset.code = code;
      button.append(element("kbd", "", key), element("span", "", say(thai, english)));
      button.addEventListener("click", run);
      at("keys").append(button);
    });
  }

  // ---- signing in and out ----

  function show(view) {
    at("sign-in").hidden = view !== "sign-in";
    at("work").hidden = view !== "work";
  }
  function signOutHere() {
    if (live) live.close();
    [session, state, live] = [null, null, null];
    Menu.close();
    at("stale").hidden = true;
    document.body.classList.remove("blocked");
    drawFixed();
    show("sign-in");
    at("pin").value = "";
    at("pin").focus();
  }
  function begin(opened) {
    session = opened;
    Sala.remember("counter", session.counter);
    drawFixed();
    refuse("");
    const onState = (heard) => {
      [state, heardMs] = [heard, performance.now()];
      if (at("work").hidden) show("work");
      draw();
    };
    live = new Sala.Live("/counter-events", onState, (stale) => {
      at("stale").hidden = !stale;
      if (stale) Menu.close();
      draw();
    }, lookAgain);
  }
  // The stream was refused: has the session ended?
  function lookAgain() {
    fetch("/session").then((answer) => { if (answer.status === 401) signOutHere(); }).catch(() => {});
  }
  function signIn() {
    const pin = at("pin").value;
    if (!/^[0-9]{6}$/.test(pin) || inFlight) return;
    inFlight = true;
    at("sign-in-refusal").textContent = "";
    post("/sign-in", { counter: at("counter-choice").value, pin }).then((answer) => (
      answer.json().then((said) => {
        if (answer.ok) return begin(said);
        at("sign-in-refusal").textContent = said[Sala.language()];
      }))).catch(() => {
      at("sign-in-refusal").textContent = say("ติดต่อเครื่องบริการไม่ได้ โปรดลองใหม่", "The kiosk does not answer; try again");
    }).then(() => { inFlight = false; at("pin").value = ""; if (session) draw(); });
  }

  // ---- keys ----

  function typePin(event) {
    const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
    if (!digit || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (at("pin").value.length < 6) at("pin").value += digit[1];
    if (at("pin").value.length === 6) signIn();
  }
  function moveInLists(event) {
    const rows = Array.from(document.querySelectorAll(".row"));
    const here = rows.indexOf(document.activeElement);
    const to = event.code === "ArrowDown" ? here + 1 : here - 1;
    if (rows[to]) rows[to].focus();
    else if (to < 0) document.activeElement.blur();
    event.preventDefault();
  }
  function onKey(event) {
    if (!state || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (Menu.take(event)) return;
    if (event.code === "ArrowDown" || event.code === "ArrowUp") return moveInLists(event);
    const isEnter = ["Enter", "NumpadEnter", "Space"].includes(event.code);
    const focused = document.activeElement;
    if (isEnter && focused && focused.tagName === "BUTTON" && focused !== at("do-next") && !focused.disabled) return;
    if (event.code === "Escape" && focused) focused.blur();
    if (live.stale || inFlight) return;
    const chosen = kOrders.find(([code]) => code === event.code);
    if (!isEnter && !chosen) return;
    event.preventDefault();
    if (isEnter) next(); else chosen[4]();
  }

  function start() {
    at("sign-in-form").addEventListener("submit", (event) => { event.preventDefault(); signIn(); });
    at("pin").addEventListener("keydown", typePin);
    at("do-next").addEventListener("click", (event) => { if (state) next(); event.target.blur(); });
    at("keys").addEventListener("click", () => { if (!Menu.isOpen()) document.activeElement.blur(); });
    at("language").addEventListener("click", () => { Sala.switchLanguage(); drawFixed(); draw(); at("language").blur(); });
    at("sign-out").addEventListener("click", () => post("/sign-out", { do: "out" }).then(signOutHere, () => {}));
    document.addEventListener("keydown", onKey);
    setInterval(() => { at("clock").textContent = Sala.clockText(); if (state && !Menu.isOpen()) drawServing(); }, 5000);
    fetch("/session").then((answer) => (answer.ok ? answer.json().then(begin) : signOutHere()));
  }

  // Until the kiosk answers.
  function load() {
    fetch("/office").then((answer) => { if (!answer.ok) throw new Error(); return answer.json(); })
      .then((names) => { office = names; drawFixed(); start(); })
      .catch(() => setTimeout(load, 2000));
  }
  load();
})();
