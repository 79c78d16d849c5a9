// A guard's day in the app: the real program in Chromium's worker, against a real server, with a film before the camera
// and a browser that is killed. Skipped where the program was not built (bindings/web/build).
//
//   GATEHOUSE_BIN        the binary; otherwise target/debug/gatehouse
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//   GATEHOUSE_WEB        the folder of the program; otherwise target/web

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = process.env.GATEHOUSE_BIN ?? here("../../target/debug/gatehouse");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
const WEB = process.env.GATEHOUSE_WEB ?? here("../../target/web");
const OUT = here("out/gate");
const PATIENCE = 60_000;
const [WIDTH, HEIGHT, FRAMES, SIDE] = [1280, 720, 20, 440];
const GUARD = "grace@example.org";
const built = existsSync(`${WEB}/gatehouse_web_bg.wasm`);

const data = mkdtempSync(`${tmpdir()}/gatehouse-gate-`);
const profile = `${data}/profile`;
const film = `${data}/film.y4m`;
let server;
let log = "";
let address;
let context;
let page;

const cli = (...args) =>
  JSON.parse(execFileSync(BIN, [...args, "--data", `${data}/server`, "--json"], { stdio: ["ignore", "pipe", "inherit"] }));

function startServer() {
  const args = ["--data", `${data}/server`, "--listen", "127.0.0.1:0", "--name", "Oak", "--site", "North gate", "--web", WEB];
  server = spawn(BIN, ["serve", ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, RUST_LOG: "info", NO_COLOR: "1" } });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (status) => reject(new Error(`the server ended by itself (${status}): ${log}`)));
    server.stderr.on("data", (text) => (log += text));
    server.stdout.on("data", (text) => {
      const found = String(text).match(/listens on (http:\S+)/);
      if (found) resolve(found[1]);
    });
  });
}

/** A film of a code that somebody holds before the camera, not quite still. */
async function makeFilm(picture) {
  const browser = await chromium.launch({ executablePath: CHROMIUM });
  const drawing = await browser.newPage();
  const frames = await drawing.evaluate(
    async ([src, width, height, count, side]) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      const frames = [];
      for (let n = 0; n < count; n += 1) {
        pen.resetTransform();
        pen.fillStyle = "#8A8A86";
        pen.fillRect(0, 0, width, height);
        pen.translate(width / 2 + (n % 7), height / 2);
        pen.rotate(((3 + (n % 5)) * Math.PI) / 180);
        pen.filter = "blur(0.7px)";
        pen.drawImage(image, -side / 2, -side / 2, side, side);
        const { data: colours } = pen.getImageData(0, 0, width, height);
        const luma = new Uint8Array(width * height);
        for (let at = 0; at < luma.length; at += 1) luma[at] = colours[4 * at + 1];
        let text = "";
        for (let at = 0; at < luma.length; at += 32_768) text += String.fromCharCode(...luma.subarray(at, at + 32_768));
        frames.push(btoa(text));
      }
      return frames;
    },
    [`data:image/png;base64,${picture.toString("base64")}`, WIDTH, HEIGHT, FRAMES, SIDE],
  );
  await browser.close();
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const pieces = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`)];
  for (const frame of frames) pieces.push(Buffer.from("FRAME\n"), Buffer.from(frame, "base64"), grey);
  writeFileSync(film, Buffer.concat(pieces));
}

async function openBrowser(path = "") {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    permissions: ["camera"],
    viewport: { width: 400, height: 800 },
    locale: "en-GB",
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
  });
  context.setDefaultTimeout(PATIENCE);
  page = context.pages()[0] ?? (await context.newPage());
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && console.log("  ", message.text()));
  page.on("pageerror", (error) => console.log("  ", String(error)));
  if (path !== null) await page.goto(`${address}/gate/${path}`);
}

/** From now on the worker gets no frames: nobody holds a code before the camera any more. The picture goes on. */
async function takeCodeAway() {
  const dark = () => {
    window.VideoFrame = class {
      constructor() {
        throw new Error("nothing is held before the camera");
      }
    };
  };
  await context.addInitScript(dark);
  await page.evaluate(dark);
}

/** Kills every process of the browser, as a battery that is pulled out does. */
async function killBrowser() {
  const ours = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile);
    } catch {
      return false;
    }
  });
  for (const pid of ours) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It went with another.
    }
  }
  await context.close().catch(() => {});
}

const heading = (name) => page.getByRole("heading", { level: 1, name });
const button = (name) => page.locator("#bar").getByRole("button", { name, exact: true });

/** Taps, once the screen takes taps. */
async function tap(target) {
  await target.waitFor();
  await page.waitForTimeout(400);
  await target.click();
}

/** What is typed is typed as a hand does. */
const type = async (label, text) => {
  await page.getByLabel(label).click();
  await page.keyboard.type(text, { delay: 20 });
};

let pictures = 0;
const picture = (name) => page.screenshot({ path: `${OUT}/${String((pictures += 1)).padStart(2, "0")}-${name}.png` });

async function codeFor(email, after) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = [...log.slice(after).matchAll(/one-time code for (\S+): (\d+)/g)].filter(([, to]) => to === email);
    if (found.length > 0) return found.at(-1)[2];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no code for ${email} in the log`);
}

before(async () => {
  if (!built) return;
  mkdirSync(OUT, { recursive: true });
  address = await startServer();
  cli("user", "add", "--email", GUARD, "--role", "guard", "--name", "Grace");
  cli("user", "assign", GUARD, "--site", "North gate");
  const { reference } = cli("invitation", "add", "--name", "Vera Visitor", "--site", "North gate");
  cli("pass", "issue", "--invitation", reference, "--png", `${data}/vera.png`);
  await makeFilm(readFileSync(`${data}/vera.png`));
});

after(async () => {
  await context?.close().catch(() => {});
  server?.kill();
  rmSync(data, { recursive: true, force: true });
});

test("a guard's day in a browser", { skip: built ? false : "the program was not built: bindings/web/build", timeout: 600_000 }, async (day) => {
  const part = (name, does) =>
    day.test(name, async () => {
      try {
        await does();
      } catch (error) {
        await picture("failed").catch(() => {});
        throw error;
      }
    });

  await part("a link enrols the device, and a one-time code signs the guard in", async () => {
    const { code } = cli("device", "code", "--url", address);
    await openBrowser(`#enrol=${encodeURIComponent(code)}`);
    await button("Yes, this is right").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    await picture("enrol");
    await tap(button("Yes, this is right"));
    await heading("Sign in").waitFor();
    await type("Your e-mail address", GUARD);
    await picture("sign-in");
    const from = log.length;
    await tap(button("Send me a code"));
    await page.getByLabel("Code from the message").waitFor();
    await type("Code from the message", await codeFor(GUARD, from));
    await tap(button("Sign in"));
    await heading("Start your shift").waitFor();
    await picture("start");
    await tap(page.getByRole("button", { name: "North gate" }));
  });

  await part("a code before the camera is VERIFIED, and the visitor is let in", async () => {
    await heading("VERIFIED: Vera Visitor").waitFor();
    await picture("verified");
    await takeCodeAway();
    await tap(button("Grant"));
    await heading("Photo of the visitor").waitFor();
    await page.waitForFunction(() => document.getElementById("camera").videoWidth > 0);
    await tap(button("Take photo"));
    await button("Use this photo").waitFor();
    await page.waitForFunction(() => document.getElementById("picture").naturalWidth > 0);
    await picture("photo");
    await tap(button("Use this photo"));
    await page.getByText("Vera Visitor: granted").waitFor();
    await picture("camera");
  });

  await part("without a network a walk-up is written down, and survives that the browser is killed", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0);
    await context.setOffline(true);
    await tap(button("Walk-up"));
    await type("Visitor's name", "Wally Walkup");
    await tap(button("Register"));
    await heading("Walk-up: Wally Walkup").waitFor();
    await picture("walk-up");
    await killBrowser();

    await openBrowser(null);
    await takeCodeAway();
    await context.setOffline(true);
    await page.goto(`${address}/gate/`);
    await heading("Walk-up: Wally Walkup").waitFor();
    await tap(button("Grant"));
    await heading("Photo of the visitor").waitFor();
    await tap(button("Skip"));
    await page.getByText("Wally Walkup: granted").waitFor();
    await page.getByRole("button", { name: /offline/ }).waitFor();
    await picture("offline");
  });

  await part("another window is told that the station is open here", async () => {
    await context.setOffline(false);
    const other = await context.newPage();
    await other.goto(`${address}/gate/`);
    await other.getByRole("heading", { name: "Gatehouse is open elsewhere" }).waitFor();
    await other.close();
  });

  await part("with the network back everything is sent, and the server says the same", async () => {
    await tap(page.locator("#top").getByRole("button"));
    await heading("Status").waitFor();
    await tap(button("Send now"));
    await page.getByText("Everything was sent.").waitFor();
    await picture("status");
    const [device] = [cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list);
    assert.equal(device.doubts?.length ?? 0, 0, JSON.stringify(device));
    await tap(button("Back"));
    await tap(button("Inside"));
    await page.locator("#lines").getByText("2 visitors inside").waitFor();
    await page.getByText("Vera Visitor").first().waitFor();
    await picture("inside");
  });
});
