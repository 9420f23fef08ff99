/** The glossary: a page of the server, of which an entry is shown where its word is asked for. */

/** @returns where it is; empty where there is none, as in a frame */
export const glossaryAddress = (): string => document.querySelector("meta[name=glossary]")?.getAttribute("content") ?? "";

let page: Promise<Document> | null = null;

async function load(): Promise<Document> {
  const response = await fetch(glossaryAddress());
  if (!response.ok) throw new Error(`the glossary is not to be had (${response.status})`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** @returns the element of an entry, to be put into a page; null where there is none of this name */
export async function entryOf(name: string): Promise<Element | null> {
  page ??= load();
  const read = await page.catch((error) => {
    page = null;
    throw error;
  });
  const entry = read.getElementById(name);
  return entry && document.importNode(entry, true);
}
