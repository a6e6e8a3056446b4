// A reporter for node:test that prints one line of JSON at the end: what the runner itself counted.
// biome-ignore lint/style/noDefaultExport: node takes a reporter's default export
export default async function* count(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:summary' || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped } = data.counts;
    yield `${JSON.stringify({ passed, failed: failed + cancelled, skipped, success: data.success })}\n`;
  }
}
