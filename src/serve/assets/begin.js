// Without a file: kinds of business as cards, then six questions beside a forecast that is there from the start.

import { byId, make } from "./dom.js";
import { ask } from "./server.js";
import { state } from "./state.js";

let answered = () => {};
const QUESTIONS = 6;

// `heard` is told when answers make another plan.
export function listen(heard) {
  answered = heard;
}

export function showCards(cards) {
  byId("begin").hidden = false;
  byId("board").hidden = true;
  byId("cards").replaceChildren(...cards.map(({ name, about }) => make("li", {},
    make("button", { type: "button", onclick: () => choose(name) }, make("b", {}, name.replace(/[-_]/g, " ")), about))));
}

function choose(business) {
  state.answers = { business, answers: Array(QUESTIONS).fill("") };
  state.settings.clear();
  byId("begin").hidden = true;
  answered();
}

let typed = [];

// The questions, each with what is wrong with its answer; what is wrong is not taken.
export async function showQuestions() {
  const own = state.answers;
  byId("questions").hidden = !own;
  if (!own) return;
  typed = [...own.answers];
  const reply = await ask("questions", own);
  if (!reply || !reply.ok) return;
  byId("question-list").replaceChildren(...reply.answer.map((question, at) => {
    const id = `q${at}`;
    const input = make("input", { id, autocomplete: "off", placeholder: question.example, "aria-describedby": `${id}-fault`, value: own.answers[at] || "" });
    const fault = make("p", { class: "fault", id: `${id}-fault` });
    input.addEventListener("change", async () => {
      typed[at] = input.value.trim();
      const checked = await ask("questions", { business: own.business, answers: typed });
      if (!checked || !checked.ok) return;
      const why = checked.answer[at].fault;
      fault.textContent = why ? `${why.charAt(0).toUpperCase()}${why.slice(1)}.` : "";
      input.setAttribute("aria-invalid", String(Boolean(why)));
      state.answers = { business: own.business, answers: typed.map((answer, each) => (checked.answer[each].fault ? "" : answer)) };
      if (!why) answered();
    });
    return make("div", { class: "question" }, make("label", { for: id }, question.text), input, fault);
  }));
}
