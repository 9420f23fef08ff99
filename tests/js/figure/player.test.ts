import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayer } from "../../../static/page/figure/player.ts";

/** A player and the hand on its clock. */
function setUp() {
  let time = 0;
  const player = createPlayer(() => time);
  const wait = (seconds: number) => {
    time += 1000 * seconds;
    player.tick();
  };
  return { player, wait };
}

test("single speed: four seconds for a short run, eight for a long one, 40 steps a second between", () => {
  const afterASecond = [30, 240, 1000].map((length) => {
    const { player, wait } = setUp();
    player.setLength(length, true);
    player.play();
    wait(1);
    return player.step();
  });
  assert.deepEqual(afterASecond, [30 / 4, 40, 1000 / 8]);
});

test("plays to the end, stops there, and plays again from the start", () => {
  const { player, wait } = setUp();
  player.setLength(240, true);
  player.play();
  wait(1);
  assert.equal(player.step(), 40);
  wait(0.0125);
  assert.equal(player.step(), 40.5);
  wait(10);
  assert.deepEqual([player.step(), player.playing(), player.atEnd()], [240, false, true]);
  player.play();
  assert.deepEqual([player.step(), player.playing()], [0, true]);
});

test("waits for rows that are still to come, then goes on", () => {
  const { player, wait } = setUp();
  player.setLength(8, false);
  player.play();
  wait(5);
  assert.deepEqual([player.step(), player.playing()], [8, true]);
  player.setLength(240, true);
  wait(0.5);
  assert.equal(player.step(), 28);
});

test("speed counts from where it is set, and a pause rests on a whole step", () => {
  const { player, wait } = setUp();
  player.setLength(240, true);
  player.play();
  wait(1);
  player.setSpeed(0.25);
  wait(1.03);
  player.pause();
  assert.equal(player.step(), 50);
  wait(3);
  assert.equal(player.step(), 50);
});

test("seeking stays within what is there", () => {
  const { player } = setUp();
  player.setLength(10, true);
  player.seek(-3);
  assert.equal(player.step(), 0);
  player.seek(99);
  assert.equal(player.step(), 10);
  player.setLength(6, true);
  assert.equal(player.step(), 6);
});

test("with less motion it goes in whole steps, one move a second", () => {
  const { player, wait } = setUp();
  player.setLength(240, true);
  player.setJumps(true);
  player.play();
  wait(0.9);
  assert.equal(player.step(), 0);
  wait(0.1);
  assert.equal(player.step(), 40);
});

test("slows over the steps in which something quick happens, and only there", () => {
  const { player, wait } = setUp();
  player.setLength(240, true);
  player.setSlow([[40, 44]]);
  player.play();
  wait(2.5);
  assert.equal(player.step(), 42, "a second to get there, then four steps in three");
  wait(1.5);
  assert.equal(player.step(), 44);
  wait(0.5);
  assert.equal(player.step(), 64);
  player.setSpeed(2);
  player.seek(40);
  player.play();
  wait(1.5);
  assert.equal(player.step(), 44);
  player.setSlow([[44, 45]]);
  player.setSpeed(1);
  player.play();
  wait(1);
  assert.equal(player.step(), 45, "no step takes longer than a second");
});
