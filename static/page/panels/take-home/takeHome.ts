/** Take it home: pictures, numbers, a program and a request of what is on the page, as it stood when this was opened. */
import { loadStyle } from "../../service/style.ts";
import { icon } from "../../controls/icons.ts";
import { grouped } from "../../math/format.ts";
import { h, setText } from "../../dom.ts";
import { createNumbers } from "./numbers.ts";
import { createPictures } from "./pictures.ts";
import { createProgram } from "./program.ts";
import { createRequest } from "./request.ts";
import { reasonOf } from "./faults.ts";
import type { ChartExport, Scene, State } from "../../state/types.ts";

/** What is on the page. */
export interface Page {
  state: State;
  scene: Scene;
  /** where the playhead stands */
  step: number;
  /** of the charts */
  chartExports: ChartExport[];
  /** to what is shown */
  link: string;
}

/** What the parts may use. */
export interface Desk {
  page: Page;
  /** does something, and says what came of it */
  run: (act: () => Promise<string>) => void;
}

const style = loadStyle("take-home");

const section = (name: string, title: string, content: Node) => h("section", { class: `home-part home-${name}`, "aria-labelledby": `home-${name}` }, h("h3", { id: `home-${name}` }, title), content);

/** @returns the line that says what was done, or why not */
function createSaid({ scene, step }: Page): { node: HTMLElement; run: Desk["run"] } {
  const node = h("p", { class: "home-said", role: "status" }, scene.runs.some(({ length }) => length > 1) ? `Pictures show the page as it stood at step ${grouped(step)}.` : "");
  async function run(act: () => Promise<string>) {
    setText(node, "One moment.");
    node.classList.remove("is-fault");
    const said = await act().catch((error) => {
      node.classList.add("is-fault");
      return reasonOf(error);
    });
    setText(node, said);
  }
  return { node, run: (act) => void run(act) };
}

/** @param picture  to begin at, by the name of its chartExport */
export async function openTakeHome(page: Page, picture: string = "") {
  await style;
  const said = createSaid(page);
  const desk = { page, run: said.run };
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", title: "Close", onclick: () => dialog.close() }, icon("close"));
  const pictures = createPictures(desk);
  const side = h("div", { class: "home-side" }, section("numbers", "Numbers", createNumbers(desk)), section("program", "Program", createProgram(desk)), section("request", "Link and request", createRequest(desk)));
  const body = h("div", { class: "home-body" }, section("pictures", "Pictures", pictures.root), side);
  const dialog = h("dialog", { class: "home", "aria-labelledby": "home-title" }, h("header", { class: "home-head" }, h("h2", { id: "home-title" }, "Take home"), close), body, said.node);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("pointerdown", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  pictures.focus(picture);
}
