/** Marks of a picture, found by what they show. */
import type { Mark } from "../../static/page/marks/mark.ts";
import type { AnyOf } from "./part.ts";

const all = (marks: Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...(mark.kind === "group" ? all(mark.marks) : [])]);

/** As tests read it: any field of any kind of mark. */
export type AnyMark = Omit<AnyOf<Mark>, "marks" | "x" | "y"> & { marks: AnyMark[]; x: number[]; y: number[] };

export const anyMarks = (marks: readonly unknown[] | undefined): AnyMark[] => (marks ?? []) as AnyMark[];

export const marksOf = (marks: Mark[], of: string): AnyMark[] => anyMarks(all(marks)).filter((mark) => mark.of === of);
