/**
 * A picture of runs with its own state and playhead. Any number of them stand on a page, each with the parts it is
 * given; one that is destroyed leaves nothing behind.
 */

import type { ThemeName } from "../math/palette.ts";
import { memo } from "../reads.ts";
import { createTable } from "../resources/table.ts";
import type { Service } from "../service/service.ts";
import { forgetSizes, onSize, screenUpTo } from "../size.ts";
import { openAddress, settle } from "../state/actions.ts";
import { afterEdit, type Beat, type BeatChange, type Moment, TO_BEAT } from "../state/beats.ts";
import { setHighlight } from "../state/explain.ts";
import { withPreset } from "../state/preset.ts";
import { withProblemOnMap } from "../state/problemOnMap.ts";
import { createScene } from "../state/scene.ts";
import { addressOf, emptyState, extentOf, withAddress } from "../state/state.ts";
import { type Act, createStore, type Store } from "../state/store.ts";
import type { ChartExport, Explained, PageAddress, Preset } from "../state/types.ts";
import { createAnimation, createPasses, type ReadableStep, readableAt } from "./drawing.ts";
import { createTimers, type Timers } from "./ending.ts";
import type { Highlight } from "./highlight.ts";
import { createHistory, type EditHistory } from "./history.ts";
import type { Frame, Part, View } from "./part.ts";
import { createPlaces } from "./places.ts";
import { createPlayback } from "./playback.ts";
import { createPlayer, type Movement, type Playhead } from "./player.ts";

/** Events of the browser after which no control is held: a pointer was lifted, or a key has set the value. */
const RELEASED = ["pointerup", "pointercancel", "click", "change"];

const clock = () => performance.now();
let count = 0;

function nextPrefix() {
  count += 1;
  return `figure-${count}-`;
}

/** Pixels of the smallest type that maps and charts are written in. */
const SMALLEST = 12;

/** The smallest type on a wall has 28 pixels where the wall is 1920 wide, and never less than 18. */
const wallScale = () => Math.max(18, Math.min(innerWidth / 68.5, innerHeight / 38.5)) / SMALLEST;

interface FigureParts {
  /** in the order in which they stand in their columns; a key goes to the first view that knows it */
  views: View[];
  service: Service;
  theme?: ThemeName;
  /** a question of its own */
  preset?: Preset | null;
  /** put before every id below its root, so that ids are unique on the page */
  prefix?: string;
  /** sentences about what could not be read of its address */
  faults?: string[];
  /** the playhead was moved by hand */
  onMove?: () => void;
  /** one of its views opened another address */
  onOpen?: () => void;
}

/** The state of a figure, and what changes it. */
export interface StatePorts {
  store: Store;
  act: Act;
  highlight: Highlight;
  history: EditHistory;
  /** of what it shows, with the step at which it rests */
  address: () => PageAddress;
  /** shows another address */
  open: (address: PageAddress) => void;
}

/** The playhead, and what moves it by hand. */
export interface PlaybackPorts {
  /** to be read; by hand it is moved by what follows */
  player: Playhead;
  seek: (step: number) => void;
  /** @param from  a step; where it stands, unless it is given */
  play: (from?: number) => void;
  pause: () => void;
  setSpeed: (speed: number) => void;
  /**
   * Goes to a beat of the preset, or where a press of a clicker leads.
   * @returns whether there was something to go to
   */
  turn: (to: Beat | ((moment: Moment) => BeatChange | null)) => boolean;
}

/** When a figure is drawn, and until when. */
export interface FramePorts {
  /** aborted when the figure is destroyed */
  ended: AbortSignal;
  /** what would be drawn now; the playhead stands where it was drawn last */
  frame: () => Frame;
  /** has the figure drawn in the next frame of the browser */
  invalidate: () => void;
  /** the same, with all panels rendered again: something has changed that is neither state nor playhead */
  redraw: () => void;
}

/** Where the views of a figure stand. */
export interface Places {
  root: HTMLElement;
  /** @returns as it stands in the document */
  id: (name: string) => string;
  /** @returns where a view stands, of those that the figure has */
  elementOf: (name: string) => HTMLElement | null;
  views: View[];
}

/** What is asked of the server, besides what follows from the state. */
export interface Requests extends Omit<ReturnType<typeof createTable>, "start" | "destroy"> {
  service: Service;
}

export interface TakeHomePorts {
  /** opens the dialog that takes charts home, at the chart of this name; undefined where the figure has no such view */
  takeHome?: (picture: string) => void;
  /** charts in sight, to be taken home */
  chartExports: () => Promise<ChartExport[]>;
}

/** All that views may use of a figure. A view names those of these that it takes. */
export interface Figure extends StatePorts, PlaybackPorts, FramePorts, Places, Requests, Timers, TakeHomePorts {
  faults: string[];
}

/** What the maker of a figure can do with it besides. */
export interface OwnFigure extends Figure {
  /** Has the playhead move as that of another figure does. @param playhead  by the clock of this figure */
  lead: (playhead: Movement) => void;
  /** @param listener  called after each drawing */
  onFrame: (listener: (frame: Frame) => void) => void;
  /** @param address  that stands in the store: it plays from the start, or stands where the address says */
  begin: (address: PageAddress) => void;
  destroy: () => void;
}

export function createFigure(root: HTMLElement, address: PageAddress, ports: FigureParts): OwnFigure {
  const {
    views,
    service,
    theme = "day",
    preset: ownPreset = null,
    prefix = nextPrefix(),
    faults = [],
    onMove = () => {},
    onOpen = () => {},
  } = ports;
  const ending = new AbortController();
  const ended = ending.signal;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = screenUpTo("narrow");
  const stacked = screenUpTo("stacked");
  const small = screenUpTo("small");
  const timers = createTimers(ended);
  const idOf = (name: string) => `${prefix}${name}`;
  const places = createPlaces(root, idOf, views);
  const opened = { ...withAddress(emptyState(), address), theme, ownPreset };
  const store = createStore(withPreset(opened), (state, before) =>
    afterEdit(withPreset(withProblemOnMap(state), before), before),
  );
  const player = createPlayer(clock);
  const playback = createPlayback({ player, still: () => still.matches });
  const sceneOf = createScene();
  const animation = createAnimation(draw);
  const roots = views.map(places.of);
  const showing = views.map(({ shows }) => shows && memo(shows, "state", "scene"));
  const parts: Part[] = [];
  const listeners: ((frame: Frame) => void)[] = [];
  let readable: ReadableStep = { step: 0, time: -Infinity };
  let redraws = 0;
  const { start, destroy, ...requests } = createTable({
    store,
    api: service,
    clock: { now: clock, ...timers },
    needs: memo((state) => views.flatMap((view) => view.needs?.(state) ?? [])),
  });
  const highlight: Highlight = (quantity) => store.update(setHighlight, quantity);
  const history = createHistory(store, clock);

  function frameOf(explained: Explained): Frame {
    const state = store.get();
    const playhead = { step: player.step(), playing: player.playing(), speed: player.speed(), time: clock() };
    const { step } = playhead;
    const until = state.hides || (state.mayHide && !state.catalog) ? step : Infinity;
    const scene = sceneOf({ state, until, reducedMotion: still.matches, wall: small.matches ? 0 : wallScale() });
    return {
      state,
      scene,
      ...playhead,
      wordsStep: readableAt(readable, playhead).step,
      longest: extentOf(state).length,
      narrow: narrow.matches && !scene.projector,
      stacked: stacked.matches,
      explained,
      redraws,
    };
  }

  const drawParts = createPasses(frameOf, store.get);

  /** @returns the parts that show, whose places are then not hidden */
  function inSight(frame: Frame): Part[] {
    root.classList.toggle("is-empty", frame.scene.runs.length === 0);
    root.classList.toggle("is-refused", frame.state.fault?.kind === "refused");
    return parts.filter((_, k) => {
      const shows = showing[k]?.(frame);
      if (shows !== undefined) roots[k].hidden = !shows;
      return !(views[k].place && roots[k].hidden);
    });
  }

  /** @returns whether the next frame is wanted, too */
  function draw(): boolean {
    player.tick();
    const { frame, more } = drawParts(inSight);
    readable = readableAt(readable, frame);
    for (const listener of listeners) listener(frame);
    return more;
  }

  function redraw() {
    redraws += 1;
    animation.invalidate();
  }

  /** @returns the same, by hand */
  const byHand =
    <A extends unknown[]>(move: (...args: A) => void) =>
    (...args: A) => {
      move(...args);
      onMove();
      animation.invalidate();
    };

  const figure: OwnFigure = {
    root,
    views,
    store,
    act: store.update,
    player,
    service,
    highlight,
    history,
    ended,
    faults,
    get takeHome() {
      return parts.find((part) => part.takeHome)?.takeHome;
    },
    id: idOf,
    ...timers,
    elementOf: places.elementOf,
    invalidate: animation.invalidate,
    redraw,
    seek: byHand(playback.seek),
    play: byHand((from) => {
      if (from !== undefined) player.seek(from);
      player.play();
    }),
    pause: byHand(player.pause),
    setSpeed: byHand(player.setSpeed),
    turn(to) {
      const moment = { state: store.get(), step: player.step(), playing: player.playing() };
      const next = typeof to === "function" ? to(moment) : TO_BEAT[to](moment.state);
      if (!next) return false;
      const { state, step, plays } = next;
      store.update(() => state);
      if (step !== undefined) figure.seek(step);
      if (plays !== undefined) plays ? figure.play() : figure.pause();
      return true;
    },
    onFrame: (listener) => listeners.push(listener),
    ...requests,
    frame: () => frameOf({}),
    address: () => addressOf(store.get(), player.pausedStep()),
    chartExports: async () => (await Promise.all(parts.map((part) => part.chartExports?.() ?? []))).flat(),
    begin(address) {
      playback.open(address);
      animation.invalidate();
    },
    lead(playhead) {
      playback.lead(playhead);
      animation.invalidate();
    },
    open(address) {
      store.update(openAddress, address);
      figure.begin(address);
      onOpen();
    },
    destroy() {
      ending.abort();
      animation.destroy();
      destroy();
      unsubscribe();
      unlisten();
      forgetSizes(root, redraw);
      places.destroy();
      root.classList.remove("figure", "is-empty", "is-refused");
    },
  };

  const unsubscribe = store.subscribe((...change) => {
    playback.follow(...change);
    animation.invalidate();
  });
  root.classList.add("figure");
  for (const [k, view] of views.entries()) parts.push(view.create(roots[k], figure));
  const press = (key: string) => parts.some((part) => part.press?.(key));
  const unlisten = service.keys.listen({ root, press, undo: history.undo, redo: history.redo });
  // On the window, as a pointer may be lifted anywhere.
  for (const name of RELEASED) addEventListener(name, () => store.update(settle), { signal: ended });
  still.addEventListener("change", () => player.setJumps(still.matches), { signal: ended });
  player.setJumps(still.matches);
  onSize(redraw);
  start();
  figure.begin(address);
  return figure;
}
