/** What it means: the sentence, and the standings with the reason why each run ends. */
import { marker } from "../controls/choice.ts";
import { chosen, measured } from "../math/format.ts";
import { h, keyed, setAttribute, setText } from "../dom.ts";
import { outcome, standings } from "../words/outcome.ts";
import { sentence } from "../words/sentence.ts";
import { createChanged } from "./readable.ts";
import type { Scene, StopSpec } from "../state/types.ts";
import type { Standing } from "../words/outcome.ts";

/** The picture must have rested this long before it is read out. */
const RESTED = 700;

/**
 * The sentence, for the eye at once and for readers once the picture rests.
 * @param live  the live region
 */
export function createSentence(root: HTMLElement, live: HTMLElement) {
  let timer = 0;
  const changed = createChanged();
  let said = "";
  return {
    /** @param instead  what to say while there are no rows to speak of */
    render(scene: Scene, step: number, playing: boolean, instead: string | null) {
      if (!changed(scene, step, playing, instead)) return;
      const bare = scene.runs.length > 0 && scene.runs.every(({ length }) => length === 0);
      const text = (bare && instead) || sentence(scene, step, playing);
      setText(root, text);
      if (playing || text === said) return;
      said = text;
      clearTimeout(timer);
      timer = window.setTimeout(() => setText(live, text), RESTED);
    },
  };
}

/** @param events.onPoint  a run is pointed at */
export function createStandings(
  root: HTMLElement,
  { onPoint, onSelect }: { onPoint: (index: number | null) => void; onSelect: (index: number) => void },
) {
  const title = h("h2", { id: "standings-title" });
  const distance = h("th", { scope: "col" }, "to known minimum");
  const empty = h("p", { class: "note" }, "They appear with the first run.");
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "run"), h("th", { scope: "col" }, "loss"), distance));
  const table = h("table", { class: "standings", "aria-labelledby": "standings-title" });
  root.append(title, table, empty);
  const render = keyed(table, (one: Standing | null) => (one ? String(one.index) : "head"), (first) => (first ? row(first.index) : { root: head, render() {} }));
  let latest: { scene: Scene; stop: StopSpec; step: number; held: boolean };
  const changed = createChanged();

  /** Two lines a run: its figures, and under them all the width for the reason. */
  function row(index: number) {
    const name = h("button", { type: "button", class: "standing-name", onclick: () => onSelect(index) });
    const [mark, loss, away] = [h("span"), h("td"), h("td")];
    const [verdict, why] = [h("span", { class: "verdict" }), h("span")];
    const reason = h("td", { colspan: 3, class: "why", id: `why-${index}` }, verdict, why);
    name.setAttribute("aria-describedby", reason.id);
    const root = h("tbody", { onpointerenter: () => onPoint(index), onpointerleave: () => onPoint(null) },
      h("tr", {}, h("th", { scope: "row" }, mark, name), loss, away), h("tr", {}, reason));
    let drawn = "";
    return {
      root,
      render(one: Standing | null) {
        if (!one) return;
        const { phase, loss: value, distance: far } = one;
        const { scene, stop, step, held } = latest;
        const run = scene.runs[index];
        const hollow = phase !== "walking" && phase !== "waiting";
        if (drawn !== `${run.slot} ${hollow}`) mark.replaceChildren(marker(run.slot, hollow));
        drawn = `${run.slot} ${hollow}`;
        setText(name, run.name);
        const said = held && !run.length ? { verdict: "", why: "not run" } : outcome(run, stop, step, scene.problem);
        setText(verdict, said.verdict);
        setText(why, said.why);
        setText(loss, phase === "diverged" ? "–" : Number.isNaN(value) ? "" : measured(value));
        setText(away, phase === "diverged" ? "gone" : far === null ? "" : measured(far));
        setAttribute(root, "data-phase", phase);
        setAttribute(root, "data-selected", scene.selected === index);
      },
    };
  }

  return {
    /** @param held  something keeps rows from coming */
    render(scene: Scene, stop: StopSpec, step: number, playing: boolean, held: boolean) {
      if (!changed(scene, stop, step, playing, held)) return;
      latest = { scene, stop, step, held };
      const ranked = standings(scene.runs, scene.problem.minima, step);
      setText(title, ranked.some(({ row }) => row >= 0) && !playing ? `Standings at step ${chosen(Math.floor(step))}` : "Standings");
      table.hidden = !ranked.length;
      empty.hidden = ranked.length > 0;
      setAttribute(table, "data-minima", scene.problem.minima.length > 0);
      render([null, ...ranked]);
    },
  };
}
