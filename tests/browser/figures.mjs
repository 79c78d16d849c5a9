// What the app costs in this browser, on this machine, now: measured and printed, nothing is asserted. Needs the program
// (bindings/web/build) and a binary with the feature `faults`, for days that pass.
//
//   GATEHOUSE_SCANS    how many scans the three days without a network have; as many as fit into five minutes
//   GATEHOUSE_BESIDE   the built bench of tests/benches/beside.rs, with which frames are compared; otherwise cargo builds it

import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Stage, WEB, closeStudio, pause } from "./stage.mjs";

const CODES = 40;
const SCANS = Number(process.env.GATEHOUSE_SCANS ?? 2000);
const ENOUGH_MS = 300_000;
const DAYS_MS = 72 * 3_600_000;
const SITE = "South gate";
const WALK_UPS = 20;
const only = process.argv.slice(2);

const say = (what, figure) => console.log(`${what.padEnd(62)} ${figure}`);
const spread = (all) => {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]?.toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${sorted.at(-1)?.toFixed(1)} ms (${sorted.length})`;
};

/** In the page: what the worker says, frames made of pictures, and the page's own kept back where they would be in the way. */
function listen() {
  /** What a camera has of a picture (PNG as base64) that is held before it: I420 of 1280x720. */
  window.filmed = async (png) => {
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
    return bytes;
  };
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
  for (let n = 0; n < 4 * CODES + 2; n += 1) {
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
  const native = await Native.begin(stage);
  const mine = (some) =>
    page.evaluate(async ({ name, png }) => {
      const bytes = await window.filmed(png);
      const frame = new window.TheFrame(bytes, { format: "I420", codedWidth: 1280, codedHeight: 720, timestamp: 0 });
      const seen = window.until(({ kind, title }) => kind === "verdict" && title.endsWith(`: ${name}`));
      const from = performance.now();
      window.theWorker.postMessage({ frame }, [frame]);
      const { screen, at } = await seen;
      await new Promise((resolve) => setTimeout(resolve, 400));
      const camera = window.until(({ kind }) => kind === "camera");
      window.give({ tap: { screen: screen.number, action: screen.buttons.find(({ action }) => action === "grant").action } });
      await camera;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return at - from;
    }, some);
  const theirs = async ({ png }) => {
    const bytes = Buffer.from(await page.evaluate(async (picture) => {
      let text = "";
      const all = (await window.filmed(picture)).subarray(0, 1280 * 720);
      for (let at = 0; at < all.length; at += 32_768) text += String.fromCharCode(...all.subarray(at, at + 32_768));
      return btoa(text);
    }, png), "base64");
    return native.scan(bytes);
  };
  /** One in the browser, one beside it, in turn. */
  const compare = async (what, some, online) => {
    const [ours, others] = [[], []];
    for (let n = 0; n + 1 < some.length; n += 2) {
      ours.push(await mine(some[n]));
      const scan = await theirs(some[n + 1]);
      if (scan.online !== online) throw new Error(`another way than meant: ${JSON.stringify(scan)}`);
      others.push(scan.ms);
    }
    const half = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
    say(`frame of 1280x720 to a durable verdict, ${what}`, spread(ours));
    say("  the same frames without a browser, in turn with it", `${spread(others)}; ratio ${(half(ours) / half(others)).toFixed(2)}`);
  };
  await mine(pictures.shift());
  await theirs(pictures.shift());
  await compare("with a network", pictures.splice(0, 2 * CODES), true);
  const { port } = new URL(stage.address);
  const ended = new Promise((resolve) => stage.server.once("exit", resolve));
  stage.server.kill();
  await ended;
  await guard.context.setOffline(true);
  await pause(1000);
  await compare("without a network", pictures, false);
  native.end();
  await stage.run(["serve", "--listen", `127.0.0.1:${port}`, "--web", WEB, "--data", `${stage.folder}/server`], /listens on (http:\S+)/);
  await guard.context.setOffline(false);
  await pause(2000);

  stage.server.kill("SIGSTOP");
  const walked = await page.evaluate(async (times) => {
    const tap = async (action) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      window.give({ tap: { screen: window.now.number, action } });
    };
    const wait = async (kind, does) => {
      const comes = window.until((screen) => screen.kind === kind);
      await does();
      return comes;
    };
    const took = [];
    for (let n = 0; n < times; n += 1) {
      await wait("status", () => tap("status"));
      await tap("sync");
      await wait("camera", () => tap("back"));
      await wait("walk_up", () => tap("walk_up"));
      window.give({ typed: { screen: window.now.number, field: "name", text: `Wally Walkup ${n}` } });
      await new Promise((resolve) => setTimeout(resolve, 400));
      const from = performance.now();
      const { at } = await wait("verdict", () => window.give({ tap: { screen: window.now.number, action: "register" } }));
      took.push(at - from);
      await wait("camera", () => tap("deny"));
    }
    return took;
  }, WALK_UPS);
  say("a walk-up durable while a synchronisation hangs", spread(walked));
  stage.server.kill("SIGCONT");
  await stage.close();
}

/** The same station as a program of this machine. */
class Native {
  static async begin(stage) {
    const email = stage.guard("nathan@example.org", "Nathan");
    stage.cli("user", "assign", email, "--site", SITE);
    const { number } = stage.cli("site", "list").find(({ name }) => name === SITE);
    const { code } = stage.cli("device", "code", "--url", stage.address);
    const args = [`${stage.folder}/native`, code, email, String(number)];
    const native = new Native();
    const bench = process.env.GATEHOUSE_BESIDE;
    const [command, ...first] = bench ? [bench] : ["cargo", "bench", "--quiet", "--package", "gatehouse-tests", "--bench", "beside", "--"];
    const options = { stdio: ["pipe", "pipe", "inherit"], cwd: fileURLToPath(new URL("../..", import.meta.url)) };
    native.frame = `${stage.folder}/frame`;
    const from = stage.log.length;
    native.program = spawn(command, [...first, ...args], options);
    native.lines = createInterface(native.program.stdout)[Symbol.asyncIterator]();
    await native.hears("asked");
    native.program.stdin.write(`${await stage.codeFor(email, from)}\n`);
    await native.hears("at work");
    return native;
  }

  async hears(word) {
    const { value, done } = await this.lines.next();
    if (done || (word && value !== word)) throw new Error(`the station beside said: ${value}`);
    return value;
  }

  async scan(luma) {
    writeFileSync(this.frame, luma);
    this.program.stdin.write(`${this.frame}\n`);
    return JSON.parse(await this.hears());
  }

  end() {
    this.program.stdin.end();
  }
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
