/** Marks the numbers of a sentence that also stand in the picture beside it. */
import type { Counts } from "../math/series.ts";
import { unbroken } from "../math/text.ts";
import type { Scene } from "../state/types.ts";
import { evidenceWords } from "./evidence.ts";

/** Without a number before a slash: 2/λ is one quantity. */
const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d,.]*\/)/g;

const plain = (number: string) => number.replaceAll(",", "").replace("-", "−");

type SentencePart = { text: string; marked: boolean };

/**
 * @param counts  along the axis of the loss chart; null: steps
 * @returns the parts of a sentence; marked: the number stands in the picture
 */
export function markedParts(words: string, scene: Scene, counts: Counts[] | null): SentencePart[] {
  const sentence = unbroken(words);
  const evidenceText = scene.shownEvidence
    .flatMap((item) => evidenceWords(item.kind).numbers(item, scene, counts))
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
