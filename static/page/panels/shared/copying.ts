/** Writes text to the clipboard. Over plain HTTP a page has no clipboard, and the text is selected and copied. */

function copyByHand(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "reader-only";
  // Beside an open dialog nothing can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

/** @returns whether it is there now */
export async function copyText(text: string): Promise<boolean> {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  return done || copyByHand(text);
}

/** Makes the buttons of a page without a figure copy what they name. */
export function createCopyButtons() {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copies]"))
    button.addEventListener("click", async () => {
      button.textContent = (await copyText(button.dataset.copies ?? "")) ? "Copied" : "Not copied: select it";
    });
}
