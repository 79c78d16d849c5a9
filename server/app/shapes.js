// What is drawn and not said: the shapes of verdicts, the marks of checks, icons beside words, codes.

import { svg } from "./dom.js";

const SHAPES = {
  circle: [
    ["circle", { class: "shape-body", cx: 12, cy: 12, r: 11 }],
    ["path", { class: "shape-sign", d: "m7 12.5 3.5 3.5L17 9" }],
  ],
  triangle: [
    ["path", { class: "shape-body", d: "M10.3 2.6a2 2 0 0 1 3.4 0l9.6 17.2a2 2 0 0 1-1.7 3H2.4a2 2 0 0 1-1.7-3z" }],
    ["path", { class: "shape-sign", d: "M12 9v5.5M12 18.6v.1" }],
  ],
  octagon: [
    ["path", { class: "shape-body", d: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" }],
    ["path", { class: "shape-sign", d: "m8.2 8.2 7.6 7.6m0-7.6-7.6 7.6" }],
  ],
};

const MARKS = { passed: "circle-check", failed: "circle-x", skipped: "circle-minus" };

/** Which icon goes with what can be done. What is not here has a word only. */
const ICONS = {
  back: "chevron-left",
  walk_up: "user-round",
  expected: "calendar",
  inside: "door-open",
  type_code: "pencil-line",
  scan_code: "scan-line",
  end_shift: "log-out",
  history: "history",
  grant: "check",
  deny: "x",
  departure: "door-open",
  report: "flag",
  take: "camera",
  with_photo: "camera",
  retake: "camera",
  use: "check",
  refresh_place: "map-pin",
  go_on_offline: "wifi-off",
  send_code: "mail",
  send_again: "mail",
  register: "plus",
};

const draw = (parts) => parts.map(([name, attributes]) => svg(name, attributes));

export function shape(name) {
  return svg("svg", { class: "shape", viewBox: "0 0 24 24" }, ...draw(SHAPES[name]));
}

export function icon(name) {
  const href = new URL(`./icons.svg#${name}`, import.meta.url).href;
  return svg("svg", { class: "icon" }, svg("use", { href }));
}

export const mark = (state) => icon(MARKS[state]);

export function iconOf(action) {
  const name = ICONS[action];
  return name ? icon(name) : null;
}

const QUIET = 4; // modules around a code, which readers need
const PIXELS = 12; // a module's side in a picture that is handed on

/** A code as a picture to be handed on. */
export async function png({ side, rows }) {
  const whole = (side + 2 * QUIET) * PIXELS;
  const canvas = new OffscreenCanvas(whole, whole);
  const context = canvas.getContext("2d");
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, whole, whole);
  context.fillStyle = "#000000";
  rows.forEach((row, y) =>
    [...row].forEach((module, x) => {
      if (module === "1") context.fillRect((x + QUIET) * PIXELS, (y + QUIET) * PIXELS, PIXELS, PIXELS);
    }),
  );
  return canvas.convertToBlob({ type: "image/png" });
}

/** The modules of a QR code in black on white. */
export function code({ side, rows }) {
  const whole = side + 2 * QUIET;
  const path = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + QUIET} ${y + QUIET}h${run.length}v1h-${run.length}z`),
  );
  return svg(
    "svg",
    { class: "code", viewBox: `0 0 ${whole} ${whole}`, "shape-rendering": "crispEdges" },
    svg("rect", { width: whole, height: whole, fill: "#FFFFFF" }),
    svg("path", { d: path.join(""), fill: "#000000" }),
  );
}
