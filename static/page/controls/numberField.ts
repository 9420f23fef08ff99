/** A number to type: printed for reading, plain while it is edited. Enter or leaving takes it over, Escape gives it back. */
import { chosen, grouped } from "../math/format.ts";
import { h, setAttribute } from "../dom.ts";
import { inRangeWords, isWithin } from "../words/range.ts";
import { leaveFault, sayFault } from "./fieldFault.ts";
import type { Range } from "../words/range.ts";

export interface NumberField {
  root: HTMLInputElement;
  /** fault: what the server has against the value */
  set: (value: number | null, fault?: string) => void;
}

/** A comma between every three digits parts thousands; any other single one stands for the point. */
const THOUSANDS = /^[-+]?\d{1,3}(,\d{3})+$/;

/**
 * @param text  as typed
 * @param whole  whole numbers are meant
 * @returns NaN where it is none
 */
export function parseNumber(text: string, whole: boolean = false): number {
  const given = text.trim().replace(/−/g, "-");
  const plain = whole && THOUSANDS.test(given) ? given.replaceAll(",", "") : given.replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

/**
 * @param how.none  the word that stands for no number, where there may be none
 * @param how.next  the neighbour, for the arrow keys
 */
export function createNumberField({ label, onCommit, none, range = {}, next, className = "" }: { label: string; onCommit: (value: number | null) => void; none?: string; range?: Range | (() => Range); next?: (value: number, direction: 1 | -1, far: boolean) => number; className?: string }): NumberField {
  let value: number | null = null;
  const root = h("input", {
    class: `value ${className}`, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": label, placeholder: none,
    onfocus: () => edit(), onblur: () => leave(), oninput: () => sayFault(root, ""), onkeydown: key,
  });
  const allowed = () => (typeof range === "function" ? range() : range);
  const pretty = () => (value === null ? (none ?? "") : chosen(value));

  function show(text: string) {
    if (root.value !== text) root.value = text;
    root.size = Math.max(2, text.length);
  }

  function edit() {
    sayFault(root, "");
    show(value === null ? "" : String(value));
    root.select();
  }

  /** @returns what is wrong with it; empty where nothing is */
  function wrongWith(text: string): string {
    const may = allowed();
    const given = parseNumber(text, may.whole);
    if (text === "" || text === none) return none === undefined ? `${label}: ${inRangeWords(may)}; nothing is there.` : "";
    if (Number.isFinite(given) && isWithin(given, may)) return "";
    return `${label}: ${inRangeWords(may)}, not ${Number.isFinite(given) ? grouped(given) : `“${text}”`}.`;
  }

  /** @returns whether it could be taken over */
  function commit(): boolean {
    const text = root.value.trim();
    const fault = wrongWith(text);
    sayFault(root, fault);
    if (fault) return false;
    const said = text === "" || text === none ? null : parseNumber(text, allowed().whole);
    if (said !== value) onCommit((value = said));
    return true;
  }

  function leave() {
    if (!commit()) leaveFault(root);
    show(pretty());
  }

  function key(event: KeyboardEvent) {
    if (event.key === "Enter" && commit()) edit();
    if (event.key === "Escape") edit();
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction || !next || value === null) return;
    event.preventDefault();
    value = next(value, direction, event.shiftKey);
    onCommit(value);
    edit();
  }

  return {
    root,
    set(given, fault = "") {
      value = given;
      if (document.activeElement === root) return;
      show(pretty());
      setAttribute(root, "aria-invalid", fault ? "true" : null);
      root.title = fault;
    },
  };
}
