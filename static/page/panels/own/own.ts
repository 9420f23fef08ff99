/** Code of one's own on the page: followed as it is saved, and told where it has a fault. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../controls/icons.ts";
import type { OwnFigure } from "../../figure/figure.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { getWholeCatalog } from "../../service/api.ts";
import { askJson } from "../../service/http.ts";
import { selectRun } from "../../state/actions.ts";
import { labelOf } from "../../state/catalog.ts";
import { setExplained } from "../../state/explain.ts";
import { isOwn } from "../../state/ownCode.ts";
import { receiveCatalog } from "../../state/receiving.ts";
import type { Entry, State } from "../../state/types.ts";

interface OwnCode {
  name: string;
  label: string;
  place: string;
  /** the first line of its docstring; of a plane of recorded paths what must be known of it */
  summary: string;
}

/** What of the catalog is one's own; wrong: with its files as they were saved, a line each. */
interface OwnState {
  version: string;
  read_at: string;
  wrong: string[];
  optimizers: OwnCode[];
  surfaces: OwnCode[];
}

/** Milliseconds after which a server that does not answer is asked again. */
const AGAIN = 700;

/** @returns whether it stands on somebody's code */
const stands = ({ problem }: State, { optimizer }: Entry) =>
  isOwn(problem.surface) ||
  isOwn(optimizer.name) ||
  (optimizer.changes ?? []).some((change) => isOwn(String(change.name ?? "")));

/** What is drawn of a landscape, which is another only where the landscape is one's own. */
const GROUND = ["landscape", "domain", "in sight"];

/** What was computed of some runs is asked for again; until it comes they stay as they are, and sweeps. */
function askAgain(state: State, ids: number[]): State {
  const { runs, known, shown, problem } = state;
  const ground = isOwn(problem.surface) ? [] : GROUND;
  const kept = <T>(of: Record<string, T>) =>
    Object.fromEntries(ground.flatMap((name) => (of[name] ? [[name, of[name]]] : [])));
  const renamed = <T>(of: Record<string, T>) =>
    Object.fromEntries(Object.entries(of).map(([key, it]) => [`before ${key}`, it]));
  const swept = Object.entries(shown.sweep ?? {}).map(([id, key]) => [id, `before ${key}`]);
  return {
    ...state,
    runs: Object.fromEntries(
      Object.entries(runs).map(([id, run]) => [id, ids.includes(Number(id)) ? { ...run, key: "" } : run]),
    ),
    known: { ...kept(known), sweep: renamed(known.sweep ?? {}) },
    shown: { ...kept(shown), sweep: Object.fromEntries(swept) },
    described: null,
    fault: null,
  };
}

/** The catalog is another, and what is drawn of somebody's code may be. */
const changed = (state: State): State =>
  askAgain(
    state,
    state.entries.filter((entry) => stands(state, entry)).map(({ id }) => id),
  );

/** Follow it, for as long as the page is open. */
function followOwn(figure: OwnFigure): void {
  const { store, act, found, ended, seek } = figure;
  const [files, faults, recorded] = ["div", "div", "div"].map((name) => document.createElement(name));
  const panel = document.createElement("section");
  panel.append(files, faults, recorded);
  files.setAttribute("role", "status");
  panel.className = "own-faults";
  panel.setAttribute("aria-label", "Your code");
  found("standings")?.before(panel);
  let own: OwnState | null = null;

  /** Cards stand in the order of the runs. */
  function markCards() {
    const { entries, runs } = store.get();
    for (const [k, card] of [...(found("runs")?.querySelectorAll(".run") ?? [])].entries()) {
      card.toggleAttribute("data-own", isOwn(entries[k]?.optimizer.name));
      card.toggleAttribute("data-recorded", runs[entries[k]?.id]?.end?.recorded !== undefined);
    }
  }

  /** What a map of a plane says of paths that leave it, and what it does not. */
  function tellRecorded({ entries, runs, catalog, problem }: State) {
    const paths = entries.flatMap(({ id, optimizer }) => {
      const path = runs[id]?.end?.recorded;
      return path ? [{ path, label: labelOf(catalog, optimizer) }] : [];
    });
    const plane = own?.surfaces.find(({ name }) => name === problem.surface);
    const farthest = Math.max(...paths.map(({ path }) => Math.max(...path.distance)));
    const line = ({ path: { steps, share }, label }: (typeof paths)[0]) => {
      const last = steps.length - 1;
      const rows = steps[last] === last ? "" : ` Row ${formatExact(last)} is its step ${formatExact(steps[last])}.`;
      return html`<li><b>${label}</b>: the plane holds ${formatMeasured(100 * share)} % of it.${rows}</li>`;
    };
    const told = html`<div class="own-told"><p>Recorded, not run: each point and the chart have the losses of
      the path itself, the ground those of the plane. An edge fades the further its point lies off the plane, up to
      ${formatMeasured(farthest)}.</p><p>${plane?.summary}</p><ul>${paths.map(line)}</ul></div>`;
    render(paths.length ? told : nothing, recorded);
    markCards();
  }

  function tellFiles() {
    const line = (text: string) =>
      html`<div class="own-fault"><p
        class="row">${icon("warn")}<span>${text}. What it gave before stands.</span></p></div>`;
    render(own?.wrong.map(line), files);
  }

  function workingOf(id: number, step: number) {
    act(selectRun, id);
    act(setExplained, "working");
    seek(step - 1);
  }

  function tellFaults(state: State) {
    const faulty = state.entries.flatMap((entry) => {
      const end = state.runs[entry.id]?.end;
      return end?.fault ? [{ entry, fault: end.fault, steps: end.n_steps }] : [];
    });
    const others = state.entries.length > faulty.length ? "; the others go on" : "";
    const button = (word: string, click: () => void) =>
      html`<button type="button" class="word" @click=${click}>${word}</button>`;
    render(
      faulty.map(
        ({ entry, fault: { where, error, place }, steps }) => html`<div class="own-fault" role="alert">
          <h3 class="row">${icon("warn")}<span>Fault in ${where}, step ${steps + 1}</span></h3>
          <p><strong>${error}</strong>${place ? html`, in ${place}` : nothing}. ${
            steps === 1 ? "One step stands" : `${steps} steps stand`
          }${others}.</p>
          <p class="wraps">${
            steps ? button(`Working of step ${steps}`, () => workingOf(entry.id, steps)) : nothing
          }${button("Run again", () => store.update(askAgain, [entry.id]))}<span class="note">or save the file of
          ${labelOf(state.catalog, entry.optimizer)}</span></p></div>`,
      ),
      faults,
    );
  }

  async function read() {
    const catalog = await getWholeCatalog();
    store.update((state) => changed(receiveCatalog(state, catalog)));
  }

  /** The server answers once there is another version, or after some seconds. */
  async function follow() {
    try {
      const after = own ? `after=${own.version}` : "";
      const now: OwnState = await askJson({ path: "/catalog/own", query: after, signal: ended });
      const isNew = own !== null && own.version !== now.version;
      own = now;
      tellFiles();
      tellRecorded(store.get());
      if (isNew) await read();
      setTimeout(follow);
    } catch {
      if (!ended.aborted) setTimeout(follow, AGAIN);
    }
  }

  store.subscribe((state, before) => {
    if (state.runs !== before.runs || state.catalog !== before.catalog || state.entries !== before.entries) {
      tellFaults(state);
      tellRecorded(state);
    }
  });
  tellFaults(store.get());
  const cards = found("runs");
  if (cards) new MutationObserver(markCards).observe(cards, { childList: true, subtree: true });
  markCards();
  void follow();
}

document.addEventListener("led", (event) => followOwn((event as CustomEvent<OwnFigure>).detail), { once: true });
