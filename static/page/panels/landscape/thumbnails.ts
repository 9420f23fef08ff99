/** Draws thumbnails of landscapes, each once its samples are received, and again when the theme changes. */
import { html } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { onElement } from "../../component.ts";
import type { FramePorts, Requests } from "../../figure/figure.ts";
import type { Timers } from "../../figure/lifetime.ts";
import { onEnd } from "../../figure/lifetime.ts";
import { drawThumbnail } from "../../pictures/thumbnail.ts";
import { FEW_DIGITS } from "../../service/api.ts";
import { retryWhileTransient } from "../../service/retry.ts";
import { hasOwnMap } from "../../state/stage.ts";
import type { Landscape, State, Surface } from "../../state/types.ts";

/** Samples per side of a thumbnail. */
const RESOLUTION = 32;

/** Milliseconds between two thumbnails, so that animations go on meanwhile. */
const APART = 24;

export function createThumbs({ service, after, cancel, ended }: FramePorts & Requests & Timers) {
  /** Shows below each open gallery why the next thumbnail is not there yet. */
  let note = "";
  const lines: Set<HTMLElement> = new Set();
  const tells = onElement((line: HTMLElement) => {
    lines.add(line);
    line.textContent = note;
  });

  function say(words: string) {
    note = words;
    for (const line of lines) {
      if (!line.isConnected) lines.delete(line);
      else if (line.textContent !== words) line.textContent = words;
    }
  }

  /** The samples of a surface; the browser caches them. */
  async function samplesOf(surface: string): Promise<Landscape> {
    const landscape = await retryWhileTransient(
      () => service.getLandscape({ surface }, null, RESOLUTION, ended, FEW_DIGITS),
      {
        signal: ended,
        onWait: say,
        clock: { after, cancel },
      },
    );
    say("");
    return landscape;
  }

  /** What each thumbnail is to show. */
  const requests: WeakMap<Element, { surface: string; theme: State["theme"] }> = new WeakMap();
  /** Thumbnails that are in sight; the others wait. */
  const inSight: Set<Element> = new Set();
  /** The thumbnails that are to be drawn, one after the other. */
  let queue: Promise<unknown> = Promise.resolve();

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
      if (isIntersecting) draw(target as HTMLCanvasElement);
    }
  });
  onEnd(ended, () => sight.disconnect());

  function draw(canvas: HTMLCanvasElement) {
    const { surface, theme } = requests.get(canvas) ?? {};
    const key = `${surface} ${theme}`;
    if (!surface || !theme || canvas.dataset.drawn === key) return;
    canvas.dataset.drawn = key;
    queue = queue
      .then(() => new Promise((resolve) => after(() => resolve(null), APART)))
      .then(() => samplesOf(surface))
      .then(
        (landscape) => drawThumbnail(canvas, landscape, theme),
        () => false,
      )
      .then((drawn) => drawn || delete canvas.dataset.drawn);
  }

  const draws = onElement((canvas: HTMLCanvasElement, surface: string, state: State) => {
    // The map comes first, if it comes.
    if (hasOwnMap(state) && !state.problemOnMap?.wholeLandscape && state.fault?.kind !== "refused") return;
    if (!requests.has(canvas)) sight.observe(canvas);
    requests.set(canvas, { surface, theme: state.theme });
    if (inSight.has(canvas)) draw(canvas);
  });

  return (surfaces: Surface[], state: State, onChoose: (name: string) => void) =>
    html`<div class="sheets">${repeat(
      surfaces,
      ({ name }) => name,
      ({ name, label, summary }) => html`<button type="button" class="sheet"
      title=${summary ?? label} aria-pressed=${state.problem.surface === name} @click=${() => onChoose(name)}><canvas
        class="thumb" aria-hidden="true" ${draws(name, state)}></canvas><span>${label}</span></button>`,
    )}</div><p class="note waits" role="status" ${tells()}></p>`;
}
