// What the page holds: which plan, what was moved in it, what was pinned. It is kept in the address behind the #.

export const state = {
  answers: null,
  variant: null,
  settings: new Map(),
  pins: [],
};

export const locks = new Set();

// As the program takes it.
export function current() {
  const settings = [...state.settings].map(([path, value]) => ({ path, value }));
  return { answers: state.answers, variant: state.variant, settings };
}

export const today = () => ({ ...current(), settings: [] });

export function restore(saved) {
  state.answers = saved.answers || null;
  state.variant = saved.variant || null;
  state.settings = new Map((saved.settings || []).map(({ path, value }) => [path, value]));
}

export const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const bytes = (text) => new TextEncoder().encode(text);

export function remember() {
  const whole = { ...current(), pins: state.pins };
  const isBare = !whole.answers && !whole.variant && whole.settings.length === 0 && whole.pins.length === 0;
  const code = btoa(String.fromCharCode(...bytes(JSON.stringify(whole)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  history.replaceState(null, "", isBare ? location.pathname : "#" + code);
}

// Takes up what the address holds; says whether there was anything.
export function recall() {
  const code = location.hash.slice(1).replace(/-/g, "+").replace(/_/g, "/");
  if (!code) return false;
  try {
    const saved = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0))));
    restore(saved);
    state.pins = Array.isArray(saved.pins) ? saved.pins.slice(0, 7) : [];
    return true;
  } catch {
    return false;
  }
}
