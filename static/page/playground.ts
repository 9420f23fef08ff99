/** The playground: one figure with all views, and what is around it. */

import { createFigure } from "./figure/figure.ts";
import type { Frame, View } from "./figure/part.ts";
import { showLessonBackLink } from "./lessonBackLink.ts";
import { addressInBar, createNavigation, goOnWhereLeft } from "./navigation.ts";
import { barView } from "./panels/bar/bar.ts";
import { explanationTabs } from "./panels/explanations/explanationTabs.ts";
import { pickerView } from "./panels/landscape/picker.ts";
import {
  customCodeView,
  dataView,
  lossView,
  networkView,
  planeWordsView,
  predictionView,
  samplesView,
  sentenceView,
  standingsView,
} from "./panels/lazyViews.ts";
import { mapView } from "./panels/map.ts";
import { noticeView } from "./panels/outcome/notice.ts";
import { titleView } from "./panels/outcome/title.ts";
import { beatsView } from "./panels/presets/beats.ts";
import { presetsView } from "./panels/presets/presets.ts";
import { runsView } from "./panels/runs/runs.ts";
import { stopView } from "./panels/runs/startAndStop.ts";
import { tabsView } from "./panels/shared/panelTabs.ts";
import { openWordsInPlace } from "./panels/shared/word.ts";
import { transportView } from "./panels/transport.ts";
import { firstPathView, projectorView, themeView } from "./panels/wholePage.ts";
import { exposeToParentFrame } from "./service/framed.ts";
import { createService } from "./service/service.ts";
import { openSkipLinks } from "./skipLinks.ts";
import { hidesAhead } from "./state/exercise.ts";

/**
 * Whether a question stands alone, also before the catalog says that one is asked. Where panels are tabs below the map,
 * what is chosen shows; so does what has been opened to explain.
 */
const asksAlone = (frame: Frame) =>
  !frame.stacked &&
  frame.state.explain.explanation === null &&
  (frame.beat === "question" || (!frame.state.catalog && hidesAhead(frame.state)));

/** @returns the view, hidden while the question of a preset is open */
const hiddenDuringQuestion = (view: View): View => ({
  ...view,
  shows: (frame) => !asksAlone(frame) && view.shows?.(frame) !== false,
});

const { address, faults } = addressInBar();

const figure = createFigure(document.body, address, {
  views: [
    themeView,
    projectorView,
    presetsView,
    pickerView,
    runsView,
    stopView,
    samplesView,
    beatsView,
    sentenceView,
    titleView,
    noticeView,
    mapView(),
    networkView,
    planeWordsView,
    transportView,
    tabsView,
    barView,
    predictionView,
    dataView,
    hiddenDuringQuestion(lossView),
    ...(document.documentElement.matches("[data-own]") ? [customCodeView] : []),
    hiddenDuringQuestion(standingsView),
    explanationTabs,
    firstPathView,
  ],
  service: createService(),
  theme: document.documentElement.dataset.theme === "night" ? "night" : "day",
  prefix: "",
  faults: faults.map(({ message }) => message),
  onMove: () => navigation.note(),
  onOpen: () => navigation.noteOpened(),
});

const navigation = createNavigation(figure);
goOnWhereLeft(figure, address);
openSkipLinks(figure);
openWordsInPlace();
showLessonBackLink();
exposeToParentFrame(figure);
