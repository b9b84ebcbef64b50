// Goal and best mix: the same answers as `foremix goal` and `foremix optimize`, with a button that takes them up.

import { byId, make, number, pictures } from "./dom.js";
import { ask, stop, worded } from "./server.js";
import { current, locks } from "./state.js";

let take = () => {};
let sheet = null;

// `taken` gets the settings of an answer that is taken up.
export function listen(taken) {
  take = taken;
}

// Offers what a plan can be asked for.
export function offer(plan, outcomes, middle) {
  sheet = plan;
  const target = plan.target;
  const goal = byId("goal-outcome");
  goal.replaceChildren(...outcomes.map(([key, title]) => make("option", { value: key }, title)));
  goal.value = target ? target[0] : outcomes[0][0];
  byId("goal-value").value = target ? target[1].toLocaleString("en-US") : String(Number(middle.toPrecision(2)));
  const levers = [];
  if (plan.channels.length > 1) levers.push(["total", "all budgets together"]);
  levers.push(...plan.channels.map((own) => [own.path, `the budget of ${own.label}`]));
  levers.push(...plan.people.map((own) => [own.path, `the number of people: ${own.name}`]));
  byId("goal-by").replaceChildren(...levers.map(([path, name]) => make("option", { value: path }, name)));
  byId("goal-form").hidden = levers.length === 0;
  byId("best-form").hidden = plan.channels.length < 2;
  byId("ask").hidden = levers.length === 0;
  byId("asked").replaceChildren();
}

async function answer(name, body, what) {
  const place = byId("asked");
  const cancel = make("button", { type: "button", onclick: () => { stop("ask"); place.replaceChildren(); } }, "Stop");
  place.replaceChildren(make("p", { class: "quiet" }, `${what} `, cancel));
  const reply = await ask(name, { state: current(), ...body }, "ask");
  if (!reply) return;
  const { sentences, charts, settings, faults, error } = reply.answer;
  if (!reply.ok) {
    place.replaceChildren(...[...(faults || []).map(worded), ...(error ? [error] : [])].map((text) => make("p", { class: "fault" }, text)));
    return;
  }
  const parts = [make("div", { class: "told" }, ...sentences.map((text) => make("p", {}, text)))];
  if (settings.length) parts.push(make("button", { type: "button", class: "main", onclick: () => take(settings) }, "Move the plan there"));
  place.replaceChildren(...parts, ...pictures(charts));
}

const share = (text) => {
  const value = number(text.replace("%", ""));
  return value === null ? null : text.includes("%") || value > 1 ? value / 100 : value;
};

byId("goal-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = number(byId("goal-value").value);
  const chance = share(byId("goal-chance").value);
  byId("goal-value").setAttribute("aria-invalid", String(value === null));
  byId("goal-chance").setAttribute("aria-invalid", String(chance === null));
  if (value === null || chance === null) {
    byId("asked").replaceChildren(make("p", { class: "fault" }, value === null ? "Expected a number to reach, for example 120k." : "Expected a chance, for example 80%."));
    return;
  }
  answer("goal", { aim: { outcome: byId("goal-outcome").value, value, chance, by: byId("goal-by").value } }, "Looking for the smallest figure that reaches it …");
});

byId("best-form").addEventListener("submit", (event) => {
  event.preventDefault();
  answer("optimize", { locked: [...locks].filter((name) => sheet.channels.some((own) => own.name === name)) }, "Looking for the best mix; this takes some seconds …");
});
