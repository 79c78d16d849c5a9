// The dashboard in Chromium, against a real `gatehouse demo` that this file starts and ends.
//
//   GATEHOUSE_BIN        the binary; otherwise target/debug/gatehouse
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//
// Pictures of every tab go to out/. Waits are generous and no test asserts a time.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = process.env.GATEHOUSE_BIN ?? here("../../target/debug/gatehouse");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const OUT = here("out");

const TABS = {
  activity: { heading: /activity/i, rows: "[id^=event-]" },
  "on-site": { heading: /on.site/i, rows: "[id^=visit-]:is(li, tr)" },
  invitations: { heading: /invitations/i, rows: "tbody tr, [id^=invitation-]:is(li, tr)" },
};
const WIDTHS = { 390: 844, 1280: 900 };
const SCHEMES = ["light", "dark"];
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const UNREADABLE_CODE = "NOT A GATEHOUSE CODE";
const UNREADABLE_STATUS = 20;
const PATIENCE = 30_000;
const DEMO_PATIENCE = 180_000;

let demo; // the server's process
let address; // what it told: dashboard, sign_in, station_data
let browser;
let signedIn; // the cookies of the admin, once the first test has signed in
const complaints = []; // of the browser's console and its content security policy, on every page of the admin

/** Starts the demo and waits for the line with its addresses. */
function startDemo() {
  return new Promise((resolve, reject) => {
    demo = spawn(BIN, ["demo", "--json", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const patience = setTimeout(() => reject(new Error("the demo did not say where it listens")), DEMO_PATIENCE);
    demo.once("error", reject);
    demo.once("exit", (status, signal) => reject(new Error(`the demo ended by itself (${signal ?? status})`)));
    createInterface({ input: demo.stdout }).on("line", (line) => {
      let said;
      try {
        said = JSON.parse(line);
      } catch {
        return;
      }
      if (said?.dashboard && said.sign_in) {
        clearTimeout(patience);
        resolve(said);
      }
    });
  });
}

/** Ends the demo, by force if it does not listen. */
async function endDemo() {
  if (!demo || demo.exitCode !== null || demo.signalCode !== null) return;
  const ended = new Promise((resolve) => demo.once("exit", resolve));
  demo.kill("SIGTERM");
  const force = setTimeout(() => demo.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(force);
}

/** Runs the binary and returns its exit status and what it printed. */
function gatehouse(...args) {
  return new Promise((resolve, reject) => {
    const run = spawn(BIN, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    run.stdout.on("data", (data) => (said += data));
    run.stderr.on("data", (data) => (said += data));
    run.once("error", reject);
    run.once("close", (status) => resolve({ status, said }));
  });
}

const at = (path) => new URL(path, address.dashboard).href;

/** Notes what the page complains about. */
async function watch(page) {
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  await page.exposeFunction("gatehouseComplaint", (text) => complaints.push(text));
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      window.gatehouseComplaint(`${event.documentURI}: policy ${event.violatedDirective} against ${event.blockedURI}`),
    ),
  );
}

/** Opens a page as the admin (or as nobody), gives it to `use` and closes it. A refused page is a complaint, too. */
async function withPage(use, { width = 1280, scheme = "light", admin = true, refusals = !admin } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: WIDTHS[width] },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    storageState: admin ? signedIn : undefined,
  });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    if (!refusals) await watch(page);
    return await use(page, context);
  } finally {
    await context.close();
  }
}

/** Opens a tab of the dashboard and waits for its heading. */
async function openTab(page, tab) {
  await page.goto(at(`/${tab}`));
  await page.getByRole("heading", { level: 1, name: TABS[tab].heading }).waitFor();
  return page.getByRole("main").locator(TABS[tab].rows);
}

/** Opens the sign-in link and presses its button, if it offers one. */
async function useLink(page) {
  await page.goto(address.sign_in);
  const button = page.getByRole("button", { name: /sign in/i }).first();
  if ((await button.count()) === 0) return false;
  await button.click();
  await page.waitForLoadState();
  return true;
}

/** Everything that axe finds wrong, one line each. */
async function flaws(page) {
  await page.addInitScript({ path: AXE });
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), STANDARDS);
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
  );
}

/** Widest content against the window: how many pixels one would have to scroll sideways. */
const overflow = (page) =>
  page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);

/** Opens the form for a new invitation, fills in what it must have and sends it; ends on the new invitation's page. */
async function invite(page, visitor) {
  await openTab(page, "invitations");
  await page.getByRole("main").getByRole("link", { name: /(create|new) invitation|invite/i }).first().click();
  const form = page.getByRole("main").locator("form").filter({ has: page.locator("[name=visitor]") });
  await form.locator("[name=visitor]").fill(visitor);

  const host = form.locator("[name=host]");
  if ((await host.count()) > 0 && (await host.inputValue()) === "") {
    await host.fill(await page.locator("datalist option").first().evaluate((option) => option.value || option.text));
  }
  const sites = form.locator("[name=site]");
  if ((await sites.count()) > 0 && (await form.locator("[name=site]:checked").count()) === 0) await sites.first().check();
  const now = Date.now();
  for (const [name, hours] of [["from", -1], ["until", 24]]) {
    const field = form.locator(`[name=${name}]`);
    if ((await field.count()) > 0 && (await field.inputValue()) === "") {
      await field.fill(new Date(now + hours * 3_600_000).toISOString().slice(0, 16));
    }
  }

  await form.getByRole("button", { name: /create|invite|save|send/i }).click();
  await page.getByRole("main").getByText(visitor).first().waitFor();
}

before(async () => {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  address = await startDemo();
  browser = await chromium.launch({ executablePath: CHROMIUM });
});

after(async () => {
  await browser?.close();
  await endDemo();
});

test("the link signs the admin in", () =>
  withPage(async (page, context) => {
    assert.ok(await useLink(page), "the page of the link has a button to sign in");
    await (await openTab(page, "activity")).first().waitFor();
    signedIn = await context.storageState();
  }));

test("the link works once, and nobody gets in without it", () =>
  withPage(
    async (page) => {
      await useLink(page);
      for (const tab of Object.keys(TABS)) {
        await page.goto(at(`/${tab}`));
        assert.equal(await page.locator(TABS[tab].rows).count(), 0, `/${tab} shows nothing to a stranger`);
      }
    },
    { admin: false },
  ));

for (const tab of Object.keys(TABS)) {
  // covers: S4-67
  test(`/${tab} shows rows`, () =>
    withPage(async (page) => {
      const rows = await openTab(page, tab);
      await rows.first().waitFor();
      assert.match(await rows.first().innerText(), /\S/);
    }));

  for (const width of Object.keys(WIDTHS).map(Number)) {
    for (const scheme of SCHEMES) {
      test(`/${tab} at ${width} px, ${scheme}: accessible, nothing sideways`, () =>
        withPage(
          async (page) => {
            await (await openTab(page, tab)).first().waitFor();
            await page.screenshot({ path: `${OUT}/${tab}-${width}-${scheme}.png`, fullPage: true });
            // What a visitor to the project sees first; copied beside this file when the look changes.
            if (tab === "activity") await page.screenshot({ path: `${OUT}/readme-${width}-${scheme}.png` });
            assert.ok((await overflow(page)) <= 0, "scrolls sideways");
            assert.deepEqual(await flaws(page), []);
          },
          { width, scheme },
        ));
    }
  }
}

test("a scan at the gate appears in Activity without a reload", () =>
  withPage(async (page) => {
    const rows = await openTab(page, "activity");
    await rows.first().waitFor();
    const known = await rows.evaluateAll((all) => all.map((row) => row.id));
    await page.evaluate(() => (window.neverReloaded = true));

    const scan = await gatehouse("station", "scan", "--data", address.station_data, "--code", UNREADABLE_CODE);
    assert.equal(scan.status, UNREADABLE_STATUS, scan.said);
    // A scan that did not need the server's answer is sent with the next synchronisation.
    const sync = await gatehouse("station", "sync", "--data", address.station_data);
    assert.equal(sync.status, 0, sync.said);

    await page.waitForFunction(
      ([selector, before]) => [...document.querySelectorAll(selector)].some((row) => !before.includes(row.id)),
      [TABS.activity.rows, known],
    );
    assert.equal(await page.evaluate(() => window.neverReloaded), true, "the page was loaded anew");
    const fresh = await rows.evaluateAll(
      (all, before) => all.filter((row) => !before.includes(row.id)).map((row) => row.innerText),
      known,
    );
    assert.equal(fresh.length, 1, "one scan, one row");
    assert.match(fresh[0], /denied/i);
  }));

test("eight tabs are live at once, and a scan reaches each of them", () =>
  withPage(async (page, context) => {
    const tabs = [page];
    while (tabs.length < 8) {
      const tab = await context.newPage();
      await watch(tab);
      tabs.push(tab);
    }
    for (const [number, tab] of tabs.entries()) {
      await tab.goto(at(number === 7 ? "/on-site" : "/activity"));
      await tab.getByRole("heading", { level: 1 }).waitFor();
    }
    const lists = tabs.slice(0, 7);
    for (const tab of lists) await tab.locator("[data-live].is-live").waitFor();
    const known = await page.locator(TABS.activity.rows).evaluateAll((all) => all.map((row) => row.id));
    const scan = await gatehouse("station", "scan", "--data", address.station_data, "--code", "SEEN BY EVERY TAB");
    assert.equal(scan.status, UNREADABLE_STATUS, scan.said);
    const sync = await gatehouse("station", "sync", "--data", address.station_data);
    assert.equal(sync.status, 0, sync.said);
    for (const tab of lists) {
      await tab.waitForFunction(
        ([selector, before]) => [...document.querySelectorAll(selector)].some((row) => !before.includes(row.id)),
        [TABS.activity.rows, known],
      );
    }
  }));

// covers: S4-62
test("a guard's report is flagged in Activity and told on the event's page", async () => {
  const station = ["--data", address.station_data];
  const note = "Held the phone of somebody else, and left when I asked for a document.";
  const walkUp = await gatehouse("station", "walk-up", "--name", "Rita Reported", "--json", ...station);
  assert.equal(walkUp.status, 0, walkUp.said);
  const { event } = JSON.parse(walkUp.said.split("\n", 1)[0]);
  const report = await gatehouse("station", "report", event, "--note", note, ...station);
  assert.equal(report.status, 0, report.said);
  for (const [width, scheme] of [[390, "dark"], [1280, "light"]]) {
    await withPage(
      async (page) => {
        await openTab(page, "activity");
        await page.locator(`[id^=event-]`, { hasText: "Rita Reported" }).getByText("Reported as suspicious").waitFor();
        await page.goto(at(`/activity/${event}`));
        await page.getByText(note).waitFor();
        await page.screenshot({ path: `${OUT}/event-${width}-${scheme}.png`, fullPage: true });
        assert.ok((await overflow(page)) <= 0, "scrolls sideways");
        assert.deepEqual(await flaws(page), []);
      },
      { width, scheme },
    );
  }
});

// covers: S4-62
test("Home shows a report as something to look at, without a reload", () =>
  withPage(async (page) => {
    await page.goto(at("/"));
    const marked = page.getByRole("navigation", { name: "To look at" }).getByRole("link", { name: /^Reported/ });
    await marked.waitFor();
    const number = async () => Number((await marked.textContent()).replace(/\D/g, ""));
    const before = await number();
    const scanned = await gatehouse("station", "scan", "--data", address.station_data, "--code", "NOT OURS EITHER", "--json");
    const event = JSON.parse(scanned.said.split("\n")[0]).event;
    const reported = await gatehouse("station", "report", event, "--data", address.station_data, "--note", "Odd");
    assert.equal(reported.status, 0, reported.said);
    await gatehouse("station", "sync", "--data", address.station_data);
    await page.waitForFunction(
      (wanted) => document.querySelector(".marked")?.textContent.includes(`: ${wanted}`),
      before + 1,
    );
    await marked.click();
    await page.getByRole("heading", { level: 1, name: /activity/i }).waitFor();
    assert.ok((await page.locator("[id^=event-]").count()) >= before + 1);
  }));

// covers: S0-15, S4-31, S4-33, S4-35, S4-86, S4-87
test("an invitation is created in the form and shows its code", () =>
  withPage(async (page) => {
    const visitor = "Åsa Browser";
    await invite(page, visitor);
    const code = page.getByRole("main").getByRole("img", { name: /code|qr|invitation/i }).first();
    await code.waitFor();
    const { width, height } = await code.boundingBox();
    assert.ok(width >= 120 && Math.abs(width - height) <= 2, `the code is square and large enough: ${width} by ${height}`);
    await page.screenshot({ path: `${OUT}/invitation-1280-light.png`, fullPage: true });
    assert.deepEqual(await flaws(page), []);

    // covers: S0-10
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invitations" }).click();
    await page.getByRole("heading", { level: 1, name: TABS.invitations.heading }).waitFor();
    const row = page.getByRole("main").locator(TABS.invitations.rows).filter({ hasText: visitor }).first();
    await row.waitFor();
    // covers: S0-11, S0-43
    const reference = await row.locator(".cell-ref").innerText();
    assert.match(reference, /^V-\w+$/);
    await row.click({ position: { x: 24, y: 12 } });
    await page.getByRole("heading", { level: 1, name: visitor }).waitFor();
    await page.getByRole("main").getByText(reference).first().waitFor();
  }));

test("the form says what is missing", () =>
  withPage(
    async (page) => {
      await page.goto(at("/invitations/new"));
      const form = page.getByRole("main").locator("form").filter({ has: page.locator("[name=visitor]") });
      await form.evaluate((element) => (element.noValidate = true));
      await form.getByRole("button", { name: /create|invite|save|send/i }).click();
      await page.locator("[name=visitor][aria-invalid=true]").waitFor();
      await page.screenshot({ path: `${OUT}/invitation-form-390-dark.png`, fullPage: true });
      assert.ok((await overflow(page)) <= 0, "scrolls sideways");
    },
    { width: 390, scheme: "dark", refusals: true },
  ));

// covers: S0-53, S0-55
test("an invitation can be cancelled, after a question", () =>
  withPage(async (page) => {
    await invite(page, "Carl Weiss");
    const main = page.getByRole("main");
    const ask = main.locator("summary").filter({ hasText: /cancel/i });
    await ask.click();
    await main.getByRole("button", { name: /yes|cancel/i }).click();
    await ask.waitFor({ state: "detached" });
    await main.getByText(/cancelled/i).first().waitFor();
    // covers: S0-44, S0-57
    await main.locator(".page-actions .chip", { hasText: "Cancelled" }).waitFor();

    const rows = await openTab(page, "invitations");
    assert.match(await rows.filter({ hasText: "Carl Weiss" }).first().innerText(), /cancelled/i);
  }));

test("names have room at every width, ordinary rows are one line, and pages that stand alone stand in the middle", async () => {
  await withPage(async (page) => {
    for (const width of [960, 1024, 1100, 1160, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const tab of ["activity", "invitations"]) {
        const rows = await openTab(page, tab);
        await rows.first().waitFor();
        const measured = await page.evaluate(() => ({
          names: Math.min(...[...document.querySelectorAll("td.cell-who")].map((cell) => cell.clientWidth)),
          beyond: [...document.querySelectorAll("tbody .chip, tbody .verdict")].filter(
            (chip) => chip.getBoundingClientRect().right > chip.closest("td").getBoundingClientRect().right + 1,
          ).length,
          sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        assert.ok(measured.names >= 150, `${tab} at ${width}: a name has ${measured.names} px`);
        assert.deepEqual([measured.beyond, measured.sideways], [0, 0], `${tab} at ${width}: cut off, sideways`);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await openTab(page, "activity");
    const heights = await page.evaluate(() =>
      [...document.querySelectorAll("tbody tr")]
        .filter((row) => !row.querySelector(".sub, .reason, .flags"))
        .filter((row) => row.querySelector(".cell-who").textContent.trim().length < 24)
        .map((row) => row.offsetHeight),
    );
    assert.ok(heights.length > 0 && heights.every((height) => height <= 48), `rows of ${heights} px`);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(at("/invitations/new"));
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("main form input, main form textarea")].filter(
        (field) => field.getBoundingClientRect().right > document.querySelector(".form").getBoundingClientRect().right,
      ).length,
    );
    assert.equal(wide, 0, "a field reaches over its card at 320 px");
  });
  await withPage(
    async (page) => {
      await page.goto(at("/sign-in"));
      const { left, right } = await page.evaluate(() => {
        const card = document.querySelector(".door-card").getBoundingClientRect();
        return { left: card.left, right: document.documentElement.clientWidth - card.right };
      });
      assert.ok(Math.abs(left - right) <= 2, `${left} px on one side, ${right} on the other`);
    },
    { admin: false },
  );
});

test("a search that the server does not answer says so, and no longer once it does", async () => {
  await withPage(
    async (page) => {
      await openTab(page, "activity");
      await page.route("**/activity?*", (route) => route.abort());
      await page.getByRole("searchbox").fill("nadia");
      await page.getByText("The server does not answer").waitFor();
      await page.unroute("**/activity?*");
      await page.getByRole("searchbox").fill("nadia f");
      await page.getByText("The server does not answer").waitFor({ state: "detached" });
      assert.ok((await page.locator("[id^=event-]").count()) > 0);
    },
    { refusals: true },
  );
});

test("nothing complained in the console, and the content security policy stopped nothing", () => {
  assert.deepEqual(complaints, []);
});
