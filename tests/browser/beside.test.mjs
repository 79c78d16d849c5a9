// A member's page beside a guard's: the code on the one, photographed as phones are held at a gate, is read by the
// other's camera. Skipped where the program was not built (bindings/web/build).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage, closeStudio, skip } from "./stage.mjs";

let stage;
let member;
let guard;

before(async () => {
  if (skip) return;
  stage = new Stage("beside");
  await stage.open();
  guard = stage.phone("guard", "gate");
  member = stage.phone("member", "id", { viewport: { width: 360, height: 640 } });
});

after(async () => {
  await stage?.close();
  await closeStudio();
});

/** Holds the member's phone before the guard's camera, as it looks there. */
async function hold(how) {
  await guard.sees(await member.page.screenshot(), { side: 690, ...how });
  await guard.page.reload();
}

const lines = () => guard.page.locator("#lines .line, #checks .check").allTextContents();

test("a member shows a code to a guard", { skip, timeout: 600_000 }, async (day) => {
  const part = (name, does) => guard.part(day, name, does);

  await day.test("both are ready", async () => {
    const [grace, mia] = [stage.guard(), stage.member()];
    await guard.open(null);
    await guard.startShift(grace);
    await guard.page.evaluate(() => navigator.serviceWorker.ready);
    await guard.page.waitForFunction(async () => (await caches.keys()).length > 0);
    await member.open(null);
    await member.join(mia);
  });

  await part("with a network, held slantwise and not quite still, it is VERIFIED", async () => {
    await hold({ tilt: 9, away: 22, blur: 1, noise: 12 });
    await guard.heading("VERIFIED: Mia Member").waitFor();
    await guard.picture("verified");
    await member.picture("shown");
    await guard.tap("Grant");
    await guard.text("Mia Member: granted").waitFor();
  });

  await part("in the dusk, from a phone without a network, its own code is VERIFIED: the gate asks the server", async () => {
    await member.page.evaluate(() => navigator.serviceWorker.ready);
    await member.context.setOffline(true);
    // What the server said last is shown for as long as it is good: two minutes.
    await member.text(/this phone makes the code itself/).waitFor({ timeout: 150_000 });
    await hold({ tilt: -6, away: -15, blur: 0.8, noise: 14, light: 0.45 });
    await guard.heading("VERIFIED: Mia Member").waitFor();
    const said = await lines();
    for (const words of [/^The code is good, and this person is expected here\.$/, /^Phone proof The member's phone made the code just then\.$/, /^Server The server was asked and agreed\.$/]) {
      assert.ok(said.some((line) => words.test(line)), `${words} is not among ${said.join("; ")}`);
    }
    await guard.picture("own-code");
    await guard.tap("Grant");
    await guard.text("Mia Member: granted").waitFor();
  });

  await part("with no network at either, it is CAUTION, and says what it rests on", async () => {
    await guard.context.setOffline(true);
    const before = await member.page.locator("#code path").getAttribute("d");
    await member.page.waitForFunction((path) => document.querySelector("#code path").getAttribute("d") !== path, before);
    await hold({ tilt: 4, away: 25, blur: 1.2, noise: 10, light: 1.25 });
    await guard.heading("CAUTION: Mia Member").waitFor();
    const said = await lines();
    for (const words of [/^Checked offline: by the gate pack \d+ of \d\d:\d\d/, /^Server Checked offline$/, /^Phone proof The member's phone made the code just then\.$/]) {
      assert.ok(said.some((line) => words.test(line)), `${words} is not among ${said.join("; ")}`);
    }
    await guard.picture("caution");
    await guard.tap("Grant");
    await guard.text("Mia Member: granted").waitFor();
    await guard.page.getByRole("button", { name: /offline/ }).waitFor();
  });

  await part("back on the network, everything reaches the server", async () => {
    await guard.context.setOffline(false);
    await guard.tap(guard.page.locator("#top").getByRole("button"));
    await guard.tap("Send now");
    await guard.text("Everything was sent.").waitFor();
  });
});
