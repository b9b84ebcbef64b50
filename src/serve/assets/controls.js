// What can be moved: budgets, people, the rates that matter most, and every other figure.

import { byId, grouped, make, number, prose, rounded } from "./dom.js";
import { locks, state } from "./state.js";

let sheet = null;
let moved = () => {};
// Every control of a path: it takes up what was set, and shows what is wrong with it.
const fields = new Map();
let counter = 0;

function register(path, take, fault) {
  if (!fields.has(path)) fields.set(path, []);
  fields.get(path).push({ take, fault });
}

// Sets a figure; where it is what the file has, it counts as not moved.
function set(path, value, isToday) {
  if (isToday) state.settings.delete(path);
  else state.settings.set(path, value);
  for (const field of fields.get(path) || []) field.take();
}

const faultLine = (id) => make("p", { class: "fault", id });

// Shows faults by path; says which of them found no field.
export function showFaults(byPath) {
  const lost = [];
  for (const [path, own] of fields) own.forEach((field) => field.fault(byPath.get(path) || ""));
  for (const [path, text] of byPath) if (!fields.has(path)) lost.push(text);
  return lost;
}

// Takes up what was set from elsewhere.
export function refresh() {
  for (const own of fields.values()) own.forEach((field) => field.take());
  showTotal();
}

// Builds the controls of a plan; `onmove(atRest)` hears of every move.
export function build(plan, onmove) {
  sheet = plan;
  moved = onmove;
  fields.clear();
  locks.clear();
  byId("budgets").hidden = plan.channels.length === 0;
  byId("budget-list").replaceChildren(...plan.channels.map(budget));
  byId("people").hidden = plan.people.length === 0;
  byId("people-list").replaceChildren(...plan.people.map(group));
  byId("rates").hidden = true;
  byId("rate-list").replaceChildren();
  byId("figure-list").replaceChildren();
  if (byId("figures").open) figures();
  refresh();
}

// ---- budgets

const moneyOf = (own) => {
  const value = state.settings.get(own.path);
  return typeof value === "number" ? value : own.value;
};

const lockShape = '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="5" y="11" width="14" height="10" rx="2"></rect><path d="M8 11V7a4 4 0 0 1 8 0v4"></path></svg>';

function budget(own) {
  const id = `f${(counter += 1)}`;
  const typed = make("input", { id, inputmode: "decimal", autocomplete: "off", "aria-describedby": id + "-fault" });
  const slider = make("input", { type: "range", min: 0, max: own.most, step: "any", "aria-label": `${own.label}, budget` });
  const lock = make("button", { type: "button", class: "lock", "aria-pressed": "false", "aria-label": `Keep the budget of ${own.label}`, title: "Keep this budget" });
  lock.append(new DOMParser().parseFromString(lockShape, "text/html").querySelector("svg"));
  const mark = make("span", { class: "today", "aria-hidden": "true" });
  mark.style.left = place(own.value / own.most);
  const fault = faultLine(id + "-fault");
  const row = make("div", { class: "row" },
    make("div", { class: "row-head" }, make("label", { for: id }, own.label), typed, lock),
    make("div", { class: "slide" }, slider, mark), fault);
  const step = (value) => Math.round(value / own.step) * own.step;
  const move = (value, atRest) => {
    give(own, value);
    moved(atRest);
  };
  slider.addEventListener("input", () => move(rounded(step(Number(slider.value))), false));
  slider.addEventListener("change", () => moved(true));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(Math.min(own.most, Math.max(0, step(moneyOf(own)) + by * own.step)), false);
  });
  typed.addEventListener("change", () => {
    const value = number(typed.value);
    if (value === null) set(own.path, typed.value.trim(), typed.value.trim() === "");
    else give(own, value);
    moved(true);
  });
  lock.addEventListener("click", () => {
    if (!locks.delete(own.name)) locks.add(own.name);
    lock.setAttribute("aria-pressed", String(locks.has(own.name)));
    slider.disabled = typed.disabled = locks.has(own.name);
  });
  register(own.path, () => {
    const value = state.settings.get(own.path);
    const money = moneyOf(own);
    typed.value = typeof value === "string" ? value : grouped(money);
    slider.max = Math.max(own.most, money);
    slider.value = money;
    slider.setAttribute("aria-valuetext", `${grouped(money)} ${sheet.currency}`.trim());
    row.classList.toggle("moved", state.settings.has(own.path));
  }, (text) => invalid(typed, fault, text));
  return row;
}

const place = (share) => `calc(${Math.min(1, Math.max(0, share))} * (100% - 1rem) + .5rem - 1px)`;

function invalid(input, line, text) {
  line.replaceChildren(...prose(text));
  input.setAttribute("aria-invalid", String(text !== ""));
}

// Gives a channel its budget. Where the total stays, the others that are not locked share the rest as they did before.
function give(own, wish) {
  const before = moneyOf(own);
  let value = wish;
  if (byId("total-stays").checked) {
    const others = sheet.channels.filter((other) => other !== own && !locks.has(other.name));
    const sum = others.reduce((total, other) => total + moneyOf(other), 0);
    value = Math.min(wish, before + sum);
    const rest = sum + before - value;
    let left = rest;
    others.forEach((other, at) => {
      const share = sum > 0 ? (moneyOf(other) * rest) / sum : rest / others.length;
      const money = at === others.length - 1 ? left : Math.round(share);
      left -= money;
      setMoney(other, Math.max(0, money));
    });
    if (others.length === 0) value = before;
  }
  setMoney(own, value);
  showTotal();
}

const setMoney = (own, value) => set(own.path, value, Math.abs(value - own.value) < 1e-9);

function showTotal() {
  if (!sheet) return;
  const total = sheet.channels.reduce((sum, own) => sum + moneyOf(own), 0);
  const was = sheet.channels.reduce((sum, own) => sum + own.value, 0);
  const unit = sheet.currency ? ` ${sheet.currency}` : "";
  byId("total").textContent = grouped(total) + unit + (Math.abs(total - was) > 0.5 ? ` (today ${grouped(was)})` : "");
}

// ---- people

function group(own) {
  const id = `f${(counter += 1)}`;
  const typed = make("input", { id, inputmode: "numeric", autocomplete: "off", "aria-describedby": id + "-fault" });
  const fault = faultLine(id + "-fault");
  const now = () => {
    const value = state.settings.get(own.path);
    return typeof value === "number" ? value : own.value;
  };
  const move = (value) => {
    set(own.path, value, value === own.value);
    moved(true);
  };
  const by = (change, name) => make("button", { type: "button", "aria-label": `One ${name} of ${own.name}`, onclick: () => move(Math.max(0, now() + change)) }, change > 0 ? "+" : "−");
  typed.addEventListener("change", () => {
    const value = number(typed.value);
    move(value === null ? typed.value.trim() || own.value : value);
  });
  const row = make("div", { class: "row" },
    make("div", { class: "row-head" }, make("label", { for: id }, own.name, make("span", { class: "does" }, `work on ${own.does}`)),
      make("span", { class: "count" }, by(-1, "fewer"), typed, by(1, "more"))), fault);
  register(own.path, () => {
    const value = state.settings.get(own.path);
    typed.value = value === undefined ? own.value : value;
    row.classList.toggle("moved", state.settings.has(own.path));
  }, (text) => invalid(typed, fault, text));
  return row;
}

// ---- rates that matter most

export function rates(paths) {
  const found = paths.map((path) => sheet.figures.find((own) => own.path === path && own.range)).filter(Boolean);
  byId("rates").hidden = found.length === 0;
  byId("rate-list").replaceChildren(...found.map(rate));
  refresh();
}

const told = (own, value) => (own.in_percent ? `${Number((100 * value).toPrecision(3))}%` : Number(value.toPrecision(3)).toLocaleString("en-US"));

function rate(own) {
  const id = `f${(counter += 1)}`;
  const today = own.range;
  const width = today.high - today.low || Math.abs(today.middle) || 1;
  const least = own.bounds[0] ?? -Infinity;
  const most = own.bounds[1] ?? Infinity;
  const low = Math.max(least, today.low - width);
  const high = Math.min(most, today.high + width);
  const STEPS = 400;
  const share = (value) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const band = make("span", { class: "band" });
  const before = make("span", { class: "was-band" });
  const set3 = (node, range) => {
    node.style.left = `${100 * share(range.low)}%`;
    node.style.width = `${100 * (share(range.high) - share(range.low))}%`;
  };
  set3(before, today);
  const said = make("span", { class: "range-said" });
  const fault = faultLine(id + "-fault");
  const undo = make("button", { type: "button", class: "undo", onclick: () => { set(own.path, null, true); moved(true); } }, "Undo");
  undo.setAttribute("aria-label", `Undo ${own.group} ${own.name}`);
  const now = () => {
    const value = state.settings.get(own.path);
    if (value && typeof value === "object") return value;
    return typeof value === "number" ? { low: value, middle: value, high: value } : today;
  };
  const ends = { low: "low end, P10", middle: "middle, P50", high: "high end, P90" };
  const inputs = Object.keys(ends).map((end) => {
    const input = make("input", { type: "range", class: end, min: 0, max: STEPS, step: 1, "aria-label": `${own.group} ${own.name}, ${ends[end]}`, "aria-describedby": id + "-fault" });
    input.addEventListener("input", () => {
      const value = low + ((high - low) * Number(input.value)) / STEPS;
      set(own.path, along(now(), end, value), false);
      moved(false);
    });
    input.addEventListener("change", () => moved(true));
    return [end, input];
  });
  // One end pushes the others before it, and the middle takes the whole band along.
  function along(range, end, value) {
    const gap = (high - low) / STEPS;
    let next = { ...range, [end]: value };
    if (end === "middle") {
      const factor = range.middle > 0 ? value / range.middle : 1;
      next = { low: range.low * factor, middle: value, high: range.high * factor };
    }
    next.middle = Math.min(Math.max(next.middle, low + gap), high - gap);
    if (end === "low") next.middle = Math.max(next.middle, next.low + gap);
    if (end === "high") next.middle = Math.min(next.middle, next.high - gap);
    next.low = Math.max(least, Math.min(next.low, next.middle - gap));
    next.high = Math.min(most, Math.max(next.high, next.middle + gap));
    return { low: rounded(next.low), middle: rounded(next.middle), high: rounded(next.high) };
  }
  const row = make("div", { class: "row" },
    make("div", { class: "row-head" }, make("span", { class: "label" }, `${own.group.replace(/^channels › /, "")} › ${own.name}`, make("span", { class: "does" }, ...prose(own.about))), said, undo),
    make("div", { class: "range" }, make("span", { class: "rail" }), before, band, ...inputs.map(([, input]) => input)), fault);
  register(own.path, () => {
    const range = now();
    const isMoved = state.settings.has(own.path);
    set3(band, range);
    said.textContent = ["low", "middle", "high"].map((end) => told(own, range[end])).join(" · ");
    for (const [end, input] of inputs) {
      input.value = Math.round(share(range[end]) * STEPS);
      input.setAttribute("aria-valuetext", told(own, range[end]));
    }
    row.classList.toggle("moved", isMoved);
    undo.hidden = !isMoved;
    before.hidden = !isMoved;
  }, (text) => fault.replaceChildren(...prose(text)));
  return row;
}

// ---- all figures

const spelled = (value) => (value && typeof value === "object" ? `{ p10 = ${value.low}, p50 = ${value.middle}, p90 = ${value.high} }` : String(value));

function figureRow(own) {
  const id = `f${(counter += 1)}`;
  const typed = make("input", { id, autocomplete: "off", spellcheck: "false", "aria-describedby": id + "-fault" });
  const fault = faultLine(id + "-fault");
  const unit = own.unit ? ` (${own.unit})` : "";
  const row = make("div", { class: "row figure-row" }, make("label", { for: id }, own.name, make("span", { class: "about" }, ...prose(own.about + unit))), typed, fault);
  typed.addEventListener("change", () => {
    const text = typed.value.trim();
    const value = number(text);
    set(own.path, value === null ? text : value, text === "" || text === own.written);
    showTotal();
    moved(true);
  });
  register(own.path, () => {
    typed.value = state.settings.has(own.path) ? spelled(state.settings.get(own.path)) : own.written;
    row.classList.toggle("moved", state.settings.has(own.path));
  }, (text) => invalid(typed, fault, text));
  return row;
}

let rows = [];

function figures() {
  const list = byId("figure-list");
  if (!sheet || list.children.length) return;
  rows = [];
  let heading = null;
  for (const own of sheet.figures) {
    if (!heading || heading.textContent !== own.group) {
      heading = make("p", { class: "figure-group" }, own.group);
      list.append(heading);
    }
    const row = figureRow(own);
    list.append(row);
    rows.push({ row, heading, words: `${own.path} ${own.group} ${own.name} ${own.about} ${own.unit}`.toLowerCase() });
  }
  refresh();
  search();
}

function search() {
  const wanted = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Set();
  let count = 0;
  for (const { row, heading, words } of rows) {
    const fits = wanted.every((word) => words.includes(word));
    row.hidden = !fits;
    if (fits) {
      shown.add(heading);
      count += 1;
    }
  }
  for (const { heading } of rows) heading.hidden = !shown.has(heading);
  byId("found").textContent = `${count} of ${rows.length} figures`;
}

byId("figures").addEventListener("toggle", () => byId("figures").open && figures());
byId("search").addEventListener("input", search);
