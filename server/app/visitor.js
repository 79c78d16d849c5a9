// The second window of a booth, turned to the visitor: where to look, and never what was found.

import { make, say } from "./dom.js";

const CHANNEL = "gatehouse-visitor";

/** In the guard's window: tells the other one which screen stands there. */
export function teller() {
  const channel = new BroadcastChannel(CHANNEL);
  let last;
  channel.onmessage = ({ data }) => data === "here" && last && channel.postMessage(last);
  return (kind) => {
    if (kind === last?.kind) return;
    last = { kind };
    channel.postMessage(last);
  };
}

/** In the visitor's window. */
export function show(words) {
  const app = document.getElementById("app");
  document.getElementById("before").hidden = true;
  app.hidden = false;
  const line = make("p", { class: "visitor-line", role: "status" }, words.moment);
  app.replaceChildren(line);
  app.dataset.kind = "visitor";
  const channel = new BroadcastChannel(CHANNEL);
  const lines = { camera: words.holdHere, photo: words.lookHere };
  channel.onmessage = ({ data }) => {
    if (data?.kind) say(line, lines[data.kind] ?? words.moment);
  };
  channel.postMessage("here");
}
