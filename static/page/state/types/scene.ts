/** What views draw, and what is done on them. */
import type { Levels } from "../../math/levels.ts";
import type { ThemeName } from "../../math/palette.ts";
import type { PlaneOnMap } from "./answers.ts";
import type { Dwell } from "./catalog.ts";
import type { Landscape, Problem, Run } from "./runs.ts";
import type { Window } from "./spec.ts";

/** How a run would have gone on without its last change; from: the row of that. */
export interface Ghost {
  /** index of the run in the scene */
  index: number;
  from: number;
  run: Run;
}

/** Everything the map draws, apart from where the playhead stands. */
export interface Scene {
  problem: Problem;
  /** what is to be in sight, at the least; null: the whole domain */
  window: Window | null;
  /** null: not there yet */
  landscape: Landscape | null;
  /** from the landscape of the whole domain, whatever the window */
  levels: Levels | null;
  start: number[];
  runs: Run[];
  /** index into runs */
  selected: number | null;
  /** whole, as `wholeRuns` are */
  ghosts: Ghost[];
  /** as far as they go in all, where what lies ahead of the playhead is hidden */
  wholeRuns: Run[];
  /** the plane on which the map of a network lies; no run starts from a place on it, as that would turn the plane */
  plane: PlaneOnMap | null;
  /** the place that was answered to the question of a preset, and the one that is right, once that shows */
  guess: { at: number[]; end: number[] | null } | null;
  /** the losses that are tried one after another, where that is shown */
  search: Landscape | null;
  /** of the preset */
  dwells: Dwell[];
  /** rows ahead of the playhead are hidden, and there are some */
  hidesAhead: boolean;
  theme: ThemeName;
  projector: boolean;
  /** of type and lines: 1, more on a projector */
  scale: number;
  /** the picture is from before a change that was refused or has not been answered: pale */
  stale: boolean;
  reducedMotion: boolean;
}

/**
 * Where the playhead stands; a fraction lies between two rows. `highlighted` is a quantity of the rule that is pointed
 * at, `direction` the way it would have the selected run go, in parameters, where it is a direction of its own.
 */
export type Playhead = { step: number; highlighted?: string | null; direction?: number[] | null; hovered?: Hit | null };

/** a run (index into the scene's runs) and one of its rows; onMap: pointed at there, where its values are written */
export type Hit = { run: number; step: number; onMap?: boolean };

export interface MapEvents {
  /** the window can be set; else wheel and arrows scroll the page */
  zooms: boolean;
  /** moving: more is to come (a drag) */
  onStart: (point: number[], moving: boolean) => void;
  /** a click on the ground @returns whether it was asked for; otherwise it moves the start */
  onPlace: (point: number[]) => boolean;
  onWindow: (window: Window | null, moving: boolean) => void;
  onSeek: (run: number, step: number) => void;
  /** the words beside the start were pressed */
  onStartName: () => void;
  onHover: (hit: Hit | null) => void;
  /** the window in sight, frame to frame */
  onNeedLandscape: (window: Window, resolution: number) => void;
}

export interface MapView {
  render: (scene: Scene, playhead: Playhead) => void;
  /** the quantity whose arrow is there */
  arrowAt: (clientX: number, clientY: number) => string | null;
  resize: () => void;
  destroy: () => void;
}

/** A chart as it stands on screen, for whoever takes it away. */
export interface ChartExport {
  /** of a file, in a word or two: "loss" */
  name: string;
  title: string;
  /** markup of an SVG of its own */
  svg: string;
}
