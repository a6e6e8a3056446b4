import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, openBytes, seal, sealBytes } from './sealing.ts';

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('latin1');

test('R28 what is sealed can be opened again, and says nothing by itself', async () => {
  const sealed = await seal(key, 'act 1', { line: '机房温度 31 °C' });
  assert.deepEqual(await open(key, 'act 1', sealed), { line: '机房温度 31 °C' });
  assert.ok(!Buffer.from(sealed.data).includes(Buffer.from('机房')));
});

test('R28 the same thing sealed twice looks different', async () => {
  const [one, other] = [await seal(key, 'a', 1), await seal(key, 'a', 1)];
  assert.notEqual(text(one.data), text(other.data));
});

test('R28 what was sealed for one row does not open in another, nor after a change', async () => {
  const sealed = await sealBytes(key, 'photo 1', new Uint8Array([1, 2, 3]));
  await assert.rejects(openBytes(key, 'photo 2', sealed));
  new Uint8Array(sealed.data)[0]! ^= 1;
  await assert.rejects(openBytes(key, 'photo 1', sealed));
});
