// Small things for elements. Whatever a screen says is put in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A drawing, hidden from assistive technology: a word stands beside it. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  if (name === "svg") attributes = { "aria-hidden": "true", focusable: "false", ...attributes };
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Sets a text, and leaves it alone where it stands already. Tells whether it changed. */
export function say(element, text) {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/**
 * Makes a parent's children those of `items`. A child that stands for the same thing as before stays, with focus, caret
 * and all: `key` says what it stands for, `create` makes it, `fill` writes into it.
 */
export function keyed(parent, items, key, create, fill) {
  const focused = document.activeElement;
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const seen = new Map();
  const wanted = items.map((item) => {
    const name = key(item);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    const whole = `${name} ${count}`;
    const element = before.get(whole) ?? create(item);
    before.delete(whole);
    element.dataset.key = whole;
    return [element, item];
  });
  // What is gone goes first, so that nothing that stays has to move.
  before.forEach((child) => child.remove());
  let place = parent.firstElementChild;
  for (const [element, item] of wanted) {
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
    fill(element, item);
  }
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}
