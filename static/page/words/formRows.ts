/** The forms of an optimizer in rows: lines that compute the same quantity stand beside each other. */
import type { Form } from "../state/types.ts";

type FormLine = { key: string; latex: string };

/**
 * @returns the lines, each with a key of its quantity and its place from the end: a rule may shrink w before it moves
 * it
 */
function formLines({ rule, latex }: Form): FormLine[] {
  const names = rule.split("\n").map((line) => line.split("=")[0].trim());
  return names.map((name, k) => ({
    key: `${name} ${names.slice(k).filter((other) => other === name).length}`,
    latex: latex[k] ?? `\\texttt{${name}}`,
  }));
}

/** @returns for each row the LaTeX of each form's line; null where it has none */
export function formRows(forms: Form[]): { key: string; lines: (string | null)[] }[] {
  const all = forms.map(formLines);
  const order: string[] = [];
  for (const lines of all) {
    const keys = new Set(lines.map(({ key }) => key));
    let after = -1;
    for (const { key } of lines) {
      const at = order.indexOf(key);
      if (at < 0) {
        while (order[after + 1] !== undefined && !keys.has(order[after + 1])) after++;
        order.splice(after + 1, 0, key);
      }
      after = at < 0 ? after + 1 : at;
    }
  }
  return order.map((key) => ({
    key,
    lines: all.map((lines) => lines.find((line) => line.key === key)?.latex ?? null),
  }));
}
