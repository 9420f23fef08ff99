/** All surfaces that a run can stand on, one's own first. */
import { html } from "lit-html";
import { isOwn } from "../../state/ownCode.ts";
import type { Surface } from "../../state/types.ts";

/** @param sheets  of some of them */
export function allSurfaces(all: Surface[], sheets: (some: Surface[]) => unknown): unknown {
  const yours = all.filter(({ name }) => isOwn(name));
  if (!yours.length) return sheets(all);
  const builtIn = all.filter(({ name }) => !isOwn(name));
  const group = (title: string, some: Surface[]) =>
    html`<section aria-label=${title}><h3>${title}</h3>${sheets(some)}</section>`;
  return [group("Yours", yours), group("Built in", builtIn)];
}
