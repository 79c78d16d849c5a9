// What the page shows before there is a screen, and where there will be none. Its sentences come with the page.

import { make, say } from "./dom.js";

const element = (id) => document.getElementById(id);

/** The smallest WebAssembly with a vector instruction, without which the program is not even read. */
const VECTORS = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** Why this browser cannot run the app; nothing where it can. */
export function fits(words) {
  if (!isSecureContext) return words.insecure;
  const has =
    navigator.storage?.getDirectory && navigator.locks && globalThis.WebAssembly?.validate(VECTORS) && crypto.subtle;
  return has ? null : words.tooOld;
}

/** Whether this window may keep files: a private one of some browsers may not. */
export const keeps = () => navigator.storage.getDirectory().then(() => true, () => false);

/** Whether the page stands there as it came, before the first screen. */
export function before(is) {
  element("before").hidden = !is;
  element("app").hidden = is;
}

const asItCame = ["before-title", "before-text", "before-code"].map((id) => [id, element(id).textContent]);

/** There is no screen yet, or not any more: what was drawn leads nowhere. */
export function opening() {
  before(true);
  element("before").setAttribute("aria-busy", "true");
  for (const [id, text] of asItCame) say(element(id), text);
  element("before-help").replaceChildren();
}

/** Says why there is no screen, and the one thing that helps. */
export function fail(title, text, help, code) {
  before(true);
  element("before").setAttribute("aria-busy", "false");
  say(element("before-title"), title);
  say(element("before-text"), text);
  say(element("before-code"), code ?? "");
  const box = element("before-help");
  box.replaceChildren();
  if (!help) return;
  const button = make("button", { type: "button", class: "act likely w6" }, make("span", {}, help.word));
  button.addEventListener("click", () => {
    box.replaceChildren();
    help.does();
  });
  box.append(button);
}

let since; // the screen on which a notice came up

/** A word of the page's own over a screen. Without a text: what is over was for the screen before. */
export function notice(text, number) {
  const box = element("notice");
  if (text) {
    since = undefined;
    say(box, text);
    box.hidden = false;
  } else if (since === undefined) since = number;
  else if (since !== number) box.hidden = true;
}
