import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseArchiving, refuseChanging, refuseRestoring } from './archiving.ts';
import { refuseIfRetired } from './retiring.ts';

const served = { archived_at: null };
const archived = { archived_at: '2026-11-22T08:00:00.000Z' };

test('a customer is archived once, restored once, and not changed in between', () => {
  assert.equal(refuseArchiving(served), null);
  assert.equal(refuseArchiving(archived)?.code, 'customers.already_archived');
  assert.equal(refuseRestoring(archived), null);
  assert.equal(refuseRestoring(served)?.code, 'customers.not_archived');
  assert.equal(refuseChanging(served), null);
  assert.equal(refuseChanging(archived)?.code, 'customers.archived');
});

test('an asset is retired once', () => {
  assert.equal(refuseIfRetired({ retired_at: null }), null);
  assert.equal(refuseIfRetired({ retired_at: archived.archived_at })?.code, 'assets.already_retired');
});
