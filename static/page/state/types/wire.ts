/** What the API sends, as its OpenAPI document says it, in TypeScript (tests/api_types.py). */
import type { components, paths } from "../../../../build/api.ts";

/** The objects of replies, by their names in the document. */
export type Wire = components["schemas"];

/** The paths to which a body is posted. */
export type PostPath = keyof paths extends `/api/v1${infer Path}` ? Path : never;

/** What is replied to a body posted to a path. */
export type ReplyTo<Path extends PostPath> = paths[`/api/v1${Path}`] extends {
  post: { responses: { 200: { content: { "application/json": infer Reply } } } };
}
  ? Reply
  : never;
