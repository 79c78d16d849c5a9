// What `gatehouse demo` prints, tried as somebody would who has never seen it: each of its three links is opened. The
// app's are skipped where the program was not built (bindings/web/build).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage, WEB, skip } from "./stage.mjs";

let stage;
let links;

before(async () => {
  stage = new Stage("demo");
  await stage.run(["demo", "--listen", "127.0.0.1:0", "--web", WEB], /Dashboard +(http:\S+)[\s\S]*Ctrl-C/);
  const [, signIn] = stage.said.match(/^Sign in +(http:\S+)$/m);
  const [, gate, guard] = stage.said.match(/^Guard +(http:\S+)\n +sign in there as (\S+);/m);
  const [, id, member] = stage.said.match(/^Member +(http:\S+)\n +sign in there as (\S+)/m);
  links = { signIn, gate, guard, id, member };
});

after(() => stage?.close());

test("the link to the dashboard signs in", { timeout: 120_000 }, async () => {
  const desk = stage.phone("desk", "", { viewport: { width: 1280, height: 800 } });
  await desk.open(null);
  await desk.go(links.signIn);
  await desk.page.getByRole("button", { name: "Sign in" }).click();
  await desk.page.getByRole("link", { name: "Activity" }).first().waitFor();
  assert.equal(new URL(desk.page.url()).origin, new URL(stage.address).origin);
  await desk.picture("dashboard");
});

test("the guard's link enrols, and leads to the camera", { skip, timeout: 180_000 }, async () => {
  const phone = stage.phone("guard", "gate", { viewport: { width: 360, height: 640 } });
  await phone.open(null);
  await phone.go(links.gate);
  assert.equal(new URL(phone.page.url()).hash, "");
  await phone.tap("Yes, this is right");
  await phone.signIn(links.guard);
  await phone.tap(phone.page.getByRole("button", { name: "North gate" }));
  await phone.button("Walk-up").waitFor();
  await phone.picture("camera");
  await phone.tap(phone.page.getByRole("button", { name: /^Expected/ }));
  await phone.heading("Expected today").waitFor();
  await phone.text("Charlotte Dubois").waitFor();
  await phone.picture("expected");
});

test("the member's link leads to the access ID", { skip, timeout: 180_000 }, async () => {
  const phone = stage.phone("member", "id", { viewport: { width: 360, height: 640 } });
  await phone.open(null);
  await phone.go(links.id);
  assert.equal(new URL(phone.page.url()).hash, "");
  // Only under a name a browser can ask whose phone it is.
  assert.equal(new URL(phone.page.url()).hostname, "localhost");
  await phone.tap("Yes, this is right");
  await phone.signIn(links.member);
  await phone.heading("Access ID").waitFor();
  await phone.page.locator("#code svg").waitFor();
  await phone.text("Maya Lindqvist").waitFor();
  await phone.picture("access-id");
});
