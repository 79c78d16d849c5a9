// A guard's day in the app: the real program in Chromium's worker, against a real server, with a film before the camera
// and a browser that is killed. Skipped where the program was not built (bindings/web/build).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Stage, closeStudio, skip } from "./stage.mjs";

let stage;
let guard;
let email;

before(async () => {
  if (skip) return;
  stage = new Stage("gate");
  await stage.open();
  email = stage.guard();
  const { reference } = stage.cli("invitation", "add", "--name", "Vera Visitor", "--site", "North gate");
  stage.cli("pass", "issue", "--invitation", reference, "--png", `${stage.folder}/vera.png`);
  guard = stage.phone("guard", "gate");
  await guard.sees(readFileSync(`${stage.folder}/vera.png`));
});

after(async () => {
  await stage?.close();
  await closeStudio();
});

/** From now on the worker gets no frames: nobody holds a code before the camera any more. The picture goes on. */
async function takeCodeAway() {
  const dark = () => {
    window.VideoFrame = class {
      constructor() {
        throw new Error("nothing is held before the camera");
      }
    };
  };
  await guard.context.addInitScript(dark);
  await guard.page.evaluate(dark);
}

test("a guard's day in a browser", { skip, timeout: 600_000 }, async (day) => {
  const part = (name, does) => guard.part(day, name, does);

  await part("a link enrols the device, and a one-time code signs the guard in", async () => {
    const { code } = stage.cli("device", "code", "--url", stage.address);
    await guard.open(`#enrol=${encodeURIComponent(code)}`);
    await guard.button("Yes, this is right").waitFor();
    assert.equal(new URL(guard.page.url()).hash, "");
    await guard.picture("enrol");
    await guard.tap("Yes, this is right");
    await guard.signIn(email);
    await guard.heading("Start your shift").waitFor();
    await guard.picture("start");
    await guard.tap(guard.page.getByRole("button", { name: "North gate" }));
  });

  await part("a code before the camera is VERIFIED, and the visitor is let in", async () => {
    await guard.heading("VERIFIED: Vera Visitor").waitFor();
    await guard.picture("verified");
    await takeCodeAway();
    await guard.tap("Grant");
    await guard.heading("Photo of the visitor").waitFor();
    await guard.page.waitForFunction(() => document.getElementById("camera").videoWidth > 0);
    await guard.tap("Take photo");
    await guard.button("Use this photo").waitFor();
    await guard.page.waitForFunction(() => document.getElementById("picture").naturalWidth > 0);
    await guard.picture("photo");
    await guard.tap("Use this photo");
    await guard.text("Vera Visitor: granted").waitFor();
    await guard.picture("camera");
  });

  await part("without a network a walk-up is written down, and survives that the browser is killed", async () => {
    await guard.page.evaluate(() => navigator.serviceWorker.ready);
    await guard.page.waitForFunction(async () => (await caches.keys()).length > 0);
    await guard.context.setOffline(true);
    await guard.tap("Walk-up");
    await guard.type("Visitor's name", "Wally Walkup");
    await guard.tap("Register");
    await guard.heading("Walk-up: Wally Walkup").waitFor();
    await guard.picture("walk-up");
    await guard.kill();

    await guard.open(null);
    await takeCodeAway();
    await guard.context.setOffline(true);
    await guard.go();
    await guard.heading("Walk-up: Wally Walkup").waitFor();
    await guard.tap("Grant");
    await guard.heading("Photo of the visitor").waitFor();
    await guard.tap("Skip");
    await guard.text("Wally Walkup: granted").waitFor();
    await guard.page.getByRole("button", { name: /offline/ }).waitFor();
    await guard.picture("offline");
  });

  await part("another window is told that the station is open here", async () => {
    await guard.context.setOffline(false);
    const other = await guard.context.newPage();
    await other.goto(`${stage.address}/gate/`);
    await other.getByRole("heading", { name: "Gatehouse is open elsewhere" }).waitFor();
    await other.close();
  });

  await part("with the network back everything is sent, and the server says the same", async () => {
    await guard.tap(guard.page.locator("#top").getByRole("button"));
    await guard.heading("Status").waitFor();
    await guard.tap("Send now");
    await guard.text("Everything was sent.").waitFor();
    await guard.picture("status");
    const [device] = [stage.cli("device", "list")].flat(2).flatMap((list) => list.devices ?? list);
    assert.equal(device.doubts?.length ?? 0, 0, JSON.stringify(device));
    await guard.tap("Back");
    await guard.tap("Inside");
    await guard.page.locator("#lines").getByText("2 visitors inside").waitFor();
    await guard.text("Vera Visitor").first().waitFor();
    await guard.picture("inside");
  });
});
