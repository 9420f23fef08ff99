/** What the playground does to the whole page: day or night, the type of a wall, a mark for whoever measures. */
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

/** Large type, and what a clicker does, are fetched when they are first wanted. */
export const projectorView: View = {
  name: "projector",
  create(root, figure) {
    const large = lazy(async () => {
      const [{ createClicker }] = await Promise.all([import("./presets/clicker.ts"), loadStyle("projector")]);
      return createClicker(root, figure);
    }, figure);
    return {
      render({ scene: { projector, scale } }) {
        root.style.setProperty("--scale", String(scale));
        for (const name of ["projector", "wall"]) root.classList.toggle(name, projector && large() !== null);
      },
      press: (key) => large.now()?.press(key) ?? false,
    };
  },
};

/** How long it takes until something is to be seen. */
export const firstPathView: View = {
  name: "first-path",
  create: () => ({
    render({ scene: { wholeRuns: runs } }) {
      if (performance.getEntriesByName("first path").length || !runs.some(({ length }) => length > 1)) return;
      performance.mark("first path");
    },
  }),
};
