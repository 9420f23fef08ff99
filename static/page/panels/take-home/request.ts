/** The link to this view, and the request by which a program gets its runs. */
import { html } from "lit-html";
import { wordChoice } from "../../controls/choice.ts";
import { LONGEST_QUERY } from "../../service/http.ts";
import { runsAddress } from "../../service/takeHome.ts";
import { writeSpec } from "../../state/address.ts";
import { addressOf, specOf } from "../../state/state.ts";
import { curlGet, curlPost, httpx } from "../../words/requestCode.ts";
import { copyableText } from "./copyableText.ts";
import type { SectionPorts, TakenView } from "./takeHome.ts";

function curl({ state }: TakenView) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  const query = writeSpec({ ...addressOf(state, null), spec: specOf(state, entries) });
  return query.length < LONGEST_QUERY ? curlGet(runsAddress(query)) : curlPost(runsAddress(), specOf(state, entries));
}

const httpxOf = ({ state }: TakenView) =>
  httpx(
    runsAddress(),
    specOf(
      state,
      state.entries.filter(({ hidden }) => !hidden),
    ),
  );

const FORMS: { name: string; word: string; write: (page: TakenView) => string }[] = [
  { name: "curl", word: "curl", write: curl },
  { name: "python", word: "Python", write: httpxOf },
  { name: "link", word: "Link", write: ({ link }) => link },
];

export function createRequest({ page, run, redraw }: SectionPorts) {
  const forms = page.state.entries.some(({ hidden }) => !hidden) ? FORMS : FORMS.slice(-1);
  const options = forms.map(({ name, word }): [string, string] => [name, word]);
  let form = forms[0];

  function show(chosen: string) {
    form = forms.find(({ name }) => name === chosen) ?? form;
    redraw();
  }

  return () =>
    html`<div><div class="home-ways row wraps">${wordChoice({
      label: "Request as",
      options,
      value: form.name,
      onChoose: show,
    })}</div>${copyableText(run, { what: "request", text: form.write(page) })}</div>`;
}
