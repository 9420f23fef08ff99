/** The links out of a lesson: to print it, and to the playground with a way back to the section. */
import { keepSection } from "../service/visit.ts";
import { all } from "./elements.ts";

const wordsOf = (selector: string, within: ParentNode) => within.querySelector(selector)?.textContent ?? "";

export function openBar(sections: HTMLElement[]) {
  for (const section of sections)
    for (const link of all(".open-it", section))
      link.addEventListener("click", () =>
        keepSection({
          address: `${location.pathname}${location.search}#${link.closest("figure")?.id}`,
          lesson: `${wordsOf(".lesson-meta strong", document)}, ${wordsOf("h1", document)}`,
          title: wordsOf("h2", section),
        }),
      );

  // Printed pictures replace the figures; they are fetched only for printing.
  document.getElementById("print")?.addEventListener("click", async () => {
    const pictures = all<HTMLImageElement>("img.figure-picture");
    for (const picture of pictures) picture.loading = "eager";
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
    print();
  });
}
