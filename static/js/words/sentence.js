/**
 * What the picture shows at the playhead, in a sentence or two, for the eye and for a screen reader. Every sentence
 * begins with the name of a run or a plain word, so that names keep their capitals.
 */
import { chosen, measured } from "../math/format.js";
import { pointAt } from "../state/columns.js";
import { nearest, standings } from "./outcome.js";

/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("./outcome.js").Standing} Standing */

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/** @param {number} count */
const counted = (count) => COUNTS[count] ?? String(count);

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string[]} names @returns {string} "A", "A and B", "A, B and C" */
export function listed(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** @param {number[]} point @returns {string} "(3, 2)" */
export function placeOf(point) {
  return `(${point.map((value) => chosen(Number(value.toPrecision(3)))).join(", ")})`;
}

/** @param {Scene} scene @param {Standing[]} ranked */
function atTheStart(scene, ranked) {
  const loss = ranked[0] ? measured(ranked[0].loss) : "";
  const who = ranked.length === 1 ? `${scene.runs[ranked[0].index].name} starts` : `${everyone(ranked.length)} start`;
  return `${who} at ${placeOf(scene.start)}, where the loss is ${loss}.`;
}

/** @param {Scene} scene @param {Standing[]} gone @param {number} step @returns {string[]} */
function troubles(scene, gone, step) {
  return gone.map(({ index, phase, loss, row }) => {
    const { name, end, columns } = scene.runs[index];
    if (phase === "diverged") return `${name} has diverged: at step ${chosen(end?.diverged_at ?? row + 1)} its numbers ran away.`;
    const times = measured(loss / columns.loss[0], 2);
    return `${name} is growing: at step ${chosen(Math.min(row, Math.floor(step)))} its loss is ${times} times what it was at the start.`;
  });
}

/**
 * Where the runs have come to rest, when each lies in a valley that is known and there is more than one.
 * @param {Scene} scene @param {Standing[]} ranked @returns {string | null}
 */
function valleys({ runs, problem: { minima, domain } }, ranked) {
  const near = Math.hypot(...domain.map(([low, high]) => high - low)) / 60;
  /** @type {Map<number[], string[]>} */
  const groups = new Map();
  for (const { index, row, distance } of [...ranked].sort((a, b) => a.index - b.index)) {
    const found = nearest(pointAt(runs[index].columns, row), minima);
    if (!found || distance === null || distance > near) return null;
    groups.set(found.minimum.at, [...(groups.get(found.minimum.at) ?? []), runs[index].name]);
  }
  if (minima.length < 2 || groups.size < 2) return null;
  const parts = [...groups].map(([at, names], k) => `${listed(names)} ${k ? "" : "came to rest "}at ${placeOf(at)}`);
  return `${parts.join("; ")}.`;
}

/** "Both", "All four". @param {number} count */
const everyone = (count) => (count === 2 ? "Both" : `All ${counted(count)}`);

/** How much higher, where that says something: not next to 0, nor where only the difference counts. @param {number} low @param {number} high @param {boolean} decades */
function excess(low, high, decades) {
  const times = high / low;
  return decades && low > 0 && times >= 1.05 && times < 1e4 ? `${chosen(times, 2)} times higher` : "highest";
}

/**
 * Who has reached the loss that was asked for, in the order of arrival: there the loss itself says little.
 * @param {Scene} scene @param {Standing[]} ranked @returns {string | null}
 */
function arrivals({ runs }, ranked) {
  const home = ranked.filter(({ phase, index }) => phase === "stopped" && runs[index].end?.stop_reason === "target_loss");
  if (!home.length || ranked.length < 2) return null;
  const taken = (/** @type {Standing} */ { index }) => runs[index].end?.n_steps ?? 0;
  const [first, ...others] = [...home].sort((a, b) => taken(a) - taken(b));
  const later = others.map((one) => `${runs[one.index].name} after ${chosen(taken(one))}`);
  const away = ranked.filter((one) => !home.includes(one)).map(({ index }) => runs[index].name);
  const order = `${runs[first.index].name} was there first, after ${chosen(taken(first))} ${taken(first) === 1 ? "step" : "steps"}${later.length ? `; ${listed(later)}` : ""}.`;
  return away.length ? `${order} ${listed(away)} ${away.length > 1 ? "are" : "is"} still on the way.` : order;
}

/** @param {Scene} scene @param {Standing[]} ranked @param {string} when */
function comparison({ runs, levels }, ranked, when) {
  const [first, last] = [ranked[0], ranked[ranked.length - 1]];
  const [low, high] = [measured(first.loss), measured(last.loss)];
  const [winner, loser] = [runs[first.index].name, runs[last.index].name];
  if (ranked.length === 1) return `${winner} is at ${low} ${when}.`;
  if (low === high) return `${everyone(ranked.length)} are at ${low} ${when}.`;
  return `${winner} is lowest ${when}, at ${low}. ${loser} is ${excess(first.loss, last.loss, levels?.kind !== "steps")}, at ${high}.`;
}

/**
 * @param {Scene} scene
 * @param {number} step  the playhead
 * @returns {string}
 */
export function sentence(scene, step) {
  const shown = standings(scene.runs, scene.problem.minima, step).filter(({ phase }) => phase !== "waiting");
  if (!scene.runs.length) return "Nothing runs yet. Add a run, and its path appears on the map.";
  if (!shown.length) return scene.runs.every((run) => run.hidden) ? "Every run is hidden." : "The first steps are on their way.";
  const whole = Math.floor(step);
  if (whole === 0) return atTheStart(scene, shown);
  const gone = shown.filter(({ phase }) => phase === "diverged" || phase === "growing");
  const there = shown.filter((one) => !gone.includes(one));
  const rest = there.every(({ phase }) => phase === "stopped") ? valleys(scene, there) : null;
  const parts = troubles(scene, gone.slice(0, 2), step);
  const compared = () => `${gone.length && there.length > 1 ? "Of the others " : ""}${comparison(scene, there, `at step ${chosen(whole)}`)}`;
  if (there.length) parts.push(rest ?? arrivals(scene, there) ?? compared());
  return capital(parts.join(" "));
}
