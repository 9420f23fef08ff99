/** Which colour, dash and marker a run has unless its address names one, as in run_slots.py. */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import type { OptimizerSpec } from "./types.ts";

const SLOT_OF_RULE: Partial<Record<string, number>> = table.slot_of_rule;

/** The number of colours, dashes and markers: a ninth run looks like the first. */
export const SLOTS = table.dashes.length;

const slotOfRule = ({ name }: OptimizerSpec): number | undefined => SLOT_OF_RULE[name ?? ""];

const setsRateAlone = (optimizer: OptimizerSpec): boolean =>
  Object.keys(optimizer).every((key) => key === "name" || key === "learning_rate" || key === "label");

/**
 * A common rule has a slot of its own, so that Adam looks alike in every picture. Of several runs of one slot the first
 * that sets nothing but its rate has it, or else the first. The others take, in their order, the lowest that are free.
 */
export function defaultSlots(optimizers: OptimizerSpec[]): number[] {
  const first = optimizers.slice(0, SLOTS);
  const runOfSlot = new Map<number, OptimizerSpec>();
  for (const optimizer of [...first.filter(setsRateAlone), ...first]) {
    const slot = slotOfRule(optimizer);
    if (slot !== undefined && !runOfSlot.has(slot)) runOfSlot.set(slot, optimizer);
  }
  const free = Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => !runOfSlot.has(slot));
  const slots = first.map((optimizer) => {
    const slot = slotOfRule(optimizer);
    return slot !== undefined && runOfSlot.get(slot) === optimizer ? slot : (free.shift() ?? 0);
  });
  return optimizers.map((_, k) => slots[k % SLOTS]);
}

/** @returns the slot of a run that is added: that of its rule, or else the lowest that no run has; or one in use */
export function slotOfAdded(optimizer: OptimizerSpec, used: number[]): number {
  const slots = [slotOfRule(optimizer) ?? 0, ...Array.from({ length: SLOTS }, (_, slot) => slot)];
  return slots.find((slot) => !used.includes(slot)) ?? used.length % SLOTS;
}
