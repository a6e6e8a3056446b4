/** What is looked at of a query, in UTF-16 units. Stands alone, so that a field knows it without what cuts words. */
export const longestQuery = 500;

/** The beginning of a text that is asked for: a whole log may be pasted. Never half a character. */
export function cutQuery(text: string): string {
  const end = /[\ud800-\udbff]/.test(text[longestQuery - 1] ?? '') ? longestQuery - 1 : longestQuery;
  return text.slice(0, end);
}
