/** The title of a network, and the choice between it and the map of its loss. */
import { html } from "lit-html";
import { wordChoice } from "../../controls/choice.ts";
import type { Frame } from "../../figure/part.ts";
import { setExplain } from "../../state/explain.ts";
import { PLANE_OF_PATH } from "../../state/stage.ts";
import type { Act } from "../../state/store.ts";
import { titleWords } from "../../words/networkWords.ts";

type OnStage = "network" | "map";

const otherPlane = (plane: string | null) => (plane === null ? PLANE_OF_PATH : null);

/**
 * Chooses between the network and the map of its loss by a key, as a wall has no room for `networkTitle`.
 * @returns whether the key means something
 */
export function pressNetworkTitle(key: string, { state }: Frame, act: Act): boolean {
  if (key !== "m") return false;
  act(setExplain, { plane: otherPlane(state.explain.plane) });
  return true;
}

export function networkTitle(
  {
    state: {
      catalog,
      start,
      explain: { plane },
    },
    scene: { problem },
  }: Frame,
  act: Act,
) {
  const map = problem.domain.length > 0 ? "Map of the loss" : "Plane of the loss";
  return html`<h1>${titleWords(problem, catalog, start)}</h1>${wordChoice<OnStage>({
    label: "Shown",
    options: [
      ["network", "Network"],
      ["map", map],
    ],
    value: plane === null ? "network" : "map",
    onChoose: () => act(setExplain, { plane: otherPlane(plane) }),
  })}`;
}
