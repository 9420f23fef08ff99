/** The bar: share, take home, projector, day or night. The name and the places to go stand in the page itself. */
import { byId, h, setAttribute, setText } from "../dom.ts";
import { icon, setIcon } from "../controls/icons.ts";
import { createPopover } from "../controls/popover.ts";
import type { State } from "../state/types.ts";
import type { IconName } from "../controls/icons.ts";

const REMEMBERED = "fallline-theme";
/** Milliseconds that a word about a failure stays. */
const READ = 4000;

function dressed(id: string, name: IconName) {
  const button = byId(id) as HTMLButtonElement;
  const picture = icon(name);
  button.prepend(picture);
  return { button, picture, words: button.lastElementChild as Element };
}

/** What is in the sheet comes when it is first opened. */
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

/**
 * @param how.link  to this view
 * @param how.onTakeHome  picture: to begin at, by its name; empty: the first
 */
export function createBar({ link, onTakeHome, onProjector, onTheme }: { link: () => string; onTakeHome: (picture: string) => Promise<void>; onProjector: () => void; onTheme: (theme: "day" | "night") => void }) {
  const share = dressed("share", "link");
  const home = dressed("take-home", "save");
  const projector = dressed("projector", "screen");
  const theme = dressed("theme", "moon");
  createPopover({ button: share.button, label: "Share this view", className: "share", fill: () => shareOf(link()) });
  const take = (picture: string) => onTakeHome(picture).catch((error) => {
    console.warn("nothing could be taken home:", error);
    setText(home.words, "No answer");
    setTimeout(() => setText(home.words, "Take home"), READ);
  });
  home.button.addEventListener("click", () => take(""));
  for (const button of document.querySelectorAll("[data-take]") as NodeListOf<HTMLElement>) {
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
    render(state: State) {
      setAttribute(projector.button, "aria-pressed", String(state.projector));
      setText(projector.words, state.projector ? "Leave projector" : "Projector");
      setText(theme.words, state.theme === "night" ? "Day map" : "Night map");
      setIcon(theme.picture, state.theme === "night" ? "sun" : "moon");
    },
  };
}
