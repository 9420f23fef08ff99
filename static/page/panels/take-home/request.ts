/** The link to what is shown, and the request that gets its runs from a program. */
import { runsAddress } from "../../service/takeHome.ts";
import { writeSpec } from "../../state/address.ts";
import { specOf, addressOf } from "../../state/state.ts";
import { curlGet, curlPost, httpx } from "./requestCode.ts";
import { h } from "../../dom.ts";
import { createText } from "./text.ts";
import { createWords } from "../../controls/byHand.ts";
import type { Desk, Page } from "./takeHome.ts";

/** Past this an address no longer fits everywhere, and the spec goes as a body. */
const LONGEST = 1000;

function curl({ state }: Page) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
    const address = runsAddress(writeSpec({ ...addressOf(state, null), spec: specOf(state, entries) }));
  return address.length <= LONGEST ? curlGet(address) : curlPost(runsAddress(), specOf(state, entries));
}

const python = ({ state }: Page) => httpx(runsAddress(), specOf(state, state.entries.filter(({ hidden }) => !hidden)));

const FORMS: [string, string, (page: Page) => string][] = [["curl", "curl", curl], ["python", "Python", python], ["link", "Link", ({ link }) => link]];

export function createRequest({ page, run }: Desk) {
  const forms = page.state.entries.some(({ hidden }) => !hidden) ? FORMS : FORMS.slice(-1);
  const text = createText(run, { what: "request" });
  const words = createWords({ label: "Request as", options: forms.map(([name, word]) => [name, word]), onChoose: show });

  function show(chosen: string) {
    words.set(chosen);
    text.set(forms.find(([name]) => name === chosen)?.[2](page) ?? "");
  }

  show(forms[0][0]);
  return h("div", {}, h("div", { class: "home-choice" }, words.root), text.root);
}
