// A question with numbered answers: one key answers it, Escape takes it back, the mouse works too.
"use strict";

const Menu = (() => {
  const kKeys = "1234567890ab";
  const codes = {};
  for (const key of kKeys) {
    codes[key >= "a" ? "Key" + key.toUpperCase() : "Digit" + key] = key;
    if (key < "a") codes["Numpad" + key] = key;
  }
  let items = [];
  let before = null;

  // `answers`: [{ label, run }], at most twelve.
  function ask(title, answers) {
    if (answers.length === 0) return;
    before = before || document.activeElement;
    items = answers.slice(0, kKeys.length);
    Sala.at("menu-title").textContent = title;
    Sala.at("menu-foot").textContent = Sala.say("กดเลขเพื่อเลือก  Esc กลับ", "Press a number to choose, Esc to go back");
    const list = Sala.at("menu-items");
    list.textContent = "";
    items.forEach((item, index) => {
      const button = Sala.element("button", "answer");
      button.append(Sala.element("kbd", "", kKeys[index].toUpperCase()), Sala.element("span", "", item.label));
      button.addEventListener("click", () => choose(index));
      list.append(button);
    });
    Sala.at("menu").hidden = false;
    list.firstChild.focus();
  }
  function close() {
    if (!isOpen()) return;
    Sala.at("menu").hidden = true;
    items = [];
    if (before) before.focus();
    before = null;
  }
  function choose(index) {
    const item = items[index];
    if (!item) return;
    close();
    item.run();
  }
  const isOpen = () => !Sala.at("menu").hidden;

  // True: the key was for the menu.
  function take(event) {
    if (!isOpen()) return false;
    const buttons = Array.from(Sala.at("menu-items").children);
    const here = buttons.indexOf(document.activeElement);
    if (event.code === "Escape") close();
    else if (codes[event.code] !== undefined) choose(kKeys.indexOf(codes[event.code]));
    else if (event.code === "ArrowDown") buttons[(here + 1) % buttons.length].focus();
    else if (event.code === "ArrowUp") buttons[(here + buttons.length - 1) % buttons.length].focus();
    else if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Space") choose(here);
    else if (event.code !== "Tab") return true;
    if (event.code !== "Tab") event.preventDefault();
    return true;
  }

  return { ask, close, take, isOpen };
})();
