/** Parts and views that are fetched when they are first shown. */

import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import type { Column, State } from "../../state/types.ts";

/** While its place is hidden nothing of it is drawn. */
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

/** needs: the columns that it draws, also before it is there */
type Declared = Omit<View, "create"> & { needs?: (state: State) => Column[] };

export const lazyView = ({ needs = () => [], ...declared }: Declared, load: () => Promise<View["create"]>): View => ({
  ...declared,
  create: (root, figure) => ({
    ...lazyPart(
      figure,
      () => root,
      async () => (await load())(root, figure),
    ),
    needs,
  }),
});
