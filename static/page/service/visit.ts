/** What a tab keeps between playground and lessons, where it has a storage: the view and the section that were left. */

const VIEW = "fallline-view";
const SECTION = "fallline-section";

function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // The links lead where they lead without it.
  }
}

/** A section of a lesson, with a figure of it that was opened in the playground. */
interface Section {
  address: string;
  /** "Lesson 4, The learning rate" */
  lesson: string;
  /** empty of the first, which has none */
  title: string;
}

export const keepView = (address: string) => keep(VIEW, address);

/** The link to the playground leads to the view that was left there. */
export function leadToView() {
  const link = document.querySelector<HTMLAnchorElement>("#to-playground");
  const view = kept(VIEW);
  if (link && view) link.href = view;
}

export const keepSection = (section: Section) => keep(SECTION, JSON.stringify(section));

export const keptSection = (): Section | null => JSON.parse(kept(SECTION) ?? "null");
