/** A picture of why a run goes there: what it is made of, and what *Why* knows of it. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Figure } from "../../../figure/figure.ts";
import type { Themed } from "../../../marks/picture.ts";
import type { WireCurvature } from "../../../resources/curvature.ts";
import type { Entry, Principal, Run, State } from "../../../state/types.ts";

/** A run, and how the loss is curved where it stands. */
export interface Cause {
  state: State;
  entry: Entry;
  run: Run;
  told: WireCurvature;
  /** of each direction */
  names: string[];
  /** of the hyperparameters, as they are set now */
  values: Record<string, number>;
  /** what the map shows of it: of a quadratic alone a path is predicted */
  principal: Principal | null;
}

/** What it may use: it drags a hyperparameter of the run, which is held until the hand lets go. */
export interface CausePorts extends Pick<Figure, "ask" | "seek"> {
  drag: (name: string, value: number) => void;
  held: () => boolean;
}

export interface CausePicture {
  /** as addresses have it */
  name: string;
  /** by which it is chosen */
  word: (cause: Cause) => string;
  /** asks for what it draws, and keeps what it remembers */
  prepare?: (cause: Cause) => void;
  /** @returns what it draws; null: there is nothing; undefined: it is being worked out */
  content: (cause: Cause) => unknown;
  figures: (cause: Cause) => unknown;
  draw: (cause: Cause, look: Themed, step: number) => void;
}

/** Of a rate that is dragged. */
export const roundedRate = (rate: number) => Number(rate.toPrecision(3));

/** @param name  of its style */
export const causeFigure = (caption: string, name: string, label: string, place: (element?: Element) => void) =>
  html`<figure><figcaption>${caption}</figcaption><div class="chart ${name}" role="img"
    aria-label=${label} ${ref(place)}></div></figure>`;
