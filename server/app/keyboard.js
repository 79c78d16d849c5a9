// Scanners that type what they read, as a keyboard does: a line so fast that no hand typed it, ended by Enter or Tab.
// Outside of fields such a line is a scan, and what comes as fast as that presses no button: a code may hold keys, too.
// In a field for something else it is one too, and is taken out of it again, or
// somebody would be let in under the name of a code.

const FAST_MS = 100; // between two keys of a scanner, at most
const FAST_IN_FIELD_MS = 45; // and from key to key over a whole line: quicker than the quickest hand
const LEAST = 4; // no shorter line is a code
const LEAST_IN_FIELD = 10;
const QUIET_MS = 250; // a scanner without an ending key is through
const DEAF_MS = 500; // keys that press something count only after such a silence behind what a scanner typed
const PRESSED_MS = 40; // a hand keeps a key down for longer than this, a scanner for less

/** Keys that press something, or lead somewhere. */
const CONTROLS = new Set(["Enter", "Tab", "Escape", " "]);

/** Where codes are typed, a scanner may type them, too. */
const FOR_CODES = new Set(["code"]);

const fieldOf = (element) =>
  element instanceof HTMLElement && element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") ? element : null;

/** Listens to the whole page; `line` gets what a scanner typed, `back` is for a hand that presses Escape. */
export function listen(line, back) {
  let typed = "";
  let first = 0;
  let last = 0;
  let field = null; // in which it is typed
  let before = ""; // what stood there
  let through;
  let swallowed; // whose release must press no button either
  let touched = -Infinity; // when any key went down
  let deaf = -Infinity; // until when no key presses anything
  let pressing; // what a key does that is down, once it goes up

  const forget = () => {
    typed = "";
    clearTimeout(through);
  };
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
    swallowed = event.key;
  };
  const scanned = () => {
    const text = typed;
    forget();
    line(text);
  };

  const byScanner = () => {
    if (!field) return typed.length >= LEAST;
    const quick = last - first <= FAST_IN_FIELD_MS * (typed.length - 1);
    return quick && typed.length >= LEAST_IN_FIELD && !FOR_CODES.has(field.name);
  };

  const end = (event) => {
    swallow(event);
    deaf = event.timeStamp + DEAF_MS;
    if (field) {
      field.value = before;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return scanned();
  };

  /** A key that would press something or lead somewhere. */
  const control = (event, here, fast, rushed) => {
    const { key, timeStamp, target } = event;
    if ((key === "Enter" || key === "Tab") && fast && byScanner()) return end(event);
    forget();
    if (timeStamp < deaf || (rushed && !here)) {
      deaf = timeStamp + DEAF_MS;
      return swallow(event);
    }
    const press = key === "Escape" ? back : key !== "Tab" && target instanceof HTMLButtonElement && (() => target.click());
    if (!press) return undefined;
    event.preventDefault();
    if (!event.repeat) pressing = { press, target, key, since: timeStamp };
    return undefined;
  };

  const down = (event) => {
    swallowed = undefined;
    const { key, timeStamp, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return forget();
    const here = fieldOf(target);
    const fast = timeStamp - last <= FAST_MS && here === field;
    const rushed = !event.repeat && timeStamp - touched <= FAST_MS;
    touched = timeStamp;
    // A space in a field, or in the midst of a code, is a letter like others.
    const letter = key === " " && (here || (fast && typed));
    if (CONTROLS.has(key) && !letter) return control(event, here, fast, rushed);
    // What a hand writes into a field makes nobody deaf for longer.
    if (timeStamp < deaf && !here) deaf = timeStamp + DEAF_MS;
    if ([...key].length !== 1) return undefined;
    if (!fast) {
      first = timeStamp;
      field = here;
      before = here?.value ?? "";
    }
    typed = fast ? typed + key : key;
    last = timeStamp;
    clearTimeout(through);
    if (here) return undefined;
    // A space in the midst of a code presses no button, and a slash opens no search.
    if (typed.length > 1 || key === "/" || key === "'") swallow(event);
    through = setTimeout(() => (typed.length >= 2 * LEAST ? scanned() : forget()), QUIET_MS);
    return undefined;
  };

  addEventListener("keydown", down, { capture: true });
  const up = (event) => {
    if (event.key === swallowed) event.preventDefault();
    const pressed = pressing;
    if (!pressed || pressed.key !== event.key) return;
    pressing = undefined;
    event.preventDefault();
    if (event.timeStamp - pressed.since >= PRESSED_MS && event.target === pressed.target) pressed.press();
  };
  addEventListener("keyup", up, { capture: true });
}
