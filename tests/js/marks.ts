/** Marks of a picture, found by what they show. */
import type { Mark } from "../../static/page/marks/mark.ts";

const all = (marks: Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...(mark.kind === "group" ? all(mark.marks) : [])]);

/** @returns as tests read them: any field of any kind of mark */
export const marksOf = (marks: Mark[], of: string): any[] => all(marks).filter((mark) => mark.of === of);
