/** The playground: one figure with all parts, and what is around it: the address, the projector, the theme. */

import type { Figure } from "./figure/figure.ts";
import { createFigure } from "./figure/figure.ts";
import type { Frame } from "./figure/part.ts";
import { addressInBar, createNavigation } from "./navigation.ts";
import { createBar } from "./panels/bar/bar.ts";
import { createDataPart } from "./panels/data.ts";
import { createExplanations } from "./panels/explain.ts";
import { createPicker } from "./panels/landscape/picker.ts";
import { createLossPart } from "./panels/loss.ts";
import { createMapPart } from "./panels/map.ts";
import { networkViews } from "./panels/network/views.ts";
import { createSentence, createStandings } from "./panels/outcome/meaning.ts";
import { createNotice } from "./panels/outcome/notice.ts";
import { createTitle } from "./panels/outcome/title.ts";
import { createBeats } from "./panels/presets/beats.ts";
import { createPresets } from "./panels/presets/presets.ts";
import { createRunsPanel } from "./panels/runs/runs.ts";
import { createStopPanel } from "./panels/runs/startAndStop.ts";
import { createTabs } from "./panels/shared/tabs.ts";
import { openWordsInPlace } from "./panels/shared/word.ts";
import { createTransport } from "./panels/transport.ts";
import { lazy } from "./service/lazy.ts";
import { createService } from "./service/service.ts";
import { loadStyle } from "./service/style.ts";
import { keptSection } from "./service/visit.ts";
import type { PageAddress } from "./state/types.ts";

const { address: first, faults } = addressInBar();

const presets = createPresets({ onOpen: open, onLook: (part) => figure.get(createTabs)?.show(part) });
const beats = createBeats((by) => figure.get(presets)?.go(by));
const map = createMapPart(() => {
  figure.get(createTabs)?.show("runs");
  figure.get(createStopPanel)?.focusStart();
});
const bar = createBar({ link: () => navigation.link(), onTakeHome: takeHome });

/** Large type is fetched when it is first wanted. */
function createProjector(given: Figure) {
  const large = lazy(async () => {
    await loadStyle("projector");
    return true;
  }, given);
  return {
    render({ scene: { projector, scale } }: Frame) {
      given.root.style.setProperty("--scale", String(scale));
      for (const name of ["projector", "wall"]) given.root.classList.toggle(name, projector && large() !== null);
    },
  };
}

const createTheme = () => ({
  render({ state }: Frame) {
    document.documentElement.dataset.theme = state.theme;
  },
});

/** For whoever measures how long it takes until something is to be seen. */
const createMark = () => ({
  render({ scene: { wholeRuns: runs } }: Frame) {
    if (performance.getEntriesByName("first path").length || !runs.some(({ length }) => length > 1)) return;
    performance.mark("first path");
  },
});

const figure = createFigure(document.body, first, {
  controls: [
    createTheme,
    createProjector,
    presets,
    beats,
    createPicker,
    createRunsPanel,
    createStopPanel,
    createTransport,
    createTabs,
    bar,
  ],
  views: [
    createNotice(faults.map(({ message }) => message)),
    createTitle,
    createSentence,
    createStandings,
    map,
    createLossPart,
    createDataPart,
    createExplanations,
    ...networkViews,
    createMark,
  ],
  service: createService(),
  theme: document.documentElement.dataset.theme === "night" ? "night" : "day",
  prefix: "",
  onMove: () => navigation.note(),
  takeHome: (picture) => void figure.get(bar)?.takeHome(picture),
});
const { player, store } = figure;

/** Where the playhead rests, for the address; none while it plays or stands at the end. */
function restingStep(): number | null {
  return player.playing() || player.step() === 0 || player.atEnd() ? null : Math.floor(player.step());
}

const navigation = createNavigation({ store, step: restingStep, onOpen: figure.begin });
store.subscribe(() => navigation.note());

/** Past all that comes before, the keys come to where a skip link leads. */
const FIRST: Record<string, string> = {
  "#words": ".beat-words, .sentence",
  "#map": ".map-ground",
  "#transport": ".play",
  "#runs": ".run-toggle, .invitation button",
};
for (const link of document.querySelectorAll<HTMLAnchorElement>(".skip")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link.hash === "#runs") figure.get(createTabs)?.show("runs");
    const to = document.querySelector(link.hash)?.querySelector<HTMLElement>(FIRST[link.hash]);
    if (to && to.tabIndex < 0) to.tabIndex = -1;
    to?.focus();
  });
}

openWordsInPlace();

/** Who opened a figure of a lesson here is led back to it. */
const section = keptSection();
const wayBack = document.querySelector<HTMLAnchorElement>("#way-back");
if (section && wayBack) {
  wayBack.href = section.address;
  wayBack.hidden = false;
  const [lesson, title] = wayBack.children;
  lesson.textContent = `Back to ${section.lesson.replace(/^L/, "l")}`;
  title.textContent = section.title;
}

function open(address: PageAddress) {
  const { projector, explain } = store.get();
  const kept = { ...explain, against: null, working: false };
  figure.open({ ...address, display: { ...address.display, projector, explain: kept } });
  navigation.turn();
}

/** What is on the page, to be taken home: fetched when it is first asked for. @param picture  to begin at */
async function takeHome(picture: string) {
  const { openTakeHome } = await import("./panels/take-home/takeHome.ts");
  await openTakeHome(figure, navigation.link(), picture);
}
