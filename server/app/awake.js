// Keeps the screen on. A browser lets go of that whenever the page is hidden.

let wanted = false;
let lock;

async function take() {
  if (!wanted || lock || document.hidden || !navigator.wakeLock) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    return; // The battery is low, or the browser does not want to: the device's own setting holds.
  }
  lock.addEventListener("release", () => (lock = undefined));
  if (!wanted) lock.release();
}

export function want(is) {
  wanted = is;
  if (is) take();
  else lock?.release();
}

document.addEventListener("visibilitychange", take);
