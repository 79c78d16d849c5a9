// The camera: its picture on the page, its frames for the worker one at a time, photos, light, the next camera.

const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 } };
const PHOTO_QUALITY = 0.88;
/** Starting a camera takes a phone a second: it runs on for so long after it was wanted last, and gives nothing. */
const LINGERS_MS = 10_000;

const TROUBLES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

/**
 * `video` shows it. `tell` gets what the camera says, `send(frame)` a frame for the worker, `sized` is called when a
 * picture of another size runs.
 */
export function camera({ video, tell, send, sized }) {
  let use = null;
  let track;
  let starting; // counts starts, so that one that was overtaken gives its camera back
  let starts = 0;
  let device; // chosen by hand
  let torch = false;
  let busy = false;
  let lingers;

  const list = async () => {
    try {
      return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
    } catch {
      return [];
    }
  };

  const capabilities = () => track?.getCapabilities?.() ?? {};

  const says = async () => {
    const cameras = await list();
    if (track) tell({ runs: { torch: Boolean(capabilities().torch), another: cameras.length > 1 } });
  };

  const stop = () => {
    starts += 1;
    starting = undefined;
    if (track) track.onended = null;
    track?.stop();
    track = undefined;
    video.srcObject = null;
  };

  const fail = (trouble) => {
    stop();
    if (use !== null) tell({ fails: trouble });
  };

  async function start() {
    stop();
    const mine = (starting = starts);
    let stream;
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
      const which = device ? { deviceId: { exact: device } } : { facingMode: "environment" };
      stream = await navigator.mediaDevices.getUserMedia({ video: { ...WANTED, ...which }, audio: false });
    } catch (error) {
      if (mine !== starting) return;
      if (device) {
        // The chosen one is gone; perhaps another is there.
        device = undefined;
        start();
        return;
      }
      fail(TROUBLES[error.name] ?? "gone");
      return;
    }
    const [got] = stream.getVideoTracks();
    if (mine !== starting) {
      got.stop();
      return;
    }
    starting = undefined;
    track = got;
    track.onended = () => fail("gone");
    video.classList.toggle("front", track.getSettings().facingMode === "user");
    video.srcObject = stream;
    try {
      await video.play();
    } catch {
      if (track === got && !document.hidden) fail("in_use");
      return;
    }
    if (torch) light(true);
    await says();
    if (track === got) next(got);
  }

  /** Gives frames on, one when the one before is through; the others are dropped. */
  function next(of) {
    const see = () => {
      if (track !== of) return;
      next(of);
      if (use === "codes" && !busy && !document.hidden) give();
    };
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(see);
    else requestAnimationFrame(see);
  }

  async function give() {
    busy = true;
    try {
      const frame =
        "VideoFrame" in window ? new VideoFrame(video, { timestamp: 0 }) : await createImageBitmap(video);
      send(frame);
    } catch {
      busy = false; // No picture yet.
    }
  }

  async function light(on) {
    torch = on;
    try {
      if (capabilities().torch) await track.applyConstraints({ advanced: [{ torch: on }] });
    } catch (error) {
      console.warn("the light", error);
    }
  }

  async function photo() {
    const [width, height] = [video.videoWidth, video.videoHeight];
    if (!track || !width) return null;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", PHOTO_QUALITY));
    return blob?.arrayBuffer() ?? null;
  }

  video.addEventListener("resize", () => sized(video.videoWidth, video.videoHeight));
  navigator.mediaDevices?.addEventListener?.("devicechange", () => {
    if (use !== null && !track && starting === undefined) start();
    else says();
  });

  return {
    want(wanted) {
      use = wanted;
      clearTimeout(lingers);
      if (use === null) {
        if (document.hidden) stop();
        else lingers = setTimeout(stop, LINGERS_MS);
      } else if (!track && starting === undefined) start();
      else says();
    },
    light,
    async next() {
      const cameras = await list();
      const now = track?.getSettings().deviceId;
      const at = cameras.findIndex(({ deviceId }) => deviceId === now);
      device = cameras.length > 1 ? cameras[(at + 1) % cameras.length].deviceId : undefined;
      start();
    },
    photo,
    /** The worker is through with a frame, or is another one. */
    free() {
      busy = false;
    },
  };
}
