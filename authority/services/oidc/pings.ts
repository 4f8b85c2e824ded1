import { portalEvent } from '../../../shared/contract/events.ts';
import type { PortalId } from '../../../shared/domain/ids.ts';
import type { Portal, PortalRequest } from '../../store/entities.ts';
import type { ServiceContext } from '../context.ts';
import { openNotification } from './notification.ts';
import { collectWithin } from './requests.ts';

/** One POST to a portal's notification endpoint. */
export interface Ping { readonly endpoint: string; readonly token: string; readonly authReqId: string }

export interface PingDeps {
  /** Rejects when the portal did not take it, and within seconds when it does not answer. */
  readonly send: (ping: Ping) => Promise<void>;
  /** Told of pings that were not taken; never with their token. */
  readonly onTrouble: (trouble: { readonly portal: string; readonly tries: number; readonly final: boolean; readonly cause: unknown }) => void;
  readonly onProblem: (cause: unknown) => void;
}

/** Seconds until the next try, by the number of tries made: somebody waits in front of the portal. */
const backoff = [1, 2, 4, 8, 15, 30] as const;
/** For this long no other node tries the same one: longer than a try may take. */
const lease = 10_000;
/** At once to one portal: one that hangs holds up its own people only. */
const atOnce = 20;
const batch = 200;

/**
 * Tells portals in ping mode that a request was answered or taken back, so that they come for the result. What is still to be
 * told stands in the store, so it survives a restart, and each try is claimed there, so that nodes do not repeat each other.
 * A request that ran out is not told: the portal knows when it does, and one that nobody was asked runs out the same way (S29).
 */
export function createPings({ store, sealer }: Pick<ServiceContext, 'store' | 'sealer'>, { send, onTrouble, onProblem }: PingDeps) {
  const running = new Set<Promise<void>>();
  const load = new Map<PortalId, number>();

  /** Starts everything that is due; does not wait for it. */
  async function run(): Promise<void> {
    const now = await store.now();
    for (const request of await store.read.duePings(now, batch)) {
      const portal = await store.read.portal(request.portalId);
      if (portal === null || !isTold(request, portal, now)) await move(request, { tries: request.pingTries, nextAt: null });
      // Put off rather than left: the rest of the batch may be of another portal.
      else if ((load.get(portal.id) ?? 0) >= atOnce) await move(request, { tries: request.pingTries, nextAt: now + 1_000 });
      else if (await move(request, { tries: request.pingTries + 1, nextAt: now + lease })) start(request, portal);
    }
  }

  const move = ({ id, pingTries }: PortalRequest, to: { tries: number; nextAt: number | null }) => store.transaction((tx) => tx.movePing(id, pingTries, to));

  function start(request: PortalRequest, portal: Portal): void {
    load.set(portal.id, (load.get(portal.id) ?? 0) + 1);
    const work = attempt(request, portal).catch(onProblem).finally(() => {
      running.delete(work);
      load.set(portal.id, (load.get(portal.id) ?? 1) - 1);
    });
    running.add(work);
  }

  async function attempt(request: PortalRequest, portal: Portal): Promise<void> {
    const tries = request.pingTries + 1;
    const notification = openNotification(sealer, request);
    const cause = notification === null || portal.notificationEndpoint === null ? null
      : await send({ endpoint: portal.notificationEndpoint, ...notification }).then(() => null, (error: unknown) => ({ error }));
    const now = await store.now();
    const nextAt = now + (backoff[Math.min(request.pingTries, backoff.length - 1)] ?? 30) * 1000;
    const final = cause === null || nextAt >= collectableUntil(request);
    if (cause !== null) onTrouble({ portal: portal.name, tries, final, cause: cause.error });
    await store.transaction((tx) => tx.movePing(request.id, tries, { tries, nextAt: final ? null : nextAt }));
  }

  return {
    run,
    /**
     * Every second, and as soon as a request of a portal has ended. The returned function stops and waits for what is on its way.
     * @param every runs `work` at intervals until the returned function is called
     */
    start(every: (milliseconds: number, work: () => void) => () => void): () => Promise<void> {
      const go = () => { run().catch(onProblem); };
      const stops = [every(1_000, go), store.onEvents((events) => { if (events.some(endsRequest)) go(); })];
      return async () => {
        for (const stop of stops) stop();
        await Promise.all(running);
      };
    },
    /** What was started has ended. */
    settled: async (): Promise<void> => { await Promise.all(running); },
  };
}

const collectableUntil = ({ expiresAt }: PortalRequest): number => expiresAt + collectWithin * 1000;

function isTold(request: PortalRequest, portal: Portal, now: number): boolean {
  return portal.enabled && portal.notificationEndpoint !== null && request.state !== 'expired' && now < collectableUntil(request);
}

function endsRequest({ audience, payload }: { readonly audience: { readonly kind: string }; readonly payload: string }): boolean {
  return audience.kind === 'portal' && portalEvent.parse(JSON.parse(payload)).state !== 'pending';
}
