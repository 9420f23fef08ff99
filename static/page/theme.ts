/** Day and night on a page that is no figure: the choice is kept for all pages. */
import { remember, THEME } from "./service/remember.ts";
import type { State } from "./state/types.ts";

type Theme = State["theme"];

const root = document.documentElement;

export const theme = (): Theme => (root.dataset.theme === "night" ? "night" : "day");

/** @param onTurn  what else has to look so */
export function createThemeButton(onTurn: (theme: Theme) => void = () => {}) {
  const button = document.getElementById("theme");
  const show = () => {
    const word = button?.querySelector("span");
    if (word) word.textContent = theme() === "day" ? "Night map" : "Day map";
  };
  button?.addEventListener("click", () => {
    const next = theme() === "day" ? "night" : "day";
    remember(THEME, next);
    root.dataset.theme = next;
    show();
    onTurn(next);
  });
  show();
}
