// The app's worker: station or wallet live in it, as WebAssembly. It makes the moments, and passes messages on in the
// order in which they came. It decides nothing.

const TICK_MS = 500;
/** A worker that was just ended may hold its lock and its files for a moment longer. */
const LOCK_LINGERS_MS = 1000;
const FILES_LINGER_MS = 300;
const TRIES = 10;

let app; // once it is open
let waiting = []; // what came before that
let plane = new Uint8Array(0);
let canvas; // where pixels cannot be had otherwise

const moment = () =>
  JSON.stringify({
    running_ms: Math.floor(performance.now()),
    wall: Date.now(),
    zone_s: -new Date().getTimezoneOffset() * 60,
  });

/** Tells the page what is to be shown, and what this worker's clock shows, by which countdowns run. */
const draw = (json) => postMessage({ draw: json, now: performance.now() });

/** Resolves once no other tab or window has the data, and keeps it from others for as long as this worker lives. */
function alone(name) {
  return new Promise((has) => {
    const told = setTimeout(() => postMessage({ elsewhere: true }), LOCK_LINGERS_MS);
    navigator.locks.request(name, () => {
      clearTimeout(told);
      has();
      return new Promise(() => {});
    });
  });
}

/** What went wrong, whatever was thrown: an object or a text with a code and a sentence, or anything else. */
function told(error) {
  let said = error;
  if (typeof said === "string") {
    try {
      said = JSON.parse(said);
    } catch {
      said = { code: said };
    }
  }
  return { code: String(said?.code ?? said?.message ?? said), text: said?.text ? String(said.text) : null };
}

/** Runs a call. Where the WebAssembly trapped, nothing of it is to be used any more. */
async function attempt(call) {
  try {
    return await call();
  } catch (error) {
    const dead = error instanceof WebAssembly.RuntimeError;
    postMessage({ [dead ? "dead" : "complaint"]: String(error?.stack ?? error?.message ?? error) });
    if (dead) app = undefined;
    return undefined;
  }
}

async function start({ kind, language, program }) {
  let made;
  try {
    await alone(`gatehouse-${kind}`);
    made = await import(program);
    await made.default();
  } catch (error) {
    console.error(error);
    return postMessage({ unloaded: true });
  }
  for (let tries = 1; !app; tries += 1) {
    try {
      app = await made.open(kind, language, moment(), draw);
    } catch (error) {
      const failed = told(error);
      if (failed.code !== "storage_in_use" || tries >= TRIES) return postMessage({ failed });
      await new Promise((resolve) => setTimeout(resolve, FILES_LINGER_MS));
    }
  }
  postMessage({ open: true });
  const came = waiting;
  waiting = [];
  for (const message of came) await heed(message);
  setInterval(() => app && attempt(() => app.take(moment(), '"tick"')), TICK_MS);
}

/** The grey plane of a picture: Y of I420 and NV12 as it lies, else made of its colours. */
async function grey(picture) {
  const width = picture.visibleRect?.width ?? picture.width;
  const height = picture.visibleRect?.height ?? picture.height;
  const turned = picture.rotation || picture.flip;
  if (/^(I4|NV)/.test(picture.format ?? "") && !turned) {
    const size = picture.allocationSize();
    if (plane.length < size) plane = new Uint8Array(size);
    const [{ offset, stride }] = await picture.copyTo(plane);
    return [plane.subarray(offset, offset + stride * height), width, height, stride];
  }
  const [wide, high] = [picture.displayWidth ?? width, picture.displayHeight ?? height];
  if (canvas?.width !== wide || canvas?.height !== high) canvas = new OffscreenCanvas(wide, high);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, wide, high);
  if (plane.length < wide * high) plane = new Uint8Array(wide * high);
  for (let from = 0, to = 0; to < wide * high; from += 4, to += 1) {
    plane[to] = (data[from] * 77 + data[from + 1] * 150 + data[from + 2] * 29) >> 8;
  }
  return [plane.subarray(0, wide * high), wide, high, wide];
}

const calls = {
  take: ({ take }) => app.take(moment(), JSON.stringify(take)),
  async frame({ frame }) {
    const [y, width, height, stride] = await grey(frame);
    frame.close();
    app?.frame(moment(), y, width, height, stride);
  },
  photo: ({ photo, jpeg }) => app.photo(moment(), photo, new Uint8Array(jpeg)),
  language: ({ language }) => app.language(language, moment()),
  picture({ picture }) {
    const [[what, of]] = Object.entries(picture);
    const bytes = what === "face" ? app.face(of) : app.taken(of);
    postMessage({ picture, bytes });
  },
  journal: () => postMessage({ journal: app.export_journal() }),
};

async function heed(message) {
  const [name] = Object.keys(message);
  if (app) await attempt(() => calls[name](message));
  // The next frame may come, whatever became of this one.
  if (name === "frame") {
    message.frame.close();
    postMessage({ free: true });
  }
}

onmessage = ({ data }) => {
  if (data.start) start(data.start);
  else if (app || data.frame) heed(data);
  else waiting.push(data);
};
