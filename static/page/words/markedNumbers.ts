/** Marks the numbers of a sentence that also stand in the picture beside it. */
import { type Counts, countAt } from "../math/series.ts";
import { stepsTo } from "../state/evidence.ts";
import { awaitsSelection, crossingsOf, endShare, firstAway } from "../state/evidenceValues.ts";
import type { Evidence, Scene } from "../state/types.ts";

const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?/g;

const plain = (number: string) => number.replaceAll(",", "").replace("-", "−");

function numbersOf(evidence: Evidence, { runs }: Scene, counts: Counts[] | null): string[] {
  const steps = (count: (run: (typeof runs)[number]) => number | null) =>
    runs.flatMap((run, k) => {
      const step = count(run);
      return step === null ? [] : [String(step), String(countAt(step, counts?.[k]))];
    });
  if (evidence.kind === "goal") {
    const { loss, stays, text } = evidence;
    return [text, ...steps((run) => (loss === null ? run.length - 1 : stepsTo(run, loss, stays)))];
  }
  if (evidence.kind === "away") return steps((run) => firstAway(run, evidence.parameter, evidence.distance));
  if (evidence.kind === "crossings")
    return runs.map((run) => String(crossingsOf(run, evidence.parameter, evidence.steps).length));
  if (evidence.kind === "ends") return runs.map((run) => endShare(run, evidence.least));
  return "texts" in evidence ? evidence.texts : "text" in evidence ? [evidence.text] : [];
}

/** The result of a change as a sentence with a capital; a single letter at the front is a name and stays as it is. */
export const ownSentence = (then: string): string =>
  then.replace(/^(?:a(?= )|[a-z](?=[a-z]))/, (first) => first.toUpperCase());

/** A number stays on the line of its name and unit: "x = 0.62", "24 %". */
const unbroken = (words: string) => words.replace(/ = | (?=%)/g, (gap) => gap.replaceAll(" ", "\u00a0"));

type SentencePart = { text: string; marked: boolean };

/**
 * @param counts  along the axis of the loss chart; null: steps
 * @returns the parts of a sentence; marked: the number stands in the picture
 */
export function markedParts(words: string, scene: Scene, counts: Counts[] | null): SentencePart[] {
  const sentence = unbroken(words);
  const evidenceText = scene.evidence
    .filter((item) => !awaitsSelection(item, scene.selected))
    .flatMap((item) => numbersOf(item, scene, counts))
    .join(" ");
  const evidenceNumbers = new Set((evidenceText.match(NUMBER) ?? []).map(plain));
  const parts: SentencePart[] = [];
  let done = 0;
  for (const { 0: number, index } of sentence.matchAll(NUMBER)) {
    if (!evidenceNumbers.has(plain(number))) continue;
    parts.push({ text: sentence.slice(done, index), marked: false }, { text: number, marked: true });
    done = index + number.length;
  }
  return [...parts, { text: sentence.slice(done), marked: false }];
}
