// The same app in Firefox: a guard's and a member's day, with a server that falls silent and a browser that is killed.
// What is before its camera is the browser's own test picture, in which there is no code: codes come from a scanner.
// Skipped where there is no Firefox.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage, skipFirefox as skip } from "./stage.mjs";

let stage;

before(async () => {
  if (skip) return;
  stage = new Stage("firefox");
  await stage.open();
});

after(() => stage?.close());

/** The point of the key that the browser keeps for a member. */
const keyKept = ({ page }) =>
  page.evaluate(async () => {
    const came = (request) => new Promise((well, ill) => ((request.onsuccess = () => well(request.result)), (request.onerror = () => ill(request.error))));
    const database = await came(indexedDB.open("gatehouse"));
    const { publicKey } = await came(database.transaction("keys").objectStore("keys").get("code-key"));
    database.close();
    return [...new Uint8Array(await crypto.subtle.exportKey("raw", publicKey))].join();
  });

const phone = (name, kind) => stage.phone(name, kind, { firefox: true });

test("a guard's day in Firefox", { skip, timeout: 300_000 }, async (day) => {
  const email = stage.guard();
  const guard = phone("guard", "gate");
  const part = (name, does) => guard.part(day, name, does);

  await part("a device is enrolled, a shift begins, and the camera shows a picture", async () => {
    await guard.open();
    await guard.startShift(email);
    await guard.page.waitForFunction(() => document.getElementById("camera").videoWidth > 0);
    await guard.picture("camera");
  });

  await part("a code that a scanner types is VERIFIED, and the visitor is let in with a photo", async () => {
    await guard.scans(stage.visitor("Vera Visitor"));
    await guard.heading("VERIFIED: Vera Visitor").waitFor();
    await guard.picture("verified");
    await guard.tap("Grant");
    await guard.heading("Photo of the visitor").waitFor();
    await guard.tap("Take photo");
    await guard.tap("Use this photo");
    await guard.text("Vera Visitor: granted").waitFor();
  });

  await part("a walk-up while the server is silent survives that the browser is killed", async () => {
    await guard.page.evaluate(() => navigator.serviceWorker.ready);
    await guard.page.waitForFunction(async () => (await caches.keys()).length > 0);
    stage.server.kill("SIGSTOP");
    await guard.tap("Walk-up");
    await guard.type("Visitor's name", "Wally Walkup");
    await guard.tap("Register");
    await guard.heading("Walk-up: Wally Walkup").waitFor();
    await guard.kill();

    await guard.open();
    await guard.heading("Walk-up: Wally Walkup").waitFor();
    await guard.tap("Grant");
    await guard.heading("Photo of the visitor").waitFor();
    await guard.tap("Skip");
    await guard.text("Wally Walkup: granted").waitFor();
    await guard.picture("silent");
  });

  await part("once the server speaks everything is sent, and it says the same", async () => {
    stage.server.kill("SIGCONT");
    await guard.tap(guard.page.locator("#top").getByRole("button"));
    await guard.heading("Status").waitFor();
    await guard.tap("Send now");
    await guard.text("Everything was sent.").waitFor();
    const [device] = [stage.cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list);
    assert.equal(device.doubts?.length ?? 0, 0, JSON.stringify(device));
    await guard.tap("Back");
    await guard.tap("Inside");
    await guard.page.locator("#lines").getByText("2 visitors inside").waitFor();
  });
});

test("a member's code in Firefox", { skip, timeout: 300_000 }, async (day) => {
  const email = stage.member();
  const officer = stage.guard("olga@example.org", "Olga");
  const member = phone("member", "id");
  const part = (name, does) => member.part(day, name, does);
  const station = await stage.station(officer);
  // What a camera sees of it.
  const shown = async () => {
    await member.page.locator("#code svg").waitFor();
    return member.page.locator("#code").screenshot();
  };

  await part("a code from the server is VERIFIED", async () => {
    await member.open();
    await member.join(email);
    await member.picture("access-id");
    const { verdict } = station.scan(await shown());
    assert.equal(verdict, "VERIFIED");
  });

  await part("a page that was killed asks whose it is, and then makes codes with the key that it kept", async () => {
    await member.page.evaluate(() => navigator.serviceWorker.ready);
    await member.page.waitForFunction(async () => (await caches.keys()).length > 0);
    const kept = await keyKept(member);
    await member.kill();
    await member.open();
    await member.heading("Gatehouse is locked").waitFor();
    await member.tap("Sign in with a code");
    await member.signIn(email);
    await member.heading("Access ID").waitFor();
    assert.equal(await keyKept(member), kept);
    // What the key's codes rest on has come, too.
    await member.text(/Works without a network until/).waitFor();
    stage.server.kill("SIGSTOP");
    await member.tap("Get a fresh code");
    // What the server said last is shown for as long as it is good: two minutes.
    await member.text(/this phone makes the code itself/).waitFor({ timeout: 150_000 });
    await member.picture("silent");
    const picture = await shown();
    stage.server.kill("SIGCONT");
    assert.notEqual(station.scan(picture).verdict, "DENIED");
  });
});
