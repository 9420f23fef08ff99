/** The bar: share, projector, day or night. The name and the places to go stand in the page itself. */
import { byId, setAttribute, setText } from "../dom.js";
import { icon, setIcon } from "../controls/icons.js";
import { createShare } from "./share.js";

/** @typedef {import("../state/types.js").State} State */

const REMEMBERED = "fallline-theme";

/** @param {string} id @param {import("../controls/icons.js").IconName} name */
function dressed(id, name) {
  const button = /** @type {HTMLButtonElement} */ (byId(id));
  const picture = icon(name);
  button.prepend(picture);
  return { button, picture, words: /** @type {Element} */ (button.lastElementChild) };
}

/**
 * @param {object} how
 * @param {() => {link: string, specQuery: string}} how.link
 * @param {() => void} how.onProjector
 * @param {(theme: "day" | "night") => void} how.onTheme
 */
export function createBar({ link, onProjector, onTheme }) {
  const share = dressed("share", "link");
  const projector = dressed("projector", "screen");
  const theme = dressed("theme", "moon");
  createShare(share.button, link);
  projector.button.addEventListener("click", onProjector);
  theme.button.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "night" ? "day" : "night";
    localStorage.setItem(REMEMBERED, next);
    onTheme(next);
  });

  return {
    /** @param {State} state */
    render(state) {
      setAttribute(projector.button, "aria-pressed", String(state.projector));
      setText(projector.words, state.projector ? "Leave projector" : "Projector");
      setText(theme.words, state.theme === "night" ? "Day map" : "Night map");
      setIcon(theme.picture, state.theme === "night" ? "sun" : "moon");
    },
  };
}
