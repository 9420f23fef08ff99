/** A part that is fetched when it is first drawn; while its place is hidden nothing is. */

import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";

export function lazyPart(figure: Figure, root: () => HTMLElement, load: () => Part | Promise<Part>) {
  const get = lazy(async () => load(), figure, figure.invalidate, root);
  const shown = () => (root().hidden ? null : get.now());
  return {
    chartExports: () => shown()?.chartExports?.() ?? [],
    press: (key: string) => shown()?.press?.(key) ?? false,
    render: (frame: Frame) => (root().hidden ? false : get()?.render(frame)),
    destroy: () => get.now()?.destroy?.(),
  };
}
