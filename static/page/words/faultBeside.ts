/** What the server has against a field, said beside it: without its name, and of a formula where it breaks off. */

import { capital } from "../math/text.ts";
import type { Refusal } from "../state/types.ts";
import { formulaFault } from "./formulaFault.ts";
import { asSaid } from "./refusal.ts";

export const inShort = (refusal: Refusal): string => formulaFault(refusal) ?? capital(asSaid(refusal));
