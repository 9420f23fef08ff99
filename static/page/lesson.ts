/** A lesson: its figures, its checks, what to try, and how it is seen on a wall. */

import { type Frame, panelIn, type View } from "./figure/part.ts";
import { createAnswered } from "./lesson/answered.ts";
import { openBar } from "./lesson/bar.ts";
import { createChecks } from "./lesson/checks.ts";
import { all } from "./lesson/elements.ts";
import { OF_A_FIGURE } from "./lesson/explained.ts";
import { createFigures } from "./lesson/figures.ts";
import { followWall } from "./lesson/led.ts";
import { foldPastQuestions } from "./lesson/past.ts";
import { pinFigures } from "./lesson/pinned.ts";
import { present } from "./lesson/present.ts";
import { createTries } from "./lesson/tries.ts";
import { dataTableView, dataView } from "./panels/data.ts";
import { explanationView, workingView } from "./panels/explanations/views.ts";
import { setProseFormulas } from "./panels/lesson/proseFormulas.ts";
import { lossView } from "./panels/loss.ts";
import { mapView } from "./panels/map.ts";
import { networkView, planeWordsView, predictionView, samplesView } from "./panels/network/views.ts";
import { standingsView } from "./panels/outcome/meaning.ts";
import { noticeView } from "./panels/outcome/notice.ts";
import { lazyView } from "./panels/shared/lazyView.ts";
import { openWordsInPlace } from "./panels/shared/word.ts";
import { transportView } from "./panels/transport.ts";
import { leadToView } from "./service/visit.ts";
import { beatOf } from "./state/reveal.ts";
import { createThemeButton } from "./theme.ts";

/** What is asked is not explained before it is answered: directions on the map would tell it. */
const isTold = (frame: Frame) => !frame.state.ownPreset?.guess || beatOf(frame) === "sentence";

const distanceView = lazyView(
  { name: "distance", place: panelIn("right", "Distance left") },
  async () => (await import("./panels/distance.ts")).createDistance,
);

/** By the names that a lesson has for them, in the order in which they stand; of a network, the map is a plane. */
const VIEWS: [View, string[]][] = [
  [mapView(false), ["map"]],
  [networkView, ["network"]],
  [planeWordsView, ["map"]],
  [samplesView, ["samples"]],
  [predictionView, ["prediction"]],
  [dataView, ["data"]],
  [dataTableView, ["table"]],
  [lossView, ["loss", "by_samples", "band"]],
  [distanceView, ["distance"]],
  [standingsView, ["standings"]],
  [workingView, ["working"]],
  [explanationView(OF_A_FIGURE.states), ["states"]],
  [explanationView(OF_A_FIGURE.average), ["average"]],
  [explanationView(OF_A_FIGURE.search), ["search"]],
  [{ ...explanationView(OF_A_FIGURE.why), shows: isTold }, ["why"]],
];

const sections = all(".lesson-section");
const note = createAnswered(document.querySelector("main")?.dataset.lesson ?? "", sections);
/** The sections that are shown on a wall, or follow one, by their numbers; empty: all; null: it is read. */
const asked = new URLSearchParams(location.search);
const [presented, led] = [asked.get("present"), asked.get("led")];
const wall = presented !== null;
const tried = createTries();
const figures = createFigures({
  viewsOf(show) {
    const shown = VIEWS.filter(([, names]) => names.some((name) => show.includes(name))).map(([view]) => view);
    return [noticeView, ...shown, transportView];
  },
  wall,
  onSeen(figure) {
    // Its caption may tell now what is right.
    figure.classList.add("is-answered");
    note(figure.id);
  },
  onTried: tried,
});
const pin = wall || led !== null ? null : pinFigures(sections, figures.liven);
const checks = createChecks({
  known: figures.known,
  show(figure, shown, check) {
    // On a wall it stands beside the check already, gone through, and is given back as the check is asked again.
    if (pin) pin(check, figures.behind(check, figure, shown));
    else figures.lend(figure, shown);
  },
  giveBack: figures.giveBack,
  note,
});
const set = setProseFormulas();
const chosen = (numbers: string) =>
  numbers ? numbers.split(",").flatMap((number) => sections[Number(number) - 1] ?? []) : sections;
if (presented !== null) present(chosen(presented), figures, checks, Promise.all([set, document.fonts.ready]));
else if (led !== null) followWall(chosen(led), figures, checks);
else foldPastQuestions();
createThemeButton(figures.setTheme);
openWordsInPlace();
leadToView();
openBar(sections);
