import { test } from 'node:test';
import { expectSchemaListed } from './architecture/schema-listed.ts';

// Beside the architecture test, which runs on one PostgreSQL, this runs on each.
test('db/schema.sql is the same on every PostgreSQL that we run on', expectSchemaListed);
