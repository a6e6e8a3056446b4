// The count minute by minute of src/domain/calendar, with hundreds of calendars in place of two for each zone.
process.env.LONG = '1';
await import(new URL('../../src/domain/calendar/minute-count.test.ts', import.meta.url).href);
