// A button that is held, by finger, mouse or key. How long it must be held is said by whoever takes the hold; here it
// shows how far it is, and is let go of by itself when it is full.

const FULL_MS = 1000;
/** Clocks of two threads are not the same to the millisecond. */
const MORE_MS = 60;

/** Makes a button one to hold; `done(ms, screen)` when it is let go of. `screen()` is which one stands there now. */
export function hold(button, screen, done) {
  let since;
  let on;
  let full;

  const begin = () => {
    if (since !== undefined || button.getAttribute("aria-disabled") === "true") return;
    since = performance.now();
    on = screen();
    button.classList.add("holding");
    full = setTimeout(end, FULL_MS + MORE_MS);
  };
  const stop = () => {
    clearTimeout(full);
    button.classList.remove("holding");
    const ms = since === undefined ? undefined : Math.floor(performance.now() - since);
    since = undefined;
    return ms;
  };
  const end = () => {
    const ms = stop();
    if (ms !== undefined) done(ms, on);
  };

  button.addEventListener("pointerdown", (event) => event.button === 0 && begin());
  button.addEventListener("pointerup", end);
  for (const name of ["pointercancel", "pointerleave", "blur"]) button.addEventListener(name, stop);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) begin();
  });
  button.addEventListener("keyup", (event) => (event.key === " " || event.key === "Enter") && end());
}
