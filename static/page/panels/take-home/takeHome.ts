/** The dialog *Take home*: pictures, numbers, a program and a request of the view, as it was when the dialog opened. */
import { html, nothing } from "lit-html";
import type { FramePorts, Requests, StatePorts, TakeHomePorts } from "../../figure/figure.ts";
import type { MovingFrame } from "../../figure/part.ts";
import { formatGrouped } from "../../math/format.ts";
import { rove } from "../../roving.ts";
import { linkTo } from "../../service/links.ts";
import { loadStyle } from "../../service/style.ts";
import { getTable, type TableType } from "../../service/takeHome.ts";
import { averageFrom } from "../../state/columns.ts";
import { needsEnds } from "../../state/ends.ts";
import { drawnReply } from "../../state/replies.ts";
import { specOf } from "../../state/state.ts";
import type { ChartExport } from "../../state/types.ts";
import { endsTable } from "../../words/ends.ts";
import { dialogHead, openDialog } from "../shared/dialog.ts";
import { createFilm } from "./film/film.ts";
import { createPictures } from "./pictures.ts";
import { createProgram } from "./program.ts";
import { createCallSection } from "./request.ts";
import { fileName, saveFile } from "./saving.ts";
import { createWork } from "./work.ts";

/** The view that is taken home. */
export interface TakenView extends MovingFrame {
  /** of the charts */
  chartExports: ChartExport[];
  /** the link to the view */
  link: string;
}

/** What the sections of the dialog use. */
export interface SectionPorts {
  page: TakenView;
  /** aborted when it is closed */
  closed: AbortSignal;
  run: ReturnType<typeof createWork>["run"];
  /** renders all sections */
  redraw: () => void;
}

const TABLES: { word: string; type: TableType; extension: string }[] = [
  { word: "CSV", type: "text/csv", extension: "csv" },
  { word: "JSON", type: "application/json", extension: "json" },
];

/** Every step of the visible runs, as CSV or JSON. */
function numbers({ page: { state, scene }, run }: SectionPorts) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  if (!entries.length) return html`<p class="note">No run is shown.</p>`;
  const first = averageFrom(state.explain.averageFromRow);
  const averaged = first === null ? "" : `, and the average from step ${formatGrouped(first)} on`;
  const hidden = state.entries.length - entries.length;
  const what = entries.length === 1 ? "the run" : `the ${entries.length} runs`;
  const keep = (type: TableType, extension: string) =>
    run(type, async () => {
      const file = fileName([scene.problem.label, "runs"], extension);
      saveFile(await getTable(specOf(state, entries), type, first), file);
      return `Saved ${file}.`;
    });
  return html`<div class="home-ways row"><p>Every step of ${what} shown: parameters, loss, gradient, rate in
    force, evaluations${averaged}.${hidden ? ` What is hidden (${hidden}) is left out.` : ""}</p>${TABLES.map(
      ({ word, type, extension }) => html`<button type="button" class="quiet strong"
      aria-label="Numbers as ${word}" @click=${() => keep(type, extension)}>${word}</button>`,
    )}</div>`;
}

/** Where each start ends, if the view shows it. */
function ends({ page: { state, scene, outcomeShows }, run }: SectionPorts) {
  const map = needsEnds(state) && outcomeShows ? drawnReply(state, "ends", state.problemOnMap?.key ?? "") : null;
  if (!map) return nothing;
  const keep = () =>
    run("ends", async () => {
      const file = fileName([scene.problem.label, "ends"], "csv");
      saveFile(new Blob([endsTable(map, scene.problem.parameters)], { type: "text/csv" }), file);
      return `Saved ${file}.`;
    });
  return html`<div class="home-ways row"><p>Where each of the ${formatGrouped(map.end.length)} starts ends, in how many
    steps.</p><button type="button" class="quiet strong" aria-label="Ends as CSV" @click=${keep}>CSV</button></div>`;
}

const section = (name: string, title: string, content: unknown) => html`<section class="home-part home-${name}"
  aria-labelledby="home-${name}"><h3 id="home-${name}">${title}</h3>${content}</section>`;

/** @param picture  the one to scroll to, by the name of its chartExport */
export async function openTakeHome(figure: StatePorts & FramePorts & Requests & TakeHomePorts, picture: string) {
  await loadStyle("take-home");
  if (figure.ended.aborted) return;
  const frame = figure.frame();
  const step = Math.floor(frame.step);
  const page: TakenView = { ...frame, step, chartExports: figure.chartExports(), link: linkTo(figure.address()) };
  const any = frame.scene.shownRuns.some(({ length }) => length > 1);
  const stood = any ? `Pictures show the page as it stood at step ${formatGrouped(step)}.` : "";
  let message = { fault: false, words: "" };

  function say(words: string, fault: boolean = false) {
    message = { fault, words };
    redraw();
  }

  let dialog: ReturnType<typeof openDialog> | null = null;
  const closing = new AbortController();
  const { run, end } = createWork(say);

  function onClose() {
    closing.abort();
    end();
  }

  const redraw = () => dialog?.redraw();
  const desk: SectionPorts = { page, closed: closing.signal, run, redraw };
  const pictures = createPictures(desk);
  const [program, request] = [createProgram(desk), createCallSection(desk)];
  let film: ReturnType<typeof createFilm> | null = null;
  const tabs = ["Pictures and data", "Film"];
  let tab = 0;

  function show(next: number) {
    tab = next;
    if (tab === 1) film ??= createFilm(desk, figure);
    redraw();
    dialog?.place.querySelectorAll<HTMLElement>("[role=tab]")[next].focus();
  }

  const tabList = () => html`<div class="words" role="tablist" aria-label="What to take home"
    @keydown=${(event: KeyboardEvent) => rove(event, { at: tab, count: tabs.length, keys: "across" }, show)}>${tabs.map(
      (word, k) => html`<button type="button" class="word" role="tab" id="home-tab-${k}" aria-controls="home-panel-${k}"
      aria-selected=${k === tab} tabindex=${k === tab ? 0 : -1} @click=${() => show(k)}>${word}</button>`,
    )}</div>`;

  const template = () => html`${dialogHead("home-title", "Take home", () => dialog?.close(), tabList())}
      <div class="home-panel" role="tabpanel" id="home-panel-0" aria-labelledby="home-tab-0"
        ?hidden=${tab !== 0}>${section("pictures", "Pictures", pictures())}<div>${section("numbers", "Numbers", [
          numbers(desk),
          ends(desk),
        ])}${section("program", "Program", program())}${section("request", "Link and request", request())}</div></div>
      <div class="home-panel" role="tabpanel" id="home-panel-1" aria-labelledby="home-tab-1" ?hidden=${tab !== 1}>${
        tab === 1 ? film?.() : nothing
      }</div>
      <p class=${message.fault ? "home-foot is-fault" : "home-foot"} role="status">${
        message.words || (tab === 0 ? stood : "")
      }</p>`;

  dialog = openDialog({ className: "home", labelledBy: "home-title", onClose }, template);
  const { place } = dialog;
  const card = place.querySelector(`[data-picture="${CSS.escape(picture)}"]`) ?? place.querySelector("[data-picture]");
  card?.querySelector("button")?.focus();
}
