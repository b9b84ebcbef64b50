// Plans that were pinned, and what differs between them and the plan that is shown.

import { byId, make, pictures } from "./dom.js";
import { ask, worded } from "./server.js";
import { current, isSame, remember, state } from "./state.js";

// So many plans can stand beside the one that is shown.
const MOST = 7;

let changedOf = new Map();
let handlers = { show: () => {}, save: () => {} };

export function listen(own) {
  handlers = own;
}

const letters = "ABCDEFGHIJ";

// Pins what is shown; `words` say what was changed in it.
export function pin(words) {
  if (state.pins.length >= MOST) return `${MOST} plans are the most that can be pinned.`;
  const own = current();
  const twin = state.pins.find((other) => isSame(other.state, own));
  if (twin) return `This is pinned already: ${twin.name}.`;
  const name = [...letters].find((letter) => state.pins.every((other) => other.name !== letter)) || "another";
  state.pins.push({ name, state: own, words: words || "as the file has it" });
  remember();
  list();
  compare();
  return `Pinned as ${name}. Move on, and what differs is told below the chart.`;
}

function list() {
  byId("beside").hidden = state.pins.length === 0;
  byId("pins").replaceChildren(...state.pins.map((own, at) => {
    const name = make("input", { value: own.name, "aria-label": `Name of the pinned plan ${own.name}`, maxlength: "40" });
    name.addEventListener("change", () => {
      own.name = name.value.trim() || letters[at];
      remember();
      list();
      compare();
    });
    const button = (text, label, act) => make("button", { type: "button", "aria-label": `${label} ${own.name}`, onclick: act }, text);
    return make("li", {}, name,
      button("Show", "Show", () => handlers.show(own.state)),
      button("Save …", "Save", () => handlers.save(own)),
      button("Remove", "Remove", () => {
        state.pins.splice(at, 1);
        remember();
        list();
        compare();
      }),
      make("p", { class: "what" }, own.words));
  }));
}

// Tells what differs, on the same luck.
export async function compare() {
  const place = byId("beside-answer");
  if (state.pins.length === 0) return;
  const own = current();
  const plans = state.pins.map(({ name, state }) => ({ name, state }));
  if (!state.pins.some((other) => isSame(other.state, own))) plans.push({ name: "this plan", state: own });
  if (plans.length < 2) {
    place.replaceChildren(make("p", { class: "quiet" }, "Move something, and the difference to what you pinned is told here, on the same luck."));
    return;
  }
  const asked = JSON.stringify(plans);
  if (changedOf.get("asked") === asked) return;
  place.setAttribute("aria-busy", "true");
  const reply = await ask("compare", { plans }, "compare");
  if (!reply) return;
  place.removeAttribute("aria-busy");
  if (!reply.ok) {
    const { faults, error } = reply.answer;
    place.replaceChildren(...[...faults.map(worded), ...(error ? [error] : [])].map((text) => make("p", { class: "fault" }, text)));
    return;
  }
  changedOf.set("asked", asked);
  place.replaceChildren(make("div", { class: "told" }, ...reply.answer.sentences.map((text) => make("p", {}, text))), ...pictures(reply.answer.charts));
}

export function showPins() {
  changedOf = new Map();
  list();
  compare();
}
