/** One stretch of work in a trace. */
export interface Span {
  /** Values of closed lists, counts and ids of ours; never what people wrote. */
  set(name: string, value: string | number | boolean): void;
}

/** Traces of the work, where an address for them is set. */
export interface Traces {
  /** Does work as one span; what it throws marks the span as failed and goes on. */
  span<Result>(name: string, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** Sends what is left. */
  close(): Promise<void>;
}

const NOTHING: Traces = {
  span: async (_name, work) => await work({ set: () => undefined }),
  close: async () => undefined,
};
/** A collector that does not answer holds up nothing for longer. */
const TIMEOUT_MS = 5_000;

/**
 * Traces over OTLP/HTTP to `<url>/v1/traces`. The packages are loaded only where an address is set.
 *
 * @param url base URL of the collector; null: no traces
 */
export async function openTraces(url: string | null): Promise<Traces> {
  if (url === null) return NOTHING;
  const [
    { SpanStatusCode },
    { BatchSpanProcessor, TracerProvider },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${url.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'wherefore' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('wherefore');
  return {
    async span(name, work) {
      const span = tracer.startSpan(name);
      try {
        return await work({ set: (key, value) => span.setAttribute(key, value) });
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    async close() {
      await provider.shutdown().catch(() => undefined);
    },
  };
}
