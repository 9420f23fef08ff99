/** A lesson, and the views that its figures may have. */

import { type Frame, panelIn, type View } from "./figure/part.ts";
import { openLesson } from "./lesson/open.ts";
import { explanationView } from "./panels/explanations/views.ts";
import {
  dataTableView,
  dataView,
  distanceView,
  lossView,
  networkView,
  planeWordsView,
  predictionView,
  ratesView,
  samplesView,
  standingsView,
} from "./panels/lazyViews.ts";
import { mapView } from "./panels/map.ts";
import { noticeView } from "./panels/outcome/notice.ts";
import { openWordsInPlace } from "./panels/shared/word.ts";
import { transportView } from "./panels/transport.ts";
import { leadToView } from "./service/visit.ts";
import { EXPLANATIONS, type Explanation, WORKING } from "./state/explanations.ts";

/** Nothing explains a question before it is answered: directions on the map would reveal the answer. */
const mayExplain = (frame: Frame) => !frame.state.exercise.preset?.guess || frame.outcomeShows;

const ofLesson = (name: string) =>
  explanationView(EXPLANATIONS.find(({ inLessons }) => inLessons === name) as Explanation);

/** By their names in lessons, in the order of the figure; for a network the map is a plane. Most have losses. */
const VIEWS: [View, string[]][] = [
  [mapView(false), ["map"]],
  [networkView, ["network"]],
  [planeWordsView, ["map"]],
  [samplesView, ["samples"]],
  [predictionView, ["prediction"]],
  [dataView, ["data"]],
  [dataTableView, ["table"]],
  [ratesView, ["rates"]],
  [lossView, ["loss", "by_samples", "band"]],
  [distanceView, ["distance"]],
  [standingsView, ["standings"]],
  [explanationView(WORKING, panelIn("right", "Explanations")), ["working"]],
  [ofLesson("states"), ["states"]],
  [ofLesson("average"), ["average"]],
  [ofLesson("search"), ["search"]],
  [{ ...ofLesson("why"), shows: mayExplain }, ["why"]],
];

openLesson((show) => [
  noticeView,
  ...VIEWS.filter(([, names]) => names.some((name) => show.includes(name))).map(([view]) => view),
  transportView,
]);
openWordsInPlace();
leadToView();
