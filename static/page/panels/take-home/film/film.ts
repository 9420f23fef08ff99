/** The form for a film of the runs, made in the browser frame by frame: its choices, a preview, and its progress. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import { isLeftToBrowser } from "../../../controls/rangeKeys.ts";
import type { Size } from "../../../math/box.ts";
import { formatGrouped } from "../../../math/format.ts";
import { retryWhileTransient } from "../../../service/retry.ts";
import type { Bounds } from "../../../words/range.ts";
import { errorReason, fileName, saveFile } from "../saving.ts";
import type { SectionPorts } from "../takeHome.ts";
import type { FilmFigure } from "./filmMap.ts";
import { createFilmPicture, type FilmContent, type FilmPicture, hasFilmMap } from "./filmPicture.ts";
import { type FilmFormat, type FilmKind, FORMAT_NAMES, formatWords, frameRate, missingFormats } from "./formats.ts";
import { type FilmSpeed, framesOf, stepAtFrame, usualSpeed } from "./timing.ts";

/** The address of the module that writes films, set by the build. */
declare const FILM_WRITING: string;

type Writing = typeof import("./writing.ts");

const SIZES: Record<string, Size> = {
  "1920 × 1080": { width: 1920, height: 1080 },
  "1280 × 720": { width: 1280, height: 720 },
  "1080 × 1080": { width: 1080, height: 1080 },
};
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

export function createFilm({ page, closed, run, redraw }: SectionPorts, figure: FilmFigure): () => unknown {
  const { state, scene, step } = page;
  const whole = Math.max(0, ...scene.wholeRuns.map(({ hidden, length }) => (hidden ? 0 : length - 1)));
  // A film shows nothing of a run whose question is not answered.
  const longest = scene.hidesAhead ? Math.floor(step) : whole;
  const mapped = hasFilmMap(state);
  const load = (): Promise<Writing> => import(new URL(FILM_WRITING, import.meta.url).href);
  const writing = retryWhileTransient(load, { signal: closed, onWait: showMessage });
  writing.catch((error) => closed.aborted || showMessage(errorReason(error)));
  /** why the preview is not ready yet */
  let waits = "";
  let kinds: FilmKind[] = [];
  let format: FilmFormat = "mp4";
  let size = Object.keys(SIZES)[0];
  let speed: FilmSpeed = usualSpeed(longest);
  let choices: FilmChoices = { map: mapped, loss: true, title: true, night: state.theme === "night" };
  /** the frame of the preview; at first that of the playhead */
  let frame = Math.round((Math.min(step, longest) / speed.perSecond) * frameRate(format));
  /** of what is chosen now; null: it is being made, or there is nothing in it */
  let picture: FilmPicture | null = null;
  /** ends the picture that is being made or shown */
  let ending = new AbortController();
  let preview: HTMLCanvasElement | null = null;
  let making: { cancel: AbortController; begun: number } | null = null;

  const chosenKind = () => kinds.find((filmKind) => filmKind.format === format) ?? kinds[0];
  const framesPerSecond = () => frameRate(chosenKind()?.format ?? format);
  const frameCount = () => framesOf(speed, framesPerSecond());
  const isEmpty = () => !choices.map && !choices.loss;

  function showMessage(words: string) {
    waits = words;
    redraw();
  }

  function showPreview() {
    if (!picture || !preview) return;
    preview.width = Math.round(preview.clientWidth * Math.min(2, devicePixelRatio));
    preview.height = Math.round((preview.width * picture.canvas.height) / picture.canvas.width);
    preview.getContext("2d")?.drawImage(picture.canvas, 0, 0, preview.width, preview.height);
  }

  function paintPreview() {
    picture?.paintAt(stepAtFrame(speed, framesPerSecond(), Math.min(frame, frameCount() - 1)));
    showPreview();
    redraw();
  }

  /** Makes the picture anew, for the present choices. */
  async function rebuild() {
    ending.abort();
    ending = new AbortController();
    const { signal } = ending;
    picture = null;
    redraw();
    if (isEmpty()) return;
    const { night, ...shown } = choices;
    const content: FilmContent = { state, scene, size: SIZES[size], theme: night ? "night" : "day", ...shown };
    const loadingKinds = writing.then(({ supportedFilmKinds }) => supportedFilmKinds(SIZES[size]));
    const [availableKinds, made] = await Promise.all([loadingKinds, createFilmPicture(content, figure, signal)]);
    if (signal.aborted) return;
    waits = "";
    picture = made;
    kinds = availableKinds;
    if (!kinds.some((filmKind) => filmKind.format === format)) format = kinds[0].format;
    paintPreview();
  }

  const beginRebuild = () => void rebuild().catch((error) => ending.signal.aborted || showMessage(errorReason(error)));

  closed.addEventListener("abort", () => {
    making?.cancel.abort();
    ending.abort();
  });

  async function writeFilm(filmPicture: FilmPicture, { signal }: AbortController): Promise<string> {
    const [chosen, count, chosenSpeed, perSecond] = [chosenKind(), frameCount(), speed, framesPerSecond()];
    const { canvas } = filmPicture;
    const lastPixels = () => {
      filmPicture.paintAt(chosenSpeed.to);
      return (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const writer = await (await writing).filmWriter(chosen, canvas, lastPixels);
    try {
      for (frame = 0; frame < count; frame++) {
        filmPicture.paintAt(stepAtFrame(chosenSpeed, perSecond, frame));
        await writer.add(frame);
        if (frame % SHOWN_EVERY === 0) showPreview();
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
      saveFile(blob, file);
      return `Saved ${file}, ${(blob.size / 1e6).toFixed(1)} MB.`;
    } catch (error) {
      await writer.cancel().catch(() => {});
      throw error;
    }
  }

  function makeOrCancel() {
    if (making) return making.cancel.abort();
    const filmPicture = picture;
    if (!filmPicture) return;
    const attempt = { cancel: new AbortController(), begun: performance.now() };
    making = attempt;
    run("film", () =>
      writeFilm(filmPicture, attempt.cancel).finally(() => {
        making = null;
        frame = Math.min(frame, frameCount() - 1);
        if (!closed.aborted) paintPreview();
      }),
    );
  }

  function choose(next: Partial<FilmChoices>) {
    choices = { ...choices, ...next };
    beginRebuild();
  }

  function pace(next: Partial<FilmSpeed>) {
    speed = { ...speed, ...next };
    frame = Math.min(frame, frameCount() - 1);
    paintPreview();
  }

  const attachPreview = (element?: Element) => {
    preview = (element as HTMLCanvasElement | undefined) ?? null;
    showPreview();
  };

  const speedField = (label: string, name: keyof FilmSpeed, range: Bounds) =>
    numberField({ label, value: speed[name], range, onCommit: (value) => value !== null && pace({ [name]: value }) });

  function progress(count: number) {
    if (!making) return nothing;
    const left = ((performance.now() - making.begun) / Math.max(1, frame)) * (count - frame);
    const time = frame < SHOWN_EVERY ? "" : `, about ${formatGrouped(Math.ceil(left / 1000))} s left`;
    return html`<progress max=${count} .value=${frame} aria-label="Frames drawn"></progress>
      <p>Drawing frame ${formatGrouped(Math.min(count, frame + 1))} of ${formatGrouped(count)}${time}</p>`;
  }

  function hindrance(count: number): string {
    if (isEmpty()) return "There is nothing in it.";
    if (count > MOST_FRAMES)
      return `At most ${MOST_FRAMES / framesPerSecond()} seconds: take more steps a second, or fewer steps.`;
    return waits;
  }

  const ticks = () =>
    TICKS.filter(([name]) => name !== "map" || mapped).map(
      ([name, word]) => html`<label class="row"><input type="checkbox" class="tick" .checked=${live(choices[name])}
        ?disabled=${making !== null} @change=${({ target }: Event) =>
          choose({ [name]: (target as HTMLInputElement).checked })}>${word}</label>`,
    );

  function settings() {
    const chosen = chosenKind();
    return html`<div class="home-part"><h3>Format</h3>${
      chosen
        ? html`${wordChoice({
            label: "Format",
            options: kinds.map((filmKind) => [filmKind.format, FORMAT_NAMES[filmKind.format]]),
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
        beginRebuild();
      },
    })}<h3>Speed</h3><p class="film-speed">From step ${speedField("From step", "from", {
      whole: true,
      least: 0,
      most: speed.to - 1,
    })} to ${speedField("To step", "to", { whole: true, least: speed.from + 1, most: longest })} at ${speedField(
      "Steps a second",
      "perSecond",
      { least: 0.1, most: 1000 },
    )} steps a second, and ${speedField("Seconds still", "still", { least: 0, most: 60 })} seconds still at the end:
    <strong>${(frameCount() / framesPerSecond()).toFixed(1)} s</strong>.</p><h3>In it</h3><div
      class="tiles">${ticks()}</div></div>`;
  }

  if (longest > 0) beginRebuild();
  return () => {
    if (longest < 1)
      return html`<p class="home-part note">${
        scene.hidesAhead ? "The run is still asked of: run it, and its film is here." : "No run is shown."
      }</p>`;
    const count = frameCount();
    const at = Math.min(count - 1, frame);
    const step = stepAtFrame(speed, framesPerSecond(), at);
    const why = hindrance(count);
    return html`<div class="home-part film-view" data-ready=${picture !== null || nothing}>
      <canvas class="film-preview" role="img"
        aria-label=${`The film at step ${Math.floor(step)}`} ${ref(attachPreview)}></canvas>
      <label class="film-frame row"><span>Frame <strong>${formatGrouped(at + 1)}</strong> of ${formatGrouped(count)},
        step ${formatGrouped(Math.floor(step))}</span><input type="range" min="0" max=${count - 1} step="1"
        aria-label="Frame of the preview" @keydown=${isLeftToBrowser}
        .value=${live(String(at))} ?disabled=${making !== null}
        @input=${({ target }: Event) => {
          frame = Number((target as HTMLInputElement).value);
          paintPreview();
        }}></label>
      <div class="film-make home-ways row"><div
        class="film-progress">${progress(count)}${why}</div><button type="button"
        class="button" ?disabled=${!making && (why !== "" || !picture)} @click=${makeOrCancel}>${
          making ? "Cancel" : "Make the film"
        }</button></div>
      <p class="note">It is made in this browser, frame by frame: none is dropped, however slow the machine. Nothing is
        sent.</p></div>${settings()}`;
  };
}
