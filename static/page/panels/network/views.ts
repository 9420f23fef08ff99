/** The views of a network, each fetched when a network is first shown. */

import { type Frame, panelIn, type View, type ViewPlace } from "../../figure/part.ts";
import { loadStyle } from "../../service/style.ts";
import { showsPlane, stageOf } from "../../state/network.ts";
import type { Column, State } from "../../state/types.ts";
import { lazyView } from "../shared/lazyView.ts";

const shows = ({ scene }: Frame) => Boolean(scene.problem.network);

/** Which samples each step sees. */
const needs = ({ problem }: State): Column[] => (problem.network ? ["batch"] : []);

const onStage = (label: string): ViewPlace => ({
  within: "stage",
  tag: "section",
  attributes: { class: "stage-view", "aria-label": label },
});

const parts = async () => (await Promise.all([import("./all.ts"), loadStyle("networks"), loadStyle("data")]))[0];

export const samplesView: View = lazyView(
  { name: "samples", place: panelIn("left", "Samples"), tab: "Samples", shows, needs },
  async () => (await parts()).createSamples,
);

/** In the place of a map. */
export const networkView: View = lazyView(
  {
    name: "network",
    place: onStage("The network"),
    shows: ({ state }) => stageOf(state) === "network",
    needs,
  },
  async () => (await parts()).createNetwork,
);

export const predictionView: View = lazyView(
  { name: "prediction", place: panelIn("right", "What the network says"), tab: "Output", shows, needs },
  async () => (await parts()).createPrediction,
);

export const planeWordsView: View = lazyView(
  {
    name: "plane",
    place: onStage("The plane"),
    shows: ({ state, scene }) => showsPlane(state) && scene.problem.parameters.length > 0,
  },
  async () => (await parts()).createPlaneWords,
);

/** What stands in the place of the map, and the words on it. */
export const stageViews: View[] = [networkView, planeWordsView];
