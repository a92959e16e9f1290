/** A text is looked at so far; an answer is some kilobytes. */
const MAX_CHARS = 200_000;

/**
 * The JSON object that a text holds, for models that write their answer where they should call the tool: alone, in a fenced block, after a thought
 * (`<think>…</think>`), or as the call written out (`{"name": "give_answer", "arguments": {…}}`). Null when there is none.
 */
export function answerInText(text: string, tool: string): Record<string, unknown> | null {
  const said = withoutThought(text.slice(0, MAX_CHARS));
  // The last one: models repeat the form before they fill it.
  let found: Record<string, unknown> | null = null;
  for (const candidate of objectsIn(said)) found = parsed(candidate) ?? found;
  if (found === null || found.name !== tool) return found;
  const written = found.arguments ?? found.parameters;
  return isObject(written) ? written : typeof written === 'string' ? parsed(written) : null;
}

/** The text without what a model thought aloud before it. */
export function withoutThought(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end === -1 ? text : text.slice(end + '</think>'.length);
}

/** Outermost `{…}` of a text, strings respected; one pass. */
function objectsIn(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"' && depth > 0) inString = true;
    else if (sign === '{') {
      if (depth === 0) from = at;
      depth += 1;
    } else if (sign === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(from, at + 1));
    }
  }
  return found;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
