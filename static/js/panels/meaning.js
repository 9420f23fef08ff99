/** What it means: the sentence, and the standings with the reason why each run ends. */
import { marker } from "../controls/choice.js";
import { chosen, measured } from "../math/format.js";
import { h, keyed, setAttribute, setText } from "../dom.js";
import { outcome, standings } from "../words/outcome.js";
import { sentence } from "../words/sentence.js";
import { createChanged } from "./readable.js";

/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").StopSpec} StopSpec */
/** @typedef {import("../state/types.js").Hit} Hit */
/** @typedef {import("../words/outcome.js").Standing} Standing */

/** The picture must have rested this long before it is read out. */
const RESTED = 700;

/**
 * The sentence, for the eye at once and for readers once the picture rests.
 * @param {HTMLElement} root
 * @param {HTMLElement} live  the live region
 */
export function createSentence(root, live) {
  let timer = 0;
  const changed = createChanged();
  let said = "";
  return {
    /** @param {Scene} scene @param {number} step @param {boolean} playing @param {string | null} instead  what to say while there are no rows to speak of */
    render(scene, step, playing, instead) {
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

/**
 * @param {HTMLElement} root
 * @param {object} events
 * @param {(index: number | null) => void} events.onPoint  a run is pointed at
 * @param {(index: number) => void} events.onSelect
 */
export function createStandings(root, { onPoint, onSelect }) {
  const title = h("h2", { id: "standings-title" });
  const distance = h("th", { scope: "col" }, "to known minimum");
  const empty = h("p", { class: "note" }, "They appear with the first run.");
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "run"), h("th", { scope: "col" }, "loss"), distance));
  const table = h("table", { class: "standings", "aria-labelledby": "standings-title" });
  root.append(title, table, empty);
  const render = keyed(table, (/** @type {Standing | null} */ one) => (one ? String(one.index) : "head"), (first) => (first ? row(first.index) : { root: head, render() {} }));
  /** @type {{scene: Scene, stop: StopSpec, step: number, held: boolean}} */
  let latest;
  const changed = createChanged();

  /** Two lines a run: its figures, and under them all the width for the reason. @param {number} index */
  function row(index) {
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
      /** @param {Standing | null} one */
      render(one) {
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
    /** @param {Scene} scene @param {StopSpec} stop @param {number} step @param {boolean} playing @param {boolean} held  something keeps rows from coming */
    render(scene, stop, step, playing, held) {
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
