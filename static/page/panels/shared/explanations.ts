/** The explanations that there are, and the ways to them. */
import { html } from "lit-html";

/** Where a way begins: at the tabs of the page, under *More* beside them, at a run, in *Why*. */
type Way = "page" | "more" | "run" | "why";

interface Explanation {
  name: string;
  word: string;
  /** draws them */
  gradients?: true;
  /** tells of the next step */
  ofStep?: true;
  ways: Way[];
}

export const EXPLANATIONS = [
  { name: "why", word: "Why", ofStep: true, ways: ["page"] },
  { name: "polynomial", word: "What steps leave", ways: ["why"] },
  { name: "rose", word: "Turned", ways: ["why"] },
  { name: "steps", word: "Steps", gradients: true, ways: ["page"] },
  { name: "compare", word: "Compare", ofStep: true, ways: ["page"] },
  { name: "charts", word: "States", gradients: true, ofStep: true, ways: ["more", "run"] },
  { name: "average", word: "Averages", gradients: true, ofStep: true, ways: ["more"] },
  { name: "ends", word: "Ends", ways: ["more"] },
  { name: "tune", word: "Tune", ways: ["more"] },
  { name: "rule", word: "Your rule", ways: ["more", "run"] },
  { name: "forms", word: "Forms", ways: ["run"] },
  { name: "search", word: "Search", ways: [] },
] as const satisfies Explanation[];

export type ExplanationName = (typeof EXPLANATIONS)[number]["name"];

const ALL: Explanation[] = [...EXPLANATIONS];

export const contentOf = (explanation: string | null) => ALL.find(({ name }) => name === explanation);

export const startingAt = (from: Way) => ALL.filter(({ ways }) => ways.includes(from));

const [why, ...others] = startingAt("page");

/** What there is a tab for. */
export const TABBED = [why, { name: "working", word: "Working" }, ...others];

/** A button for each that can be opened from there. */
export const explanationWays = (from: Way, onOpen: (explanation: string) => void) =>
  startingAt(from).map(
    ({ name, word }) => html`<button type="button" class="quiet" @click=${() => onOpen(name)}>${word}</button>`,
  );
