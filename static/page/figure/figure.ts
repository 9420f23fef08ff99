/**
 * A picture of runs with its own state and playhead. Any number of them stand on a page, each with the parts it is
 * given; one that is destroyed leaves nothing behind.
 */

import type { ThemeName } from "../math/palette.ts";
import { createTable } from "../resources/table.ts";
import type { Service } from "../service/service.ts";
import { forgetSizes, narrowScreen, onSize } from "../size.ts";
import { openAddress } from "../state/actions.ts";
import { withProblemOnMap } from "../state/problemOnMap.ts";
import { afterEdit } from "../state/reveal.ts";
import { createScene } from "../state/scene.ts";
import { emptyState, withAddress } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { createStore } from "../state/store.ts";
import type { ChartExport, PageAddress, Preset } from "../state/types.ts";
import { createAnimation } from "./animation.ts";
import type { Timers } from "./ending.ts";
import { createTimers } from "./ending.ts";
import type { Highlight } from "./highlight.ts";
import { createHighlight } from "./highlight.ts";
import type { History } from "./history.ts";
import { createHistory } from "./history.ts";
import { createLeading } from "./leading.ts";
import type { CreatePart, Frame, Part, View } from "./part.ts";
import type { PlaceName } from "./places.ts";
import { createPlaces } from "./places.ts";
import { createPlayback, extentOf } from "./playback.ts";
import type { Player } from "./player.ts";
import { createPlayer } from "./player.ts";
import { createReadable } from "./readable.ts";

const now = () => performance.now();
let count = 0;

function nextPrefix() {
  count += 1;
  return `figure-${count}-`;
}

/** Pixels of the smallest type that maps and charts are written in. */
const SMALLEST = 12;

/** On a wall of 1920 pixels nothing is written smaller than in 24, nor on any in 16. */
const wallScale = () => Math.max(16, Math.min(innerWidth / 80, innerHeight / 45)) / SMALLEST;

interface FigureParts {
  views: (CreatePart | View)[];
  controls?: CreatePart[];
  service: Service;
  theme?: ThemeName;
  /** a question of its own */
  preset?: Preset | null;
  /** before every id below its root, so that no two of a page are the same */
  prefix?: string;
  /** the playhead was moved by hand */
  onMove?: () => void;
  /** offers to take a chart home, by its name */
  takeHome?: (picture: string) => void;
}

/** Where its parts stand. */
interface Places {
  root: HTMLElement;
  /** @returns as it stands in the document */
  id: (name: string) => string;
  /** where a part stands; made where the page has none */
  place: (name: PlaceName) => HTMLElement;
  found: (name: string) => HTMLElement | null;
  /** around the map */
  stage: () => Element;
  /** those that bring a place along */
  views: View[];
}

/** What is to be asked of the server, besides what the state says. */
type Requests = Omit<ReturnType<typeof createTable>, "start" | "destroy">;

/** What its parts may use of it; one that needs less says so: `Pick<Figure, "act" | "place">`. */
export interface Figure extends Places, Requests, Timers {
  store: Store;
  act: Store["update"];
  /** moved by hand through the figure alone */
  player: Player;
  service: Service;
  highlight: Highlight;
  history: History;
  /** aborted when the figure is destroyed */
  ended: AbortSignal;
  takeHome?: (picture: string) => void;
  /** milliseconds */
  now: () => number;
  /** asks for a frame */
  invalidate: () => void;
  seek: (step: number) => void;
  /** @param from  a step; where it stands, unless it is given */
  play: (from?: number) => void;
  pause: () => void;
  setSpeed: (speed: number) => void;
}

/** A figure as whoever made it has it. */
export interface OwnFigure extends Figure, Omit<ReturnType<typeof createLeading>, "tell"> {
  /** all there is to draw now */
  frame: () => Frame;
  /** the part that it made of one it was given */
  get: <P extends Part>(create: CreatePart<P>) => P | undefined;
  /** charts in sight, to be taken home */
  chartExports: () => Promise<ChartExport[]>;
  /** @param address  that stands in the store: it plays from the start, or stands where the address says */
  begin: (address: PageAddress) => void;
  /** another address in the place of this one */
  open: (address: PageAddress) => void;
  destroy: () => void;
}

export function createFigure(root: HTMLElement, address: PageAddress, given: FigureParts): OwnFigure {
  const {
    views,
    controls = [],
    service,
    theme = "day",
    preset: ownPreset = null,
    prefix = nextPrefix(),
    onMove = () => {},
    takeHome,
  } = given;
  const ending = new AbortController();
  const ended = ending.signal;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = narrowScreen();
  const roomy = matchMedia("(min-width: 1024px)");
  const timers = createTimers(ended);
  const idOf = (name: string) => `${prefix}${name}`;
  const declared = views.filter((view) => typeof view !== "function");
  const places = createPlaces(root, idOf, declared);
  const store = createStore({ ...withAddress(emptyState(), address), theme, ownPreset }, (state, before) =>
    withProblemOnMap(afterEdit(state, before)),
  );
  const player = createPlayer(now);
  const playback = createPlayback({ player, still: () => still.matches });
  const leading = createLeading({ store, player, follow: playback.lead });
  const sceneOf = createScene();
  const animation = createAnimation(draw);
  const parts: Map<CreatePart | View, Part> = new Map();
  const readable = createReadable();
  const { start, destroy, ...requests } = createTable({
    store,
    api: service,
    clock: { now, ...timers },
    needs: (state) => [...parts.values()].flatMap((part) => part.needs?.(state) ?? []),
  });
  const highlight = createHighlight(store);
  const history = createHistory(store, now);

  function frameNow(): Frame {
    player.tick();
    const state = store.get();
    const [step, playing, time] = [player.step(), player.playing(), now()];
    const until = state.reveal ? step : Infinity;
    const scene = sceneOf({ state, until, reducedMotion: still.matches, wall: roomy.matches ? wallScale() : 0 });
    return {
      state,
      scene,
      step,
      wordsStep: readable(step, playing, time),
      playing,
      time,
      longest: extentOf(state).length,
      narrow: narrow.matches && !scene.projector,
    };
  }

  /** Everything, from the state and the playhead. @returns whether it is to go on */
  function draw(): boolean {
    const frame = frameNow();
    const { state, scene } = frame;
    leading.tell();
    root.classList.toggle("is-empty", scene.runs.length === 0);
    root.classList.toggle("is-refused", state.fault?.kind === "refused");
    for (const { name, shows } of declared) places.place(name).hidden = shows !== undefined && !shows(frame);
    const more = [...parts.values()].map((part) => part.render(frame));
    return frame.playing || more.includes(true);
  }

  /** @returns the same, by hand */
  const byHand =
    <A extends unknown[]>(move: (...given: A) => void) =>
    (...given: A) => {
      move(...given);
      onMove();
      animation.invalidate();
    };

  const figure: OwnFigure = {
    root,
    views: declared,
    store,
    act: store.update,
    player,
    service,
    highlight,
    history,
    ended,
    takeHome,
    id: idOf,
    now,
    ...timers,
    place: places.place,
    found: places.found,
    stage: places.stage,
    invalidate: animation.invalidate,
    seek: byHand(playback.seek),
    play: byHand((from) => {
      if (from !== undefined) player.seek(from);
      player.play();
    }),
    pause: byHand(player.pause),
    setSpeed: byHand(player.setSpeed),
    onShow: leading.onShow,
    ...requests,
    frame: frameNow,
    get: <P extends Part>(create: CreatePart<P>) => parts.get(create) as P | undefined,
    chartExports: async () =>
      (await Promise.all([...parts.values()].map((part) => part.chartExports?.() ?? []))).flat(),
    begin(address) {
      playback.open(address);
      animation.invalidate();
    },
    lead(address, playhead) {
      leading.lead(address, playhead);
      animation.invalidate();
    },
    open(address) {
      store.update(openAddress, address);
      figure.begin(address);
    },
    destroy() {
      ending.abort();
      animation.destroy();
      destroy();
      unsubscribe();
      unlisten();
      forgetSizes(root, animation.invalidate);
      for (const part of parts.values()) part.destroy?.();
      places.destroy();
      root.classList.remove("figure", "is-empty", "is-refused");
    },
  };

  const unsubscribe = store.subscribe((state, before) => {
    playback.follow(state, before);
    animation.invalidate();
  });
  root.classList.add("figure");
  for (const view of [...controls, ...views])
    parts.set(view, typeof view === "function" ? view(figure) : view.create(places.place(view.name), figure));
  const press = (key: string) => [...parts.values()].some((part) => part.press?.(key));
  const unlisten = service.keys.listen({ root, press, undo: history.undo, redo: history.redo });
  still.addEventListener("change", () => player.setJumps(still.matches), { signal: ended });
  player.setJumps(still.matches);
  onSize(animation.invalidate);
  start();
  figure.begin(address);
  return figure;
}
