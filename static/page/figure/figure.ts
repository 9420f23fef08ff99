/**
 * A picture of runs with its own state and playhead. Any number of them stand on a page, each with the parts it is
 * given; one that is destroyed leaves nothing behind.
 */

import type { ThemeName } from "../math/palette.ts";
import { memo } from "../memo.ts";
import { createTable } from "../resources/table.ts";
import type { Service } from "../service/service.ts";
import { lessMotion, onSize } from "../size.ts";
import { endDrag, openAddress } from "../state/actions.ts";
import { type BeatChange, type BeatInOrder, GO_TO_BEAT, type PlaybackState } from "../state/beats.ts";
import { withExercise } from "../state/exercise.ts";
import { setHighlight } from "../state/explain.ts";
import { withPreset } from "../state/preset.ts";
import { addressOf, emptyState, withAddress } from "../state/state.ts";
import { type Act, createStore, type Store } from "../state/store.ts";
import type { ChartExport, PageAddress, Preset, State } from "../state/types.ts";
import { createFrames } from "./frames.ts";
import type { Highlight } from "./highlight.ts";
import { createHistory, type EditHistory } from "./history.ts";
import { createTimers, type Timers } from "./lifetime.ts";
import type { MovingFrame, Part, View } from "./part.ts";
import { createAnimation, createParts, createPasses } from "./passes.ts";
import { createPlaces } from "./places.ts";
import { createPlayback, type Playback } from "./playback.ts";
import { createPlayer, type Movement, type Player, type Playhead } from "./player.ts";

/** Events of the browser after which no control is held: a pointer was lifted, or a key has set the value. */
const RELEASED = ["pointerup", "pointercancel", "click", "change"];

const clock = () => performance.now();
let count = 0;

function nextPrefix() {
  count += 1;
  return `figure-${count}-`;
}

interface FigureOptions {
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
  turn: (to: BeatInOrder | ((playback: PlaybackState) => BeatChange | null)) => boolean;
}

/** When a figure is drawn, and until when. */
export interface FramePorts {
  /** aborted when the figure is destroyed */
  ended: AbortSignal;
  /** what would be drawn now; the playhead stands where it was drawn last */
  frame: () => MovingFrame;
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
  /** @returns what opens the dialog that takes charts home; undefined where the figure has no such view */
  takeHome: () => Part["takeHome"];
  /** charts in sight, to be taken home */
  chartExports: () => ChartExport[];
}

/** All that views may use of a figure. A view names those of these that it takes. */
export interface Figure extends StatePorts, PlaybackPorts, FramePorts, Places, Requests, Timers, TakeHomePorts {
  faults: string[];
}

/** What the maker of a figure can do with it besides. */
export interface FigureHandle extends Figure {
  /** Has the playhead move as that of another figure does. @param playhead  by the clock of this figure */
  lead: (playhead: Movement) => void;
  /** @param listener  called after each drawing */
  onFrame: (listener: (frame: MovingFrame) => void) => void;
  /** @param address  that stands in the store: it plays from the start, or stands where the address says */
  begin: (address: PageAddress) => void;
  destroy: () => void;
}

/** The state that an address says. @param preset  a question of the figure's own */
function openedState(address: PageAddress, theme: ThemeName, preset: Preset | null): State {
  const opened = withExercise({ ...withAddress(emptyState(), address), theme }, { preset, isOwn: preset !== null });
  return withPreset(opened);
}

/** @param moved  called after each move by hand */
function createPlaybackPorts(store: Store, player: Player, playback: Playback, moved: () => void): PlaybackPorts {
  const byHand =
    <A extends unknown[]>(move: (...args: A) => void) =>
    (...args: A) => {
      move(...args);
      moved();
    };
  const seek = byHand(playback.seek);
  const pause = byHand(player.pause);
  const play = byHand((from?: number) => {
    if (from !== undefined) player.seek(from);
    player.play();
  });

  function turn(to: Parameters<PlaybackPorts["turn"]>[0]) {
    const current = { state: store.get(), step: player.step(), playing: player.playing() };
    const next = typeof to === "function" ? to(current) : GO_TO_BEAT[to](current.state);
    if (!next) return false;
    const { state, step, plays } = next;
    store.update(() => state);
    if (step !== undefined) seek(step);
    if (plays !== undefined) plays ? play() : pause();
    return true;
  }

  return { player, seek, play, pause, setSpeed: byHand(player.setSpeed), turn };
}

export function createFigure(root: HTMLElement, address: PageAddress, ports: FigureOptions): FigureHandle {
  const { views, service, theme = "day", preset = null, prefix = nextPrefix(), faults = [] } = ports;
  const ending = new AbortController();
  const ended = ending.signal;
  const timers = createTimers(ended);
  const still = lessMotion();
  const id = (name: string) => `${prefix}${name}`;
  const places = createPlaces(root, id, views);
  const store = createStore(openedState(address, theme, preset));
  const history = createHistory(store, clock);
  const player = createPlayer(clock);
  const playback = createPlayback({ player, still: () => still.matches });
  const frames = createFrames(store, history, player, clock);
  const parts = createParts(views, places.of);
  const { start, destroy, ...requests } = createTable({
    store,
    api: service,
    clock: { now: clock, ...timers },
    viewColumns: memo((state) => views.flatMap((view) => view.columns?.(state) ?? [])),
  });
  const drawParts = createPasses(frames.at, store.get);
  const listeners: ((frame: MovingFrame) => void)[] = [];
  const animation = createAnimation(draw);
  const { invalidate } = animation;

  /** @returns whether the next frame is wanted, too */
  function draw(): boolean {
    player.tick();
    const { frame, wantsNext } = drawParts((frame) => {
      root.classList.toggle("is-empty", frame.scene.shownRuns.length === 0);
      root.classList.toggle("is-refused", frame.state.fault?.kind === "refused");
      return parts.inSight(frame);
    });
    frames.drawn(frame);
    for (const listener of listeners) listener(frame);
    return wantsNext;
  }

  function redraw() {
    frames.redraw();
    invalidate();
  }

  function begin(address: PageAddress) {
    playback.open(address);
    invalidate();
  }

  const statePorts: StatePorts = {
    store,
    history,
    act: store.update,
    highlight: (quantity) => store.update(setHighlight, quantity),
    address: () => addressOf(store.get(), player.pausedStep()),
    open(address) {
      store.update(openAddress, address);
      begin(address);
      ports.onOpen?.();
    },
  };
  const playbackPorts = createPlaybackPorts(store, player, playback, () => {
    ports.onMove?.();
    invalidate();
  });
  const framePorts: FramePorts = { ended, frame: () => frames.at({}), invalidate, redraw };

  const figure: FigureHandle = {
    ...statePorts,
    ...playbackPorts,
    ...framePorts,
    ...requests,
    ...timers,
    root,
    id,
    elementOf: places.elementOf,
    views,
    service,
    faults,
    takeHome: parts.takeHome,
    chartExports: parts.chartExports,
    begin,
    lead(playhead) {
      playback.lead(playhead);
      invalidate();
    },
    onFrame: (listener) => listeners.push(listener),
    destroy() {
      ending.abort();
      animation.destroy();
      destroy();
      unsubscribe();
      unlisten();
      places.destroy();
      root.classList.remove("figure", "is-empty", "is-refused");
    },
  };

  const unsubscribe = store.subscribe((...change) => {
    playback.follow(...change);
    invalidate();
  });
  root.classList.add("figure");
  parts.create(figure);
  const unlisten = service.keys.listen({ root, press: parts.press, undo: history.undo, redo: history.redo });
  // On the window, as a pointer may be lifted anywhere.
  for (const name of RELEASED) addEventListener(name, () => store.update(endDrag), { signal: ended });
  still.addEventListener("change", () => player.setJumps(still.matches), { signal: ended });
  // Pictures measure their words by the letters that are there.
  document.fonts?.addEventListener("loadingdone", invalidate, { signal: ended });
  player.setJumps(still.matches);
  onSize(root, redraw, ended);
  start();
  begin(address);
  return figure;
}
