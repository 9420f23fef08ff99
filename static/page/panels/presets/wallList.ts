/** The list that a clicker opens over the wall, and a note of what its keys do meanwhile. */
import { html, nothing, render } from "lit-html";
import { h } from "../../dom.ts";
import { onEnd } from "../../figure/lifetime.ts";

/** A line of the list. */
export type WallChoice = { words: string; go: () => void };

export function createWallList(root: HTMLElement, ended: AbortSignal) {
  const place = h("div", { class: "wall-list", role: "status", hidden: true });
  /** The rows of the open list, null while it is closed; and the index of the marked row. */
  let [rows, at] = [null as WallChoice[] | null, 0];

  /** @param words  what presses do; empty: it is closed */
  function draw(words: string) {
    const list = rows?.map(
      (row, k) => html`<li aria-current=${k === at ? "true" : nothing}><button type="button"
      @click=${() => choose(row)}>${row.words}</button></li>`,
    );
    place.hidden = !words;
    render(html`<p>${words}</p>${list ? html`<ol>${list}</ol>` : nothing}`, place);
    place.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  function show(next: WallChoice[] | null, mark: number) {
    [rows, at] = [next, mark];
    draw(rows ? "on and back: another line · held: this line" : "");
  }

  function choose(row = rows?.[at]) {
    show(null, 0);
    row?.go();
  }

  root.append(place);
  onEnd(ended, () => place.remove());
  return {
    isOpen: () => rows !== null,
    open: (choices: WallChoice[]) => show(choices, 0),
    turn: (by: 1 | -1) => rows && show(rows, (at + by + rows.length) % rows.length),
    choose: () => choose(),
    close: () => show(null, 0),
    say: draw,
  };
}

/** Shows the controls over the words of the wall, until the clicker is pressed. */
export function createWallControls(root: HTMLElement, ended: AbortSignal) {
  const button = h(
    "button",
    {
      class: "wall-more icon-button",
      type: "button",
      title: "Controls",
      "aria-label": "Controls",
      "aria-expanded": "false",
      onclick({ detail }: MouseEvent) {
        if (detail) button.blur();
        toggle();
      },
    },
    "⋯",
  );
  const isOpen = () => button.ariaExpanded === "true";
  function toggle() {
    button.ariaExpanded = String(!isOpen());
    root.classList.toggle("has-controls", isOpen());
  }
  root.append(button);
  onEnd(ended, () => button.remove());
  return { close: () => isOpen() && toggle() };
}
