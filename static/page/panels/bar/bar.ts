/** The bar: share, take home, projector, day or night. The name and the places to go stand in the page itself. */
import { h, setAttribute, setText } from "../../dom.ts";
import { createIcon } from "../../controls/byHand.ts";
import { createPopover } from "../../controls/popover.ts";
import type { Frame } from "../../figure/part.ts";
import type { IconName } from "../../controls/icons.ts";

const REMEMBERED = "fallline-theme";
/** Milliseconds that a word about a failure stays. */
const READ = 4000;

function dressed(button: HTMLButtonElement, name: IconName) {
  const picture = createIcon(name);
  button.prepend(picture.root);
  return { button, picture, words: button.lastElementChild as Element };
}

/** What is in a popover comes when it is first opened. */
function shareOf(link: string) {
  const place = h("div", {}, "One moment.");
  const fill = async () => {
    const { createShare } = await import("./share.ts");
    place.replaceChildren(createShare(link));
    place.querySelector("input")?.focus();
  };
  fill().catch(() => place.replaceChildren("The server does not answer."));
  return place;
}

type Buttons = Record<"share" | "takeHome" | "projector" | "theme", HTMLButtonElement>;

/**
 * @param how.link  to what is shown
 * @param how.onTakeHome  picture: to begin at, by its name; empty: the first
 */
export const createBar = (buttons: Buttons, { link, onTakeHome, onProjector, onTheme }: { link: () => string; onTakeHome: (picture: string) => Promise<void>; onProjector: () => void; onTheme: (theme: "day" | "night") => void }) => () => {
  const share = dressed(buttons.share, "link");
  const home = dressed(buttons.takeHome, "save");
  const projector = dressed(buttons.projector, "screen");
  const theme = dressed(buttons.theme, "moon");
  createPopover({ button: share.button, label: "Share this view", className: "share", fill: () => shareOf(link()) });
  const take = (picture: string) => onTakeHome(picture).catch((error) => {
    console.warn("nothing could be taken home:", error);
    setText(home.words, "No answer");
    setTimeout(() => setText(home.words, "Take home"), READ);
  });
  home.button.addEventListener("click", () => take(""));
  projector.button.addEventListener("click", onProjector);
  theme.button.addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "night" ? "day" : "night";
    localStorage.setItem(REMEMBERED, next);
    onTheme(next);
  });

  return {
    takeHome: take,
    render({ state }: Frame) {
      setAttribute(projector.button, "aria-pressed", String(state.projector));
      setText(projector.words, state.projector ? "Leave projector" : "Projector");
      setText(theme.words, state.theme === "night" ? "Day map" : "Night map");
      theme.picture.set(state.theme === "night" ? "sun" : "moon");
    },
  };
};
