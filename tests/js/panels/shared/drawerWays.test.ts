/** What of the drawer is listed where. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf } from "../../../../static/page/panels/shared/drawerWays.ts";

test("the drawer lists what the page does, and besides only what is open", () => {
  const listed = (open: any) => choicesOf(open).map(({ word }) => word);
  const page = ["Why", "Ends", "States", "Averages", "Compare", "Tune", "Steps", "Your rule"];
  assert.deepEqual(listed("steps"), page);
  assert.deepEqual(listed("forms"), [...page.slice(0, 6), "Forms", ...page.slice(6)]);
});
