// What is heard and felt, out of notes and buzzes as they come.

const LOUD = 0.5;
const EDGE_S = 0.006; // no click where a note begins or ends

let context;
let muted = false;

/** A browser lets a page be heard only after somebody touched it. */
function wake() {
  context ??= new AudioContext({ latencyHint: "interactive" });
  if (context.state === "suspended") context.resume().catch(() => {});
}

export function open() {
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, wake, { capture: true, passive: true });
}

/** No tones; what is felt stays. */
export function mute(is) {
  muted = is;
}

export function play({ notes, buzzes }) {
  if (buzzes.length > 0) navigator.vibrate?.(buzzes);
  if (muted || notes.length === 0 || context?.state !== "running") return;
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
  let at = context.currentTime + 0.01;
  for (const { hertz, ms } of notes) {
    const until = at + ms / 1000;
    if (hertz > 0) {
      const tone = context.createOscillator();
      // A triangle is heard through the small loudspeaker of a phone better than a sine.
      tone.type = "triangle";
      tone.frequency.value = hertz;
      tone.connect(gain);
      tone.start(at);
      tone.stop(until);
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUD, at + EDGE_S);
      gain.gain.setValueAtTime(LOUD, Math.max(at + EDGE_S, until - EDGE_S));
      gain.gain.linearRampToValueAtTime(0, until);
    }
    at = until;
  }
}
