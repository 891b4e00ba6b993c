/** The composition root: the only place where rooms meet. Starts nothing that listens; `main.ts` does. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { createAccess, type Access } from './access/access.js';
import { createApp, type BareHandler } from './app.js';
import { createAuditRoutes } from './audit/audit-routes.js';
import { createAuditService } from './audit/audit-service.js';
import { appendAudit } from './audit/audit-store.js';
import type { Config } from './config.js';
import { createConfigService } from './delivery/config-service.js';
import { createConfigStream } from './delivery/config-stream.js';
import { createDeliveryRoutes } from './delivery/delivery-routes.js';
import { createDeliveryTracker } from './delivery/delivery-tracker.js';
import { DomainEvent } from './domain/events.js';
import type { ActorOf } from './domain/ports.js';
import { createFlagRoutes } from './flags/flag-routes.js';
import { createFlagService } from './flags/flag-service.js';
import { lockRevision, nextRevision } from './flags/flag-store.js';
import { createHealthRoutes } from './health/health-routes.js';
import { createLiveStream } from './live/live-stream.js';
import type { Bus } from './platform/bus/bus.js';
import { createLocalBus } from './platform/bus/local-bus.js';
import { createNatsBus } from './platform/bus/nats-bus.js';
import { systemClock as clock, systemIds as ids, systemRandom } from './platform/clock.js';
import { migrate } from './platform/db/migrate.js';
import { openDb } from './platform/db/open-db.js';
import type { Log } from './platform/log.js';
import { createReleaseRoutes } from './releases/release-routes.js';
import { createReleaseService } from './releases/release-service.js';
import { readReleases } from './releases/release-store.js';
import { createCheckpointRoutes } from './rollback/checkpoint-routes.js';
import { createCheckpointService } from './rollback/checkpoint-service.js';
import { createSiteService } from './sites/site-service.js';
import { createIngestHandler } from './telemetry/ingest-routes.js';
import { createMetricRoutes } from './telemetry/metric-routes.js';
import { createTelemetryService } from './telemetry/telemetry-service.js';
import { createSpeechPrograms } from './tutor/speech/speech-programs.js';
import { createTutor } from './tutor/tutor.js';
import { createDefaultProvider } from './voice/providers/default/default-provider.js';
import { createGeminiLiveProvider } from './voice/providers/gemini-live/gemini-live-provider.js';
import type { VoiceProvider } from './voice/providers/provider.js';
import { createVoice } from './voice/voice.js';

/** Where the built files are. */
export interface Places {
  readonly releases: string;
  readonly loader: string;
  readonly dashboard: string;
  readonly examples: string;
  /** The flags a new database starts with. */
  readonly seedFlags: string;
}

/** Pages spread their reconnects over this time when an instance stops. */
const DRAIN_MS = 5000;

/** A control plane, ready to be given a port. */
export interface ControlPlane {
  readonly handle: BareHandler;
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  readonly access: Access;
  /** Lets pages move on, then closes everything that was opened. Harmless twice. */
  stop(): Promise<void>;
}

/** Opens what the configuration names and puts the rooms together; throws `OpenError` with a plain sentence. */
export async function assemble(
  config: Config,
  { log, places, publicUrl }: { readonly log: Log; readonly places: Places; readonly publicUrl: () => string },
): Promise<ControlPlane> {
  const db = await openDb({ databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR, log, clock });
  await migrate(db, log);
  const bus: Bus<DomainEvent> = config.NATS_URL
    ? await createNatsBus<DomainEvent>({
        natsUrl: config.NATS_URL,
        prefix: config.BUS_PREFIX,
        instance: ids.uuid(),
        parse: (raw) => DomainEvent.safeParse(raw).data ?? null,
        log,
      })
    : createLocalBus<DomainEvent>(log);

  const revisions = { lock: lockRevision, next: nextRevision };
  const sites = createSiteService({ db, bus, clock, appendAudit, revisions });
  const flags = createFlagService({ db, bus, clock, ids, appendAudit });
  const releases = createReleaseService(readReleases(places.releases), publicUrl);
  const tracker = createDeliveryTracker(clock);
  const configs = createConfigService({ flags, releases });
  const stream = createConfigStream({ sites, configs, tracker, bus, clock, ids, log });
  const checkpoints = createCheckpointService({ db, bus, clock, ids, delivery: tracker });
  const telemetry = createTelemetryService({ db, bus, clock, log });
  const access = createAccess({ db, clock, ids, appendAudit, log, publicUrl });
  const live = createLiveStream({ delivery: tracker, metrics: telemetry, bus, clock, log });
  const voice = createVoice({ db, clock, ids, log, sites, publicUrl, provider: await openProvider(config, log) });
  const actorOf: ActorOf = (request) => ({ kind: 'operator', name: access.operatorOf(request)?.name ?? 'unknown' });

  await flags.seed(JSON.parse(readFileSync(places.seedFlags, 'utf8')));
  const present = await flags.current();
  tracker.changed(present.revision, clock.nowMs());

  let stopping = false;
  const handle = createApp({
    log,
    bare: [
      (request, response) => stream.handle(request, response),
      createIngestHandler({ sites, telemetry, log }),
      (request, response) => voice.handle(request, response),
    ],
    open: [
      createHealthRoutes({
        probes: [
          { name: 'database', ping: () => db.ping() },
          { name: 'bus', ping: () => bus.ping() },
        ],
        isStopping: () => stopping,
        timeout: (delayMs) =>
          new Promise((_resolve, reject) => void clock.after(delayMs, () => reject(new Error('no answer')))),
      }),
      createReleaseRoutes({ releases, loaderFile: places.loader }),
      access.routes,
    ],
    requireOperator: access.requireOperator(),
    operator: [
      createFlagRoutes({ flags, actorOf }),
      createCheckpointRoutes({ checkpoints, actorOf }),
      createAuditRoutes(createAuditService(db)),
      createDeliveryRoutes(tracker),
      createMetricRoutes(telemetry),
      live.routes,
    ],
    dashboardDirectory: places.dashboard,
    examplesDirectory: places.examples,
    tls: publicUrl().startsWith('https:'),
  });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping = true;
    await voice.drain(DRAIN_MS);
    await voice.close();
    stream.close();
    live.close();
    sites.close();
    flags.close();
    await telemetry.close();
    await bus.close();
    await db.close();
  };
  await sites.keepDemoSite(
    [
      ...new Set([
        publicUrl(),
        `http://localhost:${new URL(publicUrl()).port}`,
        `http://127.0.0.1:${new URL(publicUrl()).port}`,
        ...config.DEMO_ORIGINS,
      ]),
    ].filter((origin) => URL.parse(origin)?.origin === origin),
  );
  return {
    handle,
    handleUpgrade: (request, socket, head) => voice.handleUpgrade(request, socket, head),
    access,
    stop: () => (stopped ??= stop()),
  };
}

/** Gemini Live when there is a key; else the default tutor with the voice that is installed, or the page's own. */
async function openProvider(config: Config, log: Log): Promise<VoiceProvider> {
  const { GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: baseUrl, GEMINI_MODEL: model } = config;
  const minors = config.GEMINI_MINORS_CONTRACT ? 'allowed' : 'excluded';
  if (apiKey) return createGeminiLiveProvider({ clock, log, apiKey, baseUrl, model, minors });
  const tutor = createTutor({ random: systemRandom });
  const program = await createSpeechPrograms(
    { path: process.env['PATH'] ?? '', temporaryFolder: tmpdir() },
    { choice: config.VOICE_TTS },
  );
  return createDefaultProvider({
    clock,
    openLesson: ({ lang, topic, grade }) =>
      tutor.open({ lang, ...(topic ? { topic } : {}), ...(grade ? { grade } : {}) }),
    synthesise:
      program &&
      (async (sentence, signal) => {
        const spoken = await program.synthesise(sentence, signal);
        return spoken.ok ? spoken.value : null;
      }),
    silent: config.VOICE_TTS === 'off',
    onVoiceLost: () => log.warn({}, 'the speech program failed; pages speak with their own voice'),
  });
}
