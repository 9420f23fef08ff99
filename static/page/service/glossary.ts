/** Fetches entries of the glossary, a page of the server. */
import { failed, send } from "./http.ts";
import { once } from "./persist.ts";

/** @returns the address of the glossary; empty where there is none, as in a frame */
export const glossaryAddress = (): string =>
  document.querySelector("meta[name=glossary]")?.getAttribute("content") ?? "";

const page = once(async (): Promise<Document> => {
  const text = await (await send(glossaryAddress())).text().catch(failed);
  return new DOMParser().parseFromString(text, "text/html");
});

/** @returns the element of an entry; null where there is none of this name */
export async function entryOf(name: string): Promise<Element | null> {
  const entry = (await page()).getElementById(name);
  return entry && document.importNode(entry, true);
}
