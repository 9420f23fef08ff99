/** Take it home: pictures, numbers, a program and a request of what is on the page, as it stood when this was opened. */
import { loadStyle } from "../net/style.js";
import { icon } from "../controls/icons.js";
import { grouped } from "../math/format.js";
import { h, setText } from "../dom.js";
import { createNumbers } from "./takeHomeNumbers.js";
import { createPictures } from "./takeHomePictures.js";
import { createProgram } from "./takeHomeProgram.js";
import { createRequest } from "./takeHomeRequest.js";
import { told } from "./takeHomeFaults.js";

/** @typedef {import("../state/types.js").Plate} Plate */
/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/types.js").State} State */

/**
 * What is on the page.
 * @typedef {object} Page
 * @property {State} state
 * @property {Scene} scene
 * @property {number} step  where the playhead stands
 * @property {Plate[]} plates  of the charts
 * @property {string} link  to this view
 */

/**
 * What the parts may use.
 * @typedef {object} Desk
 * @property {Page} page
 * @property {(act: () => Promise<string>) => void} run  does something, and says what came of it
 */

const style = loadStyle(new URL("../../css/take-home.css", import.meta.url).href);

/** @param {string} name @param {string} title @param {Node} content */
const section = (name, title, content) => h("section", { class: `home-part home-${name}`, "aria-labelledby": `home-${name}` }, h("h3", { id: `home-${name}` }, title), content);

/** @param {Page} page @returns {{node: HTMLElement, run: Desk["run"]}} the line that says what was done, or why not */
function createSaid({ scene, step }) {
  const node = h("p", { class: "home-said", role: "status" }, scene.runs.some(({ length }) => length > 1) ? `Pictures show the page as it stood at step ${grouped(step)}.` : "");
  async function run(/** @type {() => Promise<string>} */ act) {
    setText(node, "One moment.");
    node.classList.remove("is-fault");
    const said = await act().catch((error) => {
      node.classList.add("is-fault");
      return told(error);
    });
    setText(node, said);
  }
  return { node, run: (act) => void run(act) };
}

/**
 * @param {Page} page
 * @param {string} [picture]  to begin at, by the name of its plate
 */
export async function openTakeHome(page, picture = "") {
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
