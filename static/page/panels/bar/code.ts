/** A link as a QR code. */
import qrcode from "qrcode-generator";

/** The longest link whose code a phone still reads from a projector. */
export const LONGEST_CODE = 1200;
/** Modules of white around a code. */
export const MARGIN = 3;

/** @returns the viewBox of the QR code of a link, and the SVG path of its dark modules */
export function drawnCode(link: string): { viewBox: string; d: string } {
  const made = qrcode(0, "L");
  made.addData(link);
  made.make();
  const count = made.getModuleCount();
  const all = [...Array(count).keys()];
  const cell = (row: number, column: number) => (made.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : "");
  const size = count + 2 * MARGIN;
  return {
    viewBox: `${-MARGIN} ${-MARGIN} ${size} ${size}`,
    d: all.flatMap((row) => all.map((column) => cell(row, column))).join(""),
  };
}
