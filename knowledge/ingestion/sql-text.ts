/** A text as a literal of the filters of LanceDB, which have no bound parameters. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
