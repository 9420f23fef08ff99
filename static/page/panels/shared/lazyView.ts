/** Makes parts and views whose code is loaded when they are first shown. */

import type { Figure, FramePorts } from "../../figure/figure.ts";
import type { MovingFrame, Part, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";

interface LazyPart extends Required<Omit<Part, "takeHome">> {
  /** Whether its code is loaded. */
  isThere: () => boolean;
}

/** A part that is fetched when it is first rendered. While its root is hidden it has no keys and no charts. */
export function lazyPart<L>(
  figure: FramePorts,
  root: HTMLElement,
  load: () => Promise<L>,
  create: (loaded: L) => Part | Promise<Part>,
): LazyPart {
  const get = lazy(load, figure, create, () => root);
  const shown = () => (root.hidden ? null : get.loaded());
  return {
    isThere: () => get.loaded() !== null,
    chartExports: () => shown()?.chartExports?.() ?? [],
    press: (key: string) => shown()?.press?.(key) ?? false,
    prepare: (frame: MovingFrame) => get.loaded()?.prepare?.(frame),
    render: (frame: MovingFrame) => get()?.render(frame),
  };
}

type CreateLater = (...args: Parameters<View["create"]>) => Part | Promise<Part>;

/** @param load  with the first frame in which it shows */
export const lazyView = (declared: Omit<View, "create">, load: (figure: Figure) => Promise<CreateLater>): View => ({
  ...declared,
  create: (root, figure) =>
    lazyPart(
      figure,
      root,
      () => load(figure),
      (create) => create(root, figure),
    ),
});
