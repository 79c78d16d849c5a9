// A guard's day that is cut off again and again at points of chance: the tab is closed, every process of the browser
// killed, or the worker ended. What was shown must be there each time it is opened again, and in the end on the server.
// Skipped where the program was not built (bindings/web/build).
//
//   GATEHOUSE_SEED   other points
//   GATEHOUSE_FULL   300 of them instead of 30

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { BIN, Stage, chance, pause, skip } from "./stage.mjs";

const SEED = Number(process.env.GATEHOUSE_SEED ?? 1);
const POINTS = process.env.GATEHOUSE_FULL ? 300 : 30;
/** At the latest so long after work began again. */
const WITHIN_MS = 6000;
/** What is on no screen by then is not coming: the work was cut off. */
const STEP_MS = 5000;
/** The history is looked through for the newest of what was shown: it is as long as 300. */
const NEWEST = 120;
const SITE = "South gate";

let stage;
let guard;
let random;
const codes = new Map(); // of visitors who did not come yet
const shown = new Map(); // whose verdict was seen, and what was then decided
let count = 0;

before(async () => {
  if (skip) return;
  console.log(`kills: again by GATEHOUSE_SEED=${SEED}`);
  random = chance(SEED);
  stage = new Stage("kills");
  await stage.open();
  // No photos: the day is one of decisions.
  stage.cli("site", "add", "--name", SITE, "--arrival-photo", "off", "--walk-up-photo", "off");
  for (let n = 1; n <= POINTS; n += 1) codes.set(`Visitor ${n}`, stage.visitor(`Visitor ${n}`, SITE));
  guard = stage.phone("guard", "gate");
});

after(() => stage?.close());

/** Whatever stands on the screen is told as soon as it does. What was told was seen, even if nothing came after it. */
function watch() {
  let last;
  const tell = () => {
    const app = document.getElementById("app");
    if (!app || app.hidden) return;
    const lines = [...document.querySelectorAll("#lines .line")].map(({ textContent }) => textContent);
    const said = JSON.stringify([app.dataset.kind, document.getElementById("title").textContent, lines]);
    if (said !== last) window.told((last = said));
  };
  new MutationObserver(tell).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  // The page's worker, to be ended.
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      window.theWorker = this;
    }
  };
}

function heed(said) {
  const [kind, title, lines] = JSON.parse(said);
  const judged = kind === "verdict" && title.match(/^(?:VERIFIED|CAUTION|DENIED|Walk-up): (.+)$/);
  if (judged && !shown.has(judged[1])) shown.set(judged[1], null);
  for (const line of kind === "camera" ? lines : []) {
    const decided = line.match(/^(.+): (granted|denied) \d/);
    if (decided) shown.set(decided[1], decided[2]);
  }
}

async function open() {
  await guard.open(null);
  await guard.context.exposeFunction("told", heed);
  await guard.context.addInitScript(watch);
}

class CutOff extends Error {}

/** Hands that work until they are stopped. */
class Hands {
  stopped = false;

  go() {
    if (this.stopped) throw new CutOff();
  }

  async tap(name) {
    this.go();
    const target = typeof name === "string" ? guard.button(name) : name;
    await target.waitFor({ timeout: STEP_MS });
    await pause(330);
    this.go();
    await target.click({ timeout: STEP_MS });
  }

  async decide() {
    const granted = random() < 0.7;
    await this.tap(granted ? "Grant" : "Deny");
    await guard.button("Walk-up").waitFor({ timeout: STEP_MS });
  }

  async leave() {
    await this.tap("Leave undecided");
    await guard.button("Walk-up").waitFor({ timeout: STEP_MS });
  }

  async walkUp() {
    await this.tap("Walk-up");
    count += 1;
    await guard.page.getByLabel("Visitor's name").fill(`Walker ${count}`, { timeout: STEP_MS });
    await this.tap("Register");
    await guard.heading(`Walk-up: Walker ${count}`).waitFor({ timeout: STEP_MS });
  }

  async scan() {
    const [[name, code] = []] = codes;
    if (!name) return this.walkUp();
    codes.delete(name);
    await guard.scans(code);
    await guard.heading(new RegExp(`: ${name}$`)).waitFor({ timeout: STEP_MS });
  }

  async send() {
    await this.tap(guard.page.locator("#top").getByRole("button"));
    await this.tap("Send now");
    await pause(300 * random());
    await this.tap("Back");
  }

  async work() {
    const { page, context } = guard;
    if (page.url().includes("about:")) return;
    while (!this.stopped) {
      // What stood there undecided when all was cut off is decided first.
      if (await page.locator("#app[data-kind=verdict]").isVisible()) await this.decide();
      const roll = random();
      if (roll < 0.12) await context.setOffline(random() < 0.6);
      else if (roll < 0.25) await this.send();
      else {
        await (roll < 0.6 ? this.scan() : this.walkUp());
        if (random() < 0.85) await this.decide();
        else await this.leave();
      }
    }
  }
}

/** The ways in which it ends, and how it is opened again. */
const ends = {
  async tab() {
    await guard.page.close();
    guard.use(await guard.context.newPage());
    await guard.go();
  },
  async killed() {
    await guard.kill();
    await open();
    await guard.context.setOffline(random() < 0.5);
    await guard.go();
  },
  // The page notices, and starts another one by itself.
  async worker() {
    await guard.page.evaluate(() => {
      window.theWorker.terminate();
      window.theWorker.dispatchEvent(new ErrorEvent("error", { message: "ended by the trial", cancelable: true }));
    });
  },
};

const ready = "#app:not([hidden]):not([data-kind=opening]):not([data-kind=''])";

/** Everything that was shown is in the shift's history. */
async function holds(where) {
  const { page } = guard;
  const help = page.locator("#before-help button");
  await page.locator(ready).or(help).first().waitFor();
  // After the third death within half a minute the page asks first.
  if (await help.isVisible()) await help.click();
  await page.locator(ready).waitFor();
  for (let tries = 0; tries < 8 && !(await guard.button("This shift").isVisible()); tries += 1) {
    const way = guard.button("Leave undecided").or(guard.button("Back"));
    await pause(350);
    if (await page.locator("#app[data-kind=verdict]").isVisible()) await guard.tap("Grant");
    else if (await way.first().isVisible()) await way.first().click();
  }
  await guard.tap("This shift");
  await guard.heading("This shift").waitFor();
  await page.locator("#rows .row").first().or(page.getByText("Nothing was recorded")).first().waitFor();
  const rows = new Map(
    await page.locator("#rows .row").evaluateAll((all) => all.map((row) => [row.firstElementChild.textContent, row.lastElementChild.textContent])),
  );
  for (const [name, decided] of [...shown].slice(-NEWEST)) {
    assert.ok(rows.has(name), `${where}: ${name} was shown, and is not in ${[...rows.keys()]}`);
    if (decided) assert.match(rows.get(name), new RegExp(decided), `${where}: ${name} was ${decided}`);
  }
  await guard.tap("Back");
  await guard.button("Walk-up").waitFor();
  return rows.size;
}

test("a guard's day that is cut off again and again", { skip, timeout: (300 + 40 * POINTS) * 1000 }, async (day) => {
  const cuts = {};
  await day.test(`what was shown is there after each of ${POINTS} cuts`, async () => {
    const grace = stage.guard();
    stage.cli("user", "assign", grace, "--site", SITE);
    await open();
    await guard.startShift(grace, { site: SITE });
    await guard.page.evaluate(() => navigator.serviceWorker.ready);
    await guard.page.waitForFunction(async () => (await caches.keys()).length > 0);
    for (let point = 1; point <= POINTS; point += 1) {
      const hands = new Hands();
      const working = hands.work().then(
        () => {},
        (error) => {
          if (!hands.stopped) throw error;
        },
      );
      const after = Math.floor(random() * WITHIN_MS);
      await Promise.race([working, pause(after)]);
      hands.stopped = true;
      const roll = random();
      const end = roll < 0.4 ? "killed" : roll < 0.7 ? "tab" : "worker";
      const where = `point ${point}, ${end} after ${after} ms`;
      try {
        await ends[end]();
        await working;
        await holds(where);
      } catch (error) {
        await guard.picture(`failed-${point}`).catch(() => {});
        error.message = `${where}: ${error.message}`;
        throw error;
      }
      cuts[end] = (cuts[end] ?? 0) + 1;
    }
  });

  await day.test("after one last synchronisation the server has everything, and the chain is whole", async () => {
    await guard.context.setOffline(false);
    await guard.tap(guard.page.locator("#top").getByRole("button"));
    await guard.tap("Send now");
    await guard.text("Everything was sent.").waitFor();
    const [device] = [stage.cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list);
    assert.equal(device.doubts?.length ?? 0, 0, JSON.stringify(device));
    const [theirs, ours] = ["server", "station"].map((whose) => `${stage.folder}/journal-of-${whose}`);
    writeFileSync(theirs, stage.plain("journal", "export", "--device", device.name));
    const saved = guard.page.waitForEvent("download");
    await guard.page.locator("#settings").getByRole("button", { name: /journal/i }).click();
    await (await saved).saveAs(ours);
    const keys = `${stage.folder}/keys`;
    const root = stage.plain("keys", "export", "--keys", keys).toString().trim();
    const verified = [theirs, ours].map((file) => JSON.parse(execFileSync(BIN, ["journal", "verify", file, "--root", root, "--keys", keys])));
    for (const { ok, entries, head } of verified) {
      assert.ok(ok);
      assert.deepEqual({ entries, head }, { entries: verified[0].entries, head: verified[0].head });
    }
    assert.equal(verified[0].receipted, verified[0].entries);
    const figures = `${POINTS} cuts (${Object.entries(cuts).map(([end, times]) => `${end} ${times}`).join(", ")}): ${shown.size} verdicts shown, ${[...shown.values()].filter(Boolean).length} decided, ${verified[0].entries} entries`;
    console.log(figures);
    if (process.env.GATEHOUSE_FIGURES) appendFileSync(process.env.GATEHOUSE_FIGURES, `browser: ${figures}\n`);
  });
});
