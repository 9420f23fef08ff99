/** The panel of the user's own code: it reloads the files whenever they are saved, and lists their faults. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import type { FramePorts, PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Timers } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Part } from "../../figure/part.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { getWholeCatalog } from "../../service/api.ts";
import { requestJson } from "../../service/http.ts";
import { selectRun } from "../../state/actions.ts";
import { isOwn, labelOf } from "../../state/catalog.ts";
import { setExplanation } from "../../state/explain.ts";
import { WORKING } from "../../state/explanations.ts";
import { receiveCatalog } from "../../state/receiving.ts";
import type { End, Entry, State } from "../../state/types.ts";

interface OwnCode {
  name: string;
  label: string;
  place: string;
  /** the first line of its docstring; of recorded paths what must be known of their plane */
  summary: string;
}

/** What of the catalog is one's own; wrong: what is wrong with the files as they were saved, a line each. */
interface OwnState {
  version: string;
  read_at: string;
  wrong: string[];
  optimizers: OwnCode[];
  surfaces: OwnCode[];
}

/** Milliseconds after which a request to a server that does not answer is repeated. */
const RETRY_AFTER = 700;

/** @returns whether the problem or the optimizer is the user's own code */
const stands = ({ problem }: State, { optimizer }: Entry) =>
  isOwn(problem.surface) ||
  isOwn(optimizer.name) ||
  (optimizer.changes ?? []).some((change) => isOwn(String(change.name ?? "")));

/** Replies that depend on the landscape alone: requested again only if the landscape is the user's own code. */
const GROUND = ["landscape", "domain", "in sight"];

/** Has all replies about some runs requested again; the present ones stay until the next are received. */
function withRunsRefetched(state: State, ids: number[]): State {
  const { runs, replies, latestKeys, problem } = state;
  const ground = isOwn(problem.surface) ? [] : GROUND;
  const groundOnly = <T>(byName: Record<string, T>) =>
    Object.fromEntries(ground.flatMap((name) => (byName[name] ? [[name, byName[name]]] : [])));
  const renamed = <T>(byName: Record<string, T>) =>
    Object.fromEntries(Object.entries(byName).map(([key, value]) => [`before ${key}`, value]));
  const swept = Object.entries(latestKeys.sweep ?? {}).map(([id, key]) => [id, `before ${key}`]);
  return {
    ...state,
    runs: Object.fromEntries(
      Object.entries(runs).map(([id, run]) => [id, ids.includes(Number(id)) ? { ...run, key: "" } : run]),
    ),
    replies: { ...groundOnly(replies), sweep: renamed(replies.sweep ?? {}) },
    latestKeys: { ...groundOnly(latestKeys), sweep: Object.fromEntries(swept) },
    described: null,
    fault: null,
  };
}

/** Has the catalog, and all that the user's own code has computed, requested again. */
const withOwnCodeRefetched = (state: State): State =>
  withRunsRefetched(
    state,
    state.entries.filter((entry) => stands(state, entry)).map(({ id }) => id),
  );

/** What a map of recorded paths shows and what it cannot show. @param summary  of the plane */
function recorded({ entries, runs, catalog }: State, summary: string | undefined) {
  const paths = entries.flatMap(({ id, optimizer }) => {
    const path = runs[id]?.end?.recorded;
    return path ? [{ path, label: labelOf(catalog, optimizer) }] : [];
  });
  if (!paths.length) return nothing;
  const farthest = Math.max(...paths.map(({ path }) => Math.max(...path.distance)));
  const line = ({ path: { steps, share }, label }: (typeof paths)[0]) => {
    const last = steps.length - 1;
    const rows = steps[last] === last ? "" : ` Row ${formatExact(last)} is its step ${formatExact(steps[last])}.`;
    return html`<li><b>${label}</b>: the plane holds ${formatMeasured(100 * share)} % of it.${rows}</li>`;
  };
  return html`<div class="own-recorded"><p>Recorded, not run: each point and the chart have the losses of
    the path itself, the ground those of the plane. An edge fades the further its point lies off the plane, up to
    ${formatMeasured(farthest)}.</p><p>${summary}</p><ul>${paths.map(line)}</ul></div>`;
}

const wrongLine = (text: string) =>
  html`<div class="own-fault"><p
    class="row">${icon("warn")}<span>${text}. What it gave before stands.</span></p></div>`;

/** Follows the files for as long as the page is open. */
export function createCustomCode(root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts & Timers): Part {
  const { store, act, ended, after, redraw, seek } = figure;
  let current: OwnState | null = null;

  function workingOf(id: number, step: number) {
    act(selectRun, id);
    act(setExplanation, WORKING.name);
    seek(step - 1);
  }

  function fault({ catalog }: State, entry: Entry, { fault, n_steps: steps }: End, others: string) {
    const { where, error, place } = fault as NonNullable<End["fault"]>;
    const working = steps ? wordButton(`Working of step ${steps}`, () => workingOf(entry.id, steps), "word") : nothing;
    return html`<div class="own-fault" role="alert">
      <h3 class="row">${icon("warn")}<span>Fault in ${where}, step ${steps + 1}</span></h3>
      <p><strong>${error}</strong>${place ? html`, in ${place}` : nothing}. ${
        steps === 1 ? "One step stands" : `${steps} steps stand`
      }${others}.</p>
      <p class="wraps">${working}${wordButton("Run again", () => act(withRunsRefetched, [entry.id]), "word")}<span
        class="note">or save the file of ${labelOf(catalog, entry.optimizer)}</span></p></div>`;
  }

  function faults(state: State) {
    const faulty = state.entries.flatMap((entry) => {
      const end = state.runs[entry.id]?.end;
      return end?.fault ? [{ entry, end }] : [];
    });
    const others = state.entries.length > faulty.length ? "; the others go on" : "";
    return faulty.map(({ entry, end }) => fault(state, entry, end, others));
  }

  async function read() {
    const catalog = await getWholeCatalog();
    act((state) => withOwnCodeRefetched(receiveCatalog(state, catalog)));
  }

  /** Requests the version repeatedly: the server replies once there is another one, or after some seconds. */
  async function follow() {
    try {
      const since = current ? `after=${current.version}` : "";
      const latest: OwnState = await requestJson({ path: "/catalog/own", query: since, signal: ended });
      // A file may be saved while a page opens: its catalog, and runs, are of the version before.
      const earlier = current?.version ?? store.get().catalog?.own_version;
      current = latest;
      redraw();
      if (latest.version !== earlier) await read();
      after(follow, 0);
    } catch {
      after(follow, RETRY_AFTER);
    }
  }

  void follow();
  return createPanel(figure, root, ({ state }) => {
    const plane = current?.surfaces.find(({ name }) => name === state.problem.surface);
    return html`<div role="status">${current?.wrong.map(wrongLine)}</div>${faults(state)}${recorded(
      state,
      plane?.summary,
    )}`;
  });
}
