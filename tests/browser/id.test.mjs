// A member's page: the real program in Chromium's worker against a real server and a real station, from joining to
// signing out. Skipped where the program was not built (bindings/web/build).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Stage, closeStudio, skip } from "./stage.mjs";

const MEMBER = "mia@example.org";
let stage;
let phone;
let station;
let key; // the public half of the phone's key

before(async () => {
  if (skip) return;
  stage = new Stage("id");
  // A browser asks for a finger only at a name, and not at a number.
  await stage.open();
  stage.address = stage.address.replace("127.0.0.1", "localhost");
  stage.member(MEMBER);
  station = await stage.station(stage.guard());
  stage.cli("member-code", "--url", stage.address, "--png", `${stage.folder}/members.png`);
  phone = stage.phone("mia", "id", { viewport: { width: 360, height: 640 } });
  await phone.sees(readFileSync(`${stage.folder}/members.png`));
});

after(async () => {
  await stage?.close();
  await closeStudio();
});

/** What stands in the code, and what it looked like while it changed: how often a frame was drawn without one. */
const watchCode = () =>
  phone.page.evaluate(() => {
    const box = document.getElementById("code");
    window.seen = { codes: new Set(), frames: 0, empty: 0 };
    const look = () => {
      const path = box.querySelector("path");
      window.seen.frames += 1;
      if (!path || box.hidden || !path.getBoundingClientRect().width) window.seen.empty += 1;
      else window.seen.codes.add(path.getAttribute("d"));
      if (window.seen.on !== false) requestAnimationFrame(look);
    };
    look();
  });
const watched = () => phone.page.evaluate(() => ((window.seen.on = false), { ...window.seen, codes: window.seen.codes.size }));
const codeShown = () => phone.page.locator("#code path").getAttribute("d");
const changed = (before) => phone.page.waitForFunction((path) => ![null, undefined, path].includes(document.querySelector("#code path")?.getAttribute("d")), before);
const photograph = () => phone.page.locator("#code svg").screenshot();

/** What the browser keeps of the key by which the phone makes codes itself; nothing where there is none. */
const keyKept = () =>
  phone.page.evaluate(async () => {
    const came = (request) => new Promise((well, ill) => ((request.onsuccess = () => well(request.result)), (request.onerror = () => ill(request.error))));
    const database = await came(indexedDB.open("gatehouse"));
    const pair = await came(database.transaction("keys").objectStore("keys").get("code-key"));
    database.close();
    if (!pair) return null;
    const { privateKey: key, publicKey } = pair;
    const read = (format) => crypto.subtle.exportKey(format, key).then(() => "read", ({ name }) => name);
    const { name, namedCurve } = key.algorithm;
    return {
      is: { key: key instanceof CryptoKey, type: key.type, extractable: key.extractable, name, namedCurve, usages: [...key.usages] },
      read: [await read("jwk"), await read("pkcs8")],
      point: [...new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))].join(),
    };
  });
const SEALED = {
  is: { key: true, type: "private", extractable: false, name: "ECDSA", namedCurve: "P-256", usages: ["sign"] },
  read: ["InvalidAccessError", "InvalidAccessError"],
};

/** The app is left, or comes back: a headless browser has no other app before it. */
const leave = (away) =>
  phone.page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, away);

test("a member's day in a browser", { skip, timeout: 600_000 }, async (day) => {
  const part = (name, does) => phone.part(day, name, does);

  await day.test("the organisation's code before the camera and a one-time code lead to the access ID", async () => {
    await phone.open();
    await phone.button("Yes, this is right").waitFor();
    await phone.picture("join");
    await phone.tap("Yes, this is right");
    await phone.signIn(MEMBER);
    await phone.heading("Access ID").waitFor();
    await phone.page.locator("#code svg").waitFor();
    await phone.text("Mia Member").waitFor();
    await phone.text(/Works without a network until/).waitFor();
    assert.ok(await phone.page.locator("#passes.ring").isVisible());
    const { point, ...kept } = await keyKept();
    assert.deepEqual(kept, SEALED);
    key = point;
    await phone.picture("access-id");
  });

  await part("a fresh code comes without a flicker, and a station takes it", async () => {
    const first = await codeShown();
    await watchCode();
    await phone.tap("Get a fresh code");
    await changed(first);
    await phone.page.waitForTimeout(300);
    const { frames, empty, codes } = await watched();
    assert.deepEqual({ empty, codes }, { empty: 0, codes: 2 }, `of ${frames} frames`);
    const { verdict } = station.scan(await photograph(), "--grant");
    assert.equal(verdict, "VERIFIED");
    station.sync();
  });

  // covers: S2-122
  await part("a message stands above the code, and is text whatever it looks like", async () => {
    const title = '<img src="x" onerror="window.ran = true"><b>Water</b>';
    const body = "None until noon.\nUse the <i>tap</i> at the gate.";
    const { id } = stage.cli("user", "message", MEMBER, "--severity", "critical", "--title", title, "--body", body);
    const markup = () => phone.page.locator(":is(#lines, #small, #rows) :is(b, i, img)").count();
    // Whoever comes back to the app is told at once.
    await leave(true);
    await leave(false);
    await phone.text(`◆ Critical: ${title}`).waitFor();
    await phone.page.locator("#code svg").waitFor();
    assert.equal(await markup(), 0);
    await phone.picture("critical");
    await phone.tap("Read the message");
    await phone.text("Use the <i>tap</i> at the gate.").waitFor();
    assert.equal(await markup(), 0);
    await phone.picture("message");
    await phone.tap("Back");
    await phone.heading("Access ID").waitFor();
    const readAt = () => stage.cli("user", "messages", MEMBER)[0].read_at;
    for (let tries = 0; tries < 50 && readAt() === null; tries += 1) await phone.page.waitForTimeout(200);
    assert.equal(typeof readAt(), "number", "the server knows that it was read");
    await phone.tap("Messages");
    await phone.row(title).waitFor();
    assert.deepEqual([await markup(), await phone.page.evaluate(() => window.ran)], [0, undefined]);
    await phone.picture("messages");
    stage.cli("user", "remove-message", MEMBER, id);
    await phone.tap("Back");
    await phone.heading("Access ID").waitFor();
    await leave(true);
    await leave(false);
    await phone.text("◆ Critical").waitFor({ state: "detached" });
  });

  await part("a visitor is invited by three taps and a name", async () => {
    await phone.tap("Invite");
    await phone.type("Visitor's name", "Vera Visitor");
    await phone.tap(phone.row("Tomorrow"));
    await phone.picture("invite");
    await phone.tap("Create invitation");
    await phone.heading("Invitation for Vera Visitor").waitFor();
    await phone.page.locator("#code svg").waitFor();
    await phone.picture("invitation");
    const [made] = stage.cli("invitation", "list").invitations ?? stage.cli("invitation", "list");
    assert.equal(made.name, "Vera Visitor");
  });

  await part("it is shared as a text and a picture of its code", async () => {
    await phone.page.evaluate(() => {
      navigator.canShare = ({ files }) => files?.every(({ type }) => type === "image/png");
      navigator.share = async ({ files = [], ...texts }) => {
        const bytes = await Promise.all(files.map(async (file) => [...new Uint8Array(await file.arrayBuffer())]));
        window.shared = { ...texts, names: files.map(({ name }) => name), bytes };
      };
    });
    await phone.tap("Share");
    const shared = await (await phone.page.waitForFunction(() => window.shared)).jsonValue();
    assert.equal(shared.title, "Invitation to Oakwood");
    assert.match(shared.text, /^Vera Visitor, you are invited to Oakwood: .+ Show this code at the gate\. Reference: \S+$/);
    assert.deepEqual(shared.names, ["gatehouse.png"]);
    // It opens tomorrow: the gate reads it, and says so.
    const { verdict, code } = station.scan(Buffer.from(shared.bytes[0]));
    assert.equal(verdict, "DENIED", code);
  });

  await part("it is cancelled, and the server knows", async () => {
    await phone.tap("Cancel invitation");
    await phone.heading("Cancel this invitation?").waitFor();
    await phone.tap("Cancel it");
    await phone.text(/Cancelled/).waitFor();
    await phone.picture("cancelled");
    await phone.tap("Back");
  });

  await part("where the code was used is listed, and earlier codes are invalidated", async () => {
    await phone.heading("Your invitations").or(phone.heading("Access ID")).waitFor();
    if (await phone.heading("Your invitations").isVisible()) await phone.tap("Back");
    await phone.heading("Access ID").waitFor();
    const old = await photograph();
    await phone.tap("Activity");
    await phone.heading("Where your code was used").waitFor();
    await phone.row("North gate").waitFor();
    await phone.picture("activity");
    await phone.tap(phone.row("North gate"));
    await phone.text("The check said VERIFIED.").waitFor();
    await phone.picture("entry");
    await phone.tap("Back");
    await phone.tap("Back");
    await phone.tap("Invalidate earlier codes");
    await phone.picture("invalidate");
    await phone.tap("Invalidate them");
    await phone.text("Every earlier access ID fails from now on.").waitFor();
    await phone.page.locator("#code svg").waitFor();
    assert.equal(station.scan(old).verdict, "DENIED");
    assert.notEqual(station.scan(await photograph()).verdict, "DENIED");
  });

  await part("without a network the phone makes codes itself, and does so after it was killed", async () => {
    await phone.page.evaluate(() => navigator.serviceWorker.ready);
    await phone.page.waitForFunction(async () => (await caches.keys()).length > 0);
    await phone.context.setOffline(true);
    const online = await codeShown();
    await phone.tap("Get a fresh code");
    // What the server said last is shown for as long as it is good: two minutes.
    await phone.text(/this phone makes the code itself/).waitFor({ timeout: 150_000 });
    assert.notEqual(await codeShown(), online);
    await phone.picture("offline");
    assert.notEqual(station.scan(await photograph()).verdict, "DENIED");
    await phone.kill();

    // Opened anew it is locked, and asks at once whose it is: nothing of that needs a network.
    await phone.open(null);
    await phone.finger();
    await phone.context.setOffline(true);
    await phone.go();
    await phone.heading("Access ID").waitFor();
    await phone.page.locator("#code svg").waitFor();
    await phone.text(/this phone makes the code itself/).waitFor();
    await phone.picture("reopened-offline");
    assert.notEqual(station.scan(await photograph()).verdict, "DENIED");
    assert.equal((await keyKept()).point, key);
    const own = await codeShown();
    await watchCode();
    await changed(own);
    assert.equal((await watched()).empty, 0);
    await phone.context.setOffline(false);
    await phone.tap("Get a fresh code");
    await phone.text(/this phone makes the code itself/).waitFor({ state: "detached" });
  });

  await part("left, it locks itself, and opens to whoever proves that the phone is theirs", async () => {
    await phone.tap("Settings");
    await phone.tap(phone.row("As soon as it is left"));
    await phone.page.locator("#rows .marked").getByText("As soon as it is left").waitFor();
    await phone.picture("settings");
    await phone.tap("Back");
    await phone.heading("Access ID").waitFor();
    await phone.sensor.theirs(false);
    await leave(true);
    await phone.page.waitForFunction(() => !document.querySelector("#code path") || document.getElementById("code").hidden);
    await leave(false);
    await phone.heading("Gatehouse is locked").waitFor();
    assert.equal(await phone.page.locator("#code svg").isVisible(), false);
    await phone.picture("locked");
    await phone.tap("Unlock");
    await phone.page.waitForTimeout(1000);
    await phone.heading("Gatehouse is locked").waitFor();
    await phone.sensor.theirs(true);
    await phone.tap("Unlock");
    await phone.heading("Access ID").waitFor();
    // Asked at once when they come back.
    await leave(true);
    await leave(false);
    await phone.heading("Access ID").waitFor();
    await phone.sensor.theirs(false);
    await leave(true);
    await leave(false);
    await phone.heading("Gatehouse is locked").waitFor();
    await phone.sensor.theirs(true);
    await phone.tap("Unlock");
    await phone.heading("Access ID").waitFor();
    await phone.page.locator("#code svg").waitFor();

    // Killed and opened again it is locked, too; and where the browser cannot ask, a one-time code is the way in.
    await phone.kill();
    await phone.open();
    await phone.heading("Gatehouse is locked").waitFor();
    await phone.text("This phone can't ask who holds it. Sign in with a code from your e-mail instead.").waitFor();
    await phone.picture("cannot-ask");
  });

  await part("signed out, the phone has forgotten the member", async () => {
    await phone.tap("Sign in with a code");
    await phone.signIn(MEMBER);
    await phone.heading("Access ID").waitFor();
    await phone.text(/Works without a network until/).waitFor();
    assert.deepEqual((await keyKept()).is, SEALED.is);
    await phone.tap("Settings");
    await phone.tap("Sign out");
    await phone.heading("Sign out?").waitFor();
    await phone.tap("Sign out");
    await phone.heading("Sign in").waitFor();
    assert.equal(await phone.page.getByText("Mia Member").count(), 0);
    assert.equal(await keyKept(), null);
    await phone.page.reload();
    await phone.heading("Sign in").waitFor();
    await phone.picture("signed-out");
  });
});
