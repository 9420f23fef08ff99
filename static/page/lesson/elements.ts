/** What stands on the page of a lesson. */

export const all = <E extends HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

/** @returns with what stands in an element of the answers, which who has no scripts reads there */
export function told(className: string, id: string): HTMLElement {
  const words = document.createElement("p");
  words.className = className;
  words.append(...[...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  return words;
}
