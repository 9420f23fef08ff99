/** A field for a number: rounded for reading, in full while edited. Enter or leaving it commits, Escape restores. */
import { html, noChange, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { component } from "../component.ts";
import { formatExact, formatGrouped } from "../math/format.ts";
import { type Bounds, inRangeWords, isWithin } from "../words/range.ts";
import { leaveFault, sayFault } from "./fieldFault.ts";

interface NumberField {
  label: string;
  /** the run, if there are several */
  owner?: string;
  value: number | null;
  /** the server's error about the value */
  fault?: string;
  /** the word for no number, if there may be none */
  none?: string;
  range?: Bounds;
  /** the neighbouring value, for the arrow keys */
  next?: (value: number, direction: 1 | -1, far: boolean) => number;
  className?: string;
  /** whether each number is committed as it is typed */
  atOnce?: boolean;
  onCommit: (value: number | null) => void;
}

/**
 * A comma between every three digits separates thousands in a whole number, and may in others; any other single one is
 * a decimal point.
 */
const THOUSANDS = /^[-+]?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * @param text  as typed
 * @param whole  whether integers are expected
 * @returns NaN where it is no number, or one of two
 */
export function parseNumber(text: string, whole: boolean = false): number {
  const trimmed = text.trim().replace(/−/g, "-");
  if (THOUSANDS.test(trimmed)) return whole ? Number(trimmed.replaceAll(",", "")) : NaN;
  const plain = trimmed.replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

export const numberField = component<NumberField>(() => {
  let input: HTMLInputElement;
  let props: NumberField;
  /** The committed value, before the state has taken it. */
  let value: number | null = null;

  /** A field that is removed from the page counts as left. */
  const attach = (element?: Element) => {
    if (element) input = element as HTMLInputElement;
  };
  const pretty = () => (value === null ? (props.none ?? "") : formatExact(value));
  const sizeFor = (text: string) => Math.max(2, text.length);

  function show(text: string) {
    // Sets the default value too, so that the browser does not undo to an old text.
    input.value = input.defaultValue = text;
    input.size = sizeFor(text);
  }

  function edit() {
    sayFault(input, "");
    show(value === null ? "" : String(value));
    input.select();
  }

  /** @returns what is wrong with a text; empty where nothing is */
  function wrongWith(text: string): string {
    const { label, none, range = {} } = props;
    const number = parseNumber(text, range.whole);
    if (text === "" || text === none)
      return none === undefined ? `${label}: ${inRangeWords(range)}; nothing is there.` : "";
    if (Number.isFinite(number) && isWithin(number, range)) return "";
    const hint = Number.isNaN(number) && THOUSANDS.test(text) ? " Write it without the comma: 1.5 or 1500." : "";
    const typed = Number.isFinite(number) ? formatGrouped(number) : `“${text}”`;
    return `${label}: ${inRangeWords(range)}, not ${typed}.${hint}`;
  }

  /** @returns whether the value could be committed */
  function commit(): boolean {
    const text = input.value.trim();
    const fault = wrongWith(text);
    sayFault(input, fault);
    if (fault) return false;
    const parsed = text === "" || text === props.none ? null : parseNumber(text, props.range?.whole);
    if (parsed === value) return true;
    value = parsed;
    props.onCommit(value);
    return true;
  }

  function type() {
    sayFault(input, "");
    if (props.atOnce && !wrongWith(input.value.trim())) commit();
  }

  function leave() {
    if (!commit()) leaveFault(input);
    show(pretty());
  }

  function key(event: KeyboardEvent) {
    if (event.key === "Enter" && commit()) edit();
    if (event.key === "Escape") edit();
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction || !props.next) return;
    event.preventDefault();
    if (!commit() || value === null) return;
    value = props.next(value, direction, event.shiftKey);
    props.onCommit(value);
    edit();
  }

  return (next) => {
    const edited = input !== undefined && input === document.activeElement;
    const another = edited && next.value !== value && input.value === input.defaultValue;
    props = next;
    value = next.value;
    if (another) edit();
    const { label, owner, none, fault = "", className = "" } = next;
    /** Text that is being edited stays as it is. */
    const unlessEdited = (part: unknown) => (edited ? noChange : part);
    return html`<input class="value ${className}" type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
      aria-label=${owner ? `${label} of ${owner}` : label} placeholder=${none ?? nothing} title=${unlessEdited(fault)}
      aria-invalid=${unlessEdited(live(fault ? "true" : nothing))}
      .value=${unlessEdited(live(pretty()))} .size=${unlessEdited(live(sizeFor(pretty())))}
      @focus=${edit} @blur=${leave} @input=${type} @keydown=${key} ${ref(attach)}>`;
  };
});
