// The service worker, and when a new version of the page takes the place of the old one: at the next start, or while
// nobody looks and no shift runs.

const LOOKS_MS = 3_600_000;

let registration;
let calm = false;

/** Whether a new version would disturb nobody's work. */
export function calmNow(is) {
  calm = is;
}

function change() {
  if (!calm || !document.hidden || !registration?.waiting) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("go");
}

export async function open(url) {
  if (!("serviceWorker" in navigator)) return;
  try {
    registration = await navigator.serviceWorker.register(url);
  } catch (error) {
    console.warn("without a service worker", error);
    return;
  }
  document.addEventListener("visibilitychange", change);
  setInterval(() => registration.update().catch(() => {}), LOOKS_MS);
}
