// Runs before anything is drawn, so that a night page never flashes white.
const remembered = localStorage.getItem("fallline-theme");
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.theme = remembered ?? (dark ? "night" : "day");
document.documentElement.classList.add("scripted");
