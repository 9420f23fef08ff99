/**
 * The domain of a formula, which names none: chosen from its runs, once they rest. The server is asked nothing; it
 * is a resource as it is wanted in a few states, and kept by a key of these.
 */
import { type DomainBasis, domainBasis } from "../state/problemOnMap.ts";
import type { Need, ResourceInState } from "./resource.ts";

export const formulaDomain: ResourceInState<"domain", Need & DomainBasis> = {
  name: "domain",
  atRest: true,
  needs(state) {
    const basis = domainBasis(state);
    return basis ? [basis] : [];
  },
  async request({ landscape, start, runs }) {
    // Few pages have a formula.
    const { domainOf } = await import("./domainOf.ts");
    return domainOf(landscape, start, runs);
  },
};
