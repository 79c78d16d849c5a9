// The page: starts the worker, passes on what happens and draws what comes back. Camera, sound, place and the like are
// the page's, what is done with them is not.

import * as awake from "./awake.js";
import { camera } from "./camera.js";
import { drawing } from "./draw.js";
import { listen } from "./keyboard.js";
import * as place from "./place.js";
import { settings } from "./settings.js";
import { png } from "./shapes.js";
import * as sound from "./sound.js";
import { before, fail, fits, keeps, notice, opening } from "./start.js";
import { unlock } from "./unlock.js";
import * as update from "./update.js";
import { show as showVisitor, teller } from "./visitor.js";

const { kind, built } = document.body.dataset;
const words = JSON.parse(document.body.dataset.words);
const query = new URLSearchParams(location.search);

/** Deaths of a worker within this time are one illness, which another start does not cure. */
const ILL_MS = 30_000;
const DEATHS = 3;
/** So fresh a fix was taken just now. */
const JUST_NOW_MS = 1_000;

/** The page's own files may be loaded, and nothing else, by a browser that asks. */
const policy = globalThis.trustedTypes?.createPolicy("gatehouse", { createScriptURL: (url) => url }) ?? {
  createScriptURL: (url) => url,
};
const own = (name) => policy.createScriptURL(new URL(name, import.meta.url).href);

let worker;
let clock = 0; // what the worker's clock shows, less what this page's does
let deaths = [];
let photos = 0;
const link = taken(); // what came with the address
const told = new Map(); // how the device is: another worker has to be told again
const pictures = new Map(); // who waits for a picture's bytes

const post = (message, transfer = []) => worker.postMessage(message, transfer);
const take = (input) => post({ take: input });
const tell = (name, input) => {
  told.set(name, input);
  if (worker) take(input);
};

/** Where the device is, or was when the browser last looked. */
const placed = (fix, age_ms = 0) => tell("fix", age_ms < JUST_NOW_MS ? { fix } : { earlier_fix: { fix, age_ms } });

/** The code of a link like `#enrol=...`. It is taken off the address at once, and never was sent to a server. */
function taken() {
  const found = new URLSearchParams(location.hash.slice(1));
  const text = found.get("enrol") ?? found.get("join");
  if (text) history.replaceState(history.state, "", location.pathname + location.search);
  return text;
}

const eye = camera({
  video: document.getElementById("camera"),
  tell: (says) => tell("camera", { camera: says }),
  send: (frame) => post({ frame }, [frame]),
  sized: (width, height) => document.getElementById("outlines").setAttribute("viewBox", `0 0 ${width} ${height}`),
});

function picture(of) {
  return new Promise((resolve) => {
    const name = JSON.stringify(of);
    pictures.get(name)?.(null);
    pictures.set(name, resolve);
    post({ picture: of });
  });
}

let address; // of the picture that is shown
function pictured({ picture: of, bytes }) {
  const name = JSON.stringify(of);
  const resolve = pictures.get(name);
  pictures.delete(name);
  if (address) URL.revokeObjectURL(address);
  address = bytes ? URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) : undefined;
  resolve?.(address ?? null);
}

const draw = drawing({
  tap: (screen, action) => take({ tap: { screen, action } }),
  held: (screen, action, ms) => take({ held: { screen, action, ms } }),
  typed: (screen, field, text) => take({ typed: { screen, field, text } }),
  picture,
  runs: () => performance.now() + clock,
});

async function photo() {
  const jpeg = await eye.photo().catch(() => null);
  if (!jpeg) return take({ photo: null });
  photos += 1;
  return post({ photo: photos, jpeg }, [jpeg]);
}

async function share({ code: modules, ...texts }) {
  const what = Object.fromEntries(Object.entries(texts).filter(([, text]) => text));
  try {
    const files = modules ? [new File([await png(modules)], "gatehouse.png", { type: "image/png" })] : [];
    if (navigator.share) await navigator.share(navigator.canShare?.({ files }) ? { ...what, files } : what);
    else {
      await navigator.clipboard.writeText([what.text, what.url].filter(Boolean).join("\n"));
      notice(words.copied);
    }
  } catch (error) {
    if (error.name !== "AbortError") console.warn("sharing", error);
  }
}

function save({ journal }) {
  if (!journal) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([journal]));
  link.download = `gatehouse-${new Date().toISOString().slice(0, 10)}.journal`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const effects = {
  play: sound.play,
  camera: eye.want,
  torch: eye.light,
  next_camera: eye.next,
  take_photo: photo,
  watch_place: (wanted) => place.watch(wanted, placed),
  ask_for_fix: () => place.ask(placed),
  keep_awake: awake.want,
  // A page cannot open a browser's settings; it can say where they are.
  open_settings: () => notice(words.allowCamera),
  share,
  unlock: () => unlock().then((came) => take({ unlocked: came })),
  brightness: (on) => document.documentElement.classList.toggle("bright", on),
  // It asks for that where it was told to, and as it falls.
  reopen: () => died("it asks for another one"),
};

const withSettings = settings({
  words,
  set(name, on) {
    if (name === "muted") sound.mute(on);
    else if (kind === "gate") tell("mirrored", { mirrored: on });
  },
  switches: kind === "gate" ? ["swapped", "muted"] : ["muted"],
  buttons: kind === "gate" ? { visitorWindow, journal: () => post({ journal: true }) } : {},
});
const tellVisitor = kind === "gate" ? teller() : () => {};

function visitorWindow() {
  window.open("?visitor", "gatehouse-visitor", "popup,width=720,height=900");
}

function drawn({ draw: json, now }) {
  clock = now - performance.now();
  const { screen, effects: wanted } = JSON.parse(json);
  if (screen) {
    before(false);
    notice(null, screen.number);
    draw(screen);
    withSettings(screen.kind);
    tellVisitor(screen.kind);
    update.calmNow(screen.calm);
    // By now the screens went by the link, or did not: another worker's are not to hear of it again.
    if (screen.kind !== "opening") told.delete("link");
  }
  for (const effect of wanted) {
    const [[name, value]] = typeof effect === "string" ? [[effect]] : Object.entries(effect);
    if (effects[name]) effects[name](value);
    else console.warn("nothing here does", name);
  }
}

const heard = {
  draw: drawn,
  free: eye.free,
  picture: pictured,
  journal: save,
  open: () => {},
  complaint: ({ complaint }) => console.error(complaint),
  dead: ({ dead }) => died(dead),
  elsewhere: () => fail(words.elsewhereTitle, words.elsewhere),
  unloaded: () => stopped(words.unloaded),
  failed: ({ failed: { code: why, text } }) => stopped(text ?? words.failed, why),
};

/** Nothing runs here, and this is why. */
function stopped(text, why) {
  end();
  fail(words.failedTitle, text, { word: words.again, does: restart }, why);
  tellVisitor("opening");
  update.goneNow();
}

function died(why) {
  console.error("the worker ended:", why);
  const now = performance.now();
  deaths = [...deaths.filter((at) => now - at < ILL_MS), now];
  return deaths.length < DEATHS ? restart() : stopped(words.failed, "worker_ended");
}

/** Ends the worker. What it still has to say counts no more, and what it asked for the next one has to ask for anew. */
function end() {
  if (!worker) return;
  worker.onmessage = worker.onerror = null;
  worker.terminate();
  eye.want(null);
  eye.light(false);
  eye.free();
  place.watch(false);
  awake.want(false);
  effects.brightness(false);
  // As these were while they were asked for.
  ["camera", "fix"].forEach((name) => told.delete(name));
  pictures.forEach((resolve) => resolve(null));
  pictures.clear();
  if (address) URL.revokeObjectURL(address);
  address = undefined;
  draw.forget();
}

function restart() {
  end();
  // A tap on what the last one drew would be taken for one on a screen of the next.
  opening();
  tellVisitor("opening");
  worker = new Worker(own("worker.js"), { type: "module", name: "gatehouse" });
  worker.onmessage = ({ data }) => heard[Object.keys(data)[0]](data);
  worker.onerror = (event) => {
    event.preventDefault();
    died(event.message ?? "it could not be loaded");
  };
  const { lang: language } = document.documentElement;
  post({ start: { kind, language, program: new URL("gatehouse_web.js", import.meta.url).href } });
  told.forEach(take);
}

async function askToKeep() {
  const kept = Boolean(await navigator.storage.persist?.());
  // A member's phone holds nothing that the server lacks.
  if (kind === "gate") tell("kept", { kept });
}

async function watchBattery() {
  const battery = await navigator.getBattery?.();
  if (!battery) return;
  const say = () => tell("battery", { battery: battery.charging ? null : Math.round(battery.level * 100) });
  for (const name of ["levelchange", "chargingchange"]) battery.addEventListener(name, say);
  say();
}

async function start() {
  if (built !== "true") return;
  const unfit = fits(words) ?? ((await keeps()) ? null : words.keepsNothing);
  if (unfit) {
    fail(words.failedTitle, unfit);
    return;
  }
  sound.open();
  tell("foreground", { foreground: !document.hidden });
  tell("online", { online: navigator.onLine });
  if (link) tell("link", { link });
  restart();
  document.addEventListener("visibilitychange", () => tell("foreground", { foreground: !document.hidden }));
  for (const name of ["online", "offline"]) addEventListener(name, () => tell("online", { online: navigator.onLine }));
  watchBattery().catch(() => {});
  listen((line) => take({ line }), () => take("back"));
  // The browser's way back leads to the screen before, and not out of the page.
  history.pushState("here", "");
  addEventListener("popstate", () => {
    take("back");
    history.pushState("here", "");
  });
  addEventListener("hashchange", () => {
    const another = taken();
    if (another) tell("link", { link: another });
  });
  // A browser opens a window only as an answer to a hand.
  if (query.has("booth")) addEventListener("click", visitorWindow, { once: true });
  // Entries that were not sent yet are not to be thrown away when the disk is full.
  askToKeep().catch(() => {});
  // A browser that refused a page may grant it to an app.
  addEventListener("appinstalled", () => askToKeep().catch(() => {}));
  update.open(policy.createScriptURL(new URL("./sw.js", location.href).href));
}

if (query.has("visitor")) {
  showVisitor(words);
  update.follow();
} else start();
