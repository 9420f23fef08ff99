/** The bar: share, take home, present, day or night, help. The code of each is fetched when it is first opened. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { type IconName, icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Part, View } from "../../figure/part.ts";
import { linkTo } from "../../service/links.ts";
import { remember, THEME } from "../../service/remember.ts";
import { retryWhileTransient } from "../../service/retry.ts";
import { setProjector, setTheme } from "../../state/actions.ts";
import type { State } from "../../state/types.ts";

const dressed = (name: IconName, word: string) => html`${icon(name)}<span>${word}</span>`;

function createBar(root: HTMLElement, figure: Figure): Part {
  const { act, ended, id, address, redraw } = figure;
  const help = createRef<HTMLButtonElement>();
  /** Shows why the dialog *Take home* has not been loaded yet. */
  let waits = "";
  let opening = false;

  function setWaits(words: string) {
    waits = words;
    redraw();
  }

  async function takeHome(picture: string) {
    if (opening) return;
    opening = true;
    try {
      const open = async () => (await import("../take-home/takeHome.ts")).openTakeHome(figure, picture);
      await retryWhileTransient(open, { signal: ended, onWait: setWaits });
    } finally {
      opening = false;
      setWaits("");
    }
  }

  /** Turns the projector view on or off, with the full screen where the browser allows it. */
  function project(on: boolean, { detail, currentTarget }: MouseEvent) {
    // Gives the focus away after a press by pointer, so that the keys of a clicker reach the page.
    if (detail > 0) (currentTarget as HTMLElement).blur();
    act(setProjector, on);
    const done = on
      ? document.documentElement.requestFullscreen?.()
      : document.fullscreenElement && document.exitFullscreen();
    Promise.resolve(done).catch(() => {});
  }

  function turn(theme: State["theme"]) {
    remember(THEME, theme);
    act(setTheme, theme);
  }

  const share = popover({
    label: "Share this view",
    className: "share",
    fill: async () => (await import("./share.ts")).share(linkTo(address())),
  });
  const contents = popover({
    label: "Keys, hands and marks",
    className: "help",
    fill: async () => (await import("./helpContents.ts")).openHelp(figure.redraw),
  });

  const panel = createPanel(
    figure,
    root,
    ({ state: { projector, theme } }) => html`
    <button type="button" class="quiet" id=${id("share")} ${share}>${dressed("link", "Share")}</button>
    <button type="button" class="quiet" id=${id("take-home")} aria-haspopup="dialog" title=${waits || nothing}
      @click=${() => takeHome("")}>${dressed("save", waits ? "Trying again" : "Take home")}</button>
    <button type="button" class="quiet" id=${id("projector")} aria-pressed=${projector}
      @click=${(event: MouseEvent) => project(!projector, event)}>${dressed(
        "screen",
        projector ? "Stop presenting" : "Present",
      )}</button>
    <button type="button" class="quiet" id=${id("theme")} @click=${() => turn(theme === "night" ? "day" : "night")}>${
      theme === "night" ? dressed("sun", "Day map") : dressed("moon", "Night map")
    }</button>
    <button type="button" class="quiet" id=${id("help")} title="Keys, hands and marks: ?" ${contents}
      ${ref(help)}>${dressed("help", "Help")}</button>`,
  );

  return {
    ...panel,
    takeHome,
    /** @returns whether the key has a meaning in this view */
    press(key: string): boolean {
      if (key === "?") help.value?.click();
      return key === "?";
    },
  };
}

export const barView: View = {
  name: "bar",
  place: { within: "root", attributes: { class: "bar-actions" } },
  create: createBar,
};
