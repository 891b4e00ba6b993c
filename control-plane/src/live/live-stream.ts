/**
 * `GET /v1/operator/live`: what the operators' pages are told as it happens (SSE). Events: `delivery` with who is connected,
 * `flags` with the newest revision, `metric` with a metric's newest point. Reads ports and the bus; decides nothing.
 */
import { Router } from 'express';
import { METRIC_NAMES, type MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';
import type { DomainEvent } from '../domain/events.js';
import type { DeliveryReader, MetricReader } from '../domain/ports.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/http/problem.js';
import { openSse, type SseStream } from '../platform/http/sse.js';
import type { Log } from '../platform/log.js';

/** What the stream reads from. */
export interface LiveStreamDeps {
  readonly delivery: DeliveryReader;
  readonly metrics: MetricReader;
  readonly bus: Bus<DomainEvent>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Bounds of the stream, each with its reason. */
export interface LiveStreamOptions {
  /** Streams at once: a team with some tabs each. Every change is written to all of them; more are refused with 503. */
  readonly listenerLimit: number;
  /** Shortest pause between `delivery` events: ten pictures a second is all an eye follows, while pages confirm by the thousand. */
  readonly deliveryEveryMs: number;
  /** How often the newest points are read, besides whenever a minute closes; finds what a lost bus message would have told. */
  readonly metricEveryMs: number;
  /** Longest stream. The browser comes back by itself and passes the guard again, so a signed-out operator is not told things for ever. */
  readonly streamLifeMs: number;
}

const defaults: LiveStreamOptions = {
  listenerLimit: 50,
  deliveryEveryMs: 100,
  metricEveryMs: 5000,
  streamLifeMs: 600_000,
};

/** The stream's routes; who may listen is decided in front of them. */
export interface LiveStream {
  readonly routes: Router;
  /** Ends all streams and hears nothing more. Harmless twice. */
  close(): void;
}

interface Listener {
  readonly stream: SseStream;
  /** Metrics this listener draws. */
  readonly names: readonly string[];
}

type Point = MetricSeries['points'][number];

/** Creates the stream. */
export function createLiveStream(deps: LiveStreamDeps, options: Partial<LiveStreamOptions> = {}): LiveStream {
  const { delivery, metrics, bus, clock, log } = deps;
  const { listenerLimit, deliveryEveryMs, metricEveryMs, streamLifeMs } = { ...defaults, ...options };
  const listeners = new Set<Listener>();
  /** Newest point by metric, as sent; read while somebody listens. */
  const newest = new Map<string, string>();
  let stopMetrics = () => {};
  let stopDelivery: (() => void) | null = null;
  let deliveryWaits = false;
  let refused = 0;
  let closed = false;

  const broadcast = (event: string, data: string, wants: (listener: Listener) => boolean = () => true) => {
    for (const listener of listeners) if (wants(listener)) listener.stream.send(event, data);
  };

  const sendDelivery = () => {
    if (listeners.size === 0 || closed) return;
    // Within the pause only the newest state is worth sending: it goes out when the pause ends.
    if (stopDelivery) {
      deliveryWaits = true;
      return;
    }
    broadcast('delivery', JSON.stringify(delivery.delivery()));
    stopDelivery = clock.after(deliveryEveryMs, () => {
      stopDelivery = null;
      if (!deliveryWaits) return;
      deliveryWaits = false;
      sendDelivery();
    });
  };
  const sendRevision = (revision: number) => broadcast('flags', JSON.stringify({ revision }));

  const readMetrics = async () => {
    const names = new Set([...listeners].flatMap((listener) => listener.names));
    for (const name of names) {
      const point = (await metrics.series(name, 2)).points.filter(({ count }) => count > 0).at(-1);
      if (!point) continue;
      const data = toMetric(name, point);
      if (newest.get(name) === data) continue;
      newest.set(name, data);
      broadcast('metric', data, (listener) => listener.names.includes(name));
    }
  };
  let reading: Promise<void> | null = null;
  const refreshMetrics = () => {
    if (listeners.size === 0 || closed) return;
    // One reading at a time: a slow database gets no queue of them.
    reading ??= readMetrics()
      .catch((error: unknown) =>
        log.warn(
          { error: error instanceof Error ? error : new Error(String(error)) },
          'newest metric points could not be read',
        ),
      )
      .finally(() => {
        reading = null;
      });
  };
  const tickMetrics = () => {
    stopMetrics();
    if (listeners.size === 0 || closed) return;
    refreshMetrics();
    stopMetrics = clock.after(metricEveryMs, tickMetrics);
  };

  const stops = [
    delivery.onChange(sendDelivery),
    bus.subscribe('flag.changed', ({ revision }) => {
      sendRevision(revision);
      sendDelivery();
    }),
    bus.subscribe('rollup.closed', refreshMetrics),
    bus.onGap(() => {
      sendRevision(delivery.delivery().revision);
      refreshMetrics();
    }),
  ];

  const routes = Router().get('/v1/operator/live', (request, response) => {
    if (closed) throw new ProblemError('unavailable', { retryAfterSeconds: 2 });
    if (listeners.size >= listenerLimit) {
      refused += 1;
      log.warn({ listeners: listeners.size, refused }, 'a live stream was refused: too many are open');
      throw new ProblemError('unavailable', {
        detail: `${listenerLimit} live views are open already.`,
        retryAfterSeconds: 30,
      });
    }
    let stopLife = () => {};
    const stream = openSse(response, {
      clock,
      onClose: () => {
        stopLife();
        listeners.delete(listener);
      },
    });
    const listener: Listener = { stream, names: wantedNames(request.query['metric']) };
    listeners.add(listener);
    stopLife = clock.after(streamLifeMs, () => stream.close());
    const present = delivery.delivery();
    stream.send('delivery', JSON.stringify(present));
    stream.send('flags', JSON.stringify({ revision: present.revision }));
    for (const name of listener.names) {
      const data = newest.get(name);
      if (data) stream.send('metric', data);
    }
    tickMetrics();
  });

  return {
    routes,
    close() {
      if (closed) return;
      closed = true;
      for (const stop of stops) stop();
      stopMetrics();
      stopDelivery?.();
      for (const { stream } of listeners) stream.close();
    },
  };
}

function toMetric(name: string, point: Point): string {
  return JSON.stringify({ name, point });
}

/** `?metric=LCP` names what the page draws; without it, every metric that the dashboard knows. Unknown names are left out. */
function wantedNames(query: unknown): readonly string[] {
  const asked = typeof query === 'string' ? query.split(',') : null;
  return asked ? METRIC_NAMES.filter((name) => asked.includes(name)) : METRIC_NAMES;
}
