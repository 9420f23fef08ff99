/** Fetches entries of the glossary, a page of the server. */
import { failed, send } from "./http.ts";
import { once } from "./retry.ts";

/** @returns the address of the glossary; empty where there is none, as in a frame */
export const glossaryAddress = (): string =>
  document.querySelector("meta[name=glossary]")?.getAttribute("content") ?? "";

/** @returns the address of a lesson, beside the glossary; empty where there is none */
export const lessonAddress = (name: string): string => glossaryAddress().replace(/[^/]+$/, name);

const page = once(async (): Promise<Document> => {
  const text = await (await send(glossaryAddress())).text().catch(failed);
  return new DOMParser().parseFromString(text, "text/html");
});

/** @returns the element of an entry; null where there is none of this name */
export async function entryOf(name: string): Promise<Element | null> {
  const entry = (await page()).getElementById(name);
  return entry && document.importNode(entry, true);
}
