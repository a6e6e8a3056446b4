import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Thread } from './thread.ts';

type Order = { act: 'double' | 'loop' | 'throw' | 'eat'; value?: number };

const program = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ n, act, value }) => {
  if (act === 'loop') for (;;);
  if (act === 'throw') throw new Error('broken');
  if (act === 'eat') for (const eaten = []; ; ) eaten.push(new Array(100_000).fill(n));
  parentPort.postMessage({ n, doubled: value * 2 });
});`;

test('R1 a thread answers in order; who takes too long, throws or eats all memory harms nobody behind it', async () => {
  const thread = new Thread<Order, { n: number; doubled: number }>({
    file: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    longestMs: 20_000,
    idleMs: 100,
    resourceLimits: { maxOldGenerationSizeMb: 32 },
  });
  const double = (value: number) => thread.ask({ act: 'double', value }).then(({ doubled }) => doubled);
  assert.deepEqual(await Promise.all([double(1), double(2)]), [2, 4]);
  const [looped, behind] = [thread.ask({ act: 'loop' }, 300), double(3)];
  assert.equal(thread.waiting, 2);
  await assert.rejects(looped, /took longer than 300 ms/);
  assert.equal(await behind, 6);
  await assert.rejects(thread.ask({ act: 'throw' }), /broken/);
  await assert.rejects(thread.ask({ act: 'eat' }), /memory/);
  assert.equal(await double(4), 8);
  await new Promise((later) => setTimeout(later, 300));
  assert.equal(await double(5), 10, 'after it was ended for being idle');
});
