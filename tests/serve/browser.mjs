// Goes through a page of `foremix serve` in a headless Chromium as people do, and answers with what it saw, as JSON.
//
//   node browser.mjs CHROMIUM MODULES ADDRESS STEPS FILE
//
// MODULES is a folder with node_modules (puppeteer-core, axe-core); FILE is the plan, which some steps edit beside the page.

import { createRequire } from "node:module";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [chromium, modules, address, steps, file] = process.argv.slice(2);
const require = createRequire(join(modules, "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const profile = mkdtempSync(join(tmpdir(), "foremix-browser-"));
const browser = await puppeteer.launch({
  executablePath: chromium,
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const wrong = [];
const origin = new URL(address).origin;

// A browser that has just started may drop a tab on a busy machine: another one is opened then.
async function opened(at = address, further = 2) {
  try {
    return await tab(at);
  } catch (error) {
    if (further === 0) throw error;
    return opened(at, further - 1);
  }
}

async function tab(at) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.on("console", (message) => {
    // A plan with a fault is answered with 422, which the browser reports by itself.
    const isAnswer = /status of (422|409)/.test(message.text());
    if (["error", "warn"].includes(message.type()) && !isAnswer) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) wrong.push(`request: ${url}`);
  });
  await page.setViewport({ width: 1440, height: 1000 });
  await page.goto(at, { waitUntil: "load" });
  return page;
}

const said = (page) => page.$eval("#said", (node) => node.textContent);
const rest = (page, before = "") =>
  page.waitForFunction((before) => {
    const now = document.getElementById("said").textContent;
    return now !== "" && now !== before && document.querySelectorAll("#lead .waits").length === 0;
  }, { polling: 200 }, before);
const budgets = (page) =>
  page.$$eval("#budget-list .row-head input", (fields) => fields.map((field) => Number(field.value.replace(/,/g, ""))));
const settings = (page) =>
  page.evaluate(() => {
    const code = location.hash.slice(1).replace(/-/g, "+").replace(/_/g, "/");
    return code ? JSON.parse(atob(code)).settings : [];
  });

async function press(page, selector, key, times) {
  await page.focus(selector);
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
}

async function type(page, selector, text, ends = true) {
  await page.focus(selector);
  await page.$eval(selector, (field) => field.select());
  await page.keyboard.type(text);
  if (!ends) return;
  await page.keyboard.press("Enter");
  await page.$eval(selector, (field) => field.blur());
}

// What sticks out of the page, without counting what scrolls in a box of its own.
function tooWide() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > root.clientWidth + 1 && !node.closest(".scroll, pre, .unseen"))
    .slice(0, 3)
    .map((node) => node.outerHTML.slice(0, 120));
}

async function check(page, what) {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
    for (const width of [360, 768, 1440]) {
      await page.setViewport({ width, height: 1000 });
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      for (const found of await page.evaluate(tooWide)) wrong.push(`${what}: wider than ${width} px: ${found}`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const one of found.violations) {
        wrong.push(`${what}, ${scheme}, ${width}: ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)}`);
      }
    }
  }
}

const answers = {
  async move() {
    const page = await opened();
    await rest(page);
    const before = await said(page);
    await press(page, "#budget-list input[type=range]", "ArrowRight", 12);
    await rest(page, before);
    const after = await said(page);
    const moved = await settings(page);
    await page.click("#reset");
    await rest(page, after);
    await page.click("#total-stays");
    await press(page, "#budget-list input[type=range]", "ArrowLeft", 8);
    await rest(page, before);
    const kept = await budgets(page);
    const last = await said(page);
    await page.click("#reset");
    await rest(page, last);
    const locks = await page.$$("#budget-list .lock");
    await locks[1].click();
    await press(page, "#budget-list input[type=range]", "ArrowLeft", 8);
    return { before, after, settings: moved, budgets: kept, locked: await budgets(page) };
  },
  async pin() {
    const page = await opened();
    await rest(page);
    const before = await said(page);
    await page.click("#pin");
    await press(page, "#budget-list input[type=range]", "ArrowRight", 15);
    await rest(page, before);
    await page.waitForSelector("#beside-answer .told p");
    const compared = await page.$eval("#beside-answer .told", (node) => node.textContent);
    if ((await page.$$("#beside-answer svg.chart")).length === 0) wrong.push("no chart of the comparison");
    await page.click("#save");
    await type(page, "#variant-name", "board", false);
    await page.waitForFunction(() => !document.getElementById("do-save").disabled && document.querySelectorAll("#difference .added").length > 1);
    await page.click("#do-save");
    await page.waitForFunction(() => document.getElementById("notice").textContent.includes("Saved"));
    await rest(page);
    // A fault, typed among all figures.
    await page.click("#figures summary");
    await page.type("#search", "close rate");
    const field = await page.$$eval(".figure-row:not([hidden]) input", (fields) => "#" + fields.find((own) => own.value.includes("25%")).id);
    await type(page, field, "140%");
    await page.waitForFunction((field) => document.querySelector(field).getAttribute("aria-invalid") === "true", {}, field);
    const fault = await page.$eval(field + "-fault", (node) => node.textContent);
    await page.click("#reset");
    await page.waitForFunction((field) => document.querySelector(field).getAttribute("aria-invalid") === "false", {}, field);
    writeFileSync(file, readFileSync(file, "utf8").replace("# what the bank was told", "# changed").replace("Kitchens, spring", "Kitchens, changed in an editor"));
    await page.waitForFunction(() => document.getElementById("title").textContent.includes("editor"));
    const title = await page.$eval("#title", (node) => node.textContent);
    writeFileSync(file, readFileSync(file, "utf8").replace("# changed", "# what the bank was told").replace("Kitchens, changed in an editor", "Kitchens, spring"));
    return { compared, fault, title };
  },
  async tabs() {
    const [one, two] = [await opened(), await opened()];
    await Promise.all([rest(one), rest(two)]);
    const first = await said(one);
    await two.bringToFront();
    await press(two, "#budget-list input[type=range]", "ArrowLeft", 20);
    await rest(two, first);
    const second = await said(two);
    await one.bringToFront();
    const again = await said(one);
    await two.waitForFunction(() => location.hash.length > 1);
    const third = await opened(two.url());
    await rest(third, first);
    return { first, first_again: again, second, restored: await said(third) };
  },
  async look() {
    const page = await opened();
    await rest(page);
    await page.click("#pin");
    await press(page, "#budget-list input[type=range]", "ArrowRight", 10);
    await page.waitForSelector("#beside-answer .told p");
    await page.click("#figures summary");
    await check(page, "the page");
    await page.setViewport({ width: 1440, height: 1000 });
    await page.click("#save");
    await page.waitForSelector("#difference span");
    await check(page, "saving");
    const images = (await page.$$("img")).length;
    return { images, title: await page.title() };
  },
  async hand() {
    const page = await opened();
    const folder = join(profile, "downloads");
    const session = await page.createCDPSession();
    await session.send("Page.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    await rest(page);
    await press(page, "#budget-list input[type=range]", "ArrowRight", 5);
    await page.click("#hand");
    await page.click("#get-summary");
    await page.waitForFunction(() => document.getElementById("hand-said").textContent.includes("downloads"), { polling: 200 });
    const told = await page.$eval("#hand-said", (node) => node.textContent);
    let summary = "";
    while (!summary) {
      await new Promise((done) => setTimeout(done, 100));
      const file = join(folder, "summary.json");
      if (existsSync(file)) summary = readFileSync(file, "utf8");
    }
    return { told, summary: JSON.parse(summary) };
  },
  async answers() {
    const page = await opened();
    await page.waitForSelector("#cards button");
    await check(page, "the cards");
    await page.setViewport({ width: 1440, height: 1000 });
    await page.click("#cards button");
    await rest(page);
    const before = await said(page);
    await page.waitForSelector("#q0");
    await type(page, "#q0", "1.9M");
    await rest(page, before);
    await type(page, "#q2", "a lot");
    await page.waitForFunction(() => document.getElementById("q2").getAttribute("aria-invalid") === "true");
    await check(page, "the questions");
    return { before, after: await said(page) };
  },
};

const answer = await answers[steps]();
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ ...answer, wrong }));
