/** What the drawer can hold, and the ways into it. */
import { html } from "lit-html";

/** Where a way begins: on the page, which is its working's list and the drawer's own, too; at a run. */
type Way = "page" | "run";

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
  { name: "why", word: "Why", gradients: false, ofStep: true, ways: ["page"] },
  { name: "charts", word: "States", gradients: true, ofStep: true, ways: ["page", "run"] },
  { name: "average", word: "Averages", gradients: true, ofStep: true, ways: ["page"] },
  { name: "compare", word: "Compare", gradients: false, ofStep: true, ways: ["page"] },
  { name: "tune", word: "Tune", gradients: false, ofStep: false, ways: ["page"] },
  { name: "forms", word: "Forms", gradients: false, ofStep: false, ways: ["run"] },
  { name: "steps", word: "Steps", gradients: true, ofStep: false, ways: ["page"] },
  { name: "search", word: "Search", gradients: false, ofStep: false, ways: [] },
  { name: "rule", word: "Your rule", gradients: false, ofStep: false, ways: ["page", "run"] },
] as const satisfies DrawerWay[];

export type DrawerName = (typeof DRAWER_CONTENTS)[number]["name"];

export const contentOf = (drawer: string | null): DrawerWay | undefined =>
  DRAWER_CONTENTS.find(({ name }) => name === drawer);

const startsAt = (from: Way) => (content: DrawerWay) => content.ways.includes(from);

/** What is chosen from in the drawer: the list of the page, and what is open where that is reached otherwise. */
export const choicesOf = (open: DrawerName) =>
  DRAWER_CONTENTS.filter((content) => content.name === open || startsAt("page")(content));

/** A button for each that can be opened from there. */
export const drawerWays = (from: Way, onOpen: (drawer: string) => void) =>
  DRAWER_CONTENTS.filter(startsAt(from)).map(
    ({ name, word }) => html`<button type="button" class="quiet" @click=${() => onOpen(name)}>${word}</button>`,
  );
