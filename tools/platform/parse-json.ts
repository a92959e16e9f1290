/** A body as JSON, or null when it is none (HTML, half a body, empty). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
