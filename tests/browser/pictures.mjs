// The pictures of the app that README.md shows, from a demo that runs: node pictures.mjs

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Stage, WEB, closeStudio } from "./stage.mjs";

const PHONE = { viewport: { width: 390, height: 844 } };
const stage = new Stage("pictures");
await stage.run(["demo", "--listen", "127.0.0.1:0", "--web", WEB], /Dashboard +(http:\S+)[\s\S]*Ctrl-C/);
const told = (pattern) => stage.said.match(pattern).slice(1);
const [gate, grace] = told(/^Guard +(http:\S+)\n +sign in there as (\S+);/m);
const [id, maya] = told(/^Member +(http:\S+)\n +sign in there as (\S+)/m);
const [folder] = told(/--data (\S+)\/station /);
const demo = Object.assign(Object.create(stage), { folder });

const keep = (phone, name) => phone.page.screenshot({ path: fileURLToPath(new URL(`app-${name}.png`, import.meta.url)) });
const begin = async (phone, link, email) => {
  await phone.open(null);
  await phone.go(link);
  await phone.tap("Yes, this is right");
  await phone.signIn(email);
};
/** A picture before the camera, which reads it when it starts anew: some time after it was wanted last. */
const hold = async (phone, picture, how) => {
  await phone.sees(picture, { side: 690, tilt: 5, away: 12, ...how });
  await phone.tap(phone.page.locator("#bar").getByRole("button", { name: /^Expected/ }));
  await phone.page.waitForTimeout(11_000);
  await phone.tap("Back");
};
const code = (name) => {
  const { reference } = demo.cli("invitation", "add", "--name", name, "--site", "North gate");
  demo.cli("pass", "issue", "--invitation", reference, "--png", `${stage.folder}/code.png`);
  return readFileSync(`${stage.folder}/code.png`);
};

const member = stage.phone("member", "id", PHONE);
await begin(member, id, maya);
await member.page.locator("#code svg").waitFor();
await member.page.waitForTimeout(1500);
await keep(member, "access-id");

const guard = stage.phone("guard", "gate", PHONE);
await begin(guard, gate, grace);
await guard.tap(guard.page.getByRole("button", { name: "North gate" }));
await guard.button("Walk-up").waitFor();
await guard.tap(guard.page.locator("#bar").getByRole("button", { name: /^Expected/ }));
await guard.text("Charlotte Dubois").waitFor();
await keep(guard, "expected");
await guard.tap("Back");
await hold(guard, await member.page.screenshot());
await guard.heading("VERIFIED: Maya Lindqvist").waitFor();
await guard.page.waitForTimeout(600);
await keep(guard, "verified");
await guard.tap("Grant");
await guard.text("Maya Lindqvist: granted").waitFor();
await guard.page.evaluate(() => navigator.serviceWorker.ready);
await guard.context.setOffline(true);
await hold(guard, code("Nadia Osei"), { side: 440 });
await guard.heading("CAUTION: Nadia Osei").waitFor();
await guard.page.waitForTimeout(600);
await keep(guard, "caution");
await guard.tap("Deny");
await guard.context.setOffline(false);

await member.tap("Invite");
await member.type("Visitor's name", "Vera Visitor");
await member.tap(member.row("Tomorrow"));
await member.tap("Create invitation");
await member.page.locator("#app[data-kind=invitation] #code svg").waitFor();
await member.page.waitForTimeout(600);
await keep(member, "invitation");

await guard.page.setViewportSize({ width: 1280, height: 800 });
await hold(guard, await member.page.screenshot(), { side: 640 });
await guard.heading("DENIED: Vera Visitor").waitFor();
await guard.page.waitForTimeout(600);
await keep(guard, "denied-desk");
await stage.close();
await closeStudio();
