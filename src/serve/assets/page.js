// The what-if page: puts its parts together.

import { byId, make } from "./dom.js";
import { ask, get, worded } from "./server.js";
import { current, isSame, recall, remember, restore, state, today } from "./state.js";
import { show } from "./answer.js";
import { build, rates, refresh, showFaults } from "./controls.js";
import { look, onAnswer } from "./look.js";
import * as pins from "./pins.js";
import * as asked from "./ask.js";
import * as dialogs from "./dialogs.js";
import * as begin from "./begin.js";

// So often the file is looked at, while the page is.
const LOOK_AGAIN = 2_000;

let cards = [];
let sheet = null;
// Today's plan, whole: what stands behind whatever is moved.
let ghost = null;
let changed = null;

function note(text) {
  byId("notice").hidden = !text;
  byId("notice").textContent = text || "";
}

function faulty(reply, job) {
  const { faults, error } = reply.answer;
  const byPath = new Map();
  const others = error ? [error] : [];
  for (const fault of faults || []) {
    const setting = fault.setting === null ? null : job.state.settings[fault.setting];
    if (setting) byPath.set(setting.path, [byPath.get(setting.path), worded(fault)].filter(Boolean).join(" "));
    else others.push(worded(fault));
  }
  note([...others, ...showFaults(byPath)].join("\n"));
}

// A plan's controls and its forecast, from the start.
async function open(keepsFocus) {
  const reply = await ask("sheet", { state: today() }, "sheet");
  if (!reply) return;
  if (!reply.ok) {
    byId("subject").textContent = "The plan has faults";
    faulty(reply, { state: today() });
    return;
  }
  note("");
  sheet = reply.answer;
  ghost = null;
  byId("begin").hidden = true;
  byId("board").hidden = false;
  byId("tools").hidden = false;
  build(sheet, moved);
  variants();
  if (!keepsFocus) begin.showQuestions();
  byId("title").textContent = sheet.title;
  const whole = await ask("look", { state: today(), extent: "all" }, "today");
  if (!whole) return;
  if (!whole.ok) {
    faulty(whole, { state: today() });
    return;
  }
  ghost = whole.answer;
  rates(ghost.beyond.rates);
  const { levels, key, title } = ghost.outcome;
  const outcomes = new Map([[key, title], ["revenue", "Revenue"], ["wins", "Wins"], ["profit", "Profit"]]);
  asked.offer(sheet, [...outcomes], levels[Math.floor(levels.length / 2)] || 0);
  if (state.settings.size) look(true);
  else settle(ghost);
  pins.showPins();
}

function variants() {
  const choice = byId("variant");
  byId("variant-choice").hidden = sheet.variants.length === 0;
  choice.replaceChildren(make("option", { value: "" }, "as the file has it"), ...sheet.variants.map((name) => make("option", { value: name }, name.replace(/[-_]/g, " "))));
  choice.value = state.variant || "";
}

function settle(glance) {
  byId("reset").disabled = state.settings.size === 0;
  changed = glance.changed;
  show(glance, state.settings.size && ghost ? ghost : null);
}

function moved(atRest) {
  byId("reset").disabled = state.settings.size === 0;
  look(atRest);
}

onAnswer((reply, job) => {
  if (!reply.ok) {
    faulty(reply, job);
    return;
  }
  showFaults(new Map());
  note("");
  const isLatest = isSame(job.state, current());
  if (job.extent === "all" && !isLatest) return;
  settle(reply.answer);
  if (job.extent === "all") {
    remember();
    pins.compare();
  }
});

// Takes up a state from elsewhere: a pin, a link, an answer.
function take(saved) {
  const isOther = !isSame(saved.answers, state.answers) || saved.variant !== state.variant;
  restore(saved);
  if (isOther) {
    open(false);
    return;
  }
  refresh();
  moved(true);
}

byId("reset").addEventListener("click", () => take(today()));
byId("pin").addEventListener("click", () => note(pins.pin(changed)));
byId("save").addEventListener("click", () => dialogs.openSave(current()));
byId("hand").addEventListener("click", dialogs.openHand);
byId("variant").addEventListener("change", () => {
  state.variant = byId("variant").value || null;
  state.settings.clear();
  remember();
  open(true);
});
byId("other-business").addEventListener("click", () => {
  state.answers = null;
  state.settings.clear();
  byId("questions").hidden = true;
  byId("tools").hidden = true;
  remember();
  begin.showCards(cards);
});

pins.listen({ show: take, save: (own) => dialogs.openSave(own.state, own.name) });
asked.listen((settings) => {
  for (const setting of settings) {
    const at = setting.lastIndexOf("=");
    const path = setting.slice(0, at);
    const value = Number(setting.slice(at + 1));
    const own = sheet.channels.find((other) => other.path === path) || sheet.people.find((other) => other.path === path);
    if (own && own.value === value) state.settings.delete(path);
    else state.settings.set(path, value);
  }
  refresh();
  moved(true);
  byId("answer").focus();
});
dialogs.listen((saved, where, subject) => {
  const isShown = isSame(subject, current());
  if (where === "plan" && isShown) {
    state.settings.clear();
    state.variant = null;
  } else if (where.variant && isShown) {
    state.settings.clear();
    state.variant = where.variant;
  } else if (where.file) {
    state.answers = null;
    state.settings.clear();
  }
  remember();
  open(false).then(() => note(`Saved in ${saved.file}.`));
});
begin.listen(() => {
  remember();
  open(byId("questions").hidden === false);
});

// The file may be changed in an editor.
async function again() {
  if (document.visibilityState !== "visible" || !sheet || state.answers || document.querySelector("dialog[open]")) return;
  const found = await get("version");
  if (found && found.version && found.version !== sheet.version) {
    sheet.version = found.version;
    await open(true);
    if (byId("notice").hidden) note(`${sheet.file} was changed: this is what it says now.`);
  }
}

async function start() {
  const found = await get("start");
  if (!found) {
    note("foremix does not answer.");
    return;
  }
  cards = found.cards;
  setInterval(again, LOOK_AGAIN);
  if (!recall() && found.has_plan) restore({ variant: found.variant, settings: found.settings });
  if (!found.has_plan && !state.answers) {
    byId("subject").textContent = "Figures are moved, and the forecast follows";
    begin.showCards(cards);
    return;
  }
  await open(false);
}

window.addEventListener("hashchange", () => {
  if (recall()) open(false);
});
start();
