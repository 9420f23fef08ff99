/** What the drawer can hold, and the ways into it. */
import { html } from "lit-html";

/** Where a way begins: on the page, which is its working's list and the drawer's own, too; at a run; in *Why*. */
type Way = "page" | "run" | "why";

interface DrawerWay {
  name: string;
  word: string;
  /** draws them */
  gradients?: true;
  /** tells of the next step */
  ofStep?: true;
  ways: Way[];
}

export const DRAWER_CONTENTS = [
  { name: "why", word: "Why", ofStep: true, ways: ["page"] },
  { name: "polynomial", word: "What steps leave", ways: ["why"] },
  { name: "basins", word: "Ends", ways: ["page"] },
  { name: "rose", word: "Turned", ways: ["why"] },
  { name: "charts", word: "States", gradients: true, ofStep: true, ways: ["page", "run"] },
  { name: "average", word: "Averages", gradients: true, ofStep: true, ways: ["page"] },
  { name: "compare", word: "Compare", ofStep: true, ways: ["page"] },
  { name: "tune", word: "Tune", ways: ["page"] },
  { name: "forms", word: "Forms", ways: ["run"] },
  { name: "steps", word: "Steps", gradients: true, ways: ["page"] },
  { name: "search", word: "Search", ways: [] },
  { name: "rule", word: "Your rule", ways: ["page", "run"] },
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
