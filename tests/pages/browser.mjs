// Opens pages in a headless Chromium as readers do, and answers with what is wrong with them, one JSON line a page.
//
//   node browser.mjs CHROMIUM MODULES PAGE...
//
// MODULES is a folder with node_modules (puppeteer-core, axe-core). Nothing may be requested beside the page itself.

import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, modules, ...pages] = process.argv.slice(2);
const require = createRequire(join(modules, "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = require.resolve("axe-core/axe.min.js");

const profile = mkdtempSync(join(tmpdir(), "foremix-browser-"));
const browser = await puppeteer.launch({
  executablePath: chromium,
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

// What sticks out of the page at a width, without counting what scrolls in a box of its own.
function tooWide() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (node) => node.closest(".scroll, pre") !== null;
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(node))
    .slice(0, 3)
    .map((node) => node.outerHTML.slice(0, 120));
}

// Labels of charts whose text runs over the edge of its sheet.
function cutOff() {
  return [...document.querySelectorAll("svg.chart")].flatMap((chart) => {
    const sheet = chart.getBoundingClientRect();
    return [...chart.querySelectorAll("text")]
      .filter((text) => {
        const box = text.getBoundingClientRect();
        return box.right > sheet.right + 1 || box.left < sheet.left - 1;
      })
      .map((text) => text.textContent.trim().slice(0, 80));
  });
}

function headings() {
  const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((node) => Number(node.tagName[1]));
  const jumps = levels.filter((level, at) => (at === 0 ? level !== 1 : level > levels[at - 1] + 1));
  return { first: levels.filter((level) => level === 1).length, jumps: jumps.length };
}

for (const path of pages) {
  const wrong = [];
  const page = await browser.newPage();
  const address = pathToFileURL(path).href;
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) wrong.push(`request: ${url}`);
  });
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const width of [360, 768, 1440]) {
      await page.setViewport({ width, height: 900 });
      await page.goto(address, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready.then(() => true));
      for (const what of await page.evaluate(tooWide)) wrong.push(`wider than ${width} px: ${what}`);
      for (const what of await page.evaluate(cutOff)) wrong.push(`text is cut off at ${width} px: ${what}`);
    }
    await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
    await page.addScriptTag({ path: axe }).catch(async () => {
      // The page's own policy forbids further scripts: the checker comes in through the debugger.
      const { readFileSync } = await import("node:fs");
      await page.evaluate(readFileSync(axe, "utf8"));
    });
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const one of found.violations) {
      wrong.push(`axe, ${scheme}: ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 160)}`);
    }
  }
  const outline = await page.evaluate(headings);
  if (outline.first !== 1 || outline.jumps > 0) wrong.push(`headings: ${JSON.stringify(outline)}`);
  if (!(await page.evaluate(() => document.documentElement.lang))) wrong.push("no lang");
  // The value under the pointer is told, and a plan can be hidden.
  const told = await page.evaluate(() => {
    const part = document.querySelector(".hints rect");
    if (!part) return null;
    part.dispatchEvent(new PointerEvent("pointerenter", { clientX: 5, clientY: 5 }));
    return document.getElementById("tip").textContent;
  });
  if (told === "") wrong.push("nothing is told under the pointer");
  const hidden = await page.evaluate(() => {
    const box = document.querySelector(".toggles input[data-shows='1']");
    if (!box) return null;
    box.click();
    return [...document.querySelectorAll("[data-plan='1']")].every((part) => getComputedStyle(part).display === "none");
  });
  if (hidden === false) wrong.push("a plan that is hidden still shows");
  await page.close();

  // Without script nothing is lost.
  const plain = await browser.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.goto(address, { waitUntil: "load" });
  const pdf = {};
  for (const format of ["A4", "Letter"]) {
    const bytes = await plain.pdf({ format, printBackground: true, preferCSSPageSize: false });
    pdf[format] = Buffer.from(bytes).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  }
  await plain.close();
  console.log(JSON.stringify({ page: path, wrong, told, hidden, pdf }));
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
