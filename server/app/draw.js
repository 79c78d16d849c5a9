// Draws a screen. It says nothing of its own and decides nothing: each text, each button and its place come with the
// screen. What stays from one drawing to the next stays in the page, so that focus, caret and scroll do.

import { keyed, make, say, svg } from "./dom.js";
import { hold } from "./hold.js";
import { code, iconOf, mark, shape } from "./shapes.js";

const element = (id) => document.getElementById(id);

/** How long a field that is being typed in keeps what was typed against what the screen says. */
const TYPING_MS = 1200;

/** Whether a verdict is about somebody who stands there. One of the past is only told. */
const isNow = ({ verdict, kind }) => Boolean(verdict) && kind !== "past";

/** Screens on which something is typed at once. */
const TYPED_AT_ONCE = new Set(["walk_up", "type_code", "expected", "set_pin", "sign_in", "invite"]);

const sameText = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * `tap(screen, action)`, `held(screen, action, ms)`, `typed(screen, field, text)` go out; `picture(of)` resolves to an
 * address of its bytes; `runs()` is what the clock shows by which countdowns run.
 */
export function drawing({ tap, held, typed, picture, runs }) {
  let shown; // the screen that stands there
  let down; // the number of the screen on which a finger went down
  let pictured; // of what the picture is
  let counting;
  let listed = []; // the rows' texts, and what each stands for

  addEventListener("pointerdown", () => (down = shown?.number), { capture: true });
  element("fields").addEventListener("submit", (event) => {
    event.preventDefault();
    const likely = shown?.buttons.find(({ weight, enabled, held: long }) => weight === "likely" && enabled && !long);
    if (likely) tap(shown.number, likely.action);
  });

  const number = () => shown.number;

  /** Lets an element be tapped. Its action is the one that it has when the finger goes up. */
  function tappable(button) {
    button.addEventListener("click", (event) => {
      if (button.getAttribute("aria-disabled") === "true" || !button.does) return;
      // A key or a screen reader has no finger that went down before.
      tap(event.detail > 0 && down !== undefined ? down : shown.number, button.does.action);
    });
  }

  function can(button, action) {
    button.does = action === null ? undefined : { action };
    if (action === null) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  function drawStatus({ status }) {
    const top = element("top");
    top.hidden = !status;
    if (!status) return;
    const opens = status.action !== null;
    const name = opens ? "button" : "p";
    keyed(
      top,
      [status],
      () => name,
      () => {
        const line = make(name, { class: "status" }, make("span", { class: "dot" }), make("span"));
        if (opens) {
          line.type = "button";
          tappable(line);
        }
        return line;
      },
      (line) => {
        line.classList.toggle("warns", status.warns);
        say(line.lastElementChild, status.text);
        if (opens) can(line, status.action);
      },
    );
  }

  function drawVerdict({ verdict, title, kind }) {
    const app = element("app");
    const was = app.dataset.verdict;
    app.dataset.kind = kind;
    app.dataset.verdict = isNow({ verdict, kind }) ? verdict.colour : "";
    say(element("title"), title);
    const banner = element("banner");
    banner.hidden = !verdict;
    const drawn = verdict ? [verdict] : [];
    keyed(
      banner,
      drawn,
      ({ shape: name }) => name,
      ({ shape: name }) => make("p", { class: "word" }, shape(name), make("span")),
      (word, { word: text, colour }) => {
        word.dataset.colour = colour;
        say(word.lastElementChild, text);
      },
    );
    if (was === app.dataset.verdict) return;
    const field = getComputedStyle(app).getPropertyValue("--field").trim();
    document.querySelector("meta[name=theme-color]").setAttribute("content", app.dataset.verdict ? field : "");
  }

  function drawLines({ lines, checks }) {
    const small = lines.filter(({ says }) => says === "small");
    const rest = lines.filter(({ says }) => says !== "small");
    const create = ({ says }) => make("p", { class: `line ${says}` }, make("bdi"));
    const fill = (line, { text }) => say(line.firstElementChild, text);
    const key = ({ says }) => says;
    keyed(element("lines"), rest, key, create, fill);
    keyed(element("small"), small, key, create, fill);
    keyed(
      element("checks"),
      checks,
      ({ state, label }) => `${state} ${label}`,
      ({ state }) => make("li", { class: `check ${state}` }, mark(state), make("span", {}, make("b"), " ", make("span"))),
      (check, { label, text }) => {
        say(check.lastElementChild.firstElementChild, label);
        say(check.lastElementChild.lastElementChild, text);
      },
    );
    for (const id of ["lines", "small", "checks"]) element(id).hidden = element(id).childElementCount === 0;
  }

  function drawFields({ fields, lines }) {
    const wrong = lines.some(({ says }) => says === "problem");
    keyed(
      element("fields"),
      fields,
      ({ name }) => name,
      ({ name }) => {
        const input = make("input", { id: `field-${name}`, name, autocomplete: "off", spellcheck: "false" });
        input.addEventListener("input", () => {
          // A scanner may be through with a line only once its field is gone.
          if (!input.isConnected) return;
          input.sent = { text: input.value, at: performance.now() };
          typed(shown.number, name, input.value);
        });
        input.addEventListener("compositionend", () => settle(input));
        return make("div", { class: "field" }, make("label", { for: input.id }), input);
      },
      (field, { name, label, text, keyboard, hidden }) => {
        const [words, input] = field.children;
        say(words, label);
        const kinds = { text: "text", address: "email", digits: "numeric" };
        input.type = hidden ? "password" : "text";
        input.inputMode = kinds[keyboard];
        input.enterKeyHint = "go";
        input.dir = keyboard === "text" ? "auto" : "ltr";
        input.autocapitalize = ["name", "host"].includes(name) ? "words" : "off";
        input.autocomplete = { address: "email", digits: "one-time-code", pin: "one-time-code" }[name] ?? "off";
        input.classList.toggle("digits", keyboard === "digits");
        input.said = text;
        if (wrong) input.setAttribute("aria-describedby", "lines");
        else input.removeAttribute("aria-describedby");
        input.setAttribute("aria-invalid", String(wrong));
        settle(input);
      },
    );
    element("fields").hidden = fields.length === 0;
  }

  /** Writes into a field what the screen says, but nothing older than what was typed just now. */
  function settle(input) {
    if (input.sent?.text === input.said) input.sent = undefined;
    const left = input.sent ? input.sent.at + TYPING_MS - performance.now() : 0;
    if (left > 0) {
      clearTimeout(input.later);
      input.later = setTimeout(() => input.isConnected && settle(input), left);
      return;
    }
    input.sent = undefined;
    if (input.value === input.said) return;
    const [start, end] = [input.selectionStart, input.selectionEnd];
    input.value = input.said;
    if (document.activeElement === input) input.setSelectionRange(start, end);
  }

  function drawRows({ rows, kind }) {
    const list = element("rows");
    list.hidden = rows.length === 0;
    // A row is what it is about. As long as the same ones are listed they stay, whatever can be done with them now.
    const same = rows.length === listed.length && rows.every(({ text }, at) => text === listed[at].text);
    if (!same) listed = rows.map(({ text, action }) => ({ text, name: JSON.stringify(action ?? text) }));
    // Usual reasons are read before the field for another one; what a search finds, after it.
    const next = element(kind === "reason" ? "fields" : "checks");
    if (list.nextElementSibling !== next) next.before(list);
    keyed(
      list,
      rows.map((row, at) => ({ ...row, name: listed[at].name })),
      ({ name }) => name,
      ({ action }) => {
        const row = make(action === null ? "div" : "button", { class: "row" }, make("bdi"), make("span", { class: "detail" }));
        if (action !== null) {
          row.type = "button";
          tappable(row);
        }
        return make("li", {}, row);
      },
      (item, { text, detail, marked, action }) => {
        let row = item.firstElementChild;
        if (action !== null && row.localName === "div") {
          const button = make("button", { class: "row", type: "button" }, ...row.children);
          row.replaceWith(button);
          row = button;
          tappable(row);
        }
        say(row.firstElementChild, text);
        say(row.lastElementChild, detail ?? "");
        row.lastElementChild.hidden = !detail;
        row.classList.toggle("marked", marked);
        if (row.localName !== "button") return;
        can(row, action);
        // Of reasons one is chosen; elsewhere a mark is said in the row's own words.
        if (kind === "reason") row.setAttribute("aria-pressed", String(marked));
      },
    );
  }

  function drawButtons({ buttons: all, status }) {
    // What a tap on the line above does needs no button.
    const buttons = status ? all.filter(({ action }) => !sameText(action, status.action)) : all;
    // The quiet ones share the last line.
    const [loud, quiets] = [false, true].map((is) => buttons.filter((button) => (button.weight === "quiet") === is));
    const rest = [...loud, ...quiets];
    const bar = element("bar");
    bar.hidden = rest.length === 0;
    // Those of a weight that stand across share their lines.
    const across = (weight) => rest.filter((button) => button.side === "across" && button.weight === weight).length;
    const width = { likely: 6, dangerous: 6, other: 3 };
    const quiet = across("quiet");
    width.quiet = quiet === 1 ? 6 : quiet % 3 === 0 || quiet > 4 ? 2 : 3;
    const odd = across("other") % 2 === 1 ? rest.findLast(({ side, weight }) => side === "across" && weight === "other") : null;
    keyed(
      bar,
      rest,
      ({ action, held: long }) => `${JSON.stringify(action)} ${long}`,
      ({ action, held: long }) => {
        const drawn = iconOf(action);
        const button = make("button", { type: "button" }, ...(drawn ? [drawn] : []), make("span"));
        if (long) hold(button, number, (ms, on) => button.isConnected && button.does && held(on, button.does.action, ms));
        else tappable(button);
        return button;
      },
      (button, offer) => {
        const { action, label, enabled, weight, held: long, side } = offer;
        const wide = offer === odd ? 6 : side === "across" ? width[weight] : 3;
        button.className = `act ${weight} ${side} w${wide}${long ? " long" : ""}`;
        say(button.lastElementChild, label);
        can(button, enabled ? action : null);
      },
    );
  }

  function drawView({ viewfinder, picture: of, code: modules, kind, verdict }) {
    const view = element("view");
    view.hidden = !viewfinder;
    element("app").classList.toggle("sees", Boolean(viewfinder));
    const advice = element("advice");
    advice.hidden = !viewfinder?.advice;
    say(advice, viewfinder?.advice ?? "");
    keyed(
      element("outlines"),
      viewfinder?.outlines ?? [],
      () => "outline",
      () => svg("polygon"),
      (outline, corners) => outline.setAttribute("points", corners.map((corner) => corner.join(",")).join(" ")),
    );

    const image = element("picture");
    if (!sameText(of, pictured)) {
      pictured = of;
      image.hidden = true;
      if (of) {
        picture(of).then((address) => {
          if (!address || !sameText(of, pictured)) return;
          image.src = address;
          image.hidden = false;
        });
      } else image.removeAttribute("src");
    }
    image.className = kind === "photo" ? "whole" : "face";

    const box = element("code");
    box.hidden = !modules;
    element("app").classList.toggle("shows", Boolean(modules));
    if (!sameText(modules, box.drawn)) {
      box.drawn = modules;
      box.replaceChildren(...(modules ? [code(modules)] : []));
    }
    element("who").classList.toggle("beside", Boolean(of) && kind !== "photo" && Boolean(verdict || kind === "verdict"));
  }

  function drawBusy({ busy, countdown, code: modules }) {
    const line = element("busy");
    line.hidden = !busy;
    say(element("busy-text"), busy ?? "");
    const passes = element("passes");
    passes.hidden = !countdown;
    say(element("passes-text"), countdown?.text ?? "");
    clearInterval(counting);
    if (!countdown) return;
    const bar = element("passes-bar");
    passes.classList.toggle("ring", Boolean(modules));
    const step = () => {
      const whole = Math.max(1, countdown.until_ms - countdown.from_ms);
      const done = Math.min(1, Math.max(0, (runs() - countdown.from_ms) / whole));
      bar.style.setProperty("--done", String(done));
      bar.dataset.left = String(Math.max(0, Math.ceil((countdown.until_ms - runs()) / 1000)));
      if (done >= 1) clearInterval(counting);
    };
    counting = setInterval(step, matchMedia("(prefers-reduced-motion: reduce)").matches ? 500 : 50);
    step();
  }

  /** What a screen reader is told: a verdict and what went wrong at once, the rest when there is a pause. */
  function announce(screen, before, fresh) {
    const texts = (from, ...kinds) => from?.lines.filter(({ says }) => kinds.includes(says)).map(({ text }) => text) ?? [];
    const problems = texts(screen, "problem");
    const told = fresh ? [] : texts(before, "problem");
    const loud = problems.filter((text) => !told.includes(text));
    const judged = isNow(screen) || screen.kind === "leaving" || screen.kind === "news";
    if (judged && fresh) loud.unshift(screen.title, ...texts(screen, "text", "warning"));
    if (loud.length > 0) say(element("loud"), loud.join(" "));
    else if (fresh) say(element("loud"), "");

    const quiet = [screen.busy, screen.viewfinder?.advice];
    if (!fresh) quiet.push(...texts(screen, "lead", "text", "warning").filter((text) => !texts(before, "lead", "text", "warning").includes(text)));
    say(element("quiet"), quiet.filter(Boolean).join(" "));
  }

  /** Where the focus goes when another screen has come up: to what is to be typed, else to the screen's head. */
  function focus(screen, before) {
    const has = document.activeElement;
    if (before?.kind === screen.kind && has !== document.body && has?.isConnected && has.checkVisibility?.() !== false) return;
    const field = TYPED_AT_ONCE.has(screen.kind) ? document.querySelector("#fields input") : null;
    scrollTo(0, 0);
    (field ?? element("title")).focus({ preventScroll: true });
  }

  function draw(screen) {
    const before = shown;
    shown = screen;
    const fresh = before?.number !== screen.number;
    document.documentElement.dir = screen.direction === "right_to_left" ? "rtl" : "ltr";
    drawStatus(screen);
    drawVerdict(screen);
    drawView(screen);
    drawLines(screen);
    drawFields(screen);
    drawBusy(screen);
    drawRows(screen);
    drawButtons(screen);
    if (fresh) focus(screen, before);
    announce(screen, before, fresh);
    if (fresh || before?.title !== screen.title) document.title = screen.title;
  }

  /** Whoever drew until now is gone: what comes next is another screen, whatever its number, with nothing typed in it. */
  draw.forget = () => {
    shown = down = pictured = undefined;
    clearInterval(counting);
    element("picture").removeAttribute("src");
    // What is held down there is of no screen any more.
    for (const id of ["fields", "bar"]) element(id).replaceChildren();
  };
  return draw;
}
