/** What the server counts, in Prometheus' text format (version 0.0.4). */

/** Upper bounds of the latency histogram, in seconds: from a health check to the deadline of a prediction. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 100] as const;

interface Histogram {
  counts: number[];
  sum: number;
}

/** A metric whose value is looked up when it is asked for. */
export interface Gauge {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  /** By label, written as it stands between the braces; '' for none. */
  read: () => Iterable<readonly [labels: string, value: number]>;
}

export class Metrics {
  readonly #gauges: readonly Gauge[];
  /** By method, status and path. */
  readonly #requests = new Map<string, number>();
  /** By path. */
  readonly #seconds = new Map<string, Histogram>();
  #tasks = 0;
  /** By whether the prediction was left empty. */
  readonly #invalid = { dropped: 0, warned: 0 };

  constructor(gauges: readonly Gauge[]) {
    this.#gauges = gauges;
  }

  /** @param path the route's, never the caller's: what a stranger writes must not become a label */
  request(path: string, method: string, status: number, milliseconds: number): void {
    // Labels are written when they are asked for: this runs with every request.
    const key = `${method} ${status} ${path}`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const histogram = this.#seconds.get(path) ?? { counts: BUCKETS.map(() => 0), sum: 0 };
    this.#seconds.set(path, histogram);
    const seconds = milliseconds / 1000;
    histogram.sum += seconds;
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
    histogram.counts[bucket < 0 ? BUCKETS.length : bucket] =
      (histogram.counts[bucket < 0 ? BUCKETS.length : bucket] ?? 0) + 1;
  }

  predicted(tasks: number, dropped: number, warned: number): void {
    this.#tasks += tasks;
    this.#invalid.dropped += dropped;
    this.#invalid.warned += warned;
  }

  /** The whole page. */
  text(): string {
    const { dropped, warned } = this.#invalid;
    return [
      family('ml_backend_requests_total', 'HTTP requests answered.', 'counter', this.#requestCounts()),
      this.#histograms(),
      family('ml_backend_tasks_total', 'Tasks predicted.', 'counter', [['', this.#tasks]]),
      family(
        'ml_backend_invalid_predictions_total',
        'Predictions that failed or broke the labeling config.',
        'counter',
        [
          [labels({ outcome: 'left_empty' }), dropped],
          [labels({ outcome: 'sent' }), warned],
        ],
      ),
      ...this.#gauges.map(({ name, help, type, read }) => family(name, help, type, read())),
    ].join('');
  }

  #requestCounts(): [string, number][] {
    return [...this.#requests].map(([key, count]) => {
      const [method = '', status = '', ...path] = key.split(' ');
      return [labels({ path: path.join(' '), method, status }), count];
    });
  }

  #histograms(): string {
    const name = 'ml_backend_request_duration_seconds';
    const lines = [...this.#seconds].flatMap(([path, { counts, sum }]) => {
      let total = 0;
      const buckets = [...BUCKETS, '+Inf'].map((bound, index) => {
        total += counts[index] ?? 0;
        return `${name}_bucket${labels({ path, le: String(bound) })} ${total}\n`;
      });
      const own = labels({ path });
      return [...buckets, `${name}_sum${own} ${sum}\n`, `${name}_count${own} ${total}\n`];
    });
    return `# HELP ${name} Time to answer, in seconds.\n# TYPE ${name} histogram\n${lines.join('')}`;
  }
}

function family(
  name: string,
  help: string,
  type: 'gauge' | 'counter',
  values: Iterable<readonly [string, number]>,
): string {
  const lines = [...values].map(([label, value]) => `${name}${label} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** {path="/predict"}, with what the format wants escaped. */
export function labels(values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return `{${pairs.join(',')}}`;
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
