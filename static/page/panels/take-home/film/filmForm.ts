/** What is chosen of a film, and the form in which it is. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import type { Size } from "../../../math/box.ts";
import type { Bounds } from "../../../words/range.ts";
import type { FilmContent } from "./filmPicture.ts";
import { type FilmFormat, type FilmKind, FORMAT_NAMES, formatWords, frameRate, missingFormats } from "./formats.ts";
import { type FilmSpeed, framesOf, stepAtFrame } from "./timing.ts";

export const FILM_SIZES: Record<string, Size> = {
  "1920 × 1080": { width: 1920, height: 1080 },
  "1280 × 720": { width: 1280, height: 720 },
  "1080 × 1080": { width: 1080, height: 1080 },
};
/** The longest film, as the browser keeps the whole of it in memory. */
const MOST_FRAMES = 3600;

type FilmChoices = Pick<FilmContent, "map" | "loss" | "title"> & { night: boolean };

export interface FilmForm {
  /** the formats that the browser writes at this size; none: not known yet */
  kinds: FilmKind[];
  format: FilmFormat;
  size: string;
  speed: FilmSpeed;
  shown: FilmChoices;
  /** the frame of the preview */
  frame: number;
}

const TICKS: [keyof FilmChoices, string][] = [
  ["map", "Map"],
  ["loss", "Loss"],
  ["title", "Title"],
  ["night", "Night map"],
];

export const chosenKind = ({ kinds, format }: FilmForm): FilmKind | undefined =>
  kinds.find((filmKind) => filmKind.format === format) ?? kinds[0];

const framesPerSecond = (form: FilmForm) => frameRate(chosenKind(form)?.format ?? form.format);

export const frameCount = (form: FilmForm): number => framesOf(form.speed, framesPerSecond(form));

/** @param frame  one beyond the last is the last */
export const stepOfFrame = (form: FilmForm, frame: number): number =>
  stepAtFrame(form.speed, framesPerSecond(form), Math.min(frame, frameCount(form) - 1));

export const isEmptyFilm = ({ shown: { map, loss } }: FilmForm): boolean => !map && !loss;

/** @returns why the film cannot be made; empty: it can */
export function filmHindrance(form: FilmForm): string {
  if (isEmptyFilm(form)) return "There is nothing in it.";
  return frameCount(form) > MOST_FRAMES
    ? `At most ${MOST_FRAMES / framesPerSecond(form)} seconds: take more steps a second, or fewer steps.`
    : "";
}

/** What the form is about, and what it changes. */
interface FilmFormPorts {
  form: FilmForm;
  /** the last step that it can show */
  longest: number;
  hasMap: boolean;
  isMaking: boolean;
  choose: (next: Partial<FilmForm>) => void;
}

function formatFields({ form, choose }: FilmFormPorts) {
  const kind = chosenKind(form);
  if (!kind) return nothing;
  return html`${wordChoice({
    label: "Format",
    options: form.kinds.map(({ format }) => [format, FORMAT_NAMES[format]]),
    value: kind.format,
    onChoose: (format) => choose({ format }),
  })}<p class="note">${formatWords(kind)}${missingFormats(form.kinds, isSecureContext)}</p>`;
}

function speedFields({ form, longest, choose }: FilmFormPorts) {
  const { speed } = form;
  const field = (label: string, name: keyof FilmSpeed, range: Bounds) =>
    numberField({
      label,
      value: speed[name],
      range,
      onCommit: (value) => value !== null && choose({ speed: { ...speed, [name]: value } }),
    });
  return html`<p class="film-speed">From step ${field("From step", "from", {
    whole: true,
    least: 0,
    most: speed.to - 1,
  })} to ${field("To step", "to", { whole: true, least: speed.from + 1, most: longest })} at ${field(
    "Steps a second",
    "perSecond",
    { least: 0.1, most: 1000 },
  )} steps a second, and ${field("Seconds still", "still", { least: 0, most: 60 })} seconds still at the end:
    <strong>${(frameCount(form) / framesPerSecond(form)).toFixed(1)} s</strong>.</p>`;
}

const contentFields = ({ form: { shown }, hasMap, isMaking, choose }: FilmFormPorts) =>
  TICKS.filter(([name]) => name !== "map" || hasMap).map(
    ([name, word]) => html`<label class="row"><input type="checkbox" class="tick" .checked=${live(shown[name])}
      ?disabled=${isMaking} @change=${({ target }: Event) =>
        choose({ shown: { ...shown, [name]: (target as HTMLInputElement).checked } })}>${word}</label>`,
  );

export const filmSettings = (ports: FilmFormPorts) =>
  html`<div class="home-part"><h3>Format</h3>${formatFields(ports)}<h3>Size</h3>${wordChoice({
    label: "Size",
    options: Object.keys(FILM_SIZES).map((size) => [size, size]),
    value: ports.form.size,
    onChoose: (size) => ports.choose({ size }),
  })}<h3>Speed</h3>${speedFields(ports)}<h3>In it</h3><div class="tiles">${contentFields(ports)}</div></div>`;
