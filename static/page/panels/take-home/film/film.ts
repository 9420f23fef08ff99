/** The form for a film of the runs, made in the browser frame by frame: its choices, a preview, and its progress. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { isLeftToBrowser } from "../../../controls/rangeKeys.ts";
import type { Size } from "../../../math/box.ts";
import { formatGrouped } from "../../../math/format.ts";
import { retryWhileTransient } from "../../../service/retry.ts";
import { errorReason, fileName, saveFile } from "../saving.ts";
import type { SectionPorts, TakenView } from "../takeHome.ts";
import {
  chosenKind,
  FILM_SIZES,
  type FilmForm,
  filmHindrance,
  filmSettings,
  frameCount,
  isEmptyFilm,
  stepOfFrame,
} from "./filmForm.ts";
import type { FilmFigure } from "./filmMap.ts";
import { createFilmPicture, type FilmPicture, hasFilmMap } from "./filmPicture.ts";
import { type FilmKind, frameRate } from "./formats.ts";
import { usualSpeed } from "./timing.ts";

/** The address of the module that writes films, set by the build. */
declare const FILM_WRITING: string;

type Writing = typeof import("./writing.ts");

/** While a film is made, the preview shows one of this many frames. */
const SHOWN_EVERY = 5;

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

/** @returns the last step that a film can show: nothing of a run whose question is not answered */
const lastFilmedStep = ({ scene, step }: TakenView) =>
  scene.hasHiddenRows
    ? Math.floor(step)
    : Math.max(0, ...scene.wholeRuns.map(({ hidden, length }) => (hidden ? 0 : length - 1)));

/** The usual choices; the frame is that of the playhead. */
function firstForm({ state, step }: TakenView, longest: number): FilmForm {
  const [format, speed] = ["mp4", usualSpeed(longest)] as const;
  return {
    kinds: [],
    format,
    size: Object.keys(FILM_SIZES)[0],
    speed,
    shown: { map: hasFilmMap(state), loss: true, title: true, night: state.theme === "night" },
    frame: Math.round((Math.min(step, longest) / speed.perSecond) * frameRate(format)),
  };
}

/** Writes all frames. @param onFrame  called after each @returns the film; null: it was cancelled */
async function writeFilm(
  form: FilmForm,
  picture: FilmPicture,
  { filmWriter }: Writing,
  signal: AbortSignal,
  onFrame: (frame: number) => void,
): Promise<Blob | null> {
  const { canvas } = picture;
  const lastPixels = () => {
    picture.paintAt(form.speed.to);
    return (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const writer = await filmWriter(chosenKind(form) as FilmKind, canvas, lastPixels);
  try {
    for (let frame = 0; frame < frameCount(form); frame++) {
      picture.paintAt(stepOfFrame(form, frame));
      await writer.add(frame);
      onFrame(frame);
      await pause();
      if (signal.aborted) {
        await writer.cancel();
        return null;
      }
    }
    const blob = await writer.finish();
    return signal.aborted ? null : blob;
  } catch (error) {
    await writer.cancel().catch(() => {});
    throw error;
  }
}

/** The picture of the film as it is chosen, and its canvas on the page. */
function createPreview({ page: { state, scene }, redraw }: SectionPorts, figure: FilmFigure) {
  /** null: it is being made, or there is nothing in it */
  let picture: FilmPicture | null = null;
  /** ends the picture that is being made or shown */
  let ending = new AbortController();
  let place: HTMLCanvasElement | null = null;

  function show() {
    if (!picture || !place) return;
    place.width = Math.round(place.clientWidth * Math.min(2, devicePixelRatio));
    place.height = Math.round((place.width * picture.canvas.height) / picture.canvas.width);
    place.getContext("2d")?.drawImage(picture.canvas, 0, 0, place.width, place.height);
  }

  return {
    show,
    attach: ref((element?: Element) => {
      place = (element as HTMLCanvasElement | undefined) ?? null;
      show();
    }),
    picture: () => picture,
    paint(form: FilmForm) {
      picture?.paintAt(stepOfFrame(form, form.frame));
      show();
    },
    /** Makes the picture anew. @returns the kinds, once it is made; null: another was begun, or it is empty */
    async renew(form: FilmForm, loadKinds: (size: Size) => Promise<FilmKind[]>): Promise<FilmKind[] | null> {
      ending.abort();
      ending = new AbortController();
      const { signal } = ending;
      picture = null;
      redraw();
      if (isEmptyFilm(form)) return null;
      const { night, ...shown } = form.shown;
      const size = FILM_SIZES[form.size];
      const content = { state, scene, size, theme: night ? "night" : "day", ...shown } as const;
      try {
        const [kinds, made] = await Promise.all([loadKinds(size), createFilmPicture(content, figure, signal)]);
        if (signal.aborted) return null;
        picture = made;
        return kinds;
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    end: () => ending.abort(),
  };
}

function progress(form: FilmForm, begun: number) {
  const [count, { frame }] = [frameCount(form), form];
  const left = ((performance.now() - begun) / Math.max(1, frame)) * (count - frame);
  const time = frame < SHOWN_EVERY ? "" : `, about ${formatGrouped(Math.ceil(left / 1000))} s left`;
  return html`<progress max=${count} .value=${frame} aria-label="Frames drawn"></progress>
    <p>Drawing frame ${formatGrouped(Math.min(count, frame + 1))} of ${formatGrouped(count)}${time}</p>`;
}

export function createFilm(ports: SectionPorts, figure: FilmFigure): () => unknown {
  const { page, closed, run, redraw } = ports;
  const { scene } = page;
  const longest = lastFilmedStep(page);
  if (longest < 1)
    return () =>
      html`<p class="home-part note">${
        scene.hasHiddenRows ? "This run is still asked about: run it, and its film is here." : "No run is shown."
      }</p>`;
  const load = (): Promise<Writing> => import(new URL(FILM_WRITING, import.meta.url).href);
  const writing = retryWhileTransient(load, { signal: closed, onWait: showMessage });
  writing.catch((error) => closed.aborted || showMessage(errorReason(error)));
  const preview = createPreview(ports, figure);
  let form = firstForm(page, longest);
  /** why the preview is not ready yet */
  let waits = "";
  let making: { cancel: AbortController; begun: number } | null = null;
  closed.addEventListener("abort", () => {
    making?.cancel.abort();
    preview.end();
  });

  function showMessage(words: string) {
    waits = words;
    redraw();
  }

  function paintPreview() {
    preview.paint(form);
    redraw();
  }

  const loadKinds = async (size: Size) => (await writing).supportedFilmKinds(size);

  async function renewPreview() {
    try {
      const kinds = await preview.renew(form, loadKinds);
      if (!kinds) return;
      waits = "";
      form = { ...form, kinds };
      form.format = (chosenKind(form) as FilmKind).format;
      paintPreview();
    } catch (error) {
      showMessage(errorReason(error));
    }
  }

  function choose(next: Partial<FilmForm>) {
    form = { ...form, ...next };
    form.frame = Math.min(form.frame, frameCount(form) - 1);
    if (next.size || next.shown) void renewPreview();
    else paintPreview();
  }

  /** @returns what has come of it, in words */
  async function makeFilm(picture: FilmPicture, { signal }: AbortController): Promise<string> {
    const { format } = chosenKind(form) as FilmKind;
    const blob = await writeFilm(form, picture, await writing, signal, (frame) => {
      form = { ...form, frame };
      if (frame % SHOWN_EVERY === 0) preview.show();
      redraw();
    });
    if (!blob) return "Cancelled: nothing was saved.";
    const file = fileName([scene.problem.label, "film"], format);
    saveFile(blob, file);
    return `Saved ${file}, ${(blob.size / 1e6).toFixed(1)} MB.`;
  }

  function makeOrCancel() {
    if (making) return making.cancel.abort();
    const picture = preview.picture();
    if (!picture) return;
    const attempt = { cancel: new AbortController(), begun: performance.now() };
    making = attempt;
    run("film", () =>
      makeFilm(picture, attempt.cancel).finally(() => {
        making = null;
        if (!closed.aborted) paintPreview();
      }),
    );
  }

  void renewPreview();
  return () => {
    const count = frameCount(form);
    const at = Math.min(count - 1, form.frame);
    const step = Math.floor(stepOfFrame(form, at));
    const why = filmHindrance(form) || waits;
    const [picture, hasMap, isMaking] = [preview.picture(), hasFilmMap(page.state), making !== null];
    return html`<div class="home-part film-view" data-ready=${picture !== null || nothing}>
      <canvas class="film-preview" role="img" aria-label=${`The film at step ${step}`} ${preview.attach}></canvas>
      <label class="film-frame row"><span>Frame <strong>${formatGrouped(at + 1)}</strong> of ${formatGrouped(count)},
        step ${formatGrouped(step)}</span><input type="range" min="0" max=${count - 1} step="1"
        aria-label="Frame of the preview" @keydown=${isLeftToBrowser}
        .value=${live(String(at))} ?disabled=${isMaking}
        @input=${({ target }: Event) => choose({ frame: Number((target as HTMLInputElement).value) })}></label>
      <div class="film-make home-ways row"><div
        class="film-progress">${making ? progress(form, making.begun) : nothing}${why}</div><button type="button"
        class="button" ?disabled=${!isMaking && (why !== "" || !picture)} @click=${makeOrCancel}>${
          isMaking ? "Cancel" : "Make the film"
        }</button></div>
      <p class="note">It is made in this browser, frame by frame: none is dropped, however slow the machine. Nothing is
        sent.</p></div>${filmSettings({ form, longest, hasMap, isMaking, choose })}`;
  };
}
