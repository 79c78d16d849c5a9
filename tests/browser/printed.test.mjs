// Cards and badges in Chromium: how large they print, how they look, and whether a phone's camera at an arm's length
// has pixels enough to read them.
//
//   GATEHOUSE_BIN        the binary; otherwise target/debug/gatehouse
//   GATEHOUSE_CHROMIUM   the browser; otherwise /usr/bin/chromium
//
// Pictures go to out/.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = process.env.GATEHOUSE_BIN ?? here("../../target/debug/gatehouse");
const CHROMIUM = process.env.GATEHOUSE_CHROMIUM ?? "/usr/bin/chromium";
const OUT = here("out");

const PAPERS = { card: [85.6, 53.98], badge: [88.9, 57.15] };
const NAMES = {
  short: "Vera Visitor",
  long: "Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff van der Westhuizen",
  arabic: "ليلى عبد الرحمن الزائرة",
};
// A main camera sees 69 degrees along its long side: 69 cm from half a metre away, which 1,920 pixels are to show.
const PIXELS_PER_MM = 1920 / 690;
const CSS_PIXELS_PER_MM = 96 / 25.4;
const DETAIL = 12;

let browser;
let folder;

const gatehouse = (...args) => execFileSync(BIN, args, { encoding: "utf8", env: { ...process.env, GATEHOUSE_DATA: join(folder, "server") } });

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-printed-"));
  mkdirSync(OUT, { recursive: true });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  gatehouse("init", "--name", "Oakwood Estate", "--site", "Main gate", "--admin", "ada@oak.example", "--json");
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Prints an invitation on both papers, and gives its code. */
function printed(name) {
  const made = JSON.parse(gatehouse("invitation", "add", "--name", name, "--host", "ada@oak.example", "--json"));
  const file = (paper) => join(folder, `${made.reference}-${paper}.svg`);
  gatehouse("pass", "issue", "--invitation", made.reference, "--card", file("card"), "--badge", file("badge"));
  return { code: made.code, svg: (paper) => readFileSync(file(paper), "utf8") };
}

/** A page of so many pixels to the millimetre, which is closed once it was used. */
async function onPage(pixelsPerMm, content, use) {
  const viewport = { width: 420, height: 320 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: pixelsPerMm / CSS_PIXELS_PER_MM });
  try {
    const page = await context.newPage();
    await page.setContent(`<body style="margin:0;height:100vh;display:grid;place-items:center;background:#8a8580">${content}`);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** The paper as it lies before one, or askew, in every detail. */
const seen = (svg, askew) => {
  const held = askew ? "rotate(9deg) perspective(900px) rotateY(14deg)" : "none";
  return onPage(DETAIL, `<div style="transform:${held}">${svg}</div>`, async (page) => ({
    box: await page.locator("svg").first().evaluate((drawn) => [drawn.clientWidth, drawn.clientHeight]),
    // What is written may come as far as the code's quiet zone, and no further.
    cut: await page
      .locator("svg svg text")
      .evaluateAll((texts) => texts.filter((text) => {
        const { width, height } = text.parentNode;
        const { y, height: tall } = text.getBBox();
        return text.getComputedTextLength() > width.baseVal.value || y + tall > height.baseVal.value;
      }).length),
    picture: await page.screenshot(),
  }));
};

/** What a camera makes of it: fewer pixels, a little out of focus, in poor light. */
const photographed = (picture) => {
  const image = `<img src="data:image/png;base64,${picture.toString("base64")}" style="width:420px;filter:blur(0.8px) contrast(0.7)">`;
  return onPage(PIXELS_PER_MM, image, (page) => page.screenshot());
};

for (const [kind, name] of Object.entries(NAMES)) {
  test(`a ${kind} name is printed whole at the paper's size, and the code is read at an arm's length`, async () => {
    const { code, svg } = printed(name);
    for (const [paper, [width, height]] of Object.entries(PAPERS)) {
      const close = await seen(svg(paper), false);
      writeFileSync(join(OUT, `${paper}-${kind}.png`), close.picture);
      assert.deepEqual(close.box, [Math.round(width * CSS_PIXELS_PER_MM), Math.round(height * CSS_PIXELS_PER_MM)]);
      assert.equal(close.cut, 0, `${paper}: something written is cut off`);
      const file = join(OUT, `${paper}-${kind}-far.png`);
      writeFileSync(file, await photographed((await seen(svg(paper), true)).picture));
      const read = JSON.parse(gatehouse("qr", "read", "--json", file));
      assert.equal(read.text, code, `${paper}: ${read.why}`);
    }
  });
}
