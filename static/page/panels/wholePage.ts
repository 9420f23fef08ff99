/** Views without a place that act on the whole page: the theme, the projector view, the mark of the first path. */
import type { View } from "../figure/part.ts";
import { lazy } from "../service/lazy.ts";
import { loadStyle } from "../service/style.ts";

export const themeView: View = {
  name: "theme",
  create: () => ({
    render({ state }) {
      document.documentElement.dataset.theme = state.theme;
    },
  }),
};

/** The projector view; its styles and the clicker are fetched when it is first opened. */
export const projectorView: View = {
  name: "projector",
  create(root, figure) {
    const large = lazy(
      () => Promise.all([import("./presets/wallClicker.ts"), loadStyle("projector")]),
      figure,
      ([{ createClicker }]) => createClicker(root, figure),
    );
    return {
      render({ scene: { projector, scale } }) {
        root.style.setProperty("--scale", String(scale));
        for (const name of ["projector", "wall"]) root.classList.toggle(name, projector && large() !== null);
      },
      press: (key) => large.loaded()?.press(key) ?? false,
    };
  },
};

/** Marks the time at which the first path is drawn (`performance.mark`). */
export const firstPathView: View = {
  name: "first-path",
  create: () => ({
    render({ scene: { wholeRuns: runs } }) {
      if (performance.getEntriesByName("first path").length || !runs.some(({ length }) => length > 1)) return;
      performance.mark("first path");
    },
  }),
};
