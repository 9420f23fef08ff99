/** The choices of run and parameter, shared by all explanations. */
import { html, nothing } from "lit-html";
import { select, wordChoice } from "../../controls/choice.ts";
import { setExplain } from "../../state/explain.ts";
import type { Act } from "../../state/store.ts";
import type { Scene, State } from "../../state/types.ts";
import { asWritten } from "../../words/symbol.ts";

/** @returns the index of the parameter whose numbers are shown */
export const chosenParameter = ({ explain: { parameter } }: State, { problem }: Pick<Scene, "problem">) =>
  Math.min(parameter, problem.parameters.length - 1);

/** More names than this are a list, as words would be longer than a line. */
const WORDS = 4;

export function parameterWords(act: Act, names: string[], chosen: number, hidden: boolean) {
  const onChoose = (name: string) => act(setExplain, { parameter: names.indexOf(name) });
  const selectOptions = { label: "Parameter", value: names[chosen], onChoose };
  const choice = () =>
    names.length > WORDS
      ? select({ ...selectOptions, options: names.map((name) => ({ name, label: asWritten(name) })) })
      : wordChoice({ ...selectOptions, options: names.map((name) => [name, asWritten(name)]) });
  return html`<div class="working-parameters" ?hidden=${hidden}>${names.length < 2 ? nothing : choice()}</div>`;
}

/**
 * Runs by their short names, which have room in the head of a panel.
 * @param index  of the run that is chosen
 */
export const runSelect = (label: string, { shownRuns }: Scene, index: number, onChoose: (index: number) => void) =>
  select({
    label,
    options: shownRuns.map(({ short }, k) => ({ name: String(k), label: short })),
    value: String(index),
    onChoose: (value) => onChoose(Number(value)),
  });
