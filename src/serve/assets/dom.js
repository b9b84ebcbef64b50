// Small helpers: every text goes in as text, so that no name can become markup.

export const byId = (id) => document.getElementById(id);

// An element with attributes, properties of its events, and children; texts are children too.
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

// Charts of the program itself come as SVG: its own drawings, in which every name is escaped already.
export function picture(svg) {
  const parsed = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  const scroll = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Chart" });
  if (parsed) scroll.append(parsed);
  return scroll;
}

// A text in which keys stand between backticks.
export const prose = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

// Charts of an answer: the first of them, the others behind a line.
export function pictures(charts) {
  const [first, ...rest] = charts.map(picture);
  const shown = first ? [first] : [];
  if (rest.length) shown.push(make("details", { class: "more" }, make("summary", {}, rest.length === 1 ? "One more chart" : `${rest.length} more charts`), ...rest));
  return shown;
}

// A whole number with commas.
export const grouped = (figure) => Math.round(figure).toLocaleString("en-US");

// What somebody typed as a number, or nothing: 120000, 120,000, 120k, 1.2M.
export function number(text) {
  const bare = text.trim().replace(/[,_\s]/g, "");
  const read = /^(-?\d*\.?\d+)([kM]?)$/.exec(bare);
  if (!read) return null;
  return Number(read[1]) * { "": 1, k: 1e3, M: 1e6 }[read[2]];
}

// To four digits.
export const rounded = (figure) => Number(figure.toPrecision(4));
