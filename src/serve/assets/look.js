// Asks for the forecast: from the first draws while something moves, from all of them at rest.

import { ask } from "./server.js";
import { current } from "./state.js";

// So long nothing must move for all draws to be asked for.
const REST = 350;

let wanted = null;
let underway = null;
let timer = 0;
let answered = () => {};

export function onAnswer(heard) {
  answered = heard;
}

// Something moved; `atRest` where it will not move on.
export function look(atRest) {
  clearTimeout(timer);
  want("first");
  timer = setTimeout(() => want("all"), atRest ? 60 : REST);
}

// Moves don't queue: while a first look is on its way only the latest of the others waits, and a whole one is called off.
function want(extent) {
  wanted = { extent, state: current() };
  if (!underway || underway.extent === "all") send();
}

async function send() {
  const job = wanted;
  wanted = null;
  underway = job;
  const reply = await ask("look", { state: job.state, extent: job.extent }, "look");
  if (underway !== job) return;
  underway = null;
  if (reply) answered(reply, job);
  if (wanted) send();
}
