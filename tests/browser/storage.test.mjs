// SQLite in the origin private file system of a real Chromium: killed while it commits, left in the middle of a
// transaction, full. The functions that the worker calls are those of tests/web.
//
//   GATEHOUSE_TRIAL      the folder with gatehouse_web_trial.js; otherwise target/web (bindings/web/build --trial)
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//   GATEHOUSE_ROUNDS     how often it is killed; otherwise 4 times for each kind of log
//
// What is killed are the browser's processes, all at once and by their numbers: the disk keeps its power.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TRIAL = process.env.GATEHOUSE_TRIAL ?? here("../../target/web");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
const ROUNDS = Number(process.env.GATEHOUSE_ROUNDS ?? 4);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const missing = !existsSync(join(TRIAL, "gatehouse_web_trial.js")) && "bindings/web/build --trial was not run";

let server;
let address;
const profiles = [];

before(async () => {
  server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : request.url.slice(1);
    const file = [here("storage"), TRIAL].map((folder) => join(folder, name)).find(existsSync);
    if (!/^[\w.]+$/.test(name) || !file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  address = `http://127.0.0.1:${server.address().port}/`;
});

after(() => {
  server?.close();
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

function profile() {
  profiles.push(mkdtempSync(join(tmpdir(), "gatehouse-storage-")));
  return profiles.at(-1);
}

/** A browser with this profile, on the page. */
async function open(folder) {
  const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM });
  const page = context.pages()[0];
  await page.goto(address);
  await page.waitForFunction(() => window.ask);
  return { context, page };
}

const ask = (page, ...call) => page.evaluate((call) => window.ask(...call), call);

/** What is in a database. */
async function look(page, mode, path = `/trial/${mode}.db`) {
  const [whole, rows, last, kinds] = (await ask(page, "look", path, mode)).split(" ");
  return { whole, rows: Number(rows), last: Number(last), kinds: Number(kinds) };
}

/** The processes of the browser with this profile: those that name it, and theirs. */
function processes(folder) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map();
  const found = new Set();
  for (const pid of all) {
    try {
      parents.set(pid, readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[1]);
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`user-data-dir=${folder}`)) found.add(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  for (let before = -1; found.size > before; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].map(Number);
}

async function kill({ context }, folder) {
  for (const pid of processes(folder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
  await context.close().catch(() => {});
}

for (const mode of ["WAL", "DELETE"]) {
  test(`what was told as committed is there after a kill (${mode})`, { skip: missing }, async (t) => {
    const folder = profile();
    let told = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const browser = await open(folder);
      const found = await look(browser.page, mode);
      t.diagnostic(`round ${round}: told ${told}, there ${found.rows}`);
      assert.equal(found.whole, "ok");
      assert.equal(found.rows, found.last);
      assert.ok(found.rows >= told, `${found.rows} of ${told}`);
      if (round === ROUNDS) {
        await browser.context.close();
        assert.ok(told > 0);
        break;
      }
      told = found.rows;
      await browser.page.exposeFunction("committed", (row) => {
        told = Math.max(told, row);
      });
      ask(browser.page, "hammer", `/trial/${mode}.db`, mode).catch(() => {});
      await sleep(700 + Math.random() * 1200);
      await kill(browser, folder);
    }
  });
}

for (const mode of ["WAL", "DELETE", "TRUNCATE"]) {
  test(`half a transaction is rolled back (${mode})`, { skip: missing }, async () => {
    const folder = profile();
    let browser = await open(folder);
    await ask(browser.page, "make", `/trial/${mode}.db`, mode);
    assert.deepEqual(await look(browser.page, mode), { whole: "ok", rows: 500, last: 500, kinds: 1 });
    await ask(browser.page, "leave_half", `/trial/${mode}.db`, mode);
    await kill(browser, folder);
    browser = await open(folder);
    assert.deepEqual(await look(browser.page, mode), { whole: "ok", rows: 500, last: 500, kinds: 1 });
    await browser.context.close();
  });
}

test("a full quota is a full disk, and a reserve gives room at once", { skip: missing }, async (t) => {
  const folder = profile();
  const { context, page } = await open(folder);
  await ask(page, "reserve", 4 << 20);
  await ask(page, "make", "/trial/WAL.db", "WAL");
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage);
  const devtools = await context.newCDPSession(page);
  const limit = (quotaSize) =>
    devtools.send("Storage.overrideQuotaForOrigin", { origin: new URL(address).origin, quotaSize });
  await limit(usage + 2e6);
  const first = await ask(page, "fill", "/trial/WAL.db", "WAL", 2000);
  assert.deepEqual(await look(page, "WAL"), { whole: "ok", rows: 500 + first, last: 500 + first, kinds: first + 1 });
  await ask(page, "give_back");
  const second = await ask(page, "fill", "/trial/WAL.db", "WAL", 2000);
  t.diagnostic(`${first} rows until it was full, ${second} out of the reserve`);
  assert.ok(second > 400, `${second}`);
  await limit(undefined);
  assert.equal((await look(page, "WAL")).rows, 500 + first + second);
  await context.close();
});
