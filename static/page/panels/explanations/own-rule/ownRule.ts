/** The editor of a visitor's rule: it begins with the text of any optimizer, and runs while it is typed. */
import { html, noChange } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createRef, type Ref, ref } from "lit-html/directives/ref.js";
import { runSample, select } from "../../../controls/choice.ts";
import { icon } from "../../../controls/icons.ts";
import { followScroll, markedText } from "../../../controls/markedText.ts";
import { createPanel } from "../../../figure/panel.ts";
import type { Frame } from "../../../figure/part.ts";
import { memo } from "../../../memo.ts";
import { fitToWidth } from "../../../pictures/setFormula.ts";
import { step, stepNeed } from "../../../resources/step.ts";
import { loadStyle } from "../../../service/style.ts";
import { fromSnake, isMethod, labelOf } from "../../../state/catalog.ts";
import { addOwnRuleBelow, LONGEST_LABEL, replaceOwnRule, setLabel } from "../../../state/ownRule.ts";
import { refusalOf } from "../../../state/replies.ts";
import { ruleOf } from "../../../state/rules.ts";
import { runKey } from "../../../state/state.ts";
import type { Entry, Refusal, State, Wire } from "../../../state/types.ts";
import { shortRefusal } from "../../../words/refusal.ts";
import { stepLines } from "../../../words/stepLines.ts";
import { createFormulas } from "../../working/formulas.ts";
import { noRunNote } from "../explanation.ts";
import type { ExplanationPorts } from "../loaders.ts";
import { ruleFacts } from "./facts.ts";
import { createTyping } from "./typing.ts";

/** The least number of visible lines; the last one is always empty. */
const FEWEST = 4;

/** The column of line numbers, in which the line with the fault is marked. */
const numbers = (count: number, wrong: Refusal | null) =>
  html`<div class="own-numbers" aria-hidden="true">${Array.from(
    { length: count },
    (_, k) => html`<span ?data-wrong=${wrong && k + 1 === (wrong.ctx.line ?? 1)}>${k + 1}</span>`,
  )}</div>`;

interface Editor {
  /** the id of an element, by its name */
  id: (name: string) => string;
  field: Ref<HTMLTextAreaElement>;
  text: string;
  wrong: Refusal | null;
  /** shown beside the text, line by line */
  reading: unknown;
  onType: () => void;
  /** the field has lost the focus */
  onRest: () => void;
}

/**
 * Tab moves to the next control, as in other fields; Escape moves the focus to the head of the explanation, so that
 * keys move the playhead.
 */
function moveFocusByKey(event: KeyboardEvent) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  const field = event.target as HTMLElement;
  field.closest(".explanation")?.querySelector("h2")?.focus();
}

/** The text field with line numbers, the formula of each line beside it, and a mark on a part with a fault. */
function ruleEditor({ id, field, text, wrong, reading, onType, onRest }: Editor) {
  const count = Math.max(FEWEST, text.split("\n").length);
  return html`<div><div class="own-box">${numbers(count, wrong)}<div class="own-text">${markedText({
    id: id("own-rule"),
    name: "own",
    field,
    text,
    value: live(text),
    wrong,
    rows: count,
    unbroken: true,
    label: "Rule, a line for each quantity",
    describedBy: `${id("own-rule-message")} ${id("own-rule-help")}`,
    onType,
    onKey: moveFocusByKey,
    onBlur: onRest,
  })}</div>${reading}</div><p id=${id("own-rule-message")} class="warning"
    role="alert" ?hidden=${!wrong}>${icon("warn")}<span>${wrong ? shortRefusal(wrong) : ""}</span></p></div>`;
}

/** @returns the rules of the catalog that a text can begin with */
function rulesToBeginWith({ catalog }: State): { name: string; label: string }[] {
  return (catalog?.optimizers ?? []).flatMap(({ name, label, forms, rule }) =>
    !rule
      ? []
      : forms.length
        ? forms.map((form) => ({
            name: `${name} ${form.name}`,
            label: form.name === "standard" ? label : `${label}: ${form.label}`,
          }))
        : [{ name: `${name} standard`, label }],
  );
}

/** @returns for each line of a text whether it is an assignment */
export const computesByLine = (text: string): boolean[] => text.split("\n").map((line) => /^\s*\w+\s*=/.test(line));

/** @returns for each line of a text its LaTeX; empty for a line that assigns nothing */
function formulaLines(step: Wire["Step"], text: string): string[] {
  const lines = stepLines(step, Object.keys(step.gradient)[0]).slice(-step.lines.length);
  let at = 0;
  return computesByLine(text).map((computes) => (computes ? (lines[at++]?.formula ?? "") : ""));
}

/** @returns why the server refuses the rule that is being typed; null: it does not */
function ruleFault(state: State, entry: Entry): Refusal | null {
  const { fault, runs } = state;
  const key = runKey(state, entry);
  if (runs[entry.id]?.key === key) return null;
  const before = fault?.kind === "refused" && fault.entry === entry.id ? fault.errors : [];
  return (refusalOf(state, "runs", key) ?? before)[0] ?? null;
}

type RuleRead = { step: Wire["Step"]; lines: string[] };

interface EditedRule {
  entry: Entry;
  wrong: Refusal | null;
  /** the last rule that could be parsed: its formulas stay beside the text, paler */
  lastRead: RuleRead | null;
  /** those formulas belong to an earlier text */
  late: boolean;
  waits: string;
}

export default async function createOwnRule(root: HTMLElement, figure: ExplanationPorts) {
  await loadStyle("formula");
  const { act, store } = figure;
  const formula = await createFormulas({ style: "text" });
  const request = figure.createRequest(step);
  const field = createRef<HTMLTextAreaElement>();
  const name = createRef<HTMLInputElement>();
  const typing = createTyping(figure, field, () => panel.data()?.entry);
  const refit = memo((_read: unknown) => fitToWidth([...root.querySelectorAll<HTMLElement>(".own-line .set-formula")]));
  /** @param value  such as "adam deck" */
  function beginWith(value: string) {
    const [optimizer, form] = value.split(" ");
    const from = { name: optimizer, ...(form === "standard" ? {} : { form }) };
    const edited = panel.data()?.entry;
    if (!edited) return;
    if (edited.optimizer.rule === undefined) act(addOwnRuleBelow, edited.id, ruleOf(store.get().catalog, from));
    const { selected } = store.get();
    if (selected !== null) act(replaceOwnRule, selected, from);
  }

  function prepare({ state, chosen }: Frame, previous?: EditedRule): EditedRule {
    const entry = state.entries[chosen as number];
    const last = previous?.lastRead ?? null;
    if (isMethod(state.catalog, entry.optimizer)) return { entry, wrong: null, lastRead: last, late: true, waits: "" };
    const wrong = entry.optimizer.rule === undefined ? null : ruleFault(state, entry);
    const need = { ...stepNeed(state, entry, 1), later: state.dragging || wrong !== null };
    const [{ value, refused, waits = "" }] = request(state, [need]);
    const isNew = value && value !== last?.step;
    const lastRead = isNew ? { step: value, lines: formulaLines(value, ruleOf(state.catalog, entry.optimizer)) } : last;
    return { entry, wrong, lastRead, late: wrong !== null || waits !== "" || !(value || refused), waits };
  }

  function reading({ lastRead, late, waits }: EditedRule) {
    return html`<p class="note" role="status" ?hidden=${!waits}>${waits}</p><ol
      class="own-reading" aria-label="The rule as it is read" ?data-late=${late}>${lastRead?.lines.map(
        (latex) => html`<li class="own-line row">${formula(latex)}</li>`,
      )}</ol>`;
  }

  /** @param none  the label if it is none of them */
  const startWith = (state: State, value: string, none?: string) =>
    select({
      label: "Begin with the rule of",
      options: [...(none ? [{ name: "", label: none }] : []), ...rulesToBeginWith(state)],
      value,
      onChoose: beginWith,
    });

  const insteadOfRule = (
    state: State,
    { optimizer, slot }: Entry,
  ) => html`<div class="own-instead slot-${slot}"><p>A rule is
    a few lines for each parameter by itself. ${labelOf(state.catalog, optimizer)} looks at all parameters together, so
    it has no such lines to begin with.</p><label><span>Begin with the rule of </span>${startWith(
      state,
      "",
      "another optimizer",
    )}</label></div>`;

  function heads(state: State, { id, slot, optimizer }: Entry) {
    const isOwn = optimizer.rule !== undefined;
    const label = labelOf(state.catalog, optimizer);
    const hint = `The rule of ${label}. Change it, and it runs as a rule of your own beside this one.`;
    const start = isOwn
      ? startWith(state, "", fromSnake("your_own"))
      : startWith(state, `${optimizer.name} ${optimizer.form ?? "standard"}`);
    const text = name.value && name.value === document.activeElement ? noChange : live(isOwn ? label : "");
    const rename = ({ target }: Event) => act(setLabel, id, (target as HTMLInputElement).value);
    return html`<div class="own-heads wraps"><label
      class="own-label wraps">${runSample(slot)}<input class="value own-name"
      maxlength=${LONGEST_LABEL} aria-label="Name of the rule" ?hidden=${!isOwn} .value=${text} @input=${rename}
      ${ref(name)}></label><p class="note">${isOwn ? "" : hint}</p><label class="to-end"><span>Begin with
      </span>${start}</label></div>`;
  }

  function body(state: State, edited: EditedRule) {
    const { entry, wrong } = edited;
    const isOwn = entry.optimizer.rule !== undefined;
    const rule = ruleOf(state.catalog, entry.optimizer);
    const text = typing.textIn(`${entry.id} ${isOwn}`, rule);
    return html`<div class="own slot-${entry.slot}" ?data-own=${isOwn}>${heads(state, entry)}${ruleEditor({
      id: figure.id,
      field,
      text,
      wrong: text === rule ? wrong : null,
      reading: reading(edited),
      onType: typing.note,
      onRest: typing.commit,
    })}${ruleFacts(figure, state, entry, rule)}</div>`;
  }

  const panel = createPanel(figure, root, {
    prepare,
    template: ({ state }, edited) =>
      isMethod(state.catalog, edited.entry.optimizer) ? insteadOfRule(state, edited.entry) : body(state, edited),
    rendered(_, { lastRead }) {
      followScroll(field.value);
      refit(lastRead);
    },
  });
  return { ...panel, lacks: noRunNote("Add a run to begin with.") };
}
