/** Saves files, and names them. */
import { formatGrouped } from "../../math/format.ts";
import { Refused } from "../../service/http.ts";
import { refusalWords } from "../../words/refusal.ts";

/** Milliseconds after which a browser no longer needs the address of a saved blob. */
const BLOB_LIFETIME = 60_000;

/** @returns a name that every file system accepts */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);

/**
 * @param parts  what the file shows, in the words of the page
 * @returns such as "fall-line-himmelblau-loss.svg"
 */
export const fileName = (parts: string[], extension: string): string =>
  `${["fall-line", ...parts.map(plain)].filter(Boolean).join("-")}.${extension}`;

export function saveFile(blob: Blob, name: string) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), BLOB_LIFETIME);
}

export function errorReason(error: unknown): string {
  if (!(error instanceof Refused)) return `This could not be made: ${error instanceof Error ? error.message : error}.`;
  const large = error.errors.find(({ type }) => type === "reply_too_large");
  if (!large) return refusalWords(error.errors);
  const limit = `The server sends at most ${formatGrouped(large.ctx.limit)} numbers at once, and these runs have more.`;
  return `${limit} Hide a run, or take fewer steps.`;
}
