/** A view that is fetched when it is first shown. */

import type { Part, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import type { Column, State } from "../../state/types.ts";

/** needs: the columns that it draws, also before it is there */
type Declared = Omit<View, "create"> & { needs?: (state: State) => Column[] };

export const lazyView = ({ needs, ...declared }: Declared, load: () => Promise<View["create"]>): View => ({
  ...declared,
  create(root, figure) {
    const get = lazy(
      async () => (await load())(root, figure),
      figure,
      figure.invalidate,
      () => root,
    );
    let part: Part | null = null;
    const shown = () => (root.hidden ? null : part);
    return {
      needs: (state) => needs?.(state) ?? [],
      chartExports: () => shown()?.chartExports?.() ?? [],
      press: (key) => shown()?.press?.(key) ?? false,
      render(frame) {
        if (root.hidden) return;
        part = get();
        return part?.render(frame);
      },
      destroy: () => part?.destroy?.(),
    };
  },
});
