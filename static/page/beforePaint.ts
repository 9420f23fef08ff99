// Runs before anything is drawn, in any browser: it tells when the page cannot run here, and when a script of it does
// not come (over a crowded network a file can get lost, and a page that stays blank looks broken), and it sets the
// theme, so that a night page never flashes white.
import { remembered, THEME } from "./service/remember.ts";

const { classList, dataset } = document.documentElement;

// The page has no import map: browsers learned of them when they learned the last of what it does need.
if (!HTMLScriptElement.supports?.("importmap")) classList.add("is-too-old");
addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && classList.add("is-incomplete"), true);
addEventListener("click", ({ target }) => target instanceof Element && target.id === "reload" && location.reload());

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
dataset.theme = remembered(THEME) ?? (dark ? "night" : "day");
classList.add("scripted");
