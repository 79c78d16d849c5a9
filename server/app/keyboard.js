// Scanners that type what they read, as a keyboard does: a line so fast that no hand typed it, ended by Enter or Tab.
// What is typed into a field stays there.

const FAST_MS = 60; // between two keys of a scanner
const LEAST = 4; // no shorter line is a code
const QUIET_MS = 250; // a scanner without an ending key is through

const isField = (element) => element instanceof HTMLElement && element.matches("input, textarea, select, [contenteditable]");

/** Listens to the whole page; `line` gets what a scanner typed. */
export function listen(line) {
  let typed = "";
  let last = 0;
  let through;
  let swallowed; // whose release must press no button either

  const whole = () => {
    const text = typed;
    typed = "";
    clearTimeout(through);
    if (text.length >= LEAST) line(text);
    return text.length >= LEAST;
  };

  addEventListener(
    "keydown",
    (event) => {
      swallowed = undefined;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target)) {
        typed = "";
        return;
      }
      const fast = event.timeStamp - last <= FAST_MS;
      if (event.key === "Enter" || event.key === "Tab") {
        if (!fast || typed.length < LEAST) {
          typed = "";
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        swallowed = event.key;
        whole();
        return;
      }
      if ([...event.key].length !== 1) return;
      typed = fast ? typed + event.key : event.key;
      last = event.timeStamp;
      // A space in the midst of a code presses no button, and a slash opens no search.
      if (typed.length > 1 || event.key === "/" || event.key === "'") {
        event.preventDefault();
        event.stopPropagation();
        swallowed = event.key;
      }
      clearTimeout(through);
      through = setTimeout(() => (typed.length >= 2 * LEAST ? whole() : (typed = "")), QUIET_MS);
    },
    { capture: true },
  );
  addEventListener(
    "keyup",
    (event) => {
      if (event.key === swallowed) event.preventDefault();
    },
    { capture: true },
  );
}
