/** What is wrong with a formula, said beside its field: the place and the fault, not all that is allowed. */
import { counted } from "../math/text.ts";
import type { CodeValues, Refusal } from "../state/types.ts";

const WHERE = "Write it as where(a > b, yes, no), with one comparison.";
const NAMES = "A name is letters, digits and single _, and begins with a letter.";

/** "1 argument" */
const args = (count: number) => counted(count, "argument");

const meant = (names?: string[]) => (names ? ` Did you mean ${names.join(" or ")}?` : "");

/** Why a text is no formula, from the server's code and its values. */
export const REASONS: Record<string, (values: CodeValues) => string> = {
  empty: () => "the formula is empty.",
  no_line: () => "there is no line with a formula.",
  no_variable: () => "the formula has neither x nor y.",
  too_long: ({ count, limit }) => `the text has ${count} characters; at most ${limit} are allowed.`,
  too_deep: ({ limit }) => `the formula is nested more than ${limit} deep.`,
  too_many_parts: ({ limit }) => `the formula has more than ${limit} parts.`,
  wrong_character: ({ character }) => `the character ${character} is not part of the language.`,
  foreign_character: ({ character, instead }) =>
    `the character ${character} is not part of the language. Write ${instead} instead.`,
  no_partner: ({ bracket }) => `"${bracket}" has no partner.`,
  breaks_off: () => "the formula breaks off here.",
  not_expected: ({ word }) => `"${word}" is not expected here.`,
  no_sign: ({ word }) => `"${word}" is not expected here. Write * for times, as in 2*x.`,
  python_word({ word, instead, letter }) {
    const greek = letter ? ", which is printed as the Greek letter" : "";
    return `"${word}" cannot be a name.${instead ? ` Write ${instead}${greek}.` : ""}`;
  },
  not_part: ({ word }) => `"${word}" is not part of the language.`,
  not_a_number: ({ word }) => `"${word}" is not a number.`,
  too_large: () => "the number is too large; a number is at most 1.8e308.",
  unknown_name: ({ name, nearest }) => `unknown name "${name}".${meant(nearest)}`,
  unknown_function: ({ name, nearest }) => `unknown function "${name}".${meant(nearest)}`,
  name_begins_with_underscore: ({ name }) => `"${name}" is not a name here: it begins with _. ${NAMES}`,
  name_has_two_underscores: ({ name }) => `"${name}" is not a name here: it has two _ in a row. ${NAMES}`,
  name_too_long: ({ name, limit }) => `"${name}" is not a name here: it has more than ${limit} characters.`,
  not_a_function: ({ function: name }) => `"${name}" cannot be called. Write * for times, as in 2*(x + 1).`,
  named_arguments: ({ function: name }) => `${name} takes its arguments without names.`,
  argument_count: ({ function: name, needed, count }) => `${name} takes ${args(needed)}, not ${count}.`,
  too_few_arguments: ({ function: name, needed, count }) => `${name} takes at least ${args(needed)}, not ${count}.`,
  where_arguments: ({ count }) => `where takes 3 arguments, not ${count}. ${WHERE}`,
  where_comparison: () => `where needs one comparison first. ${WHERE}`,
  comparison: () => "a comparison may only be the first part of where(a > b, yes, no).",
  not_an_assignment: () => "a line of a rule is an assignment. Write it as name = formula.",
  given_name: ({ name }) => `"${name}" is given and cannot be assigned. Choose another name.`,
  no_result: ({ result }) => `no line assigns "${result}". A rule needs a line ${result} = ...`,
};

/** @returns "Column 10: unknown function "sine". Did you mean sin?"; null where it is about no formula */
export function formulaFault({ type, ctx }: Refusal): string | null {
  const reason = type === "formula_syntax" ? REASONS[ctx.reason] : undefined;
  if (!reason) return null;
  return `${ctx.line > 1 ? `Line ${ctx.line}, column` : "Column"} ${ctx.column}: ${reason(ctx)}`;
}
