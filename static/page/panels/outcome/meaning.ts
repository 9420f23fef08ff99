/** What it means: the sentence, and the standings with the reason why each run ends. */
import { marker } from "../../controls/choice.ts";
import { chosen, measured } from "../../math/format.ts";
import { standing } from "../../component.ts";
import { h, keyed, setAttribute, setText } from "../../dom.ts";
import { outcome, standings } from "../../words/outcome.ts";
import { sentence } from "../../words/sentence.ts";
import { createChanged } from "../../figure/readable.ts";
import { selectRun } from "../../state/actions.ts";
import { hover } from "../../state/receiving.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Scene, State, StopSpec } from "../../state/types.ts";
import type { Standing } from "../../words/outcome.ts";

/** The picture must have rested this long before it is read out. */
const RESTED = 700;

/** What the sentence says where a fault keeps every run from coming. */
function insteadOf({ fault, problem }: State) {
  if (fault?.kind === "gone") return "Nothing has come from the server yet.";
  if (!fault) return null;
  const formula = problem.expression !== undefined && fault.errors.some(({ loc }) => loc.includes("expression"));
  return formula ? "This formula cannot be read; beneath it stands why." : "This cannot run as it stands; the note above the map says why.";
}

/** The sentence, for the eye at once and for readers once the picture rests. */
export function createSentence({ place, id, after, cancel }: Figure) {
  const root = h("p", { class: "sentence", id: id("sentence"), "data-part": "sentence" });
  place("words").append(root);
  const live = place("live");
  let timer = 0;
  const changed = createChanged();
  let said = "";
  return {
    destroy: () => root.remove(),
    render({ state, scene, wordsStep: step, playing }: Frame) {
      const instead = insteadOf(state);
      if (!changed(scene, step, playing, instead)) return;
      const bare = scene.runs.length > 0 && scene.runs.every(({ length }) => length === 0);
      const text = (bare && instead) || sentence(scene, step, playing);
      setText(root, text);
      if (playing || text === said) return;
      said = text;
      cancel(timer);
      timer = after(() => setText(live, text), RESTED);
    },
  };
}

export function createStandings({ store, act, player, place, id }: Figure) {
  const root = place("standings");
  const title = h("h2", { id: id("standings-title") });
  const distance = h("th", { scope: "col" }, "to known minimum");
  const empty = h("p", { class: "note" }, "They appear with the first run.");
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "run"), h("th", { scope: "col" }, "loss"), distance));
  const table = h("table", { class: "standings", "aria-labelledby": title.id });
  root.append(title, table, empty);
  const render = keyed(table, (one: Standing | null) => (one ? String(one.index) : "head"), (first) => (first ? row(first.index) : { root: head, render() {} }));
  /** held: something keeps rows from coming */
  let latest: { scene: Scene; stop: StopSpec; step: number; held: boolean };
  const changed = createChanged();

  /** @returns where the playhead stands on a run, or its last row */
  function rowOf(index: number) {
    const { entries, runs } = store.get();
    return Math.max(0, Math.min(Math.floor(player.step()), (runs[entries[index]?.id]?.length ?? 1) - 1));
  }

  const onPoint = (index: number | null) => act(hover, index === null ? null : { run: index, step: rowOf(index) });

  /** Two lines a run: its figures, and under them all the width for the reason. */
  function row(index: number) {
    const name = h("button", { type: "button", class: "standing-name", onclick: () => act(selectRun, store.get().entries[index]?.id ?? null) });
    const [mark, loss, away] = [h("span"), h("td"), h("td")];
    const [verdict, why] = [h("span", { class: "verdict" }), h("span")];
    const reason = h("td", { colspan: 3, class: "why", id: id(`why-${index}`) }, verdict, why);
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
        if (drawn !== `${run.slot} ${hollow}`) mark.replaceChildren(standing(() => marker(run.slot, hollow), undefined).root);
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
    destroy: () => root.replaceChildren(),
    render({ state: { stop, fault }, scene, wordsStep: step, playing }: Frame) {
      const held = fault !== null;
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
