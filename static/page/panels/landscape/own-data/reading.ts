/**
 * Reads pasted rows as a table: the delimiter of cells, whether the first row has names, and which cells are numbers.
 */
import { dsvFormat } from "d3-dsv";

export interface CsvColumn {
  name: string;
  /** for each row, trimmed; empty where it has no such cell */
  texts: string[];
  /** for each row; null where the cell is no number */
  numbers: (number | null)[];
}

export interface CsvTable {
  columns: CsvColumn[];
  /** the line of each row in the text, from 1; the first line may have the names */
  places: number[];
  named: boolean;
  /** the meaning of a comma within a number; null: no number has one */
  comma: "point" | "thousands" | null;
  /** why the text cannot be read; empty where it can */
  fault: string;
}

/** The server accepts no number beyond this. */
const LARGEST = 1e100;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const THOUSANDS = /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/;

/** @returns the delimiter of the first line: tabs, else semicolons, else commas */
function delimiterOf(text: string) {
  const first = text
    .trimStart()
    .split(/[\r\n]/, 1)[0]
    .replace(/"[^"]*"/g, "");
  return ["\t", ";"].find((mark) => first.includes(mark)) ?? ",";
}

/** @param comma  the meaning of a comma @returns null where it is no number */
function numberIn(text: string, comma: CsvTable["comma"]): number | null {
  const plain = text.replace(/−/g, "-").replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, "");
  const pointed =
    comma === "point"
      ? plain.replace(/\.(?=\d{3}.*,)/g, "").replace(",", ".")
      : THOUSANDS.test(plain)
        ? plain.replaceAll(",", "")
        : plain;
  return NUMBER.test(pointed) && Math.abs(Number(pointed)) <= LARGEST ? Number(pointed) : null;
}

/** @param parted  whether commas separate cells: then one within a quoted number separates thousands */
function commaIn(cells: string[], parted: boolean): CsvTable["comma"] {
  if (!cells.some((cell) => /\d,\d/.test(cell) && /^[-+−\d.,\s]+$/.test(cell))) return null;
  return parted || cells.some((cell) => /^[-+−]?\d*\.\d+$/.test(cell)) ? "thousands" : "point";
}

/**
 * @param text  as pasted: comma, semicolon or tab between cells, quotes around those that hold one
 * @param named  whether the first row has the names; undefined: where none of its cells is a number
 */
export function readTable(text: string, named?: boolean): CsvTable {
  const delimiter = delimiterOf(text);
  const data = dsvFormat(delimiter).parseRows(text.replace(/^\uFEFF/, ""));
  // A quote without an end contains the rest of the text.
  const open = text.split('"').length % 2 === 0 && data.at(-1)?.some((cell) => cell.includes("\n"));
  const lines = data
    .map((row, k) => ({ cells: row.map((cell) => cell.trim()), place: k + 1 }))
    .filter(({ cells }) => cells.some(Boolean));
  const comma = commaIn(
    lines.flatMap(({ cells }) => cells),
    delimiter === ",",
  );
  const [first = { cells: [] }] = lines;
  const hasNames = named ?? first.cells.every((cell) => numberIn(cell, comma) === null);
  const rows = hasNames ? lines.slice(1) : lines;
  const width = Math.max(...lines.map(({ cells }) => cells.length), 0);
  const columns = Array.from({ length: width }, (_, k) => {
    const texts = rows.map(({ cells }) => cells[k] ?? "");
    const name = (hasNames && first.cells[k]) || `column ${k + 1}`;
    return { name, texts, numbers: texts.map((cell) => numberIn(cell, comma)) };
  });
  return {
    columns,
    places: rows.map(({ place }) => place),
    named: hasNames,
    comma,
    fault: open
      ? `The quote that row ${data.length} opens is never closed.`
      : width < 2
        ? "There is one column: at least two are needed, separated by commas, semicolons or tabs."
        : rows.length < 2
          ? `There ${rows.length ? "is one row" : "are no rows"} of data: at least two are needed.`
          : "",
  };
}
