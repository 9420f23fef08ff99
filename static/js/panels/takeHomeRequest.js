/** The link to this view, and the request that gets its runs from a program. */
import { runsAddress } from "../net/takeHome.js";
import { writeSpec } from "../state/address.js";
import { specOf, viewOf } from "../state/state.js";
import { createWords } from "../controls/choice.js";
import { curlGet, curlPost, httpx } from "../home/requests.js";
import { h } from "../dom.js";
import { createText } from "./takeHomeText.js";

/** @typedef {import("./takeHome.js").Desk} Desk */
/** @typedef {import("./takeHome.js").Page} Page */

/** Past this an address no longer fits everywhere, and the spec goes as a body. */
const LONGEST = 1000;

/** @param {Page} page */
function curl({ state }) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  const view = viewOf(state, null);
  const address = runsAddress(writeSpec({ ...view, spec: specOf(state, entries) }));
  return address.length <= LONGEST ? curlGet(address) : curlPost(runsAddress(), specOf(state, entries));
}

/** @param {Page} page */
const python = ({ state }) => httpx(runsAddress(), specOf(state, state.entries.filter(({ hidden }) => !hidden)));

/** @type {[string, string, (page: Page) => string][]} */
const FORMS = [["curl", "curl", curl], ["python", "Python", python], ["link", "Link", ({ link }) => link]];

/** @param {Desk} desk */
export function createRequest({ page, run }) {
  const forms = page.state.entries.some(({ hidden }) => !hidden) ? FORMS : FORMS.slice(-1);
  const text = createText(run, { what: "request" });
  const words = createWords({ label: "Request as", options: forms.map(([name, word]) => [name, word]), onChoose: show });

  /** @param {string} chosen */
  function show(chosen) {
    words.set(chosen);
    text.set(forms.find(([name]) => name === chosen)?.[2](page) ?? "");
  }

  show(forms[0][0]);
  return h("div", {}, h("div", { class: "home-choice" }, words.root), text.root);
}
