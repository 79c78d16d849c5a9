// The way between a phone and a server: a proxy that passes everything on, until it is told to be a portal, slow, thin,
// cut or hostile. Being the page's own origin it stands for whatever the page asks, by whichever worker.

import { createServer, request } from "node:http";
import { pause } from "./stage.mjs";

/** A thin network lets so much through at a time. */
const TICK_MS = 100;

export class Way {
  /** What is done with a request instead of passing it on: `does({ path, answer, pass })`. */
  does = null;
  /** Where it leads. */
  to = null;

  /** `rewrite(path, text)` gives another text for a file, or nothing. */
  constructor(rewrite = () => null) {
    this.rewrite = rewrite;
  }

  async open() {
    this.server = createServer((asked, answer) => {
      answer.on("error", () => {});
      this.#take(asked, answer).catch(() => answer.destroy());
    });
    await new Promise((open) => this.server.listen(0, "127.0.0.1", open));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  close() {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  async #take(asked, answer) {
    const body = await whole(asked);
    const pass = (perSecond) => this.#pass(asked, body, answer, perSecond);
    await (this.does ? this.does({ path: asked.url, answer, pass }) : pass());
  }

  async #pass({ method, url, headers }, body, answer, perSecond) {
    const { hostname, port } = new URL(this.to);
    if (perSecond) await pause((1000 * body.length) / perSecond);
    const came = await new Promise((comes, fails) => {
      request({ hostname, port, method, path: url, headers, agent: false }, comes).on("error", fails).end(body);
    });
    const bytes = await whole(came);
    const text = came.statusCode === 200 ? this.rewrite(url, bytes) : null;
    const sent = text ? Buffer.from(text) : bytes;
    const { "transfer-encoding": _, ...kept } = came.headers;
    if (text || came.statusCode === 200) kept["content-length"] = sent.length;
    answer.writeHead(came.statusCode, kept);
    if (!perSecond) return answer.end(sent);
    const step = Math.ceil((perSecond * TICK_MS) / 1000);
    for (let at = 0; at < sent.length && !answer.destroyed; at += step) {
      answer.write(sent.subarray(at, at + step));
      await pause(TICK_MS);
    }
    return answer.end();
  }
}

async function whole(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

const LOGIN = "<!doctype html><html><head><title>Hotel</title></head><body><form action=/login><input name=room></form></body></html>";

/** Nothing comes through. */
export const cut = ({ answer }) => answer.destroy();

/** A portal that answers whatever is asked with its own page. */
export const portal = ({ answer }) => answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(LOGIN);

/** A portal that leads everywhere else first. */
export const leading = (to) => ({ answer }) => answer.writeHead(302, { location: to, "cache-control": "no-store" }).end();

/** Everything takes so long. */
export const slow = (ms) => async ({ pass }) => {
  await pause(ms);
  await pass();
};

/** So many bytes come through in a second. */
export const thin = (perSecond) => ({ pass }) => pass(perSecond);

const api = (does) => (asked) => (asked.path.startsWith("/api/") ? does(asked) : asked.pass());
const says = (body, type = "application/json") => api(({ answer }) => answer.writeHead(200, { "content-type": type }).end(body));
const WRONG = { event: [], verdict: { a: 1 }, code: 7, reason: null, time: "soon", now: -1, keys: {}, pack: true, entries: "x", results: [null] };

/** What a server may answer that means ill, by what it is. */
export const HOSTILE = {
  "a page instead of an answer": says(LOGIN, "text/html"),
  "ten megabytes": says(JSON.stringify({ verdict: "VERIFIED", code: "x".repeat(10_000_000) })),
  "values of other types": says(JSON.stringify(WRONG)),
  "half of it": says('{"verdict":"VERIFIED","co'),
  "another type of content": says("\u0000\u0001VERIFIED", "image/png"),
  "the way to another origin": api(leading("http://127.0.0.1:9/api/verify")),
  "an answer without an end": api(async ({ answer }) => {
    answer.writeHead(200, { "content-type": "application/json" });
    for (answer.write("{"); !answer.destroyed; await pause(TICK_MS)) answer.write(" ");
  }),
};
