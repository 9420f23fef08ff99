/** The icons, drawn on a 20 by 20 grid with a stroke of 1.5. */
import { html } from "lit-html";

const PATHS = {
  first: "M5 4.5v11M15.5 4.8 8.2 10l7.3 5.2z",
  back: "M12.6 4.8 5.6 10l7 5.2z",
  play: "M6.2 3.6v12.8L16.6 10z",
  pause: "M6.6 4v12M13.4 4v12",
  forward: "M7.4 4.8l7 5.2-7 5.2z",
  last: "M15 4.5v11M4.5 4.8l7.3 5.2-7.3 5.2z",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  copy: "M7 7h9v9H7zM4.5 12.8H4V4h8.8v.6",
  eye: "M2.2 10S5 5 10 5s7.8 5 7.8 5-2.8 5-7.8 5-7.8-5-7.8-5zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z",
  hidden: "M2.2 10S5 5 10 5s7.8 5 7.8 5-2.8 5-7.8 5-7.8-5-7.8-5zM3.6 16.4 16.4 3.6",
  link:
    "M8.4 11.6a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 0 0-4.3-4.3l-1 1" +
    "M11.6 8.4a3 3 0 0 0-4.3 0l-2.8 2.8a3 3 0 0 0 4.3 4.3l1-1",
  screen: "M2.5 4h15v10h-15zM7 17h6M10 14v3",
  moon: "M16.6 12.1A7 7 0 0 1 7.9 3.4a7 7 0 1 0 8.7 8.7z",
  sun:
    "M10 6.4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2zM10 1.6v2M10 16.4v2M1.6 10h2M16.4 10h2" +
    "M4.1 4.1l1.4 1.4M14.5 14.5l1.4 1.4M4.1 15.9l1.4-1.4M14.5 5.5l1.4-1.4",
  down: "M5.5 8 10 12.5 14.5 8",
  left: "M12 5.5 7.5 10l4.5 4.5",
  right: "M8 5.5 12.5 10 8 14.5",
  help: "M10 2.2a7.8 7.8 0 1 0 0 15.6 7.8 7.8 0 0 0 0-15.6zM7.6 8a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.6v.3M10 14.2v.4",
  warn: "M10 3 1.8 17h16.4zM10 8v4.2M10 14.4v.4",
  save: "M10 3v9.4M6 8.6l4 3.8 4-3.8M3.5 13v3.5h13V13",
  undo: "M7.5 4.5 4 8l3.5 3.5M4 8h8a4 4 0 0 1 0 8H7.5",
  redo: "M12.5 4.5 16 8l-3.5 3.5M16 8H8a4 4 0 0 0 0 8h4.5",
};

export type IconName = keyof typeof PATHS;

/** Hidden from screen readers: the button around it has a name. */
export const icon = (name: IconName) =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path
    d=${PATHS[name]}></path></svg>`;
