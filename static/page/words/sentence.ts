/**
 * Describes the picture at the playhead in a sentence or two, also for screen readers. Every sentence begins with the
 * name of a run or a plain word, so that names keep their capitals.
 */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { capitalized, listInWords, possessive } from "../math/text.ts";
import { fallsEverFaster } from "../state/columns.ts";
import { type Standing, standings } from "../state/standings.ts";
import type { Scene } from "../state/types.ts";
import { undefinedWords } from "./divergence.ts";
import { arrivalOf, endPointWords, excessWords, lowestMinimumWords, WITHIN } from "./endPoint.ts";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/** A start with more numbers than this is not read out. */
const NAMED = 2;

const inWords = (count: number) => COUNTS[count] ?? String(count);

function atTheStart(scene: Scene, ranked: Standing[]) {
  const loss = ranked[0] ? formatMeasured(ranked[0].loss) : "";
  const who =
    ranked.length === 1 ? `${scene.shownRuns[ranked[0].index].name} starts` : `${everyone(ranked.length)} start`;
  if (scene.start.length > NAMED)
    return `${who} from ${ranked.length === 1 ? "its first" : "the same"} weights, where the loss is ${loss}.`;
  return `${who} at ${formatPlace(scene.start)}, where the loss is ${loss}.`;
}

function troubles(scene: Scene, gone: Standing[], when: string): string[] {
  return gone.map(({ index, progress, loss, row }) => {
    const { name, end, columns } = scene.shownRuns[index];
    const at = `at step ${formatExact(end?.diverged_at ?? row + 1)}`;
    if (undefinedWords(end)) return `${name} ends ${at}: there ${undefinedWords(end)}.`;
    if (progress === "diverged") return `${name} has diverged: ${at} its numbers ran away.`;
    const times = formatMeasured(loss / columns.loss[0], 2);
    return `${name} is growing: its loss ${when && `${when} `}is ${times} times what it was at the start.`;
  });
}

/** Which minimum each run rests at, when all rest at minima and not at the same one. */
function valleys({ shownRuns, problem }: Scene, ranked: Standing[]): string | null {
  const groups: Map<string, string[]> = new Map();
  for (const { index } of [...ranked].sort((a, b) => a.index - b.index)) {
    const arrival = arrivalOf(shownRuns[index], problem);
    if (arrival?.kind !== "minimum" || !arrival.at) return null;
    const lower = arrival.lowest === false ? ", though a lower one is known" : "";
    const place = `${formatPlace(arrival.at.map((value) => Number(value.toFixed(6))))}${lower}`;
    groups.set(place, [...(groups.get(place) ?? []), shownRuns[index].name]);
  }
  if (groups.size < 2) return null;
  const parts = [...groups].map(([place, names]) => `${listInWords(names)} at ${place}`);
  return `${everyone(ranked.length)} are at a minimum, ${WITHIN}: ${parts.join("; ")}.`;
}

/**
 * Which of the runs that have ended are at a minimum, and which are not.
 * @param ranked  by loss, lowest first
 */
function verdicts(scene: Scene, ranked: Standing[]): string | null {
  const { minima } = scene.problem;
  const names = (some: Standing[]) => listInWords(some.map(({ index }) => scene.shownRuns[index].name));
  const faster = minima.length ? [] : ranked.filter(({ index }) => fallsEverFaster(scene.shownRuns[index]));
  if (faster.length) {
    const all = ranked.length > 1 ? everyone(ranked.length) : "It";
    const who = faster.length === ranked.length ? all : names(faster);
    return `${who} still ${faster.length > 1 ? "fall" : "falls"}, ever faster.`;
  }
  const endPoints = ranked.map(({ index }) => arrivalOf(scene.shownRuns[index], scene.problem));
  const places = endPoints.map((arrival) => arrival && endPointWords(arrival, minima, `, ${WITHIN}`));
  if (!places.length || places.includes(null)) return null;
  if (places[0] && places.every((place) => place === places[0])) {
    return `${ranked.length === 1 ? "It is" : `${everyone(places.length)} are`} ${places[0]}.`;
  }
  const at = ranked.filter((_, k) => endPoints[k]?.kind === "minimum");
  const reached = new Set(places.filter((_, k) => endPoints[k]?.kind === "minimum"));
  const place = reached.size === 1 ? [...reached][0] : `at a minimum, ${WITHIN}`;
  if (at.length) {
    const others = ranked.filter((standing) => !at.includes(standing));
    // Where the loss is flat, a run with a lower loss may be farther from the minimum.
    const lower = others.filter(({ loss }) => loss < at[0].loss);
    const all = others.length === 1 ? "the other is at none" : "the others are at none";
    const but = !lower.length
      ? ""
      : others.length === 1
        ? ", though its loss is lower"
        : `, though the loss of ${names(lower)} is lower`;
    const who = at.length > 3 ? capitalized(inWords(at.length)) : names(at);
    return `${who} ${at.length > 1 ? "are" : "is"} ${place}; ${all}${but}.`;
  }
  const above = excessWords(endPoints[0]);
  if (ranked.length === 1) return `It is not at ${lowestMinimumWords(minima)}, ${WITHIN}${above && `, but ${above}`}.`;
  const [none, least] = ranked.length === 2 ? ["Neither", "lower"] : ["None", "lowest"];
  return `${none} is at ${lowestMinimumWords(minima)}, ${WITHIN}${above && `: the ${least} loss is ${above}`}.`;
}

/** @returns such as "Both", "All four" */
export const everyone = (count: number) => (count === 2 ? "Both" : `All ${inWords(count)}`);

/** How many times higher a loss is; left out next to 0, and where only differences of losses count. */
function ratioWords(low: number, high: number, decades: boolean, otherwise: string) {
  const times = high / low;
  return decades && low > 0 && times >= 1.05 && times < 1e4 ? `${formatExact(times, 2)} times as high` : otherwise;
}

/** Which runs have reached the loss that was asked for, in the order of arrival. */
function arrivalWords({ shownRuns }: Scene, ranked: Standing[]): string | null {
  const home = ranked.filter(
    ({ progress, index }) => progress === "stopped" && shownRuns[index].end?.stop_reason === "target_loss",
  );
  if (!home.length || ranked.length < 2) return null;
  const taken = ({ index }: Standing) => shownRuns[index].end?.n_steps ?? 0;
  const [first, ...rest] = [...home].sort((a, b) => taken(a) - taken(b));
  const later = rest.map((standing) => `${shownRuns[standing.index].name} after ${formatExact(taken(standing))}`);
  const elsewhere = ranked.filter((standing) => !home.includes(standing)).map(({ index }) => shownRuns[index].name);
  const count = `${formatExact(taken(first))} ${taken(first) === 1 ? "step" : "steps"}`;
  const others = later.length ? `; ${listInWords(later)}` : "";
  const order = `${shownRuns[first.index].name} was there first, after ${count}${others}.`;
  return elsewhere.length
    ? `${order} ${listInWords(elsewhere)} ${elsewhere.length > 1 ? "are" : "is"} still on the way.`
    : order;
}

/** @param when  empty while the playhead moves */
function comparison({ shownRuns, levels, plane }: Scene, ranked: Standing[], when: string) {
  const [first, last] = [ranked[0], ranked[ranked.length - 1]];
  const [low, high] = [formatMeasured(first.loss), formatMeasured(last.loss)];
  const [winner, loser] = [shownRuns[first.index].name, shownRuns[last.index].name];
  const then = when && ` ${when}`;
  if (ranked.length === 1) return `${winner} is at ${low}${then}.`;
  if (low === high) return `${everyone(ranked.length)} are at ${low}${then}.`;
  const [least, most] = ranked.length === 2 ? ["lower", "higher"] : ["lowest", "the highest"];
  const times = ratioWords(first.loss, last.loss, levels?.kind !== "steps" || Boolean(plane), most);
  return `${winner} has the ${least} loss${then}, ${low}; ${possessive(loser)} is ${times}, ${high}.`;
}

/** @param among  the beginning of a comparison */
function rest(scene: Scene, remaining: Standing[], when: string, among: string) {
  const over = remaining.every(({ progress }) => progress === "stopped" || progress === "spent");
  return (
    (over && valleys(scene, remaining)) ||
    arrivalWords(scene, remaining) ||
    [among + comparison(scene, remaining, when), over && verdicts(scene, remaining)].filter(Boolean).join(" ")
  );
}

/**
 * @param step  the playhead
 * @param playing  whether it moves: then no step is named, as the counter beside it would be ahead
 */
export function sentence(scene: Scene, step: number, playing: boolean = false): string {
  const begun = standings(scene.shownRuns, scene.problem, step).filter(({ progress }) => progress !== "waiting");
  const then = scene.problem.kind === "network" ? "the network learns" : "its path appears on the map";
  if (!scene.shownRuns.length) return `Nothing runs yet. Add a run, and ${then}.`;
  if (!begun.length)
    return scene.shownRuns.every((run) => run.hidden) ? "Every run is hidden." : "The first steps are on their way.";
  if (step < 1) return atTheStart(scene, begun);
  const when = playing ? "" : `at step ${formatExact(Math.floor(step))}`;
  const gone = begun.filter(({ progress }) => progress === "diverged" || progress === "growing");
  const remaining = begun.filter((standing) => !gone.includes(standing));
  const parts = troubles(scene, gone.slice(0, 2), when);
  if (remaining.length)
    parts.push(rest(scene, remaining, when, gone.length && remaining.length > 1 ? "Of the others " : ""));
  return capitalized(parts.join(" "));
}
