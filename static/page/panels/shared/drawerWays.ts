/** What the drawer can hold, and the ways into it. */
import { html } from "lit-html";

/** Where a way begins: below the map's words, in a working, at a run. */
type Way = "page" | "working" | "run";

interface DrawerWay {
  name: string;
  word: string;
  /** draws them */
  gradients: boolean;
  /** tells of the next step */
  ofStep: boolean;
  ways: Way[];
}

export const DRAWER_CONTENTS = [
  { name: "why", word: "Why", gradients: false, ofStep: true, ways: ["page", "working"] },
  { name: "charts", word: "States", gradients: true, ofStep: true, ways: ["page", "working", "run"] },
  { name: "average", word: "Averages", gradients: true, ofStep: true, ways: ["page", "working"] },
  { name: "compare", word: "Compare", gradients: false, ofStep: true, ways: ["page", "working"] },
  { name: "forms", word: "Forms", gradients: false, ofStep: false, ways: ["run"] },
  { name: "steps", word: "Steps", gradients: true, ofStep: false, ways: ["page", "working"] },
  { name: "search", word: "Search", gradients: false, ofStep: false, ways: [] },
  { name: "rule", word: "Your rule", gradients: false, ofStep: false, ways: ["page", "run"] },
] as const satisfies DrawerWay[];

export type DrawerName = (typeof DRAWER_CONTENTS)[number]["name"];

export const contentOf = (drawer: string | null): DrawerWay | undefined =>
  DRAWER_CONTENTS.find(({ name }) => name === drawer);

/** A button for each that can be opened from there. */
export const drawerWays = (from: Way, onOpen: (drawer: string) => void) =>
  DRAWER_CONTENTS.filter(({ ways }) => (ways as readonly Way[]).includes(from)).map(
    ({ name, word }) => html`<button type="button" class="quiet" @click=${() => onOpen(name)}>${word}</button>`,
  );
