/** What a figure needs to know of views whose code the playground fetches once a scene's question has been left. */

import { panelIn, type View } from "../figure/part.ts";
import { hasData } from "../state/catalog.ts";

export const LOSS: Omit<View, "create"> = {
  name: "loss",
  place: panelIn("right", "Loss"),
  tab: "Loss",
  needs: ({ problem, count }) => [
    ...(hasData(problem) ? ["batch" as const] : []),
    ...(count !== "steps" ? ["evaluations" as const] : []),
  ],
};
