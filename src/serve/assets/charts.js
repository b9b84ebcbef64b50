// Drawings of the page: an outcome over all draws, and a team's hours. Every text comes in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

function part(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  if (text !== undefined) node.textContent = text;
  return node;
}

// 1,250,000 as 1.25M: three digits at the most.
export function short(figure) {
  const size = Math.abs(figure);
  const units = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]];
  const unit = units.find(([one]) => size >= one * 0.9995);
  const [one, sign] = unit || [1, ""];
  const digits = Number((figure / one).toPrecision(3));
  return String(digits).replace("-", "−") + sign;
}

// Round figures between two ends.
function ticks(low, high, most) {
  const raw = (high - low) / most;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((own) => own >= raw);
  const found = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at += 1) found.push(at * step);
  return found;
}

// The share of draws below x, from quantiles at even steps.
function below(levels, x) {
  const last = levels.length - 1;
  if (x <= levels[0]) return 0;
  if (x > levels[last]) return 1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (levels[middle] < x) low = middle; else high = middle;
  }
  const width = levels[high] - levels[low];
  return (low + (width > 0 ? (x - levels[low]) / width : 1)) / last;
}

const HEIGHT = 300;
const EDGE = { top: 34, right: 18, bottom: 44, left: 46 };

function sheet(place, label) {
  const width = Math.max(280, place.clientWidth || 640);
  const svg = part("svg", { class: "plot", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT });
  place.replaceChildren(svg);
  return { svg, width };
}

// The ends of what is shown: all but the outermost draws, and the target.
function ends(curves, target) {
  const inner = (levels, share) => levels[Math.round(share * (levels.length - 1))];
  let low = Math.min(...curves.map((levels) => inner(levels, 0.005)));
  let high = Math.max(...curves.map((levels) => inner(levels, 0.985)));
  if (target !== null) {
    low = Math.min(low, target);
    high = Math.max(high, target);
  }
  if (!(high > low)) {
    low -= Math.abs(low) * 0.5 + 1;
    high += Math.abs(high) * 0.5 + 1;
  }
  const room = 0.02 * (high - low);
  return [low >= 0 && low < 2 * room ? 0 : low - room, high + room];
}

function frame(drawn, low, high, curve) {
  const { svg, width } = drawn;
  const x = (value) => EDGE.left + ((value - low) / (high - low)) * (width - EDGE.left - EDGE.right);
  const bottom = HEIGHT - EDGE.bottom;
  for (const tick of ticks(low, high, Math.max(3, Math.floor(width / 110)))) {
    svg.append(part("line", { class: "grid", x1: x(tick), x2: x(tick), y1: EDGE.top, y2: bottom }));
    svg.append(part("text", { x: x(tick), y: bottom + 18, "text-anchor": "middle" }, short(tick)));
  }
  svg.append(part("line", { class: "axis", x1: EDGE.left, x2: width - EDGE.right, y1: bottom, y2: bottom }));
  const name = curve.unit ? `${curve.title}, ${curve.unit}` : curve.title;
  svg.append(part("text", { x: width - EDGE.right, y: HEIGHT - 6, "text-anchor": "end" }, name));
  return { x, bottom };
}

function markTarget(drawn, at, curve, x, bottom) {
  if (curve.target === null) return;
  const place = x(curve.target);
  drawn.svg.append(part("line", { class: "target", x1: place, x2: place, y1: EDGE.top - 8, y2: bottom }));
  const right = place > drawn.width / 2;
  const met = Math.round(100 * curve.chance);
  const share = curve.chance > 0 && met === 0 ? "<1" : curve.chance < 1 && met === 100 ? ">99" : String(met);
  const text = `${share}% ${curve.higher_is_better ? "reach" : "stay at or below"} ${short(curve.target)}`;
  drawn.svg.append(part("text", { class: "target-text", x: place + (right ? -7 : 7), y: at, "text-anchor": right ? "end" : "start" }, text));
}

// How likely it is to reach a sum; of a cost, to stay at or below it.
export function chance(place, curve, ghost) {
  const up = curve.higher_is_better;
  const share = (levels, x) => (up ? 1 - below(levels, x) : below(levels, x));
  const at = (level) => curve.levels[Math.round(level * (curve.levels.length - 1))];
  const counted = up ? at(0.2) : at(0.8);
  const label = `Chance of ${up ? "at least" : "at most"} a given ${curve.noun}: 8 of 10 ${up ? "bring at least" : "stay at or below"} ${short(counted)}, half ${short(at(0.5))}, 2 of 10 ${short(up ? at(0.8) : at(0.2))}${curve.unit ? " " + curve.unit : ""}.`;
  const drawn = sheet(place, label);
  const [low, high] = ends(ghost ? [curve.levels, ghost.levels] : [curve.levels], curve.target);
  const { x, bottom } = frame(drawn, low, high, curve);
  const y = (chance) => bottom - chance * (bottom - EDGE.top);
  for (const level of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    drawn.svg.append(part("line", { class: "grid", x1: EDGE.left, x2: drawn.width - EDGE.right, y1: y(level), y2: y(level) }));
    drawn.svg.append(part("text", { x: EDGE.left - 8, y: y(level) + 4, "text-anchor": "end" }, Math.round(100 * level) + "%"));
  }
  const STEPS = 160;
  const path = (levels) => {
    const points = [];
    for (let step = 0; step <= STEPS; step += 1) {
      const value = low + ((high - low) * step) / STEPS;
      points.push(`${x(value).toFixed(1)},${y(share(levels, value)).toFixed(1)}`);
    }
    return points;
  };
  const own = path(curve.levels);
  drawn.svg.append(part("path", { class: "area", d: `M${x(low)},${bottom} L${own.join(" L")} L${x(high)},${bottom} Z` }));
  if (ghost) drawn.svg.append(part("path", { class: "ghost", d: "M" + path(ghost.levels).join(" L") }));
  drawn.svg.append(part("path", { class: "line", d: "M" + own.join(" L") }));
  markTarget(drawn, EDGE.top - 12, curve, x, bottom);
  if (curve.target !== null) drawn.svg.append(part("circle", { class: "dot", cx: x(curve.target), cy: y(share(curve.levels, curve.target)), r: 6 }));
  const there = x(counted);
  drawn.svg.append(part("circle", { class: "dot", cx: there, cy: y(0.8), r: 5 }));
  const target = curve.target === null ? Infinity : x(curve.target);
  const left = there > drawn.width * 0.62 || (target > there && target - there < 130 && there > EDGE.left + 110);
  drawn.svg.append(part("text", { class: "strong", x: there + (left ? -10 : 10), y: y(0.8) + (left === up ? 20 : -9), "text-anchor": left ? "end" : "start" }, `8 of 10: ${short(counted)}`));
}

// How the draws are spread.
export function spread(place, curve, ghost) {
  const at = (level) => curve.levels[Math.round(level * (curve.levels.length - 1))];
  const label = `Distribution of ${curve.noun}: 8 of 10 lie between ${short(at(0.1))} and ${short(at(0.9))}${curve.unit ? " " + curve.unit : ""}, the middle at ${short(at(0.5))}.`;
  const drawn = sheet(place, label);
  const [low, high] = ends(ghost ? [curve.levels, ghost.levels] : [curve.levels], curve.target);
  const { x, bottom } = frame(drawn, low, high, curve);
  const BINS = 36;
  const edge = (bin) => low + ((high - low) * bin) / BINS;
  const shares = (levels) => Array.from({ length: BINS }, (_, bin) => below(levels, edge(bin + 1)) - below(levels, edge(bin)));
  const own = shares(curve.levels);
  const other = ghost ? shares(ghost.levels) : [];
  const most = Math.max(...own, ...other, 1e-9);
  const y = (share) => bottom - (share / most) * (bottom - EDGE.top);
  own.forEach((share, bin) => {
    const middle = (edge(bin) + edge(bin + 1)) / 2;
    const met = curve.target !== null && (curve.higher_is_better ? middle >= curve.target : middle <= curve.target);
    drawn.svg.append(part("rect", { class: met || curve.target === null ? "bars met" : "bars", x: x(edge(bin)) + 0.5, width: Math.max(1, x(edge(bin + 1)) - x(edge(bin)) - 1), y: y(share), height: bottom - y(share) }));
  });
  if (ghost) {
    const steps = other.map((share, bin) => `L${x(edge(bin)).toFixed(1)},${y(share).toFixed(1)} L${x(edge(bin + 1)).toFixed(1)},${y(share).toFixed(1)}`);
    drawn.svg.append(part("path", { class: "ghost", d: `M${x(low)},${bottom} ${steps.join(" ")} L${x(high)},${bottom}` }));
  }
  markTarget(drawn, EDGE.top - 12, curve, x, bottom);
}

// Hours that are used of those that are there, week by week.
export function hours(place, desk) {
  const WEEK = 92;
  const width = Math.max(240, place.clientWidth || 480);
  const weeks = desk.used.length;
  const most = Math.max(...desk.available, ...desk.used, 1e-9);
  const share = (sum) => (100 * desk.used.reduce((a, b) => a + b, 0)) / Math.max(sum, 1e-9);
  const total = desk.available.reduce((a, b) => a + b, 0);
  const label = `${desk.name}: on average ${Math.round(share(total))}% of ${short(total)} hours are used, over ${weeks} weeks.`;
  const svg = part("svg", { class: "plot", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${WEEK + 18}`, height: WEEK + 18 });
  const step = width / weeks;
  const every = Math.ceil(weeks / Math.max(1, Math.floor(width / 34)));
  desk.used.forEach((used, week) => {
    const inset = Math.min(3, step * 0.15);
    const bar = (kind, value) => svg.append(part("rect", { class: kind, x: week * step + inset, width: Math.max(1, step - 2 * inset), y: WEEK - (value / most) * WEEK, height: (value / most) * WEEK, rx: 2 }));
    bar("have", desk.available[week]);
    bar("use", Math.min(used, desk.available[week]));
    if (week % every === 0) svg.append(part("text", { x: (week + 0.5) * step, y: WEEK + 14, "text-anchor": "middle" }, String(week + 1)));
  });
  place.replaceChildren(svg);
}


