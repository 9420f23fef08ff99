/** The views of a network, each fetched when a network is first shown. */

import type { Frame, View } from "../../figure/part.ts";
import { loadStyle } from "../../service/style.ts";
import { showsMap, showsPlane } from "../../state/network.ts";
import type { Column, State } from "../../state/types.ts";
import { lazyView } from "../shared/lazyView.ts";

const shows = ({ scene }: Frame) => Boolean(scene.problem.network);

/** Which samples each step sees. */
const needs = ({ problem }: State): Column[] => (problem.network ? ["batch"] : []);

const parts = async () => (await Promise.all([import("./parts.ts"), loadStyle("networks"), loadStyle("samples")]))[0];

const samplesView: View = lazyView(
  { name: "samples", label: "Samples", column: "left", after: "landscape", tab: "Samples", shows, needs },
  async () => (await parts()).createSamples,
);

/** In the place of a map. */
const networkView: View = lazyView(
  {
    name: "network",
    label: "The network",
    column: "stage",
    after: "map",
    shows: ({ state }) => !showsMap(state),
    needs,
  },
  async () => (await parts()).openNetwork(),
);

const predictionView: View = lazyView(
  { name: "prediction", label: "What the network says", column: "right", after: "words", tab: "Output", shows, needs },
  async () => (await parts()).createPrediction,
);

export const planeWordsView: View = lazyView(
  {
    name: "plane",
    label: "The plane",
    column: "stage",
    after: "map",
    shows: ({ state, scene }) => showsPlane(state) && scene.problem.parameters.length > 0,
  },
  async () => (await parts()).createPlaneWords,
);

/** What stands in the place of the map, and the words on it. */
export const stageViews: View[] = [networkView, planeWordsView];

export const networkViews: View[] = [samplesView, ...stageViews, predictionView];
