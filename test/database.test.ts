import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from './database.ts';

test('each test database is a fresh copy that its neighbours never see', async () => {
  const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
  try {
    const [one, other] = databases.map(({ url }) => new pg.Client({ connectionString: url }));
    assert(one && other);
    await Promise.all([one.connect(), other.connect()]);
    await one.query('create table only_here (id integer)');
    assert.equal(
      (await one.query('select to_regclass($1) as found', ['only_here'])).rows[0].found,
      'only_here',
    );
    assert.equal((await other.query('select to_regclass($1) as found', ['only_here'])).rows[0].found, null);
    assert((await other.query('select from migrations')).rowCount, 'the copy is migrated');
    await Promise.all([one.end(), other.end()]);
  } finally {
    await Promise.all(databases.map((database) => database.drop()));
  }
});
