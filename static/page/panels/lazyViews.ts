/** Declares the views whose code is loaded when they first show; the code of all others is part of the page's. */

import { type Frame, gradientAtRest, panelIn, type View, type ViewPlace } from "../figure/part.ts";
import { loadStyle } from "../service/style.ts";
import { hasData, isLineFit } from "../state/catalog.ts";
import { hidesAhead, presetWithStatus } from "../state/exercise.ts";
import { showsWorking } from "../state/explain.ts";
import { showsPlane, stageOf } from "../state/stage.ts";
import type { Column, State } from "../state/types.ts";
import { lazyView } from "./shared/lazyView.ts";

/** Not before it is known whether this is a preset: while that is as prepared, its own words stand in place of it. */
export const sentenceView: View = lazyView(
  {
    name: "sentence",
    place: { within: "words", tag: "p", attributes: { class: "sentence" } },
    shows: (frame) =>
      (frame.state.catalog !== null || frame.state.fault !== null) &&
      (!hidesAhead(frame.state) || !presetWithStatus(frame.state, "prepared") || showsWorking(frame.state)),
    columns: gradientAtRest,
  },
  async () => (await import("./outcome/report.ts")).createSentence,
);

export const standingsView: View = lazyView(
  { name: "standings", place: panelIn("right", "Standings"), tab: "Standings", columns: gradientAtRest },
  async () => (await Promise.all([import("./outcome/report.ts"), loadStyle("standings")]))[0].createStandings,
);

export const lossView: View = lazyView(
  {
    name: "loss",
    place: panelIn("right", "Loss"),
    tab: "Loss",
    columns: ({ problem, count }) => [
      ...(hasData(problem) ? ["batch" as const] : []),
      ...(count !== "steps" ? ["evaluations" as const] : []),
    ],
  },
  async () => (await import("./loss.ts")).createLossPanel,
);

export const distanceView: View = lazyView(
  { name: "distance", place: panelIn("right", "Distance left") },
  async () => (await import("./distance.ts")).createDistance,
);

export const ratesView: View = lazyView(
  { name: "rates", place: panelIn("right", "Rates") },
  async () => (await import("./lesson/rates.ts")).createRates,
);

const batchOfFit = ({ problem }: State): Column[] => (isLineFit(problem) ? ["batch"] : []);

export const dataView: View = lazyView(
  {
    name: "data",
    place: panelIn("right", "Data and fit"),
    tab: "Data",
    shows: ({ state }) => isLineFit(state.problem),
    columns: batchOfFit,
  },
  async () => (await Promise.all([import("./dataPanel.ts"), loadStyle("data")]))[0].createDataPanel,
);

export const dataTableView: View = lazyView(
  { name: "table", place: panelIn("right", "Data as a table"), tab: "Table", columns: batchOfFit },
  async (figure) =>
    (await Promise.all([import("./dataTable.ts"), loadStyle("data"), figure.wholeCatalog()]))[0].createDataTable,
);

const showsNetwork = ({ scene }: Frame) => Boolean(scene.problem.network);

/** Which samples each step sees. */
const batchOfNetwork = ({ problem }: State): Column[] => (problem.network ? ["batch"] : []);

const onStage = (label: string): ViewPlace => ({
  within: "stage",
  tag: "section",
  attributes: { class: "stage-view", "aria-label": label },
});

const networkParts = async () =>
  (await Promise.all([import("./network/networkViews.ts"), loadStyle("networks"), loadStyle("data")]))[0];

export const samplesView: View = lazyView(
  {
    name: "samples",
    place: panelIn("left", "Samples"),
    tab: "Samples",
    shows: showsNetwork,
    columns: batchOfNetwork,
  },
  async () => (await networkParts()).createSamples,
);

/** In the place of a map. */
export const networkView: View = lazyView(
  {
    name: "network",
    place: onStage("The network"),
    shows: ({ state }) => stageOf(state) === "network",
    columns: batchOfNetwork,
  },
  async () => (await networkParts()).createNetwork,
);

export const predictionView: View = lazyView(
  {
    name: "prediction",
    place: panelIn("right", "What the network says"),
    tab: "Output",
    shows: showsNetwork,
    columns: batchOfNetwork,
  },
  async () => (await networkParts()).createPrediction,
);

/** The words on a map that is a plane. */
export const planeWordsView: View = lazyView(
  {
    name: "plane",
    place: onStage("The plane"),
    shows: ({ state, scene }) => showsPlane(state) && scene.problem.parameters.length > 0,
  },
  async () => (await networkParts()).createPlaneWords,
);

/** The panel of the user's own code and its faults. */
export const customCodeView: View = lazyView(
  {
    name: "custom-code",
    place: { within: "right", tag: "section", attributes: { class: "own-faults", "aria-label": "Your code" } },
  },
  async () => (await import("./custom-code/customCode.ts")).createCustomCode,
);
