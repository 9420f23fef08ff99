/** What a presenter's clicker does on the wall: from beat to beat and scene to scene; held down, all else in a list. */
import { html, nothing, render } from "lit-html";
import { scaleOf } from "../../controls/scales.ts";
import type { Figure } from "../../figure/figure.ts";
import { formatExact } from "../../math/format.ts";
import { goBeyond } from "../../service/framed.ts";
import { openAddress, setProjector, setValue } from "../../state/actions.ts";
import { setExplained, showBeside } from "../../state/explain.ts";
import { makeChange, takeBack } from "../../state/outcome.ts";
import { addressOfPreset, presetBeside, presetNow, presetOf, presetsOf } from "../../state/preset.ts";
import { beatOf, propose, setReveal } from "../../state/reveal.ts";
import type { Preset } from "../../state/types.ts";
import { ANY_RATE } from "../runs/card.ts";
import { listenToClicker } from "../shared/clicker.ts";
import { goBack, goOn } from "../shared/flow.ts";
import { chartOf } from "../shared/tabs.ts";
import { openPreset, openPresetBeside } from "./opening.ts";

/** in a list that a clicker goes through */
type WallChoice = { words: string; go: () => void };

export function createClicker(root: HTMLElement, figure: Figure) {
  const { act, store, frame, player, seek, ended } = figure;
  const place = document.createElement("div");
  /** Shows what moves and sets over what is said, until a press goes on. */
  const more = document.createElement("button");
  /** Of the list, while it is open; and which row has the mark. */
  let [rows, at] = [null as WallChoice[] | null, 0];
  /** The run whose rate is set by the clicker, by its index; -1: none. */
  let rated = -1;

  /** As it was told last, with its run as it was. */
  function told(preset: Preset) {
    const address = addressOfPreset(preset, false);
    act(openAddress, { ...address, display: { ...address.display, projector: true } });
    seek(Infinity);
  }

  function on() {
    const state = store.get();
    const preset = presetOf(state, "prepared");
    if (preset && goOn(figure)) return;
    if (!preset?.change) openPresetBeside(figure, 1);
    else if (state.proposes) act(makeChange, preset.change);
    else act(propose, true);
  }

  function back() {
    const { preset, is } = presetNow(store.get());
    if (!preset || is === "left") openPresetBeside(figure, -1);
    else if (is === "replaced") told(preset);
    else if (is !== "prepared") act(takeBack);
    else if (!goBack(figure)) before();
    else if (beatOf(frame()) === "question") act(setExplained, null);
  }

  /** The scene before, as it was left: with its change, where it proposes one. */
  function before() {
    const preset = !goBeyond(-1) && presetBeside(store.get(), -1);
    if (!preset) return;
    openPreset(figure, preset);
    act(setReveal, false);
    seek(Infinity);
    if (preset.change) act(makeChange, preset.change);
  }

  /** On and back set it until either is held again. @param index  -1: that is done */
  function rate(index: number) {
    rated = index;
    act(showBeside, index < 0 ? chartOf(store.get()) : "runs");
    draw();
  }

  /** To the next 1, 2 or 5. */
  function setRate(by: 1 | -1) {
    const { id, optimizer } = store.get().entries[rated];
    act(setValue, id, "learning_rate", scaleOf(ANY_RATE).next(Number(optimizer.learning_rate), by, true), false);
  }

  function rowsNow(): WallChoice[] {
    const state = store.get();
    const all = presetsOf(state);
    const here = all.findIndex(({ name }) => name === state.presetOpened);
    const scenes = [...all.slice(here + 1), ...all.slice(0, Math.max(0, here))];
    const rates = frame().scene.wholeRuns.flatMap(({ name }, k) => {
      const { learning_rate: value } = state.entries[k].optimizer;
      const said = formatExact(Number(value));
      const words = `Rate of ${name.replace(` ${said}`, "")}: ${said}`;
      return value === undefined ? [] : [{ words, go: () => rate(k) }];
    });
    return [
      { words: "Go on here", go: () => {} },
      ...rates,
      { words: "Black", go: darken },
      { words: "Leave Projector", go: () => act(setProjector, false) },
      ...scenes.map((preset) => ({
        words: `Scene ${all.indexOf(preset) + 1}: ${preset.title}`,
        go: () => openPreset(figure, preset),
      })),
    ];
  }

  function choose(row = rows?.[at]) {
    rows = null;
    draw();
    row?.go();
  }

  function hold() {
    if (rows) choose();
    else if (rated >= 0) rate(-1);
    else {
      [rows, at] = [rowsNow(), 0];
      draw();
    }
  }

  function turn(by: 1 | -1) {
    if (root.matches(".has-controls")) toggle();
    if (rows) {
      at = (at + by + rows.length) % rows.length;
      draw();
    } else if (rated >= 0) setRate(by > 0 ? -1 : 1);
    else if (by > 0) on();
    else back();
  }

  function draw() {
    const list = rows?.map(
      (row, k) => html`<li aria-current=${k === at ? "true" : nothing}><button type="button"
      @click=${() => choose(row)}>${row.words}</button></li>`,
    );
    const how = rows ? "on and back: another line · held: this line" : "on: lower · back: higher · held: done";
    place.hidden = !rows && rated < 0;
    render(html`<p>${how}</p>${list ? html`<ol>${list}</ol>` : nothing}`, place);
    place.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  function toggle(event?: MouseEvent) {
    if (event?.detail) more.blur();
    const shows = root.classList.toggle("has-controls");
    more.setAttribute("aria-expanded", String(shows));
  }

  more.className = "wall-more icon-button";
  more.type = "button";
  more.textContent = "⋯";
  more.title = "Controls";
  more.setAttribute("aria-label", "Controls");
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", toggle);
  place.className = "wall-list";
  place.setAttribute("role", "status");
  place.hidden = true;
  root.append(more, place);
  ended.addEventListener("abort", () => [more, place].map((part) => part.remove()));
  const { darken } = listenToClicker({
    signal: ended,
    active: () => frame().scene.projector,
    dark: () => (store.get().problem.network ? "bB" : "bB."),
    playing: () => !rows && rated < 0 && !player.atEnd() && (player.step() > 0 || !store.get().reveal),
    turn,
    hold,
  });
  return {
    /** Rates are one key away. @returns whether it means something here */
    press(key: string): boolean {
      if (key.toLowerCase() !== "r" || !frame().scene.projector) return false;
      act(showBeside, root.dataset.tab === "runs" ? chartOf(store.get()) : "runs");
      return true;
    },
  };
}
