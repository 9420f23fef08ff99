/** The program that repeats a run, in the language that is chosen. */
import { html, nothing } from "lit-html";
import { select, wordChoice } from "../../controls/choice.ts";
import { retryWhileTransient } from "../../service/retry.ts";
import { getProgram } from "../../service/takeHome.ts";
import { isMethod, labelOf } from "../../state/catalog.ts";
import { optimizersOf } from "../../state/phases.ts";
import { specOf } from "../../state/state.ts";
import { copyableText } from "./copyableText.ts";
import { errorReason, fileName, saveFile } from "./saving.ts";
import type { SectionPorts } from "./takeHome.ts";

const LANGUAGES: [string, string][] = [
  ["python", "Python"],
  ["pytorch", "PyTorch"],
];

export function createProgram({
  page: { state, scene, chosen: first },
  closed,
  run,
  redraw,
}: SectionPorts): () => unknown {
  if (first === null) return () => html`<p class="note">No run is shown.</p>`;
  let [index, language] = [first, LANGUAGES[0][0]];
  let [text, whole] = ["", false];
  let asking = new AbortController();
  closed.addEventListener("abort", () => asking.abort());
  const options = scene.shownRuns.map(({ name }, k) => ({ name: String(k), label: name }));

  function onSave() {
    const suffix = language === "python" ? [] : [language];
    const file = fileName([scene.problem.label, scene.shownRuns[index].name, ...suffix], "py");
    saveFile(new Blob([text], { type: "text/x-python" }), file);
    return `Saved ${file}.`;
  }

  async function load() {
    asking.abort();
    const method = optimizersOf(state.entries[index].optimizer).find((spec) => isMethod(state.catalog, spec));
    if (method) {
      const label = labelOf(state.catalog, method);
      [text, whole] = [
        `A program repeats the lines of a rule; ${label} has none, so there is no program of it.`,
        false,
      ];
      return;
    }
    asking = new AbortController();
    const { signal } = asking;
    const showText = (words: string, program: boolean = false) => {
      if (signal.aborted) return;
      [text, whole] = [words, program];
      redraw();
    };
    await retryWhileTransient(() => getProgram(specOf(state, [state.entries[index]]), language), {
      signal,
      onWait: showText,
    }).then(
      (program) => showText(program, true),
      (error) => showText(errorReason(error)),
    );
  }

  function show(nextIndex: number, nextLanguage: string) {
    [index, language, text, whole] = [nextIndex, nextLanguage, "", false];
    void load();
    redraw();
  }

  const runs = () =>
    select({
      label: "Run",
      options,
      value: String(index),
      onChoose: (value) => show(Number(value), language),
    });
  const languages = () =>
    wordChoice({
      label: "Language",
      options: LANGUAGES,
      value: language,
      onChoose: (value) => show(index, value),
    });
  void load();
  return () => {
    const sheet = copyableText(run, { what: "program", text, whole, onSave });
    return html`<div><div class="home-ways row wraps">${options.length > 1 ? runs() : nothing}${languages()}</div>${
      sheet
    }</div>`;
  };
}
