// A guard's day with a network, a server, names, clocks and cameras as they should not be: the real program in Chromium's
// worker, against a real server, through a proxy (way.mjs) that can be anything between them. Skipped where the program was
// not built (bindings/web/build).

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Stage, WEB, closeStudio, pause, skip } from "./stage.mjs";
import { HOSTILE, Way, cut, leading, portal, slow, thin } from "./way.mjs";

const MARKUP = '<img src=x onerror="window.caught=1"><i>Vera</i>';
const ORGANISATION = `<i>Oak</i> & "Sons" <script>window.caught=1</script>`;
const SITE = `<u onclick="window.caught=1">South</u> 'gate'`;
const GUARD = `<u>Grace</u> <img src=x onerror="window.caught=1">`;
const HOST = `<u>Hilda</u> "'><script>window.caught=1</script>`;
/** Visitors who are called what no page must run, and how each name begins on the screen. */
const NAMES = [
  [MARKUP, "<img"],
  [`"'><script>window.caught=1</script>`, `"'><`],
  ["javascript:window.caught=1//", "javascript:"],
  ["\u202egnp.\u202c Rita", "gnp. Rita"],
  ["W".repeat(200), "WWWW"],
];
const GUESTS = 36;
const LISTENS = /listens on (http:\S+)/;
const HOUR_MS = 3_600_000;
const LIMIT = { skip, timeout: 180_000 };

let stage;
let way;
let phone;
let email;
const guests = []; // names and codes of visitors who did not come yet
const violations = []; // what the page's policy had to refuse
const dialogs = [];

/** In the worker, before its own script: a wall clock that can be set, and what the browser says of its network. */
const CLOCK = `
let wall = 0;
let says = null;
const real = Date.now;
Date.now = () => real() + wall;
const { get } = Object.getOwnPropertyDescriptor(WorkerNavigator.prototype, "onLine");
Object.defineProperty(WorkerNavigator.prototype, "onLine", { get() { return says ?? get.call(this); } });
addEventListener("message", (event) => {
  if (!("wall" in event.data) && !("onLine" in event.data)) return;
  wall = event.data.wall ?? wall;
  if ("onLine" in event.data) says = event.data.onLine;
  event.stopImmediatePropagation();
});
`;

/** In each page: its worker is at hand, whose wall clock is as it was set last. */
function atHand() {
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.violated?.(`${violatedDirective} ${blockedURI}`));
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      window.theWorker = this;
      this.postMessage({ wall: Number(localStorage.getItem("trial.wall") ?? 0) });
    }
  };
}

const serve = async (web, ...more) => {
  // The server moves; the page's own address does not.
  stage.address = undefined;
  way.to = await stage.run(["serve", "--listen", "127.0.0.1:0", "--web", web, "--data", `${stage.folder}/server`, ...more], LISTENS);
  stage.address = way.address;
};

const stop = async () => {
  const ended = new Promise((resolve) => stage.server.once("exit", resolve));
  stage.server.kill("SIGINT");
  await ended;
};

async function watched(kind, options) {
  const one = stage.phone(kind, kind, options);
  await one.open(null);
  await one.context.exposeFunction("violated", (what) => violations.push(`${kind}: ${what}`));
  await one.context.addInitScript(atHand);
  one.page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  return one;
}

before(async () => {
  if (skip) return;
  stage = new Stage("hardship");
  way = await new Way((path, text) => (path.endsWith("/worker.js") ? CLOCK + text : null)).open();
  await serve(WEB, "--org", "oak", "--name", ORGANISATION, "--site", "North gate");
  // No photos: the day is one of decisions.
  stage.cli("site", "add", "--name", SITE, "--arrival-photo", "off", "--walk-up-photo", "off");
  email = stage.guard("grace@example.org", GUARD);
  stage.cli("user", "assign", email, "--site", SITE);
  for (let n = 1; n <= GUESTS; n += 1) guests.push([`Guest ${n}`, stage.visitor(`Guest ${n}`, SITE)]);
  phone = await watched("gate");
  await phone.startShift(email, { site: SITE });
  await phone.page.evaluate(() => navigator.serviceWorker.ready);
});

after(async () => {
  await stage?.close();
  way?.close();
  await closeStudio();
});

/** One of the trials, which finds the camera as it should be; where it fails there is a picture of it. */
const trial = (name, does) =>
  test(name, LIMIT, async () => {
    try {
      way.does = null;
      for (let tries = 0; tries < 6 && !(await phone.button("Walk-up").isVisible()); tries += 1) {
        const out = phone.button("Leave undecided").or(phone.button("Back")).first();
        await pause(500);
        if (await out.isVisible()) await out.click();
      }
      await phone.button("Walk-up").waitFor();
      await does();
    } catch (error) {
      await phone.picture("failed").catch(() => {});
      throw error;
    }
  });

const device = () => [stage.cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list)[0];
const said = () => phone.page.locator("#lines .line, #checks .check").allTextContents();
const version = () => phone.page.locator("script[type=module]").getAttribute("src");

async function until(is, what) {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await Promise.resolve().then(is).catch(() => false)) return;
    await pause(500);
  }
  assert.fail(what);
}

/** The next guest's code is scanned, and the verdict is one of these. */
async function scan(verdict) {
  const [name, code] = guests.shift();
  await phone.scans(code);
  await phone.heading(new RegExp(`^(${verdict}): ${name}$`)).waitFor();
  return name;
}

async function grant(name) {
  await phone.tap("Grant");
  await phone.text(`${name}: granted`).waitFor();
}

async function walkUp(name) {
  await phone.tap("Walk-up");
  await phone.page.getByLabel("Visitor's name").fill(name);
  await phone.tap("Register");
  await phone.heading(`Walk-up: ${name}`).waitFor();
}

/** All that was recorded reaches the server. */
async function send() {
  await phone.tap(phone.page.locator("#top").getByRole("button"));
  await phone.heading("Status").waitFor();
  await phone.tap("Send now");
  await phone.text("Everything was sent.").waitFor();
  await phone.tap("Back");
  await phone.button("Walk-up").waitFor();
  return device().entries;
}

/** A scan without a usable answer: CAUTION, said to be checked offline, and then decided. */
async function scanOffline() {
  const name = await scan("CAUTION");
  const lines = await said();
  assert.ok(lines.some((line) => /Checked offline/.test(line)), lines.join("; "));
  await grant(name);
}

// covers: S4-54, S4-65
trial("behind a captive portal scans are checked offline and wait, and the page stays", async () => {
  const sent = await send();
  for (const does of [portal, leading(`${way.address}/login`)]) {
    way.does = does;
    await scanOffline();
    // Even loaded anew, nothing of the portal's comes in the page's place.
    await phone.page.reload();
    await phone.page.getByRole("button", { name: /offline/ }).waitFor();
  }
  assert.equal(device().entries, sent);
  way.does = null;
  assert.ok((await send()) >= sent + 4);
});

trial("on a network that answers after three seconds a verdict does not wait for it, and all is sent", async () => {
  const sent = await send();
  way.does = slow(3000);
  await scanOffline();
  way.does = null;
  assert.ok((await send()) >= sent + 2);
});

trial("on a network of two kilobytes a second there are verdicts, and all is sent", async () => {
  const sent = await send();
  way.does = thin(2000);
  await grant(await scan("VERIFIED|CAUTION"));
  way.does = null;
  assert.ok((await send()) >= sent + 2);
});

trial("a browser that says that it has no network is taken at its word for seconds after a call found none, and not else", async () => {
  const says = (onLine) => phone.page.evaluate((is) => window.theWorker.postMessage({ onLine: is }), onLine);
  await says(false);
  await grant(await scan("VERIFIED"));
  way.does = cut;
  await scanOffline();
  let asked = false;
  way.does = ({ path, pass }) => {
    asked ||= path.endsWith("/verify");
    return pass();
  };
  await scanOffline();
  assert.equal(asked, false);
  await pause(11_000);
  await grant(await scan("VERIFIED"));
  assert.equal(asked, true);
  await says(null);
});

trial("a server that goes and comes back in the midst of a shift is done without, and used again", async () => {
  await stop();
  await scanOffline();
  await serve(WEB);
  await send();
  await grant(await scan("VERIFIED"));
});

trial("whatever a hostile server answers, scans are checked offline and the page goes on", async () => {
  const sent = await send();
  const died = [];
  const hear = (message) => /worker ended/.test(message.text()) && died.push(message.text());
  phone.page.on("console", hear);
  for (const [what, does] of Object.entries(HOSTILE)) {
    way.does = does;
    await scanOffline().catch((error) => {
      error.message = `${what}: ${error.message}`;
      throw error;
    });
  }
  phone.page.off("console", hear);
  assert.deepEqual(died, []);
  way.does = null;
  assert.ok((await send()) >= sent + 2 * Object.keys(HOSTILE).length);
  await grant(await scan("VERIFIED"));
});

trial("another site's frame shows nothing of the app", async () => {
  const framing = createServer(({ url }, answer) => {
    const frames = ["gate", "id"].map((kind) => `<iframe src="${way.address}/${kind}/"></iframe>`).join("");
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end(url === "/own" ? "<main id=before>Own</main>" : `<iframe src="/own"></iframe>${frames}`);
  });
  await new Promise((open) => framing.listen(0, "127.0.0.1", open));
  const page = await phone.context.newPage();
  try {
    await page.goto(`http://127.0.0.1:${framing.address().port}/`);
    const frames = page.locator("iframe");
    const shows = (at) => frames.nth(at).contentFrame().locator("#before, #app").count();
    assert.equal(await frames.count(), 3);
    assert.deepEqual(await Promise.all([0, 1, 2].map(shows)), [1, 0, 0]);
  } finally {
    await page.close();
    framing.close();
    framing.closeAllConnections();
  }
});

/** What came of names on a page: nothing but text. */
async function isText({ page }, where) {
  const found = await page.evaluate(() => ({
    caught: window.caught ?? null,
    made: document.querySelectorAll("#app :is(script, iframe, object, embed, a, i, u, img:not(#picture), [onerror], [onclick])").length,
  }));
  assert.deepEqual({ ...found, violations, dialogs }, { caught: null, made: 0, violations: [], dialogs: [] }, where);
}

const shown = (one, id, text) => one.page.waitForFunction(([where, what]) => document.getElementById(where).textContent.includes(what), [id, text]);

trial("names that are markup are text wherever a guard or a member reads them", async () => {
  violations.length = 0; // What went before tried to frame it.
  stage.member("hilda@example.org", HOST);
  const codes = NAMES.map(([name]) => stage.cli("invitation", "add", "--name", name, "--site", SITE, "--host", "hilda@example.org", "--note", MARKUP).code);
  await send();
  await shown(phone, "top", SITE);
  await phone.tap(phone.page.getByRole("button", { name: /^Expected/ }));
  await phone.heading("Expected today").waitFor();
  for (const [, start] of NAMES) await shown(phone, "rows", start);
  await shown(phone, "rows", HOST);
  await isText(phone, "expected");
  await phone.picture("expected");
  await phone.tap("Back");
  for (const [at, [, start]] of NAMES.entries()) {
    await phone.button("Walk-up").waitFor();
    await phone.scans(codes[at]);
    await phone.page.locator("#app[data-kind=verdict]").waitFor();
    await shown(phone, "title", `VERIFIED: ${start}`);
    await isText(phone, start);
    if (at === 0) {
      await phone.tap("Report");
      await phone.page.getByLabel("What is suspicious").fill(MARKUP);
      await phone.tap("Send");
      await shown(phone, "lines", "Reported.");
      await isText(phone, "report");
    }
    await phone.tap("Grant");
  }
  await phone.button("Walk-up").waitFor();
  await walkUp(MARKUP);
  await isText(phone, "walk-up");
  await phone.tap("Grant");
  for (const list of ["Inside", "This shift"]) {
    await phone.tap(list);
    await phone.heading(list).waitFor();
    await shown(phone, "rows", MARKUP);
    await isText(phone, list);
    await phone.picture("names");
    await phone.tap("Back");
  }
  // What is no code at all, too.
  await phone.scans(`${MARKUP} is no code`);
  await phone.heading(/^DENIED/).waitFor();
  await isText(phone, "no code");
  await phone.tap("Deny");

  const mia = stage.member("mia@example.org", MARKUP);
  const member = await watched("id", { viewport: { width: 360, height: 640 } });
  const { code } = stage.cli("member-code", "--url", stage.address);
  await member.go(`#join=${encodeURIComponent(code)}`);
  await member.button("Yes, this is right").waitFor();
  await isText(member, "join");
  await member.tap("Yes, this is right");
  await member.signIn(mia);
  await member.heading("Access ID").waitFor();
  await member.page.locator("#code svg").waitFor();
  await shown(member, "main", "<img");
  await isText(member, "access ID");
  await member.picture("access-id");
  await member.close();
});

const setWall = (ms) =>
  phone.page.evaluate((wall) => {
    localStorage.setItem("trial.wall", wall);
    window.theWorker.postMessage({ wall });
  }, ms);

trial("a wall clock that is set changes no verdict, is told where nothing else is known, and loses nothing", async () => {
  const sent = await send();
  // Not as far ahead as a shift is long: where nothing else is known, as after a sleep, it would be over.
  for (const hours of [-2, 12]) {
    await setWall(hours * HOUR_MS);
    await grant(await scan("VERIFIED"));
    way.does = cut;
    await scanOffline();
    way.does = null;
  }
  // Loaded anew without a network there is only that clock, and it is not believed.
  await setWall(-2 * HOUR_MS);
  way.does = cut;
  await phone.page.reload();
  const doubted = phone.page.locator("#top").getByText(/clock not confirmed/);
  await doubted.waitFor();
  await scanOffline();
  way.does = null;
  assert.ok((await send()) >= sent + 10);
  await doubted.waitFor({ state: "detached" });
  await setWall(0);
});

trial("a code may stand on its head, another camera is taken, and one that is unplugged is told and done without", async () => {
  const { reference } = stage.cli("invitation", "add", "--name", "Ursula Upside", "--site", SITE);
  stage.cli("pass", "issue", "--invitation", reference, "--png", `${stage.folder}/ursula.png`);
  await phone.sees(readFileSync(`${stage.folder}/ursula.png`), { tilt: 178 });
  await phone.page.reload();
  await phone.heading("VERIFIED: Ursula Upside").waitFor();
  await phone.picture("upside-down");
  // It is taken away again.
  await phone.page.evaluate(() => {
    window.VideoFrame = class {
      constructor() {
        throw new Error("nothing is held before the camera");
      }
    };
  });
  await grant("Ursula Upside");

  await phone.sees(null);
  await phone.context.addInitScript(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => ["back", "front"].map((deviceId) => ({ kind: "videoinput", deviceId, label: "" }));
    mediaDevices.getUserMedia = async ({ video: { deviceId, ...video }, ...more }) => {
      const stream = await open({ video, ...more });
      const [track] = stream.getVideoTracks();
      const settings = track.getSettings.bind(track);
      window.used = deviceId?.exact ?? "back";
      window.track = track;
      track.getSettings = () => ({ ...settings(), deviceId: window.used });
      return stream;
    };
  });
  await phone.page.reload();
  const uses = (which) => phone.page.waitForFunction((name) => window.used === name && document.getElementById("camera").videoWidth > 0, which);
  await uses("back");
  for (const which of ["front", "back"]) {
    await phone.tap("Other camera");
    await uses(which);
  }
  await phone.page.evaluate(() => window.track.dispatchEvent(new Event("ended")));
  await phone.heading("No camera").waitFor();
  await phone.text(/The camera was unplugged or taken away/).waitFor();
  await phone.picture("unplugged");
  await phone.tap("Go on");
  await walkUp("Walter Without");
  await grant("Walter Without");
  await phone.page.evaluate(() => void (window.used = null));
  await phone.tap("Try again");
  await uses("back");
  await phone.text(/The camera was unplugged or taken away/).waitFor({ state: "detached" });
});

trial("the page speaks the browser's language at its next start, and without a network the one of before", async () => {
  const language = () => phone.page.locator("html").getAttribute("lang");
  /** Loads it in a browser that was set to other languages since. */
  const inLanguage = async (...languages) => {
    const [worker] = phone.context.serviceWorkers();
    await worker.evaluate((wanted) => {
      Object.defineProperty(navigator, "languages", { configurable: true, get: () => wanted });
    }, languages);
    await phone.page.reload();
    await phone.page.locator("#app:not([hidden])[data-kind=camera]").waitFor();
    return language();
  };
  await phone.page.reload();
  assert.equal(await language(), "en");
  assert.equal(await inLanguage("fr", "en"), "fr");
  way.does = cut;
  assert.equal(await inLanguage("ar"), "fr");
  // Nor does a portal give it another page.
  way.does = portal;
  assert.equal(await inLanguage("af"), "fr");
  way.does = null;
  assert.equal(await inLanguage("en-GB", "en"), "en");
});

trial("a new version leaves a shift alone, and a booth that nobody touches takes it afterwards with all that waits", async () => {
  const newer = `${stage.folder}/newer`;
  mkdirSync(newer);
  copyFileSync(`${WEB}/gatehouse_web_bg.wasm`, `${newer}/gatehouse_web_bg.wasm`);
  writeFileSync(`${newer}/gatehouse_web.js`, `${readFileSync(`${WEB}/gatehouse_web.js`, "utf8")}\n// Newer.\n`);
  const { clock } = phone.context;
  await clock.install();
  await phone.page.reload();
  await phone.button("Walk-up").waitFor();
  await phone.page.evaluate(() => navigator.serviceWorker.ready);
  const old = await version();
  await stop();
  await serve(newer);
  // It looks for a new version by itself.
  await clock.fastForward(HOUR_MS + 60_000);
  await phone.page.waitForFunction(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
  await grant(await scan("VERIFIED"));
  await clock.fastForward(HOUR_MS);
  await pause(2000);
  assert.equal(await version(), old);
  const sent = await send();

  way.does = cut;
  await walkUp("Wanda Waits");
  await grant("Wanda Waits");
  await phone.tap("End shift");
  await phone.heading("End your shift").waitFor();
  await phone.tap("End shift");
  await phone.heading("Start your shift").waitFor();
  assert.equal(await version(), old);
  await clock.fastForward(HOUR_MS / 4);
  await until(async () => (await version()) !== old, "the new version was not taken");
  await phone.heading("Start your shift").waitFor();
  assert.equal(device().entries, sent);
  way.does = null;
  await phone.tap("Send now");
  await until(() => device().entries >= sent + 3, "what waited was not sent");
  await phone.picture("newer");
});
