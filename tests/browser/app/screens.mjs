// One screen of each kind and of each look, as `core::screens` gives them, in the words of a language as they stand in
// core/src/words.

import { readFileSync } from "node:fs";

const FILES = ["screens", "gate", "device", "problems", "times", "station", "pages"];

/** The messages of a language. Of a count they have the last form, which is the one for all that have no own. */
function messages(language) {
  const found = new Map();
  for (const file of FILES) {
    const text = readFileSync(new URL(`../../../core/src/words/${language}/${file}.ftl`, import.meta.url), "utf8");
    for (const [, name, value] of text.matchAll(/^([a-z][\w-]*) =(.*(?:\n[ ]+.*)*)/gm)) {
      const last = value.match(/\*\[other\] (.*)/)?.[1];
      found.set(name, (last ?? value).replace(/\s*\n\s*/g, " ").trim());
    }
  }
  return (name, values = {}) => {
    const text = found.get(name);
    if (text === undefined) throw new Error(`no ${name} in ${language}`);
    return text.replace(/\{ \$(\w+) \}/g, (_, key) => values[key] ?? key);
  };
}

const FIVE = [1, 2, 3, 4, 5];
const square = (x, y, side) => [[x, y], [x + side, y + 8], [x + side - 6, y + side], [x - 4, y + side - 10]];
const code = Array.from({ length: 29 }, (_, y) => Array.from({ length: 29 }, (_, x) => ((x * y + x * 3 + y * 7) % 5 < 2 ? 1 : 0)).join(""));

/** All of them by name. */
export function screens(language) {
  const say = messages(language);
  const arabic = language === "ar";
  const [vera, host] = arabic ? ["فيرا الزائرة", "سالم بن خالد"] : ["Vera Visitor", "Anna Mbeki"];
  let count = 0;
  const button = (action, word, weight = "other", more = {}) => ({
    action, label: say(word), enabled: true, weight, held: false, side: "across", ...more,
  });
  const line = (says, text) => ({ says, text });
  const row = (text, detail, marked, action) => ({ text, detail, marked, action });
  const field = (name, word, text, keyboard = "text", hidden = false) => ({ name, label: say(word), text, keyboard, hidden });
  const status = (warns) => ({
    text: say("line-site", {
      site: "North gate",
      parts: warns
        ? say("line-and", { list: say("line-offline_since", { time: "09:12" }), item: say("line-waiting", { count: "12" }) }) + ", " + say("line-data_old")
        : say("line-online"),
    }),
    warns,
  });
  const opens = ({ buttons }) => (buttons?.some(({ action }) => action === "status") ? "status" : null);
  const screen = (kind, title, { status: line, ...more } = {}) => ({
    number: (count += 1), kind, title, direction: arabic ? "right_to_left" : "left_to_right",
    status: line ? { ...line, action: opens(more) } : null, verdict: null, lines: [],
    checks: [], fields: [], rows: [], buttons: [], countdown: null, viewfinder: null, picture: null, busy: null, calm: false, ...more,
  });
  const check = (name, state, text) => ({ state, label: say(`check-${name}`), text: say(text ?? `check-${name}-${state}`) });
  const decide = (denied) => [
    button("deny", "act-deny", denied ? "likely" : "other", { side: "start" }),
    button("grant", "act-grant", denied ? "dangerous" : "likely", { side: "end" }),
    button("report", "act-report", "quiet"),
    button("leave", "act-leave", "quiet"),
  ];
  const verdict = (colour, shape, lines, checks, more = {}) => {
    const word = say(`verdict-${colour.toLowerCase()}`);
    return screen("verdict", say("screen-verdict", { verdict: word, who: vera }), {
      status: status(false), verdict: { word, shape, colour },
      lines: [line("lead", vera), line("text", say("kind-visitor")), line("text", say("say-visiting", { host })), ...lines],
      checks, buttons: decide(colour === "DENIED"), ...more,
    });
  };
  const usual = ["host", "known", "document", "emergency", "fault"];
  const back = button("back", "act-back", "quiet");
  const camera = [
    button("walk_up", "act-walk_up"), button("expected", "act-expected"), button("inside", "act-inside"),
    button("type_code", "act-type_code"), button("torch", "act-torch_on", "quiet"), button("other_camera", "act-other_camera", "quiet"),
    button("history", "act-history", "quiet"), button("status", "act-status", "quiet"), button("lock", "act-lock", "quiet"), button("end_shift", "act-end_shift", "quiet"),
  ];
  const problem = [line("problem", say("problem-unauthorized-text")), line("small", "unauthorized")];
  return {
    opening: screen("opening", say("screen-opening"), { busy: say("busy-opening") }),
    enrol: screen("enrol", say("screen-enrol"), {
      lines: [line("text", say("say-enrol"))], viewfinder: { outlines: [], advice: null }, buttons: [button("type_code", "act-type_code")],
    }),
    enrol_typed: screen("enrol", say("screen-enrol"), {
      fields: [field("code", "field-enrolment", "GH1")], buttons: [button("check", "act-check", "likely"), button("scan_code", "act-scan_code")],
    }),
    sign_in: screen("sign_in", say("screen-sign_in"), {
      fields: [field("address", "field-address", "guard@oakwood.example", "address")],
      buttons: [button("send_code", "act-send_code", "likely"), button("other_guard", "act-other_guard", "quiet"), button("status", "act-status", "quiet")],
    }),
    sign_in_code: screen("sign_in", say("screen-sign_in"), {
      lines: [line("text", say("say-code_sent", { email: "guard@oakwood.example" })), ...problem],
      fields: [field("digits", "field-digits", "123", "digits")], countdown: { from_ms: 0, until_ms: 32_000_000, text: say("say-resend_in", { wait: "21 s" }) },
      buttons: [button("sign_in", "act-sign_in", "likely"), button("send_again", "act-send_again", "other", { enabled: false }), back],
    }),
    pin: screen("sign_in", say("screen-sign_in"), {
      lines: [line("text", say("say-locked")), line("lead", host)], fields: [field("pin", "field-pin", "1234", "digits", true)],
      buttons: [button("unlock", "act-unlock", "likely"), button("by_code", "act-by_code"), back],
    }),
    start: screen("start", say("screen-start"), {
      lines: [line("text", say("say-place_good", { metres: "12" }))],
      rows: [row("North gate", null, false, { start_at: 1 }), row("Workshop", say("line-and", { list: say("distance-tenths", { whole: "2", tenth: "4" }), item: say("say-site_needs_place") }), false, { start_at: 2 }), row("Harbour", say("say-site_not_yours"), false, null)],
      buttons: [button("refresh_place", "act-refresh_place"), button("sync", "act-sync"), button("lock", "act-lock", "quiet"), button("status", "act-status", "quiet")],
    }),
    camera: screen("camera", say("screen-camera"), {
      status: status(false), viewfinder: { outlines: [square(540, 260, 200)], advice: null },
      lines: [line("text", say("say-last_granted", { who: vera, time: "09:12" }))], buttons: camera,
    }),
    camera_advice: screen("camera", say("screen-camera"), {
      status: status(true), viewfinder: { outlines: [], advice: say("sight-too_dark") }, lines: [], buttons: camera,
    }),
    no_camera: screen("camera", say("screen-camera"), {
      status: status(false), lines: [line("warning", say("say-no_camera_refused")), line("text", say("say-without_camera"))],
      buttons: [...camera.filter(({ action }) => action !== "torch" && action !== "other_camera"), button("again", "act-again")],
    }),
    checking: screen("checking", say("screen-checking"), {
      status: status(false), lines: [line("text", say("say-checking"))], busy: say("busy-asking"), countdown: { from_ms: 0, until_ms: 32_000_000, text: null },
      buttons: [button("go_on_offline", "act-offline", "likely"), back],
    }),
    verified: verdict("VERIFIED", "circle", [line("text", say("reason-ok-guard")), line("small", "ok")], [check("signature", "passed"), check("time", "passed"), check("revocation", "passed"), check("uses", "skipped")]),
    caution: verdict("CAUTION", "triangle", [line("text", say("reason-offline-guard")), line("warning", say("say-used_by", { time: "08:55", site: "Harbour", guard: host })), line("small", "offline")],
      [check("online", "failed", "reason-offline"), check("signature", "passed"), check("time", "passed"), check("revocation", "passed")], { picture: { face: "e1" }, status: status(true) }),
    denied: verdict("DENIED", "octagon", [line("text", say("reason-cancelled-guard")), line("small", "cancelled")], [check("revocation", "failed", "reason-cancelled"), check("signature", "passed"), check("time", "passed")]),
    walk_up_verdict: screen("verdict", say("screen-walk_up_of", { who: "Courier, DHL" }), {
      status: status(false), lines: [line("lead", "Courier, DHL"), line("text", say("kind-walk_up")), line("text", say("reason-walk_up-guard"))], buttons: decide(false),
    }),
    leaving: verdict("VERIFIED", "circle", [line("text", say("say-departure")), line("small", "ok")], [check("signature", "passed")], {
      kind: "leaving", title: say("screen-leaving", { who: vera }),
      buttons: [button("departure", "act-departure", "likely", { side: "end" }), button("leave", "act-leave", "quiet"), button("report", "act-report", "quiet")],
    }),
    news: screen("news", say("screen-news"), { status: status(false), lines: [line("text", say("say-news"))], buttons: [button("look", "act-look", "likely")] }),
    reason: screen("reason", say("screen-reason"), {
      status: status(false), lines: [line("lead", vera), line("warning", say("reason-cancelled-guard")), line("text", say("say-hold"))],
      rows: usual.map((name, at) => row(say(`why-${name}`), null, at === 1, { reason: name })), fields: [field("reason", "field-reason", "")],
      buttons: [button("grant_against", "act-grant_hold", "dangerous", { held: true }), back],
    }),
    photo: screen("photo", say("screen-photo"), {
      status: status(false), lines: [line("text", say("say-photo_optional"))], viewfinder: { outlines: [], advice: null },
      buttons: [button("take", "act-take", "likely"), button("skip", "act-skip"), back],
    }),
    photo_taken: screen("photo", say("screen-photo"), {
      status: status(false), lines: [line("text", say("say-photo_required"))], picture: { taken: 1 },
      buttons: [button("use", "act-use", "likely"), button("retake", "act-retake"), back],
    }),
    walk_up: screen("walk_up", say("screen-walk_up"), {
      status: status(false), lines: [line("text", say("say-walk_up"))], fields: [field("name", "field-name", "Vera"), field("reason", "field-visit_reason", ""), field("host", "field-host", "a")],
      rows: [row(host, null, false, { host: "s1" })], buttons: [button("register", "act-register", "likely"), back],
    }),
    expected: screen("expected", say("screen-expected"), {
      status: status(false), fields: [field("search", "field-search", "v")],
      rows: FIVE.map((n) => row(n === 1 ? vera : `Visitor ${n}`, `${say("say-visiting", { host })}, ${say("say-window", { from: "09:00", until: "17:00" })}`, false, { arrive: `s${n}` })), buttons: [back],
    }),
    inside: screen("inside", say("screen-inside"), {
      status: status(false), lines: [line("lead", say("say-inside", { count: "5" })), line("text", say("say-leaves", { who: vera }))],
      rows: FIVE.map((n) => row(n === 1 ? vera : `Visitor ${n}`, say(n === 2 ? "say-since_long" : "say-since", { time: "09:12" }), n < 3, { visit: `e${n}` })),
      buttons: [button("departure", "act-departure", "likely"), button("muster", "act-muster"), back],
    }),
    type_code: screen("type_code", say("screen-type_code"), {
      status: status(false), lines: [line("text", say("say-type_code"))], fields: [field("code", "field-code", "")],
      buttons: [button("check", "act-check", "likely", { enabled: false }), back],
    }),
    report: screen("report", say("screen-report"), {
      status: status(false), lines: [line("lead", vera), line("text", say("say-report"))], fields: [field("note", "field-note", "")],
      buttons: [button("send", "act-send", "likely"), button("with_photo", "act-with_photo"), back],
    }),
    history: screen("history", say("screen-history"), {
      status: status(false),
      rows: [["CAUTION", "9"], ["DENIED", "8"], ["VERIFIED", "7"]].map(([word, n]) => row(vera, `${say(`verdict-${word.toLowerCase()}`)}, 09:0${n}`, false, { past: `p${n}` })), buttons: [back],
    }),
    past: verdict("DENIED", "octagon", [line("text", say("say-reported")), line("small", "banned")], [check("access", "failed", "reason-cancelled"), check("signature", "passed")], {
      kind: "past", title: say("screen-past_of", { who: vera, time: "09:08" }), buttons: [button("report", "act-report"), back],
    }),
    status: screen("status", say("screen-status"), {
      status: status(true),
      lines: [line("text", say("say-offline")), line("text", say("say-waiting", { count: "12" })), line("warning", say("say-stuck", { count: "2" })), line("text", say("say-last_sync", { time: "09:12" })), line("warning", say("say-clock_own")), line("small", "0192f4d3a1b27c3e8f5566778899aabb")],
      rows: [row(say("say-stuck_entry", { kind: say("kind-visitor"), time: "09:10" }), say("problem-forbidden-text"), false, null)],
      buttons: [button("sync", "act-sync", "likely"), button("retry", "act-retry"), button("set_pin", "act-set_pin", "quiet"), back],
    }),
    set_pin: screen("set_pin", say("screen-set_pin"), {
      lines: [line("text", say("say-pin"))], fields: [field("pin", "field-new_pin", "", "digits", true)], buttons: [button("set_pin", "act-set_pin", "likely"), back],
    }),
    end_shift: screen("end_shift", say("screen-end_shift"), {
      status: status(false), lines: [line("text", say("say-end", { site: "North gate", time: "06:00" })), line("text", say("say-end_inside", { count: "3" })), line("text", say("say-end_waiting", { count: "12" }))],
      buttons: [button("end_now", "act-end_shift", "likely"), button("stay", "act-stay")],
    }),
    stop: screen("stop", say("screen-no_camera"), {
      lines: [line("text", say("say-no_camera_refused")), line("text", say("say-without_camera"))],
      buttons: [button("again", "act-again", "likely"), button("settings", "act-settings"), button("go_on", "act-go_on")],
    }),
    pass: screen("pass", say("screen-status"), {
      code: { side: 29, rows: code }, lines: [line("lead", vera), line("text", say("kind-member"))], countdown: { from_ms: 0, until_ms: 20_000, text: null },
      buttons: [button("refresh", "act-again", "other")],
    }),
  };
}
