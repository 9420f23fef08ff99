/** Thumbnails to choose a landscape from; each is drawn once its samples have come, and again when the theme changes. */
import { onEnd } from "../../figure/ending.ts";
import { FEW_DIGITS } from "../../service/api.ts";
import { drawThumbnail } from "../../views/thumbnail.ts";
import { h, s, setAttribute } from "../../dom.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Landscape, State, Surface } from "../../state/types.ts";

/** Samples a side: what so small a picture can show. */
const RESOLUTION = 32;

/** Milliseconds from one thumbnail to the next, so that the picture goes on moving meanwhile. */
const APART = 24;

export function createThumbs({ service, after, ended }: Figure) {
  const samples: Map<string, Promise<Landscape>> = new Map();

  function samplesOf(surface: string) {
    const known = samples.get(surface);
    if (known) return known;
    const asked = service.getLandscape({ surface }, null, RESOLUTION, ended, FEW_DIGITS);
    samples.set(surface, asked);
    asked.catch(() => samples.delete(surface));
    return asked;
  }

  /** What each thumbnail is to show. */
  const wanted: WeakMap<Element, { surface: string; theme: State["theme"] }> = new WeakMap();
  /** Sheets in sight; the others wait until they are. */
  const inSight: Set<Element> = new Set();
  /** One thumbnail after another. */
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
    const { surface, theme } = wanted.get(canvas) ?? {};
    const key = `${surface} ${theme}`;
    if (!surface || !theme || canvas.dataset.drawn === key) return;
    canvas.dataset.drawn = key;
    queue = queue.then(() => new Promise((resolve) => after(() => resolve(null), APART))).then(() => samplesOf(surface))
      .then((landscape) => drawThumbnail(canvas, landscape, theme), () => false)
      .then((drawn) => drawn || delete canvas.dataset.drawn);
  }

  function show(canvas: HTMLCanvasElement, surface: string, { theme, problemOnMap }: State) {
    if (!problemOnMap?.wholeLandscape) return;
    if (!wanted.has(canvas)) sight.observe(canvas);
    wanted.set(canvas, { surface, theme });
    if (inSight.has(canvas)) draw(canvas);
  }

  return {
    fill(parent: HTMLElement, surfaces: Surface[], state: State, onChoose: (name: string) => void) {
      const names = surfaces.map(({ name }) => name).join();
      if (parent.dataset.names !== names) parent.replaceChildren(...surfaces.map((surface) => thumbnail(surface, onChoose)));
      parent.dataset.names = names;
      surfaces.forEach(({ name }, k) => {
        const button = parent.children[k];
        setAttribute(button, "aria-pressed", String(state.problem.surface === name));
        show(button.firstElementChild as HTMLCanvasElement, name, state);
      });
    },
  };
}

function thumbnail(surface: Surface, onChoose: (name: string) => void) {
  return h("button", { type: "button", class: "sheet", title: surface.summary ?? surface.label, onclick: () => onChoose(surface.name) },
    h("canvas", { class: "thumb", "aria-hidden": "true" }), h("span", {}, surface.label));
}

/** Points as a little plot. */
export function scatter(points: [number, number][]) {
  const axis = (k: 0 | 1) => {
    const values = points.map((point) => point[k]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value: number) => 8 + (44 * (value - low)) / (high - low || 1);
  };
  const [x, y] = [axis(0), axis(1)];
  const dots = points.slice(0, 60).map((point) => s("circle", { cx: x(point[0]).toFixed(1), cy: (60 - y(point[1])).toFixed(1), r: points.length > 20 ? 1.3 : 2 }));
  return s("svg", { class: "thumb scatter", viewBox: "0 0 60 60", "aria-hidden": "true" }, ...dots);
}
