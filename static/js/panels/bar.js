/** The bar: share, take home, projector, day or night. The name and the places to go stand in the page itself. */
import { byId, h, setAttribute, setText } from "../dom.js";
import { icon, setIcon } from "../controls/icons.js";
import { createPopover } from "../controls/popover.js";

/** @typedef {import("../state/types.js").State} State */

const REMEMBERED = "fallline-theme";
/** Milliseconds that a word about a failure stays. */
const READ = 4000;

/** @param {string} id @param {import("../controls/icons.js").IconName} name */
function dressed(id, name) {
  const button = /** @type {HTMLButtonElement} */ (byId(id));
  const picture = icon(name);
  button.prepend(picture);
  return { button, picture, words: /** @type {Element} */ (button.lastElementChild) };
}

/** What is in the sheet comes when it is first opened. @param {string} link */
function shareOf(link) {
  const place = h("div", {}, "One moment.");
  const fill = async () => {
    const { createShare } = await import("./share.js");
    place.replaceChildren(createShare(link));
    place.querySelector("input")?.focus();
  };
  fill().catch(() => place.replaceChildren("The server does not answer."));
  return place;
}

/**
 * @param {object} how
 * @param {() => string} how.link  to this view
 * @param {(picture: string) => Promise<void>} how.onTakeHome  picture: to begin at, by its name; empty: the first
 * @param {() => void} how.onProjector
 * @param {(theme: "day" | "night") => void} how.onTheme
 */
export function createBar({ link, onTakeHome, onProjector, onTheme }) {
  const share = dressed("share", "link");
  const home = dressed("take-home", "save");
  const projector = dressed("projector", "screen");
  const theme = dressed("theme", "moon");
  createPopover({ button: share.button, label: "Share this view", className: "share", fill: () => shareOf(link()) });
  const take = (/** @type {string} */ picture) => onTakeHome(picture).catch((error) => {
    console.warn("nothing could be taken home:", error);
    setText(home.words, "No answer");
    setTimeout(() => setText(home.words, "Take home"), READ);
  });
  home.button.addEventListener("click", () => take(""));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-take]"))) {
    button.append(icon("save"));
    button.addEventListener("click", () => take(button.dataset.take ?? ""));
  }
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
