// Scanners that type what they read, as a keyboard does: a line so fast that no hand typed it, ended by Enter or Tab.
// Outside of fields such a line is a scan. In a field for something else it is one too, and is taken out of it again, or
// somebody would be let in under the name of a code.

const FAST_MS = 100; // between two keys of a scanner, at most
const FAST_IN_FIELD_MS = 45; // and from key to key over a whole line: quicker than the quickest hand
const LEAST = 4; // no shorter line is a code
const LEAST_IN_FIELD = 10;
const QUIET_MS = 250; // a scanner without an ending key is through

/** Where codes are typed, a scanner may type them, too. */
const FOR_CODES = new Set(["code"]);

const fieldOf = (element) =>
  element instanceof HTMLElement && element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") ? element : null;

/** Listens to the whole page; `line` gets what a scanner typed. */
export function listen(line) {
  let typed = "";
  let first = 0;
  let last = 0;
  let field = null; // in which it is typed
  let before = ""; // what stood there
  let through;
  let swallowed; // whose release must press no button either

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

  const end = (event, fast) => {
    if (!fast || !byScanner()) return forget();
    swallow(event);
    if (field) {
      field.value = before;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return scanned();
  };

  const down = (event) => {
    swallowed = undefined;
    const { key, timeStamp, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return forget();
    const here = fieldOf(target);
    const fast = timeStamp - last <= FAST_MS && here === field;
    if (key === "Enter" || key === "Tab") return end(event, fast);
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
  addEventListener("keyup", (event) => event.key === swallowed && event.preventDefault(), { capture: true });
}
