// The app's page in Chromium: every screen as it is drawn, and what goes out when it is touched. In the place of the
// WebAssembly stands app/gatehouse_web.js, which draws what a test says, so that every screen can be reached at once.
//
//   GATEHOUSE_BIN        the binary; otherwise target/debug/gatehouse
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//   GATEHOUSE_APP        the address of a server with the stand-in that runs already
//   GATEHOUSE_SCREENS    a folder with the screens of the core's own days, which its tests leave there; otherwise
//                        target/screens
//
// Pictures of every screen go to out/app/.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { screens } from "./app/screens.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = process.env.GATEHOUSE_BIN ?? here("../../target/debug/gatehouse");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const OUT = here("out/app");
const DAYS = process.env.GATEHOUSE_SCREENS ?? here("../../target/screens");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const PATIENCE = 30_000;
const CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const LEAST_TARGET = 56;
const LEAST_VERDICT_TARGET = 64;

let server;
let data;
let address = process.env.GATEHOUSE_APP;
let browser;
let large; // a browser whose reader wants letters twice as large

function startServer() {
  data = mkdtempSync(`${tmpdir()}/gatehouse-app-`);
  const args = ["serve", "--data", `${data}/server`, "--listen", "127.0.0.1:0", "--name", "Oak", "--web", here("app")];
  server = spawn(BIN, args, { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (status) => reject(new Error(`the server ended by itself (${status})`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      const found = line.match(/listens on (http:\S+)/);
      if (found) resolve(found[1]);
    });
  });
}

before(async () => {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  address ??= await startServer();
  const launch = (...args) => chromium.launch({ executablePath: CHROMIUM, args: [...CAMERA, ...args] });
  [browser, large] = await Promise.all([launch(), launch("--blink-settings=defaultFontSize=32")]);
});

after(async () => {
  await browser?.close();
  await large?.close();
  server?.kill();
  if (data) rmSync(data, { recursive: true, force: true });
});

/** A page, and what it does with the worker that stands in. */
class Stand {
  constructor(page) {
    this.page = page;
  }

  /** Draws a screen, and waits until it stands there. */
  async draw(screen, ...effects) {
    await this.page.evaluate((draw) => window.standIn.postMessage({ draw }), { screen, effects });
    await this.page.waitForFunction((title) => document.title === title, screen.title);
    return this;
  }

  effect(...effects) {
    return this.page.evaluate((draw) => window.standIn.postMessage({ draw }), { screen: null, effects });
  }

  /** What went to the worker so far, but for the clock's ticks. */
  came() {
    return this.page.evaluate(() => window.came.filter(({ take }) => take !== "tick"));
  }

  /** What went in as input and is of this kind, once there are so many of it. */
  async inputs(kind, count = 1) {
    const handle = await this.page.waitForFunction(
      ([name, least]) => {
        const found = window.came.map(({ take }) => take).filter((take) => take && (take === name || name in Object(take)));
        return found.length >= least && found;
      },
      [kind, count],
    );
    return handle.jsonValue();
  }

  forget() {
    return this.page.evaluate(() => void (window.came.length = 0));
  }
}

/** Opens the app, gives it to `use` and closes it. Nothing may be complained of, but for what `use` expects. */
async function withApp(use, { kind = "gate", path = "", width = 360, height = 640, scheme = "light", language = "en", by = browser, expected = [], init, at = address, ...more } = {}) {
  const context = await by.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language,
    reducedMotion: "reduce",
    permissions: ["camera"],
    ...more,
  });
  context.setDefaultTimeout(PATIENCE);
  const complaints = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.addInitScript(() => {
      window.came = [];
      window.standIn = new BroadcastChannel("stand-in");
      window.standIn.onmessage = ({ data: came }) => window.came.push(came);
    });
    if (init) await page.addInitScript(init);
    const stand = new Stand(page);
    await page.goto(`${at}/${kind}/${path}`);
    await page.waitForFunction(() => window.came.some(({ ready }) => ready));
    await use(stand, page, context);
    const left = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    assert.deepEqual(left, []);
  } finally {
    await context.close();
  }
}

/** Types as a scanner does: a key every 8 ms, however busy this machine is. */
async function typeAsScanner(page, text) {
  const keyboard = await page.context().newCDPSession(page);
  const start = Date.now() / 1000 - text.length * 0.008;
  const events = [...text].flatMap((letter, at) => {
    const timestamp = start + at * 0.008;
    const named = {
      "\n": { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
      "\t": { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 },
      "\u001b": { key: "Escape", code: "Escape", windowsVirtualKeyCode: 27 },
    };
    const { text: typed, ...key } = named[letter] ?? { key: letter, text: letter };
    return [{ type: "keyDown", timestamp, ...key, text: typed }, { type: "keyUp", timestamp: timestamp + 0.004, ...key }];
  });
  await Promise.all(events.map((event) => keyboard.send("Input.dispatchKeyEvent", event)));
  await keyboard.detach();
}

/** What is wrong with how a screen lies there. */
const layout = (page) =>
  page.evaluate(
    ([least, leastOfVerdict]) => {
      const wrong = [];
      const { scrollWidth } = document.scrollingElement;
      const { clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth) wrong.push(`${scrollWidth - clientWidth} px to scroll sideways`);
      const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
      for (const target of [...document.querySelectorAll("#app button, #app input, #app label.switch")].filter(seen)) {
        if (target.matches("label.switch input")) continue; // Its label is the target.
        const { height, width } = target.getBoundingClientRect();
        const wanted = target.matches(".start, .end") ? leastOfVerdict : least;
        if (height < wanted || width < least) wrong.push(`${target.textContent}: ${width} x ${height}`);
        // What is typed may be longer than its field.
        if (target.localName !== "input" && target.scrollWidth > target.clientWidth + 1) wrong.push(`${target.textContent} does not fit`);
      }
      const sides = [...document.querySelectorAll(".act.start, .act.end")].map((side) => side.getBoundingClientRect());
      if (sides.length === 2) {
        const [a, b] = sides.sort((one, other) => one.left - other.left);
        if (a.right + 4 > b.left) wrong.push("Deny and Grant touch");
        if (a.bottom > innerHeight + 1 && matchMedia("(min-height: 23em)").matches) wrong.push("Deny and Grant are not to be seen");
      }
      return wrong;
    },
    [LEAST_TARGET, LEAST_VERDICT_TARGET],
  );

/** Everything that axe finds wrong, one line each. The bar lies at the end for it: what it covers can be scrolled to. */
async function flaws(page) {
  const { violations } = await page.evaluate(async (values) => {
    const { style } = document.getElementById("bar");
    style.position = "static";
    const found = await window.axe.run({ runOnly: { type: "tag", values } });
    style.position = "";
    return found;
  }, STANDARDS);
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

const LOOKS = [
  { name: "light" },
  { name: "dark", scheme: "dark" },
  { name: "arabic", language: "ar" },
  { name: "arabic-dark", language: "ar", scheme: "dark" },
  { name: "french", language: "fr", axe: false },
  { name: "narrow", width: 320, height: 568, axe: false },
  { name: "desk", width: 1280, height: 800 },
  { name: "desk-dark", width: 1280, height: 800, scheme: "dark" },
  { name: "desk-arabic", width: 1280, height: 800, language: "ar", axe: false },
  { name: "lying", width: 740, height: 360, axe: false },
  { name: "large", big: true },
  { name: "large-arabic", big: true, language: "ar", axe: false },
  { name: "forced", forcedColors: "active", axe: false },
];

for (const { name, axe = true, big = false, ...look } of LOOKS) {
  test(`every screen can be seen and touched: ${name}`, () =>
    withApp(
      async (stand, page) => {
        const wrong = [];
        for (const [screen, shown] of Object.entries(screens(look.language ?? "en"))) {
          await stand.draw(shown, ...(shown.viewfinder ? [{ camera: "portrait" }] : []));
          if (shown.viewfinder) await page.waitForFunction(() => document.getElementById("camera").videoWidth > 0);
          wrong.push(...(await layout(page)).map((text) => `${screen}: ${text}`));
          if (axe) wrong.push(...(await flaws(page)).map((text) => `${screen}: ${text}`));
          await page.screenshot({ path: `${OUT}/${screen}-${name}.png` });
        }
        assert.deepEqual(wrong, []);
      },
      { ...look, by: big ? large : browser, init: axe ? { path: AXE } : undefined },
    ));
}

/** Of a day's screens one of each look: what differs only in what is said counts once. */
function ofDay(whose, language) {
  const found = new Map();
  for (const { what, screen } of JSON.parse(readFileSync(`${DAYS}/${whose}.${language}.json`, "utf8"))) {
    const { kind, verdict, lines, checks, fields, rows, buttons, countdown, viewfinder, picture, busy, code } = screen;
    const all = (list, of) => [...new Set(list.map(of))].join();
    const parts = [countdown, viewfinder, viewfinder?.advice, picture, busy, code].map(Boolean).join();
    const look = [kind, verdict?.colour, all(lines, ({ says }) => says), checks.length > 0, fields.length, rows.length > 0, buttons.length, parts].join("|");
    if (!found.has(look)) found.set(look, [what, screen]);
  }
  return [...found.values()];
}

const missing = existsSync(`${DAYS}/guard.en.json`) ? false : "the core's tests left no screens: GATEHOUSE_SCREENS";
const OF_DAYS = ["light", "dark", "arabic", "large", "large-arabic", "desk", "desk-dark", "desk-arabic"];

for (const { name, axe = true, big = false, ...look } of LOOKS.filter((one) => OF_DAYS.includes(one.name))) {
  for (const [whose, kind] of [["guard", "gate"], ["member", "id"]]) {
    test(`the ${whose}'s whole day can be seen and touched: ${name}`, { skip: missing }, () =>
      withApp(
        async (stand, page) => {
          const wrong = [];
          for (const [at, [what, screen]] of ofDay(whose, look.language ?? "en").entries()) {
            await stand.draw(screen, ...(screen.viewfinder ? [{ camera: "codes" }] : []));
            if (screen.viewfinder) await page.waitForFunction(() => document.getElementById("camera").videoWidth > 0);
            wrong.push(...(await layout(page)).map((text) => `${what}: ${text}`));
            if (axe) wrong.push(...(await flaws(page)).map((text) => `${what}: ${text}`));
            await page.screenshot({ path: `${OUT}/${whose}-${String(at).padStart(2, "0")}-${screen.kind}-${name}.png` });
          }
          assert.deepEqual(wrong, []);
        },
        { ...look, kind, by: big ? large : browser, init: axe ? { path: AXE } : undefined },
      ));
  }
}

test("verdicts differ in colour, shape, word and edge", () =>
  withApp(async (stand, page) => {
    const { verified, caution, denied } = screens("en");
    const seen = [];
    for (const screen of [verified, caution, denied]) {
      await stand.draw(screen);
      seen.push(
        await page.evaluate(() => {
          const style = (id) => getComputedStyle(document.getElementById(id));
          const { display, borderImageSource } = style("frame");
          return {
            colour: style("app").backgroundColor,
            shape: document.querySelector(".shape-body").outerHTML,
            word: document.querySelector(".word").textContent,
            edge: `${display} ${borderImageSource !== "none"}`,
          };
        }),
      );
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector(".word")).fontSize));
      assert.ok(size >= 44, `${size}`);
    }
    for (const key of ["colour", "shape", "word", "edge"]) assert.equal(new Set(seen.map((one) => one[key])).size, 3, key);
  }));

test("a verdict of the past is told, and is none about who stands there", () =>
  withApp(async (stand, page) => {
    const { past } = screens("en");
    await stand.draw(past);
    assert.equal(await page.locator("#app").getAttribute("data-verdict"), "");
    assert.equal(await page.locator("#frame").isVisible(), false);
    assert.equal(await page.getByRole("alert").textContent(), "");
    assert.ok(await page.getByText("DENIED").isVisible());
  }));

test("a tap goes out with the screen on which the finger went down", () =>
  withApp(async (stand, page) => {
    const { verified } = screens("en");
    await stand.draw(verified);
    await page.getByRole("button", { name: "Grant" }).click();
    assert.deepEqual(await stand.inputs("tap"), [{ tap: { screen: verified.number, action: "grant" } }]);

    await stand.forget();
    const box = await page.getByRole("button", { name: "Grant" }).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await stand.draw({ ...verified, number: 99, title: "Another" });
    await page.mouse.up();
    assert.deepEqual(await stand.inputs("tap"), [{ tap: { screen: verified.number, action: "grant" } }]);

    await stand.forget();
    await page.getByRole("button", { name: "Deny" }).focus();
    await page.keyboard.press("Enter", { delay: 90 });
    assert.deepEqual(await stand.inputs("tap"), [{ tap: { screen: 99, action: "deny" } }]);
    // A key that follows as fast as a scanner's counts for nothing.
    await page.waitForTimeout(500);
    await page.keyboard.press("Escape", { delay: 90 });
    assert.deepEqual(await stand.inputs("back"), ["back"]);
    await page.goBack();
    assert.deepEqual(await stand.inputs("back", 2), ["back", "back"]);
  }));

test("rows carry their own action, and one that is none cannot be tapped", () =>
  withApp(async (stand, page) => {
    const { start } = screens("en");
    await stand.draw(start);
    await page.getByRole("button", { name: "Workshop" }).click();
    assert.deepEqual(await stand.inputs("tap"), [{ tap: { screen: start.number, action: { start_at: 2 } } }]);
    assert.equal(await page.getByRole("button", { name: "Harbour" }).count(), 0);
    // While something is under way a row keeps its place and the focus.
    const row = page.getByRole("button", { name: "Workshop" });
    await stand.draw({ ...start, title: "Wait", rows: start.rows.map((one) => ({ ...one, action: null })) });
    assert.equal(await row.getAttribute("aria-disabled"), "true");
    assert.ok(await row.evaluate((element) => element === document.activeElement));
    await stand.forget();
    await row.click({ force: true });
    assert.deepEqual(await stand.came(), []);
  }));

test("a button that is held tells for how long", () =>
  withApp(async (stand, page) => {
    const { reason } = screens("en");
    await stand.draw(reason);
    const button = page.getByRole("button", { name: "Hold to grant" });
    await button.click();
    const [{ held: slip }] = await stand.inputs("held");
    assert.ok(slip.ms < 1000 && slip.action === "grant_against", `${slip.ms}`);
    await stand.forget();
    await button.hover();
    await page.mouse.down();
    const [{ held }] = await stand.inputs("held");
    await page.mouse.up();
    assert.ok(held.ms >= 1000 && held.screen === reason.number, `${held.ms}`);
    await stand.forget();
    await button.focus();
    await page.keyboard.down(" ");
    const [{ held: byKey }] = await stand.inputs("held");
    await page.keyboard.up(" ");
    assert.ok(byKey.ms >= 1000);
    assert.equal((await stand.came()).length, 1);
  }));

test("focus, caret and what is typed stay while a screen changes around them", () =>
  withApp(async (stand, page) => {
    const { expected } = screens("en");
    await stand.draw(expected);
    const field = page.getByLabel("Visitor or host");
    assert.ok(await field.evaluate((element) => element === document.activeElement), "it can be typed in at once");
    await page.keyboard.press("End");
    await page.keyboard.type("era", { delay: 90 });
    const typed = await stand.inputs("typed", 3);
    assert.deepEqual(typed.at(-1), { typed: { screen: expected.number, field: "search", text: "vera" } });
    // The answer to an older letter comes late.
    await stand.draw({ ...expected, title: "Found", fields: [{ ...expected.fields[0], text: "ve" }], rows: expected.rows.slice(0, 1) });
    assert.equal(await field.inputValue(), "vera");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await stand.draw({ ...expected, title: "Found more", fields: [{ ...expected.fields[0], text: "vera" }] });
    assert.deepEqual(await field.evaluate((element) => [element.selectionStart, element === document.activeElement]), [2, true]);
    // What the screen takes away goes.
    await stand.draw({ ...expected, title: "Empty", fields: [{ ...expected.fields[0], text: "" }] });
    await page.waitForFunction(() => document.querySelector("#fields input").value === "");
    // A focused row stays focused when others come before it.
    await page.getByRole("button", { name: "Visitor 3" }).focus();
    await stand.draw({ ...expected, title: "New ones", rows: [{ ...expected.rows[0], text: "Zoë" }, ...expected.rows] });
    assert.equal(await page.evaluate(() => document.activeElement.firstElementChild.textContent), "Visitor 3");
  }));

test("a name that is markup stays text", () =>
  withApp(async (stand, page) => {
    const name = '<img src=x onerror="window.caught = true"><b>Vera</b>&amp;';
    const { verified, expected } = screens("en");
    await stand.draw({ ...verified, title: name, lines: [{ says: "lead", text: name }] });
    assert.equal(await page.locator(".lead").textContent(), name);
    await stand.draw({ ...expected, number: 98, title: "Rows", rows: [{ ...expected.rows[0], text: name, detail: name }] });
    assert.equal(await page.locator(".row bdi").textContent(), name);
    assert.equal(await page.evaluate(() => window.caught), undefined);
    assert.equal(await page.locator("#app :is(.lead, .row) :is(img, b)").count(), 0);
  }));

test("a verdict is said at once, and what went wrong too", () =>
  withApp(async (stand, page) => {
    const { camera_advice: camera, denied } = screens("en");
    await stand.draw(camera);
    assert.match(await page.locator("#quiet").textContent(), /too dark/);
    await stand.draw(denied);
    assert.match(await page.getByRole("alert").textContent(), /^DENIED: Vera Visitor/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "title");
    await stand.draw({ ...denied, title: "The same", lines: [...denied.lines, { says: "problem", text: "Storage is full." }] });
    assert.equal(await page.getByRole("alert").textContent(), "Storage is full.");
  }));

test("what a scanner types goes in as a line, and what a hand types does not", () =>
  withApp(async (stand, page) => {
    const { verified, type_code: typing, walk_up: naming } = screens("en");
    await stand.draw(verified);
    // With a button focused, as after the last decision: neither its space nor its Enter presses it.
    await page.getByRole("button", { name: "Grant" }).focus();
    const scan = (text) => typeAsScanner(page, text);
    await scan("GH1:AB C'/D\n");
    assert.deepEqual(await stand.inputs("line"), [{ line: "GH1:AB C'/D" }]);
    await scan("GH1:NOENDING");
    assert.deepEqual((await stand.inputs("line", 2)).at(-1), { line: "GH1:NOENDING" });
    await page.keyboard.type("hallo", { delay: 200 });
    await scan("no\t");
    assert.equal((await stand.inputs("tap", 0)).length, 0);
    assert.equal((await stand.inputs("line")).length, 2);
    await stand.draw(typing);
    await page.waitForTimeout(700);
    await scan("GH1:XYZ");
    assert.equal(await page.getByLabel("Code").inputValue(), "GH1:XYZ");
    assert.equal((await stand.inputs("line")).length, 2);
    await stand.draw({ ...typing, title: "Whole", fields: [{ ...typing.fields[0], text: "GH1:XYZ" }], buttons: typing.buttons.map((one) => ({ ...one, enabled: true })) });
    await page.keyboard.press("Enter");
    assert.deepEqual(await stand.inputs("tap"), [{ tap: { screen: typing.number, action: "check" } }]);
    // A code is nobody's name.
    await stand.draw(naming);
    await page.keyboard.press("End");
    await page.keyboard.type(" Vi", { delay: 100 });
    await page.waitForTimeout(500);
    await scan("GH1:ABCDEFGHIJ\n");
    assert.deepEqual((await stand.inputs("line", 3)).at(-1), { line: "GH1:ABCDEFGHIJ" });
    assert.equal(await page.getByLabel("Visitor's name").inputValue(), "Vera Vi");
    assert.deepEqual((await stand.inputs("typed")).at(-1).typed.text, "Vera Vi");
    await page.keyboard.type("s", { delay: 100 });
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
    assert.equal((await stand.inputs("tap", 2)).at(-1).tap.action, "register");
  }));

test("keys within a code press nothing, nor do codes of one key each", () =>
  withApp(async (stand, page) => {
    await stand.draw(screens("en").verified);
    const scan = (text) => typeAsScanner(page, text);
    await scan(`GH1:OWN\n${"x".repeat(60)}\t\t\t\n\u001b`);
    for (const key of ["\t", "\n", " ", "\u001b"]) {
      await page.getByRole("button", { name: "Grant" }).focus();
      await page.waitForTimeout(700);
      await scan(key);
    }
    assert.equal((await stand.inputs("tap", 0)).length, 0);
    assert.ok(!(await stand.came()).some(({ take }) => take === "back"));
    assert.equal((await stand.inputs("line", 2)).at(0).line, "GH1:OWN");
    // A hand's key is down for longer.
    await page.waitForTimeout(700);
    await page.getByRole("button", { name: "Grant" }).focus();
    await page.keyboard.press("Enter", { delay: 90 });
    assert.equal((await stand.inputs("tap", 1)).length, 1);
  }));

test("frames go to the worker one at a time, and a photo when it is asked for", () =>
  withApp(async (stand, page) => {
    const { camera, photo, photo_taken: taken } = screens("en");
    await stand.draw(camera, { camera: "codes" });
    assert.deepEqual(await stand.inputs("camera"), [{ camera: { runs: { torch: false, another: false } } }]);
    await page.waitForFunction(() => window.came.filter(({ frame }) => frame).length > 3);
    const { frame } = (await stand.came()).find((came) => came.frame);
    assert.ok(frame.stride >= frame.width && frame.bytes >= frame.stride * (frame.height - 1) + frame.width, JSON.stringify(frame));
    assert.equal(await page.locator("#outlines polygon").count(), 1);
    assert.equal(await page.locator("#outlines").getAttribute("viewBox"), `0 0 ${frame.width} ${frame.height}`);

    await stand.draw(photo, { camera: "portrait" });
    await stand.effect("take_photo");
    await page.waitForFunction(() => window.came.some(({ photo: bytes }) => bytes));
    const { photo: sent } = (await stand.came()).find((came) => came.photo);
    assert.ok(sent.number === 1 && sent.bytes > 1000, JSON.stringify(sent));
    await stand.draw(taken);
    await page.waitForFunction(() => document.getElementById("picture").naturalWidth > 0);
    await page.screenshot({ path: `${OUT}/photo_taken-bytes.png` });
    // Nobody looks any more: no frames.
    await stand.draw({ ...camera, number: 97 }, { camera: null });
    await page.waitForTimeout(300);
    await stand.forget();
    await page.waitForTimeout(500);
    assert.ok(!(await stand.came()).some((came) => came.frame));
  }));

for (const [error, trouble] of [["NotAllowedError", "refused"], ["NotFoundError", "gone"], ["NotReadableError", "in_use"]]) {
  test(`a camera that is ${trouble} is told`, () =>
    withApp(
      async (stand) => {
        await stand.draw(screens("en").camera, { camera: "codes" });
        assert.deepEqual(await stand.inputs("camera"), [{ camera: { fails: trouble } }]);
      },
      { init: `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "${error}"))` },
    ));
}

test("a window that may keep no files says so, and one that may lose them tells that", async () => {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await page.addInitScript("StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'))");
  await page.goto(`${address}/gate/`);
  await page.locator("#before-text").getByText("Open the page in an ordinary window.").waitFor();
  await context.close();
  for (const kept of [true, false]) {
    await withApp(async (stand) => assert.deepEqual(await stand.inputs("kept"), [{ kept }]), {
      init: `StorageManager.prototype.persist = () => Promise.resolve(${kept})`,
    });
  }
});

test("a code in the address is taken off it and goes in as a link, to another worker only as long as no screen is there", () =>
  withApp(
    async (stand, page) => {
      const dies = async () => {
        await stand.forget();
        await page.evaluate(() => window.standIn.postMessage({ trap: true }));
        await page.keyboard.press("Escape", { delay: 90 });
        await page.waitForFunction(() => window.came.some(({ ready }) => ready));
        await stand.inputs("online");
      };
      assert.equal(new URL(page.url()).hash, "");
      const link = [{ link: "GH1:A+B C%" }];
      assert.deepEqual(await stand.inputs("link"), link);
      const { opening, enrol } = screens("en");
      await stand.draw(opening);
      await dies();
      assert.deepEqual(await stand.inputs("link"), link);
      await stand.draw(enrol);
      await dies();
      assert.ok(!(await stand.came()).some(({ take }) => take?.link));
    },
    { path: `#enrol=${encodeURIComponent("GH1:A+B C%")}`, expected: [/the worker ended/] },
  ));

test("a worker that dies is followed by another, which is told how the device is; after three it is said", () =>
  withApp(
    async (stand, page) => {
      await stand.inputs("online");
      await stand.draw(screens("en").camera);
      for (const death of [1, 2, 3]) {
        await stand.forget();
        await page.evaluate(() => window.standIn.postMessage({ trap: true }));
        await page.keyboard.press("Escape", { delay: 90 });
        if (death === 3) break;
        await page.waitForFunction(() => window.came.some(({ ready }) => ready));
        await stand.inputs("online");
        await stand.inputs("foreground");
      }
      await page.getByRole("heading", { name: "Gatehouse can't go on" }).waitFor();
      assert.deepEqual(await layout(page), []);
      await stand.forget();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.waitForFunction(() => window.came.some(({ ready }) => ready));
    },
    { expected: [/the worker ended/] },
  ));

test("what a worker had asked for that died is off until the next one asks for it", () =>
  withApp(
    async (stand, page) => {
      const { camera } = screens("en");
      await stand.draw(camera, { camera: "codes" }, { keep_awake: true }, { brightness: true }, { watch_place: true });
      await stand.inputs("fix");
      await page.waitForFunction(() => window.locks === 1 && window.came.some(({ frame }) => frame));
      await stand.forget();
      await page.evaluate(() => window.standIn.postMessage({ trap: true }));
      await page.waitForFunction(() => window.came.some(({ ready }) => ready));
      await page.waitForFunction(() => window.locks === 0);
      // The same screen, by its number: what was pressed or typed on the one before is not on this one.
      await stand.draw({ ...camera, title: "Again" });
      assert.equal(await page.evaluate(() => document.documentElement.classList.contains("bright")), false);
      await stand.forget();
      await page.waitForTimeout(1000);
      assert.deepEqual(await stand.came(), []);
      await stand.effect({ camera: "codes" });
      assert.deepEqual(await stand.inputs("camera"), [{ camera: { runs: { torch: false, another: false } } }]);
      await page.waitForFunction(() => window.came.some(({ frame }) => frame));
    },
    {
      expected: [/the worker ended/],
      permissions: ["camera", "geolocation"],
      geolocation: { latitude: 52.379189, longitude: 4.899431, accuracy: 11.4 },
      init: `window.locks = 0;
        navigator.wakeLock.request = async () => {
          window.locks += 1;
          const lock = new EventTarget();
          lock.release = async () => {
            window.locks -= 1;
            lock.dispatchEvent(new Event("release"));
          };
          return lock;
        };`,
    },
  ));

test("one tab has the station, and another goes on when it is closed", () =>
  withApp(async (stand, page, context) => {
    await stand.draw(screens("en").camera);
    const other = await context.newPage();
    await other.goto(`${address}/gate/`);
    await other.getByRole("heading", { name: "Gatehouse is open elsewhere" }).waitFor();
    await other.evaluate(() => {
      window.opened = new Promise((resolve) => {
        const channel = new BroadcastChannel("stand-in");
        channel.onmessage = ({ data: came }) => came.opened && resolve(came.opened.kind);
      });
    });
    await page.close();
    assert.equal(await other.evaluate(() => window.opened), "gate");
  }));

test("what is set on this device stays", () =>
  withApp(async (stand, page) => {
    const { status } = screens("en");
    await stand.draw(status);
    await page.getByRole("switch", { name: "Swap Deny and Grant" }).check();
    assert.deepEqual((await stand.inputs("mirrored", 2)).at(-1), { mirrored: true });
    await page.reload();
    await page.waitForFunction(() => window.came.some(({ ready }) => ready));
    assert.deepEqual((await stand.inputs("mirrored")).at(-1), { mirrored: true });
    await stand.draw(status);
    assert.ok(await page.getByRole("switch", { name: "Swap Deny and Grant" }).isChecked());
  }));

test("the visitor's window says where to look, and never a verdict", () =>
  withApp(async (stand, page, context) => {
    const { status, camera, photo, denied } = screens("en");
    await stand.draw(status);
    const [visitor] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Open the visitor's window" }).click(),
    ]);
    const line = visitor.getByRole("status");
    await stand.draw(camera);
    await visitor.getByText("Please hold your code before the camera").waitFor();
    await stand.draw(photo);
    await visitor.getByText("Please look here").waitFor();
    await stand.draw(denied);
    await visitor.getByText("One moment, please").waitFor();
    assert.ok(!/denied|vera/i.test(await visitor.evaluate(() => document.body.innerText)));
    assert.equal(await line.count(), 1);
    const [ink, field] = await line.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element.parentElement).backgroundColor]);
    assert.deepEqual([ink, field], ["rgb(255, 255, 255)", "rgb(15, 92, 110)"]);
    await visitor.screenshot({ path: `${OUT}/visitor.png` });
  }));

test("a booth opens the visitor's window with the first click", () =>
  withApp(
    async (stand, page, context) => {
      await stand.draw(screens("en").camera);
      const [visitor] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "Expected" }).click()]);
      await visitor.getByText("Please hold your code before the camera").waitFor();
    },
    { path: "?booth", width: 1280, height: 800 },
  ));

test("a member proves that the device is theirs, and hands an invitation on", () =>
  // An address of numbers has no keys of its own.
  withApp(
    async (stand, page, context) => {
      await stand.draw(screens("en").pass);
      await stand.effect("unlock");
      assert.deepEqual(await stand.inputs("unlocked"), [{ unlocked: "cannot" }]);
      const cdp = await context.newCDPSession(page);
      await cdp.send("WebAuthn.enable");
      await cdp.send("WebAuthn.addVirtualAuthenticator", {
        options: { protocol: "ctap2", transport: "internal", hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      });
      for (const times of [2, 3]) {
        await stand.effect("unlock");
        assert.deepEqual((await stand.inputs("unlocked", times)).at(-1), { unlocked: "yes" });
      }
      const { code } = screens("en").pass;
      await stand.effect({ share: { title: "Oak", text: "Come in", url: null, code } });
      await page.waitForFunction(() => window.shared);
      assert.deepEqual(await page.evaluate(() => window.shared), { title: "Oak", text: "Come in", files: ["image/png"] });
    },
    {
      kind: "id",
      at: address.replace("127.0.0.1", "localhost"),
      init: `navigator.canShare = () => true;
        navigator.share = async ({ files, ...rest }) => void (window.shared = { ...rest, files: files.map(({ type }) => type) });`,
    },
  ));

test("tones, place, light and the screen's sleep are asked of the browser without a complaint", () =>
  withApp(
    async (stand, page) => {
      const tone = { notes: [{ hertz: 660, ms: 75 }, { hertz: 0, ms: 20 }, { hertz: 990, ms: 75 }], buzzes: [60] };
      await stand.draw(screens("en").camera);
      await page.mouse.click(5, 300);
      await stand.effect({ play: tone }, { watch_place: true }, "ask_for_fix", { keep_awake: true }, { torch: true }, { brightness: true }, "open_settings");
      const [{ fix }] = await stand.inputs("fix");
      assert.deepEqual(fix, { latitude_e6: 52379189, longitude_e6: 4899431, accuracy_m: 12 });
      await page.getByText("The sign beside the address").waitFor();
      await stand.draw({ ...screens("en").camera, number: 96, title: "Again" });
      await stand.draw({ ...screens("en").camera, number: 95, title: "And again" });
      assert.equal(await page.locator("#notice").isVisible(), false);
      await stand.effect({ keep_awake: false }, { watch_place: false }, { brightness: false });
    },
    { permissions: ["camera", "geolocation"], geolocation: { latitude: 52.379189, longitude: 4.899431, accuracy: 11.4 } },
  ));

test("the page starts without a network", () =>
  withApp(async (stand, page, context) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length === 1);
    await context.setOffline(true);
    await page.reload();
    await page.waitForFunction(() => window.came.some(({ ready }) => ready));
    await stand.draw(screens("en").camera);
    const [online] = await stand.inputs("online");
    assert.deepEqual(online, { online: false });
  }));

test("a member's page draws a code that readers read", () =>
  withApp(
    async (stand, page) => {
      const { pass: screen } = screens("en");
      await stand.draw(screen);
      const drawn = await page.evaluate(() => {
        const [quiet, modules] = document.querySelectorAll(".code > *");
        return { box: quiet.parentElement.getAttribute("viewBox"), dark: modules.getTotalLength() > 0, fill: modules.getAttribute("fill") };
      });
      assert.deepEqual(drawn, { box: "0 0 37 37", dark: true, fill: "#000000" });
      await page.screenshot({ path: `${OUT}/pass.png` });
    },
    { kind: "id", scheme: "dark" },
  ));
