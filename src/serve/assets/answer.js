// Shows a forecast: sentences, figures, charts. Every word comes from the program.

import { byId, make } from "./dom.js";
import { chance, hours, spread } from "./charts.js";

let view = "chance";
let shown = null;
let ghost = null;

// Draws a forecast, with today's plan behind it where that is another.
export function show(glance, behind) {
  shown = glance;
  ghost = behind;
  const isWhole = glance.beyond !== null;
  byId("title").textContent = glance.title;
  byId("subject").textContent = glance.subject;
  document.title = `${glance.title} – foremix`;
  lead(glance.answer, isWhole);
  keyFigures(glance.figures, behind, isWhole);
  byId("changed").hidden = !glance.changed;
  byId("changed").textContent = glance.changed ? `Changed from the file: ${glance.changed}.` : "";
  outcome();
  team(glance.team);
  for (const id of ["next", "limits"]) byId(id).classList.toggle("waits", !isWhole);
  if (isWhole) {
    next(glance.beyond);
    limits(glance.beyond);
    byId("said").textContent = glance.answer[0];
  }
}

function lead(sentences, isWhole) {
  const place = byId("lead");
  if (isWhole) {
    place.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
    return;
  }
  const [first, ...rest] = place.children;
  if (first) first.textContent = sentences[0];
  else place.append(make("p", {}, sentences[0]));
  rest.forEach((sentence) => sentence.classList.add("waits"));
}

function keyFigures(figures, behind, isWhole) {
  const place = byId("key-figures");
  const boxes = figures.map((own, at) => {
    const before = behind && behind.figures[at];
    const was = before ? make("dd", { class: "was" }, `today: ${before.figure}`) : "";
    return make("div", {}, make("dt", {}, own.name), make("dd", { class: "figure" }, own.figure), make("dd", { class: "beside" }, own.beside), was);
  });
  const kept = isWhole ? [] : [...place.children].slice(boxes.length);
  kept.forEach((box) => box.classList.add("waits"));
  place.replaceChildren(...boxes, ...kept);
}

function outcome() {
  if (!shown) return;
  const curve = shown.outcome;
  const behind = ghost && ghost.outcome.key === curve.key && ghost.outcome.levels.length ? ghost.outcome : null;
  byId("ghost-key").hidden = !behind;
  const place = byId("outcome-chart");
  if (!curve.levels.length) {
    place.replaceChildren(make("p", { class: "quiet" }, `No simulated future has a figure for ${curve.noun}.`));
    return;
  }
  const isChance = view === "chance";
  byId("outcome-title").textContent = isChance ? `Chance of ${curve.higher_is_better ? "at least" : "at most"} so much ${curve.noun}` : `How ${curve.noun} is spread`;
  (isChance ? chance : spread)(place, curve, behind);
}

function team(team) {
  byId("team").hidden = !team;
  if (!team) return;
  byId("team-said").textContent = team.sentence;
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const desks = team.desks.map((desk) => {
    const share = sum(desk.available) > 0 ? sum(desk.used) / sum(desk.available) : 0;
    const fill = make("i");
    fill.style.width = `${Math.min(100, 100 * share)}%`;
    const weeks = make("div");
    const box = make("div", { class: "desk" },
      make("div", { class: "desk-head" }, make("span", {}, desk.name), make("span", {}, `${Math.round(100 * share)}% of hours used`)),
      make("div", { class: "meter", "aria-hidden": "true" }, fill), weeks);
    return { box, weeks, desk };
  });
  byId("team-bars").replaceChildren(...desks.map((own) => own.box));
  desks.forEach((own) => hours(own.weeks, own.desk));
}

function next(beyond) {
  byId("next").hidden = beyond.next.length === 0;
  const reach = Math.max(...beyond.next.map((own) => Math.abs(own.mean)), 1e-9);
  const low = Math.min(0, ...beyond.next.map((own) => own.mean)) / reach;
  const high = Math.max(0, ...beyond.next.map((own) => own.mean)) / reach;
  const width = Math.max(high - low, 1e-9);
  const rows = [...beyond.next].sort((a, b) => b.mean - a.mean).flatMap((own) => {
    const share = own.mean / reach;
    const isVague = own.margin !== null && Math.abs(own.mean) <= own.margin;
    const fill = make("span", { class: `fill${share < 0 ? " loss" : ""}${isVague ? " vague" : ""}` });
    fill.style.left = `${(100 * (Math.min(0, share) - low)) / width}%`;
    fill.style.width = `${(100 * Math.abs(share)) / width}%`;
    const zero = make("span", { class: "zero" });
    zero.style.left = `${(-100 * low) / width}%`;
    return [make("span", {}, own.label), make("span", { class: "track", "aria-hidden": "true" }, fill, zero), make("span", { class: "told" }, own.told)];
  });
  byId("next-bars").replaceChildren(make("div", { class: "bars" }, ...rows));
  byId("next-note").textContent = beyond.next_note || "";
}

function limits(beyond) {
  byId("limits").hidden = beyond.limits.length === 0;
  const cells = (row, kind) => row.map((cell, at) => make(kind === "head" || at === 0 ? "th" : "td", kind === "head" ? { scope: "col" } : at === 0 ? { scope: "row" } : {}, cell));
  byId("limits-table").replaceChildren(
    make("thead", {}, make("tr", {}, ...cells(beyond.limits_header, "head"))),
    make("tbody", {}, ...beyond.limits.map((row) => make("tr", {}, ...cells(row, "row")))));
  byId("limits-note").textContent = beyond.limits_note;
}

for (const [id, name] of [["show-chance", "chance"], ["show-spread", "spread"]]) {
  byId(id).addEventListener("click", () => {
    view = name;
    byId("show-chance").setAttribute("aria-pressed", String(view === "chance"));
    byId("show-spread").setAttribute("aria-pressed", String(view === "spread"));
    outcome();
  });
}

let redraw = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(redraw);
  redraw = requestAnimationFrame(() => {
    outcome();
    if (shown) team(shown.team);
  });
});
