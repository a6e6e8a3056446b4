type Operation = {
  operationId?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
};

/** The API description as one readable page without scripts, grouped by module. */
export function apiPage(document: Record<string, unknown>): string {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), operationBlock(method, path, operation)]);
    }
  }
  const names = [...groups.keys()].sort();
  const links = names.map((name) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join(' · ');
  const sections = names.map(
    (name) => `<h2 id="${escaped(name)}">${escaped(name)}</h2>${(groups.get(name) ?? []).join('')}`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API</title><style>${style}</style><h1>API</h1>
<p>Machine-readable: <a href="/api/openapi.json">openapi.json</a>. Writes take an <code>Idempotency-Key</code>;
errors are problem documents (RFC 9457); lists go on with <code>?after=</code> the <code>next</code> of the page before.</p>
<p>${links}</p>${sections.join('')}</html>`;
}

function operationBlock(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? [])
    .map(
      (each) =>
        `<li><code>${escaped(each.name)}</code> (${escaped(each.in)}${each.required ? ', required' : ''})</li>`,
    )
    .join('');
  const body = schemaText('Body', operation.requestBody?.content);
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
  const answer = schemaText('Answer', success?.[1].content);
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code>
    <span>${escaped(operation.operationId ?? '')}</span></summary>
    ${parameters ? `<ul>${parameters}</ul>` : ''}${body}${answer}</details>`;
}

function schemaText(title: string, content: Record<string, { schema?: unknown }> | undefined): string {
  const schema = Object.values(content ?? {})[0]?.schema;
  return schema ? `<h4>${title}</h4><pre>${escaped(JSON.stringify(schema, null, 2))}</pre>` : '';
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
summary{cursor:pointer;padding:.35rem 0}summary span{color:#57606a;margin-left:.5rem}
pre{background:#f6f8fa;padding:.75rem;overflow:auto;border-radius:6px;max-height:24rem}b{display:inline-block;min-width:4rem}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e8eb}pre{background:#22252b}a{color:#7ab0ff}summary span{color:#9aa4b2}}`;
