// What trials of the app need that run the real program: a server with its command line, phones (a browser with a
// profile of its own each) that are used as by hand and killed, and what a camera sees.
//
//   GATEHOUSE_BIN        the binary; otherwise target/debug/gatehouse
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//   GATEHOUSE_FIREFOX    the other browser; otherwise /usr/bin/firefox-esr
//   GATEHOUSE_WEB        the folder of the program; otherwise target/web

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium, firefox } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const BIN = process.env.GATEHOUSE_BIN ?? here("../../target/debug/gatehouse");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
export const WEB = process.env.GATEHOUSE_WEB ?? here("../../target/web");
const FIREFOX = process.env.GATEHOUSE_FIREFOX ?? "/usr/bin/firefox-esr";
/** Firefox 140 lacks a command of WebDriver BiDi that playwright-core gives; 153 has it. */
const FIREFOX_AT_LEAST = 153;
const PATIENCE = 60_000;
/** For a test's `skip`. */
export const skip = existsSync(`${WEB}/gatehouse_web_bg.wasm`) ? false : "the program was not built: bindings/web/build";
export const skipFirefox = skip || lacksFirefox();

const [WIDTH, HEIGHT] = [1280, 720];
/** The screen takes taps so long after it came up. */
const TAPS_AFTER_MS = 400;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function lacksFirefox() {
  if (!existsSync(FIREFOX)) return "there is no Firefox here";
  const version = execFileSync(FIREFOX, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  return Number(version.match(/\d+/)) >= FIREFOX_AT_LEAST ? false : `${version}: ${FIREFOX_AT_LEAST} is the least that can be driven`;
}

/** Numbers between 0 and 1, the same each time for the same seed. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A server, with a folder that goes with it. */
export class Stage {
  log = "";
  phones = [];

  constructor(name) {
    this.folder = mkdtempSync(`${tmpdir()}/gatehouse-${name}-`);
    this.pictures = here(`out/${name}`);
    rmSync(this.pictures, { recursive: true, force: true });
    mkdirSync(this.pictures, { recursive: true });
  }

  /** The command line on the server's data; what it prints as JSON. */
  cli(...args) {
    return JSON.parse(this.plain(...args, "--json"));
  }

  /** The same; what it prints. */
  plain(...args) {
    const options = { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 30 };
    return execFileSync(BIN, [...args, "--data", `${this.folder}/server`], options);
  }

  /** Starts the server, with one site. */
  async open(...more) {
    const args = ["serve", "--listen", "127.0.0.1:0", "--name", "Oakwood", "--site", "North gate", "--web", WEB];
    return this.run([...args, "--data", `${this.folder}/server`, ...more], /listens on (http:\S+)/);
  }

  /** Runs the binary until it says where it listens. */
  run(args, says) {
    const env = { ...process.env, RUST_LOG: "info", NO_COLOR: "1" };
    this.server = spawn(BIN, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.said = "";
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.once("exit", (status) => reject(new Error(`the server ended by itself (${status}): ${this.log}`)));
      this.server.stderr.on("data", (text) => (this.log += text));
      this.server.stdout.on("data", (text) => {
        this.said += text;
        const found = this.said.match(says);
        if (!found) return;
        this.address ??= found[1];
        resolve(this.address);
      });
    });
  }

  async close() {
    await Promise.all(this.phones.map((phone) => phone.close()));
    if (this.server && this.server.exitCode === null) {
      // As by Ctrl-C: a demo takes its folder along.
      const ended = new Promise((resolve) => this.server.once("exit", resolve));
      this.server.kill("SIGINT");
      const late = setTimeout(() => this.server.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  phone(name, kind, options) {
    const phone = new Phone(this, name, kind, options);
    this.phones.push(phone);
    return phone;
  }

  guard(email = "grace@example.org", name = "Grace") {
    this.cli("user", "add", "--email", email, "--role", "guard", "--name", name);
    this.cli("user", "assign", email, "--site", "North gate");
    return email;
  }

  member(email = "mia@example.org", name = "Mia Member") {
    this.cli("user", "add", "--email", email, "--role", "member", "--name", name);
    this.cli("user", "assign", email, "--site", "North gate");
    return email;
  }

  /** A guard's station on the command line, with a running shift: `scan(picture)` gives the verdict. */
  async station(email) {
    const folder = `${this.folder}/station`;
    const run = (...args) => {
      const { stdout, status, stderr } = spawnSync(BIN, ["station", ...args, "--data", folder, "--json"], { encoding: "utf8" });
      if (status === 2) throw new Error(stderr);
      return stdout.trim().split("\n").map((line) => JSON.parse(line));
    };
    run("enrol", this.cli("device", "code", "--url", this.address).code, "--yes");
    const from = this.log.length;
    run("sign-in", "--email", email);
    run("sign-in", "--email", email, "--code", await this.codeFor(email, from));
    run("shift", "start", "--site", "North gate");
    return {
      scan: (picture, ...more) => {
        writeFileSync(`${folder}/code.png`, picture);
        return run("scan", "--image", `${folder}/code.png`, ...more)[0];
      },
      sync: () => run("sync"),
    };
  }

  /** A visitor's code, as text. */
  visitor(name, site = "North gate") {
    return this.cli("invitation", "add", "--name", name, "--site", site).code;
  }

  /** The one-time code that was sent to an address after the log was so long. */
  async codeFor(email, after) {
    for (let tries = 0; tries < 100; tries += 1) {
      const found = [...this.log.slice(after).matchAll(/one-time code for (\S+): (\d+)/g)].filter(([, to]) => to === email);
      if (found.length > 0) return found.at(-1)[2];
      await pause(100);
    }
    throw new Error(`no code for ${email} in the log`);
  }
}

/** A phone or a desk: a browser with a profile of its own, and the app in it. */
export class Phone {
  #pictures = 0;
  #keys = [];

  constructor(stage, name, kind, options = {}) {
    Object.assign(this, { stage, name, kind, options });
    this.profile = `${stage.folder}/${name}`;
    this.film = `${stage.folder}/${name}.y4m`;
  }

  /** Opens the browser, and the app at a path of its own; `null`: not yet. */
  async open(path = "") {
    this.context = await (this.options.firefox ? this.#firefox() : this.#chromium());
    this.context.setDefaultTimeout(PATIENCE);
    this.use(this.context.pages()[0] ?? (await this.context.newPage()));
    if (path !== null) await this.go(path);
    return this;
  }

  async #chromium() {
    if (!existsSync(this.film)) await this.sees(null);
    const { args = [], ...more } = this.options;
    return chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      permissions: ["camera"],
      viewport: { width: 400, height: 800 },
      locale: "en-GB",
      args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${this.film}`, ...args],
      ...more,
    });
  }

  /** The one that is installed, whose camera shows a picture of its own. */
  #firefox() {
    return firefox.launchPersistentContext(this.profile, {
      executablePath: FIREFOX,
      channel: "moz-firefox",
      viewport: { width: 400, height: 800 },
      firefoxUserPrefs: { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true },
    });
  }

  use(page) {
    this.page = page;
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && console.log("  ", message.text()));
    page.on("pageerror", (error) => console.log("  ", String(error)));
  }

  go(path = "") {
    return this.page.goto(path.startsWith("http") ? path : `${this.stage.address}/${this.kind}/${path}`);
  }

  async close() {
    await this.context?.close().catch(() => {});
    this.context = undefined;
  }

  /** A sensor for fingers, whose key outlives the browser. `theirs(false)`: the finger is somebody else's. */
  async finger() {
    const devtools = await this.context.newCDPSession(this.page);
    await devtools.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "internal", hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
    for (const credential of this.#keys) await devtools.send("WebAuthn.addCredential", { authenticatorId, credential });
    this.sensor = {
      theirs: (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
      keep: async () => (this.#keys = (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials),
    };
  }

  /** Kills every process of the browser, as a battery that is pulled out does. */
  async kill() {
    await this.sensor?.keep();
    this.sensor = undefined;
    const mark = `--user-data-dir=${this.profile}`;
    const ours = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").some((word) => word === mark || word === this.profile || word.includes(`${this.profile}/`));
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
    await this.close();
  }

  heading(name) {
    return this.page.getByRole("heading", { level: 1, name });
  }

  button(name) {
    return this.page.locator("#bar").getByRole("button", { name, exact: true });
  }

  row(name) {
    return this.page.locator("#rows").getByRole("button", { name });
  }

  text(text) {
    return this.page.locator("#main").getByText(text);
  }

  /** Taps a button of this name or what is given, once the screen takes taps. */
  async tap(what) {
    const target = typeof what === "string" ? this.button(what) : what;
    await target.waitFor();
    await this.page.waitForTimeout(TAPS_AFTER_MS);
    await target.click();
  }

  /** What is typed is typed as a hand does. */
  async type(label, text) {
    await this.page.getByLabel(label).click();
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** A scanner types a line. */
  async scans(line) {
    await this.page.evaluate((text) => {
      for (const key of [...text, "Enter"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }, line);
  }

  async picture(name) {
    const number = String((this.#pictures += 1)).padStart(2, "0");
    return this.page.screenshot({ path: `${this.stage.pictures}/${this.name}-${number}-${name}.png` });
  }

  /** Runs a part of a test; where it fails there is a picture of it. */
  async part(day, name, does) {
    await day.test(name, async () => {
      try {
        await does();
      } catch (error) {
        await this.picture("failed").catch(() => {});
        throw error;
      }
    });
  }

  /** From the enrolment code or the link to the camera. */
  async startShift(email, { site = "North gate" } = {}) {
    const { code } = this.stage.cli("device", "code", "--url", this.stage.address);
    await this.go(`#enrol=${encodeURIComponent(code)}`);
    await this.tap("Yes, this is right");
    await this.signIn(email);
    await this.heading("Start your shift").waitFor();
    await this.tap(this.page.getByRole("button", { name: site }));
    await this.button("Walk-up").waitFor();
  }

  async signIn(email) {
    await this.page.getByLabel("Your e-mail address").waitFor();
    await this.type("Your e-mail address", email);
    const from = this.stage.log.length;
    await this.tap("Send me a code");
    await this.page.getByLabel("Code from the message").waitFor();
    await this.type("Code from the message", await this.stage.codeFor(email, from));
    await this.tap("Sign in");
  }

  /** From the organisation's code to the access ID. */
  async join(email, code = this.stage.cli("member-code", "--url", this.stage.address).code) {
    await this.go(`#join=${encodeURIComponent(code)}`);
    await this.tap("Yes, this is right");
    await this.signIn(email);
    await this.heading("Access ID").waitFor();
    await this.page.locator("#code svg").waitFor();
  }

  /**
   * What its camera sees from its next start on: a picture (PNG), as somebody holds it before the camera; nothing where
   * there is none. `side` is its height in the picture; `tilt` turns it in degrees, `away` turns it away from the
   * camera in degrees, `blur` is in pixels, `noise` of 255, `light` 1 where it is as it should be.
   */
  async sees(picture, how = {}) {
    const frames = picture ? await filmed(picture, how) : [Buffer.alloc(WIDTH * HEIGHT, 128)];
    const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
    const pieces = [Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`)];
    for (const frame of frames) pieces.push(Buffer.from("FRAME\n"), frame, grey);
    // Not in its place at once: the browser may be reading the one before.
    writeFileSync(`${this.film}.new`, Buffer.concat(pieces));
    renameSync(`${this.film}.new`, this.film);
  }
}

let studio; // where films are made

async function filmed(picture, { side = 440, tilt = 3, away = 0, blur = 0.7, noise = 0, light = 1, frames = 10 } = {}) {
  studio ??= await chromium.launch({ executablePath: CHROMIUM });
  const page = await studio.newPage();
  const found = await page.evaluate(draw, {
    src: `data:image/png;base64,${picture.toString("base64")}`,
    how: { width: WIDTH, height: HEIGHT, side, tilt, away, blur, noise, light, frames },
  });
  await page.close();
  return found.map((frame) => Buffer.from(frame, "base64"));
}

/** Runs in the studio. */
async function draw({ src, how: { width, height, side, tilt, away, blur, noise, light, frames } }) {
  const image = new Image();
  image.src = src;
  await image.decode();
  const [wide, high] = [(side * image.width) / image.height, side];
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  let state = 1;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296 - 0.5;
  const angle = (away * Math.PI) / 180;
  const DISTANCE = 3 * high;
  const made = [];
  for (let n = 0; n < frames; n += 1) {
    pen.resetTransform();
    pen.filter = "none";
    pen.fillStyle = "#8A8A86";
    pen.fillRect(0, 0, width, height);
    pen.translate(width / 2 + (n % 7), height / 2);
    pen.rotate(((tilt + (n % 5)) * Math.PI) / 180);
    pen.filter = blur > 0 ? `blur(${blur}px)` : "none";
    // Turned about its upright axis, column by column, as a camera sees it: what is farther away is smaller.
    const turned = new OffscreenCanvas(width, height);
    const brush = turned.getContext("2d");
    for (let x = -width / 2; x < width / 2; x += 1) {
      const at = (x * DISTANCE) / (DISTANCE * Math.cos(angle) + x * Math.sin(angle));
      if (Math.abs(at) > wide / 2) continue;
      const scale = DISTANCE / (DISTANCE - at * Math.sin(angle));
      const from = ((at + wide / 2) / wide) * image.width;
      brush.drawImage(image, Math.min(from, image.width - 1), 0, Math.max(1, image.width / wide), image.height, x + width / 2, height / 2 - (high * scale) / 2, 1, high * scale);
    }
    pen.drawImage(turned, -width / 2, -height / 2);
    const { data: colours } = pen.getImageData(0, 0, width, height);
    const luma = new Uint8ClampedArray(width * height);
    for (let at = 0; at < luma.length; at += 1) luma[at] = colours[4 * at + 1] * light + 2 * noise * random();
    let text = "";
    for (let at = 0; at < luma.length; at += 32_768) text += String.fromCharCode(...luma.subarray(at, at + 32_768));
    made.push(btoa(text));
  }
  return made;
}

/** To be called once all is over. */
export const closeStudio = () => studio?.close();
