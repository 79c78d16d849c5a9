// The service worker, and when a new version of the page takes the place of the old one: at the next start, or while no
// shift runs and nobody looks or touches anything. A booth that is never closed gets it between two shifts.

const LOOKS_MS = 3_600_000;
/** So much time lies between two looks for a new version, at least. */
const LOOKED_MS = 60_000;
/** So often it is seen whether one that waits can be let in. */
const TRIES_MS = 60_000;
/** Nobody who waits for a one-time code looks on for longer than it is good. */
const UNTOUCHED_MS = 600_000;

let registration;
let calm; // nothing before the first screen
let gone = false; // nothing runs in this window, and what waits may be what mends it
let went = false;
let looked = performance.now();
let touched = performance.now();

/** Whether a new version would disturb nobody's work. */
export function calmNow(is) {
  [calm, gone] = [is, false];
  change();
}

/** Nothing runs in this window any more, until there is a screen again. */
export function goneNow() {
  [calm, gone] = [true, true];
  change();
}

function look() {
  if (performance.now() - looked < LOOKED_MS) return;
  looked = performance.now();
  // Without a network there is none: it is looked for again.
  registration.update().catch(() => {});
}

function change() {
  const left = gone || document.hidden || performance.now() - touched >= UNTOUCHED_MS;
  // A new start trusts no clock, and opens no lock by itself, before it has reached the server.
  if (!calm || !left || !navigator.onLine || !registration?.waiting) return;
  letIn().catch((error) => console.warn("the new version", error));
}

async function letIn() {
  // Another window's work is not to lose its files. (One that works here has the lock itself.)
  const { held } = gone ? await navigator.locks.query() : { held: [] };
  if (held.some(({ name }) => name === `gatehouse-${document.body.dataset.kind}`)) return;
  went = true;
  registration.waiting?.postMessage("go");
}

/** Loads the page anew once another version rules: let in here or, where this window has no screen, by the one that has. */
export function follow() {
  const { serviceWorker } = navigator;
  let ruled = Boolean(serviceWorker?.controller);
  serviceWorker?.addEventListener("controllerchange", () => {
    // The first one rules what it has not loaded, unless it was let in from here.
    if (went || (ruled && calm !== false)) location.reload();
    ruled = true;
  });
}

export async function open(url) {
  if (!("serviceWorker" in navigator)) return;
  follow();
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (touched = performance.now()), { capture: true, passive: true });
  try {
    registration = await navigator.serviceWorker.register(url);
  } catch (error) {
    console.warn("without a service worker", error);
    return;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? change() : look()));
  addEventListener("online", look);
  setInterval(look, LOOKS_MS);
  setInterval(change, TRIES_MS);
}
