/** The last part of an event's class name: `SparkListenerTaskEnd`, `StreamingQueryListener$QueryProgressEvent`. */
export function shortEventName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
