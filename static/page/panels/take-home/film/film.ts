/** The form for a film of the runs, made in the browser frame by frame: its choices, a preview, and its progress. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import type { Size } from "../../../math/box.ts";
import { formatGrouped } from "../../../math/format.ts";
import { persist } from "../../../service/persist.ts";
import type { Bounds } from "../../../words/range.ts";
import { fileName, reasonOf, save } from "../saving.ts";
import type { Desk } from "../takeHome.ts";
import type { FilmFigure } from "./filmMap.ts";
import { createFilmPicture, type FilmContent, type FilmPicture, hasFilmMap } from "./filmPicture.ts";
import { CODEC_NAMES, COLOURS_OF_GIF, type FilmFormat, type FilmKind, frameRate } from "./formats.ts";

/** from, to: steps; perSecond: steps a second; still: seconds that the last step stays */
interface FilmSpeed {
  from: number;
  to: number;
  perSecond: number;
  still: number;
}

/** The number of frames in which the playhead moves. */
const moving = ({ from, to, perSecond }: FilmSpeed, rate: number) => Math.ceil(((to - from) / perSecond) * rate - 1e-9);

/** @param rate  frames a second @returns the number of frames; the last step always has one */
export const framesOf = (speed: FilmSpeed, rate: number): number =>
  moving(speed, rate) + Math.max(1, Math.round(speed.still * rate));

/** @param frame  from 0 @returns the step of the playhead */
export const stepAtFrame = ({ from, to, perSecond }: FilmSpeed, rate: number, frame: number): number =>
  Math.min(to, from + (frame * perSecond) / rate);

/** A timing by which most of a run is seen in about ten seconds. @param longest  steps of the longest run */
export function usualSpeed(longest: number): FilmSpeed {
  const perSecond = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500].find((speed) => longest <= 13 * speed);
  return { from: 0, to: longest, perSecond: perSecond ?? 1000, still: 2 };
}

/** The address of the module that writes films, set by the build. */
declare const FILM_WRITING: string;

type Writing = typeof import("./writing.ts");

const SIZES: Record<string, Size> = {
  "1920 × 1080": { width: 1920, height: 1080 },
  "1280 × 720": { width: 1280, height: 720 },
  "1080 × 1080": { width: 1080, height: 1080 },
};
const WORDS: Record<FilmFormat, string> = { mp4: "MP4", webm: "WebM", gif: "GIF" };
/** The longest film, as the browser keeps the whole of it in memory. */
const MOST_FRAMES = 3600;
/** While a film is made, the preview shows one of this many frames. */
const SHOWN_EVERY = 5;

type FilmChoices = Pick<FilmContent, "map" | "loss" | "title"> & { night: boolean };

const TICKS: [keyof FilmChoices, string][] = [
  ["map", "Map"],
  ["loss", "Loss"],
  ["title", "Title"],
  ["night", "Night map"],
];

/** Lets the page do other work, in a hidden tab too. */
const pause = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

function formatWords({ format, codec }: FilmKind): string {
  const rate = `${frameRate(format)} frames a second`;
  if (codec === null) return `${rate} and ${COLOURS_OF_GIF} colours: plays wherever a picture can stand.`;
  const name = `${CODEC_NAMES[codec]}, ${rate}`;
  return format === "mp4" ? `For slides: ${name}.` : `For web pages: ${name}. Slides mostly take MP4 or GIF alone.`;
}

/** @param secure  whether the page comes from an address that may write videos @returns why a format is missing */
export function missingFormats(kinds: Pick<FilmKind, "format">[], secure: boolean): string {
  const has = (format: FilmFormat) => kinds.some((kind) => kind.format === format);
  if (has("mp4") && has("webm")) return "";
  if (has("mp4") || has("webm")) return ` This browser writes no ${has("mp4") ? "WebM" : "MP4"}.`;
  if (secure) return " This browser writes no video.";
  return " Browsers write MP4 and WebM only at an address with https, or on the computer that serves the page.";
}

export function createFilm({ page, closed, run, redraw }: Desk, figure: FilmFigure): () => unknown {
  const { state, scene, step } = page;
  const whole = Math.max(0, ...scene.wholeRuns.map(({ hidden, length }) => (hidden ? 0 : length - 1)));
  // A film shows nothing of a run whose question is not answered.
  const longest = scene.hidesAhead ? Math.floor(step) : whole;
  const mapped = hasFilmMap(state);
  const load = (): Promise<Writing> => import(new URL(FILM_WRITING, import.meta.url).href);
  const writing = persist(load, { signal: closed, onWait: tell });
  writing.catch((error) => closed.aborted || tell(reasonOf(error)));
  /** why the preview is not ready yet */
  let waits = "";
  let kinds: FilmKind[] = [];
  let format: FilmFormat = "mp4";
  let size = Object.keys(SIZES)[0];
  let speed: FilmSpeed = usualSpeed(longest);
  let choices: FilmChoices = { map: mapped, loss: true, title: true, night: state.theme === "night" };
  /** the frame of the preview; at first that of the playhead */
  let frame = Math.round((Math.min(step, longest) / speed.perSecond) * frameRate(format));
  let picture: FilmPicture | null = null;
  /** identifies the picture that is being made or shown */
  let ending = new AbortController();
  let readyKey = "";
  let preview: HTMLCanvasElement | null = null;
  let making: { cancel: AbortController; begun: number } | null = null;

  const kind = () => kinds.find((filmKind) => filmKind.format === format) ?? kinds[0];
  const rate = () => frameRate(kind()?.format ?? format);
  const frames = () => framesOf(speed, rate());
  const empty = () => !choices.map && !choices.loss;
  const keyNow = () => JSON.stringify([size, choices]);

  function tell(words: string) {
    waits = words;
    redraw();
  }

  function show() {
    if (!picture || !preview) return;
    preview.width = Math.round(preview.clientWidth * Math.min(2, devicePixelRatio));
    preview.height = Math.round((preview.width * picture.canvas.height) / picture.canvas.width);
    preview.getContext("2d")?.drawImage(picture.canvas, 0, 0, preview.width, preview.height);
  }

  function look() {
    picture?.paintAt(stepAtFrame(speed, rate(), Math.min(frame, frames() - 1)));
    show();
    redraw();
  }

  /** Makes the picture anew, for the present choices. */
  async function rebuild() {
    ending.abort();
    ending = new AbortController();
    const { signal } = ending;
    picture = null;
    readyKey = "";
    redraw();
    if (empty()) return;
    const key = keyNow();
    const { night, ...shown } = choices;
    const content: FilmContent = { state, scene, size: SIZES[size], theme: night ? "night" : "day", ...shown };
    const loadingKinds = writing.then(({ kindsHere }) => kindsHere(SIZES[size]));
    const [availableKinds, made] = await Promise.all([loadingKinds, createFilmPicture(content, figure, signal)]);
    if (signal.aborted) return;
    waits = "";
    picture = made;
    kinds = availableKinds;
    if (!kinds.some((filmKind) => filmKind.format === format)) format = kinds[0].format;
    readyKey = key;
    look();
  }

  const begin = () => void rebuild().catch((error) => ending.signal.aborted || tell(reasonOf(error)));

  closed.addEventListener("abort", () => {
    making?.cancel.abort();
    ending.abort();
  });

  async function film(of: FilmPicture, { signal }: AbortController): Promise<string> {
    const [chosen, count, paced, every] = [kind(), frames(), speed, rate()];
    const { canvas } = of;
    const lastPixels = () => {
      of.paintAt(paced.to);
      return (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const writer = await (await writing).filmWriter(chosen, canvas, lastPixels);
    try {
      for (frame = 0; frame < count; frame++) {
        of.paintAt(stepAtFrame(paced, every, frame));
        await writer.add(frame);
        if (frame % SHOWN_EVERY === 0) show();
        redraw();
        await pause();
        if (signal.aborted) {
          await writer.cancel();
          return "Cancelled: nothing was saved.";
        }
      }
      const blob = await writer.finish();
      const file = fileName([page.scene.problem.label, "film"], chosen.format);
      if (signal.aborted) return "Cancelled: nothing was saved.";
      save(blob, file);
      return `Saved ${file}, ${(blob.size / 1e6).toFixed(1)} MB.`;
    } catch (error) {
      await writer.cancel().catch(() => {});
      throw error;
    }
  }

  function make() {
    if (making) return making.cancel.abort();
    const of = picture;
    if (!of) return;
    const attempt = { cancel: new AbortController(), begun: performance.now() };
    making = attempt;
    run("film", () =>
      film(of, attempt.cancel).finally(() => {
        making = null;
        frame = Math.min(frame, frames() - 1);
        if (!closed.aborted) look();
      }),
    );
  }

  function choose(next: Partial<FilmChoices>) {
    choices = { ...choices, ...next };
    begin();
  }

  function pace(next: Partial<FilmSpeed>) {
    speed = { ...speed, ...next };
    frame = Math.min(frame, frames() - 1);
    look();
  }

  const attach = (element?: Element) => {
    preview = (element as HTMLCanvasElement | undefined) ?? null;
    show();
  };

  const field = (label: string, name: keyof FilmSpeed, range: Bounds) =>
    numberField({ label, value: speed[name], range, onCommit: (value) => value !== null && pace({ [name]: value }) });

  function progress(count: number) {
    if (!making) return nothing;
    const left = ((performance.now() - making.begun) / Math.max(1, frame)) * (count - frame);
    const time = frame < SHOWN_EVERY ? "" : `, about ${formatGrouped(Math.ceil(left / 1000))} s left`;
    return html`<progress max=${count} .value=${frame} aria-label="Frames drawn"></progress>
      <p>Drawing frame ${formatGrouped(Math.min(count, frame + 1))} of ${formatGrouped(count)}${time}</p>`;
  }

  function whyNot(count: number): string {
    if (empty()) return "There is nothing in it.";
    if (count > MOST_FRAMES)
      return `At most ${MOST_FRAMES / rate()} seconds: take more steps a second, or fewer steps.`;
    return waits;
  }

  const ticks = () =>
    TICKS.filter(([name]) => name !== "map" || mapped).map(
      ([name, word]) => html`<label class="row"><input type="checkbox" class="tick" .checked=${live(choices[name])}
        ?disabled=${making !== null} @change=${({ target }: Event) =>
          choose({ [name]: (target as HTMLInputElement).checked })}>${word}</label>`,
    );

  function settings() {
    const chosen = kind();
    return html`<div class="home-part"><h3>Format</h3>${
      chosen
        ? html`${wordChoice({
            label: "Format",
            options: kinds.map((filmKind) => [filmKind.format, WORDS[filmKind.format]]),
            value: chosen.format,
            onChoose(value) {
              format = value;
              pace({});
            },
          })}<p class="note">${formatWords(chosen)}${missingFormats(kinds, isSecureContext)}</p>`
        : nothing
    }<h3>Size</h3>${wordChoice({
      label: "Size",
      options: Object.keys(SIZES).map((sizeName) => [sizeName, sizeName]),
      value: size,
      onChoose(value) {
        size = value;
        begin();
      },
    })}<h3>Speed</h3><p class="film-speed">From step ${field("From step", "from", {
      whole: true,
      least: 0,
      most: speed.to - 1,
    })} to ${field("To step", "to", { whole: true, least: speed.from + 1, most: longest })} at ${field(
      "Steps a second",
      "perSecond",
      { least: 0.1, most: 1000 },
    )} steps a second, and ${field("Seconds still", "still", { least: 0, most: 60 })} seconds still at the end:
    <strong>${(frames() / rate()).toFixed(1)} s</strong>.</p><h3>In it</h3><div
      class="tiles">${ticks()}</div></div>`;
  }

  if (longest > 0) begin();
  return () => {
    if (longest < 1)
      return html`<p class="home-part note">${
        scene.hidesAhead ? "The run is still asked of: let it run, and its film is here." : "No run is shown."
      }</p>`;
    const count = frames();
    const at = Math.min(count - 1, frame);
    const step = stepAtFrame(speed, rate(), at);
    const why = whyNot(count);
    return html`<div class="home-part film-view" data-ready=${readyKey === keyNow() || nothing}>
      <canvas class="film-preview" role="img"
        aria-label=${`The film at step ${Math.floor(step)}`} ${ref(attach)}></canvas>
      <label class="film-frame row"><span>Frame <strong>${formatGrouped(at + 1)}</strong> of ${formatGrouped(count)},
        step ${formatGrouped(Math.floor(step))}</span><input type="range" min="0" max=${count - 1} step="1"
        aria-label="Frame of the preview" .value=${live(String(at))} ?disabled=${making !== null}
        @input=${({ target }: Event) => {
          frame = Number((target as HTMLInputElement).value);
          look();
        }}></label>
      <div class="film-make home-ways row"><div
        class="film-progress">${progress(count)}${why}</div><button type="button"
        class="button" ?disabled=${!making && (why !== "" || readyKey !== keyNow())} @click=${make}>${
          making ? "Cancel" : "Make the film"
        }</button></div>
      <p class="note">It is made in this browser, frame by frame: none is dropped, however slow the machine. Nothing is
        sent.</p></div>${settings()}`;
  };
}
