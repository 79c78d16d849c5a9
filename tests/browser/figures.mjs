// What the app costs in this browser, on this machine, now: measured and printed, nothing is asserted. Needs the program
// (bindings/web/build) and a binary with the feature `faults`, for days that pass.
//
//   GATEHOUSE_SCANS   how many scans the three days without a network have; as many as fit into five minutes

import { readFileSync, statSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { Stage, WEB, closeStudio, pause } from "./stage.mjs";

const CODES = 40;
const SCANS = Number(process.env.GATEHOUSE_SCANS ?? 2000);
const ENOUGH_MS = 300_000;
const DAYS_MS = 72 * 3_600_000;
const SITE = "South gate";
const only = process.argv.slice(2);

const say = (what, figure) => console.log(`${what.padEnd(62)} ${figure}`);
const spread = (all) => {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]?.toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${sorted.at(-1)?.toFixed(1)} ms (${sorted.length})`;
};

/** In the page: what the worker says, and the page's own frames kept back where they would be in the way. */
function listen() {
  window.heard = new Set();
  window.TheFrame = window.VideoFrame;
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      window.theWorker = this;
      this.addEventListener("message", ({ data }) => {
        if (data.draw) window.now = JSON.parse(data.draw).screen ?? window.now;
        window.heard.forEach((hears) => hears(data));
      });
    }
  };
  /** Resolves with the screen that is so, and when it was told. */
  window.until = (is) =>
    new Promise((resolve) => {
      const hears = (data) => {
        const { screen } = data.draw ? JSON.parse(data.draw) : {};
        if (!screen || !is(screen)) return;
        window.heard.delete(hears);
        resolve({ screen, at: performance.now() });
      };
      window.heard.add(hears);
    });
  window.give = (input) => window.theWorker.postMessage({ take: input });
  const sees = () => {
    const [app, camera] = ["app", "camera"].map((id) => document.getElementById(id));
    if (app?.dataset.kind === "camera" && !app.hidden && camera.videoWidth > 0) window.started = performance.now();
    else requestAnimationFrame(sees);
  };
  requestAnimationFrame(sees);
}

/** No frames of the page's own. */
const blind = (page, is) =>
  page.evaluate((on) => {
    window.VideoFrame = on
      ? class {
          constructor() {
            throw new Error("kept back");
          }
        }
      : window.TheFrame;
  }, is);

const started = async (phone) => {
  await phone.page.waitForFunction(() => window.started);
  return `${Math.round(await phone.page.evaluate(() => window.started))} ms`;
};

async function begin(options) {
  const stage = new Stage("figures");
  await stage.open();
  stage.cli("site", "add", "--name", SITE, "--arrival-photo", "off", "--walk-up-photo", "off");
  const email = stage.guard();
  stage.cli("user", "assign", email, "--site", SITE);
  const guard = stage.phone("guard", "gate", options);
  await guard.open(null);
  await guard.context.addInitScript(listen);
  return { stage, guard, email };
}

function size() {
  const [module, glue] = ["gatehouse_web_bg.wasm", "gatehouse_web.js"].map((name) => readFileSync(`${WEB}/${name}`));
  const [small, little] = [module, glue].map((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length);
  say("module", `${module.length} bytes, ${small} by brotli, ${statSync(`${WEB}/gatehouse_web_bg.wasm.gz`).size} by gzip; its JavaScript ${glue.length}, ${little}`);
}

async function day() {
  const { stage, guard, email } = await begin();
  const pictures = [];
  for (let n = 0; n < 2 * CODES + 2; n += 1) {
    const name = `Visitor ${n}`;
    const { reference } = stage.cli("invitation", "add", "--name", name, "--site", SITE);
    stage.cli("pass", "issue", "--invitation", reference, "--png", `${stage.folder}/code.png`);
    pictures.push({ name, png: readFileSync(`${stage.folder}/code.png`).toString("base64") });
  }
  await guard.startShift(email, { site: SITE });
  const { page } = guard;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await pause(3000);

  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  });
  const devtools = await guard.context.newCDPSession(page);
  await devtools.send("Network.clearBrowserCache");
  await guard.go();
  say("start from a cold cache to the camera's picture, loopback", await started(guard));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await guard.go();
  say("start from the service worker, with a network", await started(guard));
  await guard.context.setOffline(true);
  await guard.go();
  say("start from the service worker, without a network", await started(guard));
  await guard.context.setOffline(false);

  // Frames with much to look at and no code in them.
  await guard.sees(await page.screenshot(), { side: 700, noise: 10 });
  await page.reload();
  await started(guard);
  await pause(2000);
  const frames = await page.evaluate(async () => {
    let count = 0;
    const hears = (data) => (count += data.free ? 1 : 0);
    window.heard.add(hears);
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    window.heard.delete(hears);
    return (1000 * count) / (performance.now() - from);
  });
  say("live frames of 1280x720 read a second, the preview running", frames.toFixed(1));

  await blind(page, true);
  await pause(500);
  const measure = (some) =>
    page.evaluate(async (all) => {
      const took = [];
      for (const { name, png } of all) {
        const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]));
        const canvas = new OffscreenCanvas(1280, 720);
        const pen = canvas.getContext("2d");
        pen.fillStyle = "#8A8A86";
        pen.fillRect(0, 0, 1280, 720);
        pen.filter = "blur(0.7px)";
        pen.translate(640, 360);
        pen.rotate(0.07);
        pen.drawImage(image, -220, -220, 440, 440);
        const { data } = pen.getImageData(0, 0, 1280, 720);
        const bytes = new Uint8Array((1280 * 720 * 3) / 2).fill(128);
        for (let at = 0; at < 1280 * 720; at += 1) bytes[at] = data[4 * at + 1];
        const frame = new window.TheFrame(bytes, { format: "I420", codedWidth: 1280, codedHeight: 720, timestamp: 0 });
        const seen = window.until(({ kind, title }) => kind === "verdict" && title.endsWith(`: ${name}`));
        const from = performance.now();
        window.theWorker.postMessage({ frame }, [frame]);
        const { screen, at } = await seen;
        took.push(at - from);
        await new Promise((resolve) => setTimeout(resolve, 400));
        const camera = window.until(({ kind }) => kind === "camera");
        window.give({ tap: { screen: screen.number, action: screen.buttons.find(({ action }) => action === "grant").action } });
        await camera;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      return took;
    }, some);
  await measure(pictures.slice(0, 2));
  say("frame of 1280x720 to a durable verdict, with a network", spread(await measure(pictures.slice(2, CODES + 2))));
  await guard.context.setOffline(true);
  await pause(1000);
  say("the same without a network", spread(await measure(pictures.slice(CODES + 2))));
  await guard.context.setOffline(false);
  await pause(2000);

  stage.server.kill("SIGSTOP");
  const walked = await page.evaluate(async () => {
    const tap = async (action) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      window.give({ tap: { screen: window.now.number, action } });
    };
    const wait = async (kind, does) => {
      const comes = window.until((screen) => screen.kind === kind);
      await does();
      return comes;
    };
    await wait("status", () => tap("status"));
    await tap("sync");
    await wait("camera", () => tap("back"));
    await wait("walk_up", () => tap("walk_up"));
    window.give({ typed: { screen: window.now.number, field: "name", text: "Wally Walkup" } });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const from = performance.now();
    const { at } = await wait("verdict", () => window.give({ tap: { screen: window.now.number, action: "register" } }));
    return at - from;
  });
  say("a walk-up durable while a synchronisation hangs", `${walked.toFixed(1)} ms`);
  stage.server.kill("SIGCONT");
  await stage.close();
}

/** In the worker, before its own script: clocks that can be put forward. */
const CLOCKS = `
let ahead = 0;
const { now } = Performance.prototype;
Performance.prototype.now = function () { return now.call(this) + ahead; };
const wall = Date.now;
Date.now = () => wall() + ahead;
addEventListener("message", (event) => {
  if (!event.data.ahead) return;
  ahead += event.data.ahead;
  event.stopImmediatePropagation();
});
`;

async function days() {
  const { stage, guard, email } = await begin({ serviceWorkers: "block" });
  stage.cli("policy", "--longest-shift", "2880");
  await guard.context.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: CLOCKS + (await response.text()) });
  });
  const codes = Array.from({ length: 60 }, (_, n) => stage.visitor(`Visitor ${n}`, SITE));
  await guard.startShift(email, { site: SITE });
  const { page } = guard;
  await blind(page, true);
  await pause(3000);
  const { port } = new URL(stage.address);
  const ended = new Promise((resolve) => stage.server.once("exit", resolve));
  stage.server.kill();
  await ended;
  await guard.context.setOffline(true);

  const began = Date.now();
  const came = await page.evaluate(
    async ({ codes, scans, enough, days }) => {
      const each = Math.floor(days / scans);
      const ahead = (ms) => window.theWorker.postMessage({ ahead: ms });
      const counts = { scans: 0, granted: 0, denied: 0, left: 0, shifts: 0 };
      const kinds = {};
      const comes = (is) => Promise.race([window.until(is), new Promise((_, fails) => setTimeout(() => fails(new Error(`stuck at ${JSON.stringify(window.now)}`)), 20_000))]);
      const tap = async (action) => {
        const { number } = window.now;
        const next = comes((screen) => screen.number !== number);
        ahead(400);
        window.give({ tap: { screen: number, action } });
        await next;
      };
      const from = performance.now();
      const took = [];
      for (let n = 0; n < scans && performance.now() - from < enough; n += 1) {
        ahead(each - 800);
        window.give("tick");
        for (let tries = 0; tries < 6 && window.now.kind !== "camera"; tries += 1) {
          counts.shifts += window.now.kind === "start" ? 1 : 0;
          const { buttons, rows } = window.now;
          const row = window.now.kind === "start" && rows.find(({ action, text }) => action && text.includes("South"));
          await tap((row || buttons.find(({ weight }) => weight === "likely") || buttons[0]).action);
        }
        const judged = comes(({ kind }) => ["verdict", "leaving", "stop"].includes(kind));
        const at = performance.now();
        window.give({ line: codes[n % codes.length] });
        const { screen } = await judged;
        // A shift is over after two days: another one begins.
        if (screen.kind === "stop") continue;
        took.push(performance.now() - at);
        counts.scans += 1;
        kinds[screen.title.split(":")[0].replace(/ \d+ /, " N ")] = (kinds[screen.title.split(":")[0].replace(/ \d+ /, " N ")] ?? 0) + 1;
        const can = (name) => screen.buttons.some(({ action, held }) => action === name && !held);
        const against = screen.verdict?.colour === "DENIED";
        const does = ["departure", against ? "deny" : "grant", "deny"].find(can);
        counts[{ departure: "left", grant: "granted", deny: "denied" }[does]] += 1;
        await tap(does);
      }
      return { counts, kinds, took };
    },
    { codes, scans: SCANS, enough: ENOUGH_MS, days: DAYS_MS },
  );
  say(`${came.counts.scans} scans in three days without a network, ${((Date.now() - began) / 1000).toFixed(0)} s here`, JSON.stringify({ ...came.counts, ...came.kinds }));
  say("  from a code's text to a durable verdict", spread(came.took));

  process.env.GATEHOUSE_FAULT_WALL_MS = String(Math.round((DAYS_MS * came.counts.scans) / SCANS));
  await stage.run(["serve", "--listen", `127.0.0.1:${port}`, "--web", WEB, "--data", `${stage.folder}/server`], /listens on (http:\S+)/);
  await guard.context.setOffline(false);
  const from = Date.now();
  await guard.tap(page.locator("#top").getByRole("button"));
  await guard.tap("Send now");
  await guard.text("Everything was sent.").waitFor({ timeout: 300_000 });
  say("  sent", `in ${((Date.now() - from) / 1000).toFixed(1)} s`);
  const [device] = [stage.cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list);
  const journal = stage.plain("journal", "export", "--device", device.name).toString();
  say("  lines in the journal that the server has", `${journal.trim().split("\n").length}; doubts: ${JSON.stringify(device.doubts ?? [])}`);
  await stage.close();
}

const figures = { size, day, days };
for (const [name, measures] of Object.entries(figures)) if (only.length === 0 || only.includes(name)) await measures();
await closeStudio();
