// What is set on this device and is no business of anybody else: the hand, tones, installing, the visitor's window.
// Shown below the screen of how the station stands.

import { make } from "./dom.js";
import { install, onOffer } from "./install.js";

const KEPT = "gatehouse.settings";

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
};

/** `set(name, on)` is called for each switch, now and when it is changed. */
export function settings({ words, set, switches, buttons }) {
  const kept = read();
  const turn = (name, on) => {
    kept[name] = on;
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // For this time only, then.
    }
    set(name, on);
  };
  switches.forEach((name) => set(name, kept[name] === true));

  const toggles = switches.map((name) => {
    const box = make("input", { type: "checkbox", id: `set-${name}`, role: "switch" });
    box.checked = kept[name] === true;
    box.addEventListener("change", () => turn(name, box.checked));
    return make("label", { class: "switch", for: box.id }, make("span", {}, words[name]), box);
  });
  const button = (word, does) => {
    const made = make("button", { type: "button", class: "act other w6" }, make("span", {}, word));
    made.addEventListener("click", does);
    return made;
  };
  const installs = button(words.install, install);
  onOffer((offered) => (installs.hidden = !offered));
  const box = document.getElementById("settings");
  box.append(
    make("h2", {}, words.onDevice),
    ...toggles,
    installs,
    ...Object.entries(buttons).map(([name, does]) => button(words[name], does)),
  );
  return (kind) => (box.hidden = kind !== "status");
}
