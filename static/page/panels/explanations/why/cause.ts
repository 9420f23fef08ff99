/** The interface of a picture in *Why*, and the cause that it is drawn from. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Figure } from "../../../figure/figure.ts";
import type { Themed } from "../../../marks/picture.ts";
import type { Entry, Principal, Run, State, Wire } from "../../../state/types.ts";

/** A run, and the curvature of the loss at its place. */
export interface Cause {
  entry: Entry;
  run: Run;
  reply: Wire["CurvatureAtRow"];
  /** the name of each direction */
  names: string[];
  /** the hyperparameters as they are set */
  values: Record<string, number>;
  catalog: State["catalog"];
  /** its marks on the map; a path is predicted only on a quadratic */
  principal: Principal | null;
}

/** What a picture may use: it can drag a hyperparameter of the run until the pointer is released. */
export interface CausePorts extends Pick<Figure, "createRequest" | "seek"> {
  /** what the pictures were last drawn from */
  cause: () => Cause | null;
  drag: (name: string, value: number) => void;
  held: () => boolean;
}

/** @property content  what it draws; null: there is nothing; undefined: it is being computed */
export interface CausePicture<C = unknown> {
  /** the name in addresses */
  name: string;
  /** the word on its button */
  word: (cause: Cause) => string;
  /** it shows the whole run, not its step at the playhead */
  ofRun?: boolean;
  /** Requests what it needs. @param before  the content it returned last @returns its content */
  prepare(state: State, cause: Cause, before: C | null | undefined): C | null | undefined;
  figures: (cause: Cause) => unknown;
  draw(cause: Cause, content: C, look: Themed, step: number): void;
}

/** Rounds a dragged rate to three significant digits. */
export const roundedRate = (rate: number) => Number(rate.toPrecision(3));

/** @param name  of its style */
export const causeFigure = (caption: string, name: string, label: string, place: (element?: Element) => void) =>
  html`<figure class="column"><figcaption>${caption}</figcaption><div class="chart ${name}" role="img"
    aria-label=${label} ${ref(place)}></div></figure>`;
