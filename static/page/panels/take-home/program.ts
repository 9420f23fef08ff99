/** A run as a program that repeats it. */
import { getProgram } from "../../service/takeHome.ts";
import { specOf } from "../../state/state.ts";
import { fileName, save } from "./saving.ts";
import { h } from "../../dom.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { reasonOf } from "./faults.ts";
import { createText } from "./text.ts";
import { createSelect, createWords } from "../../controls/byHand.ts";
import type { Desk } from "./takeHome.ts";

const LANGUAGES: [string, string][] = [["python", "Python"], ["pytorch", "PyTorch"]];

export function createProgram({ page: { state, scene }, run }: Desk) {
  const first = chosenRun(scene);
  if (first === null) return h("p", { class: "note" }, "No run is shown.");
  let [index, language] = [first, LANGUAGES[0][0]];
  let asked = 0;
  const names = scene.runs.map(({ name }, k) => ({ name: String(k), label: name }));
  const runs = createSelect({ label: "Run", onChoose: (value) => show(Number(value), language) });
  const languages = createWords({ label: "Language", options: LANGUAGES, onChoose: (value) => show(index, value) });
  const text = createText(run, { what: "program", onSave: keep });

  function keep() {
    const file = fileName([scene.problem.label, scene.runs[index].name, ...(language === "python" ? [] : [language])], "py");
    save(new Blob([text.get()], { type: "text/x-python" }), file);
    return `Saved ${file}.`;
  }

  async function show(nextIndex: number, nextLanguage: string) {
    [index, language] = [nextIndex, nextLanguage];
    const mine = ++asked;
    runs.set(names, String(index));
    languages.set(language);
    text.set("", false);
    const [program, whole] = await getProgram(specOf(state, [state.entries[index]]), language).then((made) => [made, true], (error) => [reasonOf(error), false]);
    if (mine === asked) text.set(program as string, whole as boolean);
  }

  void show(index, language);
  return h("div", {}, h("div", { class: "home-choice" }, names.length > 1 && runs.root, languages.root), text.root);
}
