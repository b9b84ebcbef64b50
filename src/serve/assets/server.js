// Questions to the program. The latest of a kind counts: an older one is called off.

const kinds = new Map();

function turnOf(kind) {
  const own = kinds.get(kind) || { tab: Math.floor(Math.random() * 2 ** 48), number: 0, call: null };
  kinds.set(kind, own);
  own.number += 1;
  if (own.call) own.call.abort();
  own.call = new AbortController();
  return own;
}

async function sent(name, body, signal) {
  const reply = await fetch(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
  const isJson = (reply.headers.get("Content-Type") || "").startsWith("application/json");
  const answer = isJson || !reply.ok ? await reply.json() : await reply.blob();
  return { ok: reply.ok, status: reply.status, answer };
}

const gone = { ok: false, status: 0, answer: { faults: [], error: "foremix no longer answers: start `foremix serve` again. What was moved is kept in this page’s address.", stopped: false } };

// Asks once; nothing comes back where a later question of the kind took its place.
export async function ask(name, body, kind) {
  const own = kind ? turnOf(kind) : null;
  const turn = own ? { tab: own.tab, number: own.number } : undefined;
  try {
    const reply = await sent(name, turn ? { ...body, turn } : body, own ? own.call.signal : undefined);
    return reply.answer && reply.answer.stopped ? null : reply;
  } catch (error) {
    return error.name === "AbortError" ? null : gone;
  }
}

// Calls off what was asked last of a kind.
export function stop(kind) {
  const own = turnOf(kind);
  ask("stop", { turn: { tab: own.tab, number: own.number } });
}

export async function get(name) {
  try {
    const reply = await fetch(name);
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

// A fault in the words of `foremix check`.
export function worded(fault) {
  const end = (text) => (/[.?!]$/.test(text) ? text : text + ".");
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const what = fault.label ? `${fault.message} (${fault.label})` : fault.message;
  const where = fault.place ? `${fault.place}: ` : "";
  return where + end(capital(what)) + (fault.help ? " " + end(capital(fault.help)) : "");
}
