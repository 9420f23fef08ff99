/** The controls of the dialog for one's own data: columns, the class that counts as 1, units; and its warnings. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { select, wordChoice } from "../../../controls/choice.ts";
import { icon } from "../../../controls/icons.ts";
import { type Choice, distinctTexts, isMostlyNumbers, type TableProblem, wordOfClassOne } from "./problemFromTable.ts";
import type { CsvTable } from "./reading.ts";

interface Chosen {
  table: CsvTable;
  choice: Choice;
  taken: TableProblem;
  /** whether the data are for a network, not for a line fit */
  network: boolean;
  change: (to: Partial<Choice>) => void;
}

const RAW =
  "In units as they are hardly any learning rate works where numbers are far from 1: runs stand still or fly off.";

/** @param words  empty: there is no warning */
export const warning = (words: string) =>
  html`<p class="warning" role="alert">${words ? html`${icon("warn")}<span>${words}</span>` : nothing}</p>`;

export const checkbox = (label: string, checked: boolean, onChange: () => void) =>
  html`<label class="row"><input type="checkbox" class="tick" .checked=${live(checked)}
    @change=${onChange}>${label}</label>`;

function inputsChosen({ table: { columns }, choice: { inputs, target }, network, change }: Chosen, choose: Picker) {
  if (!network) {
    // If the target is chosen as the feature, the two change places.
    const feature = (k: number) => change(k === target ? { inputs: [k], target: inputs[0] } : { inputs: [k] });
    return choose("x, the feature", inputs[0], feature);
  }
  const toggled = (k: number) =>
    inputs.includes(k) ? inputs.filter((column) => column !== k) : [...inputs, k].sort((a, b) => a - b);
  const ticks = columns.map(({ name }, k) =>
    k === target ? nothing : checkbox(name, inputs.includes(k), () => change({ inputs: toggled(k) })),
  );
  return html`<fieldset class="own-data-inputs wraps"><legend>Inputs</legend>${ticks}</fieldset>`;
}

type Picker = (label: string, value: number, onChoose: (k: number) => void) => unknown;

function columnsChosen(chosen: Chosen) {
  const { table, choice, taken, network, change } = chosen;
  const { columns } = table;
  const options = columns.map(({ name }, k) => ({ name: String(k), label: name }));
  const choose: Picker = (label, value, onChoose) => {
    const list = select({ label, options, value: String(value), onChoose: (name) => onChoose(Number(name)) });
    return html`<label class="line"><span>${label}</span>${list}</label>`;
  };

  function chooseTarget(target: number) {
    const texts = distinctTexts(columns[target]);
    const classes = network && (texts.length === 2 || !isMostlyNumbers(columns[target]));
    const { inputs, target: before } = choice;
    const others = network ? inputs.filter((k) => k !== target) : inputs.map((k) => (k === target ? before : k));
    change({ target, inputs: others, classes, wordForOne: classes ? wordOfClassOne(texts) : "" });
  }

  const wrong = (where: "inputs" | "target") =>
    warning(
      taken.faults
        .filter(({ at }) => at === where)
        .map(({ words }) => words)
        .join(" "),
    );
  return html`${inputsChosen(chosen, choose)}${wrong("inputs")}${choose(
    network ? "Target" : "y, the target",
    choice.target,
    chooseTarget,
  )}${wrong("target")}`;
}

/** For a target with two values: whether they are classes, and which of them is 1. */
function classesChosen({ table, choice: { target, classes, wordForOne }, network, change }: Chosen) {
  const column = table.columns[target];
  const texts = distinctTexts(column);
  if (!network || texts.length !== 2) return nothing;
  const kind = wordChoice({
    label: "What the target is",
    options: [
      [true, "two classes"],
      [false, "numbers"],
    ],
    value: classes,
    onChoose: (value) => change({ classes: value, wordForOne: wordOfClassOne(texts) }),
  });
  const ones = select({
    label: "The class that is 1",
    options: texts.map((name) => ({ name, label: name })),
    value: wordForOne,
    onChoose: (name) => change({ wordForOne: name }),
  });
  const other = texts.find((text) => text !== wordForOne);
  return html`${
    isMostlyNumbers(column) ? html`<div class="line"><span>These are</span>${kind}</div>` : nothing
  }${classes ? html`<div class="line"><span>1 is ${ones}, 0 is “${other}”</span></div>` : nothing}`;
}

function unitsChosen({ choice: { standardize, classes }, taken: { units }, network, change }: Chosen) {
  const inThem = classes
    ? "Classes stay 0 and 1."
    : `${network ? "What the network says is" : "Slope and intercept are"} in these units, too.`;
  return html`<label class="line"><span>Standardised units</span><input type="checkbox" class="tick"
    .checked=${live(standardize)} @change=${() => change({ standardize: !standardize })}></label>${
      standardize
        ? html`<p class="note">${units ? `Mean 0 and standard deviation 1: ${units}. ${inThem}` : nothing}</p>`
        : warning(RAW)
    }`;
}

export const tableChoices = (chosen: Chosen) => html`<div
    class="home-part">${columnsChosen(chosen)}${classesChosen(chosen)}</div>
  <div class="home-part">${unitsChosen(chosen)}${chosen.taken.warnings.map(warning)}</div>`;
