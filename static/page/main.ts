/** Composes the page: state, loading, player, views and panels; one frame draws them all. */
import * as api from "./net/api.ts";
import { streamRuns } from "./net/stream.ts";
import { loadStyle } from "./net/style.ts";
import { createLoader } from "./loading/index.ts";
import { createFrame } from "./frame.ts";
import { createNavigation, viewInAddress } from "./navigation.ts";
import { listenToKeys } from "./keyboard.ts";
import { createPlayback } from "./playback.ts";
import { createPlayer } from "./player.ts";
import { countSamples, openView, selectRun, setPoints, setProjector, setStart, setTheme, setWindow, settle } from "./state/actions.ts";
import { datasetOf, isLineFit, optimizerOf, pointsOf } from "./state/catalog.ts";
import { hover } from "./state/receiving.ts";
import { createScenes as createSceneOf } from "./state/scene.ts";
import { emptyState, withView } from "./state/state.ts";
import { createStore } from "./state/store.ts";
import { createMap } from "./views/map/index.ts";
import { createLoss } from "./views/loss/index.ts";
import { longestOf } from "./views/loss/axes.ts";
import { createBar } from "./panels/bar.ts";
import { chosenRun } from "./panels/chosenRun.ts";
import { createExplanations } from "./panels/explain.ts";
import { fetched } from "./panels/fetched.ts";
import { createHelp } from "./panels/help.ts";
import { createNotice } from "./panels/notice.ts";
import { createPicker } from "./panels/picker.ts";
import { createReadable } from "./panels/readable.ts";
import { createRunsPanel } from "./panels/runs.ts";
import { createScenes } from "./panels/scenes.ts";
import { createSentence, createStandings } from "./panels/meaning.ts";
import { createStopPanel } from "./panels/stop.ts";
import { createTabs } from "./panels/tabs.ts";
import { createTitle } from "./panels/title.ts";
import { createTransport } from "./panels/transport.ts";
import { createWords } from "./controls/choice.ts";
import { standings } from "./words/outcome.ts";
import { byId, setText } from "./dom.ts";
import { onSize } from "./size.ts";
import type { Scene, State, View } from "./state/types.ts";

const now = () => performance.now();
const still = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 1100px)");
const clock = { now, after: (act: () => void, ms: number) => window.setTimeout(act, ms), cancel: (timer: number) => clearTimeout(timer) };

const { view: first, faults } = viewInAddress();
const store = createStore({ ...withView(emptyState(), first), theme: document.documentElement.dataset.theme === "night" ? "night" : "day" });
const player = createPlayer(now);
const playback = createPlayback({ player, still: () => still.matches });
const loader = createLoader({ store, api: { ...api, streamRuns }, clock });
const sceneOf = createSceneOf(() => ({ reducedMotion: still.matches, wide: wide.matches }));
const frame = createFrame(draw);
const act = store.update;

/** Where the playhead rests, for the address; none while it plays or stands at the end. */
const restingStep = () => (player.playing() || player.step() === 0 || player.atEnd() ? null : Math.floor(player.step()));
const navigation = createNavigation({ store, step: restingStep, onOpen: begin });

/** @returns the id of an entry */
const idAt = (index: number): number | null => store.get().entries[index]?.id ?? null;

function seek(step: number) {
  player.seek(step);
  moved();
}

function moved() {
  navigation.note();
  frame.invalidate();
}

const map = createMap(byId("map"), {
  onStart(point, moving) {
    act(setStart, point, moving);
  },
  onWindow(window, moving) {
    act(setWindow, window, moving);
  },
  onSeek(run, step) {
    act(selectRun, idAt(run));
    seek(step);
  },
  onStartName() {
    tabs.show("runs");
    stop.focusStart();
  },
  onHover: (hit) => act(hover, hit),
  onNeedLandscape: loader.needLandscape,
});
const loss = createLoss(byId("loss-chart"), { onSeek: seek, onHover: (hit) => act(hover, hit) });
/** Only a line fit has one. */
const data = fetched(async () => (await import("./views/data/index.ts")).openData(byId("data-chart"), {
  onPoints: (points, moving) => act(setPoints, points, moving),
  onSettle: () => act(settle),
  onPoint: (point) => explanations.pointData(point),
  onResize: frame.invalidate,
}), frame.invalidate);

/** Large type is fetched when it is first wanted. */
const wall = fetched(async () => {
  await loadStyle("projector");
  return true;
}, frame.invalidate);

const notice = createNotice(byId("notice"), store, loader.retry, faults.map(({ message }) => message));
const scenes = createScenes(byId("scene"), byId("scene-words"), store.get, { onOpen: open, onLook: (part) => tabs.show(part) });
const picker = createPicker(byId("landscape"), store, frame.invalidate);
const runs = createRunsPanel(byId("runs"), store, frame.invalidate);
const stop = createStopPanel(byId("stop"), store, scenes.changed);
const title = createTitle(byId("title"));
const transport = createTransport(byId("transport"), player, moved);
const readable = createReadable();
const sentence = createSentence(byId("sentence"), byId("live"));
const ranking = createStandings(byId("standings"), {
  onPoint: (index) => act(hover, index === null ? null : { run: index, step: Math.min(Math.floor(player.step()), (sceneOf(store.get()).runs[index]?.length ?? 1) - 1) }),
  onSelect: (index) => act(selectRun, idAt(index)),
});
const counts = createWords({ label: "Count", options: [["steps", "steps"], ["samples", "samples seen"]], onChoose: (value) => act(countSamples, value === "samples") });
byId("loss-count").append(counts.root);
const bar = createBar({
  link: navigation.link,
  onTakeHome: takeHome,
  onProjector: () => act(setProjector, !store.get().projector),
  onTheme: (theme) => act(setTheme, theme),
});
const help = createHelp(byId("theme"));
const tabs = createTabs(byId("tabs"), frame.invalidate);
const explanations = createExplanations({ store, now, seek, invalidate: frame.invalidate });
byId("map").addEventListener("pointermove", ({ clientX, clientY }) => explanations.point(map.arrowAt(clientX, clientY)));
byId("map").addEventListener("pointerleave", () => explanations.point(null));

/** What is on the page, to be taken home: fetched when it is first asked for. @param picture  to begin at */
async function takeHome(picture: string) {
  const { openTakeHome } = await import("./panels/takeHome.ts");
  const state = store.get();
  const plates = [...(await loss.plates()), ...(isLineFit(state.problem) ? (data()?.plates() ?? []) : []), ...explanations.plates(state)];
  await openTakeHome({ state, scene: sceneOf(state), step: Math.floor(player.step()), plates, link: navigation.link() }, picture);
}

/** Samples that a step of each run takes, where the chart counts them. */
function samplesOf(state: State): number[] | null {
  if (!state.samples || !isLineFit(state.problem)) return null;
  const all = pointsOf(state).length || 1;
  return state.entries.map(({ optimizer }) => optimizer.batch_size ?? optimizerOf(state.catalog, optimizer.name)?.batch_size ?? all);
}

/** The run whose residuals are drawn: the one that is worked out, else the selected one, else the lowest. */
function leaderOf(scene: Scene, step: number) {
  if (document.body.classList.contains("is-working")) return chosenRun(scene);
  return scene.selected ?? standings(scene.runs, [], step)[0]?.index ?? null;
}

function drawData(state: State, scene: Scene, step: number) {
  const fits = isLineFit(state.problem);
  byId("data").hidden = !fits;
  document.body.classList.toggle("has-data", fits);
  const points = pointsOf(state);
  if (!fits || !points.length) return;
  const dataset = datasetOf(state.catalog, state.problem.dataset);
  const picture = { points, standardized: state.problem.standardize === true, xLabel: dataset?.x_label ?? "x", yLabel: dataset?.y_label ?? "y" };
  const told = data()?.render(scene, { step }, { picture, leader: leaderOf(scene, step), ...explanations.data() });
  setText(byId("data-told"), told || "drag a point");
}

/** What the sentence says where a fault keeps every run from coming. */
function insteadOf({ fault, problem }: State) {
  if (fault?.kind === "gone") return "Nothing has come from the server yet.";
  if (!fault) return null;
  const formula = problem.expression !== undefined && fault.errors.some(({ loc }) => loc.includes("expression"));
  return formula ? "This formula cannot be read; beneath it stands why." : "This cannot run as it stands; the note above the map says why.";
}

/** Everything, from the state and the playhead. @returns whether it is to go on */
function draw(): boolean {
  player.tick();
  const state = store.get();
  const scene = sceneOf(state);
  const [step, playing, time] = [player.step(), player.playing(), now()];
  const told = readable(step, playing, time);
  const longest = scene.runs.length ? longestOf(scene) : 0;
  document.documentElement.dataset.theme = state.theme;
  document.body.classList.toggle("projector", scene.projector && wall() !== null);
  document.body.classList.toggle("is-empty", scene.runs.length === 0);
  document.body.classList.toggle("is-refused", state.fault?.kind === "refused");
  const counting = notice.render(state, time);
  title.render(scene);
  scenes.render(state);
  picker.render(state);
  runs.render(state, scene);
  stop.render(state, scene);
  bar.render(state);
  transport.render(scene, longest, told);
  sentence.render(scene, told, playing, insteadOf(state));
  ranking.render(scene, state.stop, told, playing, state.fault !== null);
  counts.root.hidden = !isLineFit(state.problem);
  counts.set(state.samples ? "samples" : "steps");
  map.render(scene, { step, ...explanations.pointed() });
  loss.render(scene, { step }, state.hovered, samplesOf(state));
  setText(byId("loss-title"), loss.title());
  drawData(state, scene, step);
  explanations.render(state, scene, { step, playing, time });
  markFirstPath(scene);
  return playing || counting;
}

/** For whoever measures how long it takes until something is to be seen. */
function markFirstPath({ runs }: Scene) {
  if (performance.getEntriesByName("first path").length || !runs.some(({ length }) => length > 1)) return;
  performance.mark("first path");
}

/** @param view  put on the page */
function begin(view: View) {
  playback.open(view);
  frame.invalidate();
}

function open(view: View) {
  const { projector, explain } = store.get();
  act(openView, { ...view, look: { ...view.look, projector, explain: { ...explain, against: null } } });
  navigation.turn();
  begin(view);
}

store.subscribe((state, before) => {
  playback.follow(state, before);
  if (state.edit !== before.edit || state.entries !== before.entries) notice.forget();
  navigation.note();
  frame.invalidate();
});

still.addEventListener("change", () => player.setJumps(still.matches));
player.setJumps(still.matches);

const sizes = new ResizeObserver(() => {
  map.resize();
  loss.resize();
  transport.resize();
  frame.invalidate();
});
for (const part of [byId("map"), byId("loss-chart"), transport.scrubber]) sizes.observe(part);

onSize(frame.invalidate);
listenToKeys((key) => transport.press(key) || scenes.press(key) || help.press(key));
loader.start();
begin(first);
