/** The elements of a lesson's page. */

export const all = <E extends HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

/** @returns an element with the text of an element of the answers, which readers without scripts see there */
export function told(className: string, id: string): HTMLElement {
  const words = document.createElement("p");
  words.className = className;
  words.append(...[...(document.getElementById(id)?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  return words;
}
