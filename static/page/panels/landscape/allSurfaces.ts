/** The gallery of all surfaces, the user's own first. */
import { html, nothing } from "lit-html";
import { isOwn } from "../../state/catalog.ts";
import type { State, Surface } from "../../state/types.ts";

/** @param sheets  of some of them */
export function allSurfaces(
  { catalog, problem }: State,
  sheets: (some: Surface[]) => unknown,
  choose: (name: string) => void,
): unknown {
  const all = catalog?.surfaces ?? [];
  const [yours, builtIn] = [true, false].map((ofReader) => all.filter(({ name }) => isOwn(name) === ofReader));
  if (!yours.length) return sheets(all);
  const [mapped, others] = [true, false].map((has) => yours.filter(({ domain }) => domain.length > 0 === has));
  const group = (title: string, some: unknown) => html`<section aria-label=${title}><h3>${title}</h3>${some}</section>`;
  /** A map of many parameters is a plane made from runs, so it has no thumbnail. */
  const planes = others.map(
    ({ name, label, summary, start }) => html`<button type="button" class="sheet" title=${summary ?? label}
      aria-pressed=${problem.surface === name} @click=${() => choose(name)}><b class="thumb">${start.length}-D</b
      ><span>${label}</span></button>`,
  );
  return [
    group("Yours", [
      mapped.length ? sheets(mapped) : nothing,
      planes.length ? html`<div class="sheets">${planes}</div>` : nothing,
    ]),
    group("Built in", sheets(builtIn)),
  ];
}
