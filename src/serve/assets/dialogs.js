// Saving, after a look at the difference; and handing over.

import { byId, make } from "./dom.js";
import { ask, worded } from "./server.js";
import { current, remember } from "./state.js";

let saved = () => {};
let subject = null;
let before = null;

// `heard` is told where a plan was saved.
export function listen(heard) {
  saved = heard;
}

const place = () => {
  if (subject.answers) return { file: byId("file-name").value.trim() };
  const chosen = document.querySelector("input[name=place]:checked").value;
  return chosen === "plan" ? "plan" : { variant: byId("variant-name").value.trim() };
};

// Opens the dialog for a state; a pinned one brings its name.
export function openSave(state, name) {
  subject = state;
  const isNew = Boolean(state.answers);
  byId("save-place").hidden = isNew;
  byId("save-file-line").hidden = !isNew;
  if (name) {
    byId("variant-name").value = name.toLowerCase().replace(/\s+/g, "-");
    document.querySelector("input[name=place][value=variant]").checked = true;
  }
  byId("save-dialog").showModal();
  difference();
}

function refuse(reply) {
  const { faults, error } = reply.answer;
  byId("save-fault").textContent = [...(faults || []).map(worded), ...(error ? [error] : [])].join(" ");
}

async function difference() {
  byId("do-save").disabled = true;
  byId("save-fault").textContent = "";
  const reply = await ask("difference", { state: subject, place: place() });
  const shown = byId("difference");
  if (!reply || !reply.ok) {
    shown.replaceChildren();
    if (reply) refuse(reply);
    return;
  }
  before = reply.answer.before;
  const lines = reply.answer.lines;
  const kinds = { "+": "added", "-": "gone" };
  shown.replaceChildren(...lines.map(({ sign, text }) => make("span", { class: kinds[sign] || "" }, sign === "…" ? "…" : `${sign} ${text}`)));
  if (!lines.length) shown.textContent = "Nothing: the file says this already.";
  byId("do-save").disabled = !lines.length;
}

for (const node of [...document.querySelectorAll("input[name=place]"), byId("variant-name"), byId("file-name")]) {
  node.addEventListener("input", difference);
}
byId("variant-name").addEventListener("focus", () => {
  document.querySelector("input[name=place][value=variant]").checked = true;
});

byId("no-save").addEventListener("click", () => byId("save-dialog").close());
byId("save-dialog").addEventListener("submit", async (event) => {
  event.preventDefault();
  const where = place();
  const reply = await ask("save", { state: subject, place: where, before });
  if (!reply || !reply.ok) {
    if (reply) refuse(reply);
    return;
  }
  byId("save-dialog").close();
  saved(reply.answer, where, subject);
});

// ---- handing over

export function openHand() {
  byId("hand-said").textContent = "";
  byId("hand-dialog").showModal();
}

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Has something made of the plan, and hands it over to `done`, which says what became of it.
async function made(name, done) {
  const said = byId("hand-said");
  said.textContent = "One moment …";
  const reply = await ask(name, { state: current() }, "made");
  if (!reply) return;
  const { faults, error } = reply.answer;
  said.textContent = reply.ok ? done(reply.answer) : [...(faults || []).map(worded), ...(error ? [error] : [])].join(" ");
}

for (const [button, asked, name] of [["get-report", "report", "report.html"], ["get-workbook", "workbook", "forecast.xlsx"]]) {
  byId(button).addEventListener("click", () => made(asked, (file) => {
    download(name, file);
    return `${name} is among your downloads.`;
  }));
}

byId("get-summary").addEventListener("click", () => made("summary", ({ command, summary }) => {
  download("summary.json", new Blob([`${JSON.stringify(summary, null, 2)}\n`], { type: "application/json" }));
  return `summary.json is among your downloads. The same in a terminal: ${command}`;
}));

byId("copy-link").addEventListener("click", async () => {
  remember();
  try {
    await navigator.clipboard.writeText(location.href);
    byId("hand-said").textContent = "The link is copied.";
  } catch {
    byId("hand-said").textContent = `The link is this page’s address: ${location.href}`;
  }
});

byId("print").addEventListener("click", () => {
  byId("hand-dialog").close();
  window.print();
});
