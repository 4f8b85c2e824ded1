import { randomUUID } from 'node:crypto';
import type { ActionRequest } from '../../shared/contract/admin.ts';
import { VinculoError } from '../../shared/contract/errors.ts';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { fingerprintLists } from '../../shared/contract/fingerprint.ts';
import { wordsOf } from '../../authority/services/fingerprint.ts';
import { by, type Desktop, type World } from '../support/authority-world.ts';
import type { Device, User } from '../../authority/store/entities.ts';
import type { PersonCommand } from './model.ts';

/** One person with his desktops, and the admin who manages him: what the model's commands are in the real authority. */
export class Actor {
  readonly world: World;
  readonly admin: Desktop;
  readonly user: User;
  readonly desktops: Desktop[] = [];

  constructor(world: World, admin: Desktop, user: User) {
    this.world = world;
    this.admin = admin;
    this.user = user;
  }

  async run(command: PersonCommand): Promise<boolean> {
    try {
      await this.#commands[command]();
      return true;
    } catch (error) {
      if (error instanceof VinculoError && error.code !== 'INTERNAL' && error.code !== 'STORE_UNAVAILABLE') return false;
      throw error;
    }
  }

  readonly #commands: Record<PersonCommand, () => Promise<unknown>> = {
    assign: () => this.approve({ kind: 'assign', userIds: [this.user.id] }),
    unassign: () => this.onToken('unassign'),
    reject: () => this.onToken('reject'),
    block: () => this.onToken('block'),
    unblock: () => this.onToken('unblock'),
    replacePlanned: () => this.onToken('replaceDevicePlanned'),
    replaceLost: () => this.onToken('replaceDeviceLost'),
    revoke: () => this.onToken('revoke'),
    activate: async () => {
      await this.compareWords();
      return this.onToken('activate');
    },
    deactivate: () => this.approve({ kind: 'deactivateUser', userIds: [this.user.id] }),
    reactivate: () => this.approve({ kind: 'reactivateUser', userIds: [this.user.id] }),
    hardwareLost: () => this.approve({ kind: 'hardwareTokenLost', userIds: [this.user.id] }),
    hardwareEnabled: async () => this.world.services.issuer.hardware.enable((await this.world.store.read.hardwareTokenOfUser(this.user.id))?.serial ?? 'none', by),
    resend: async () => {
      // How often within an hour is another rule, with tests of its own.
      await this.world.store.transaction((tx) => tx.forgetPast('windows', Number.MAX_SAFE_INTEGER, 10_000));
      return this.world.services.admin.tokens.resendInvitation(await this.admin.caller(), { tokenId: await this.tokenId() });
    },
    bind: async () => {
      // Without an invitation there is nothing to try; the tries of a password are limited.
      if ((await this.world.store.read.latestInvitation(await this.tokenId()))?.status !== 'open') throw new VinculoError('INVITATION_INVALID');
      const desktop = this.world.desktop(this.user);
      await desktop.bind();
      this.desktops.push(desktop);
    },
    acknowledge: async () => (await this.desktopOf((device) => device.state === 'pending')).open(),
    report: async () => (await this.deciding()).report(),
    forgetPin: async () => this.world.services.pins.forgotten(await (await this.deciding()).caller()),
    wrongPins: async () => {
      const caller = await (await this.deciding()).caller();
      const wrong = { verifier: toBase64url(new Uint8Array(32)), generation: caller.device.pinGeneration };
      for (let tries = 1; ; tries++) {
        const code = await this.world.services.pins.releaseShare(caller, wrong).then(() => 'ok', (error: VinculoError) => error.code);
        if (code === 'PIN_DESTROYED' && tries === 10) return;
        if (code !== 'PIN_WRONG') throw new VinculoError(code === 'ok' ? 'INTERNAL' : 'TOKEN_NOT_ACTIVE');
      }
    },
  };

  async tokenId() {
    const token = await this.world.store.read.tokenOfUser(this.user.id);
    if (token === null) throw new VinculoError('TOKEN_UNKNOWN');
    return token.id;
  }

  /** Asks, and leaves the decision to the caller. */
  async request(action: ActionRequest) {
    const { approvalId } = await this.world.services.admin.actions.request(await this.admin.caller(), { action, idempotencyKey: randomUUID() });
    return approvalId;
  }
  async approve(action: ActionRequest) {
    return this.admin.decide(await this.request(action), 'approved');
  }
  async onToken(kind: Exclude<ActionRequest['kind'], 'assign' | 'addUser' | 'editUser' | 'hardwareTokenLost' | 'temporaryCode' | 'deactivateUser' | 'reactivateUser'>) {
    return this.approve({ kind, tokenIds: [await this.tokenId()] });
  }

  async compareWords(): Promise<void> {
    const { activation } = this.world.services.admin;
    const tokenId = await this.tokenId();
    const gate = await activation.open(await this.admin.caller(), { tokenId });
    if (gate.confirmed) return;
    const device = (await this.world.store.read.devicesOfToken(tokenId)).find(({ state }) => state === 'pending');
    const words = gate.triples.find((triple) => triple.join() === (device === undefined ? '' : wordsOf(device).join()));
    if (words === undefined || words.some((word) => !fingerprintLists.es.includes(word))) throw new Error('the right triple is not among the three');
    await activation.pick(await this.admin.caller(), { tokenId, words });
  }

  async deciding(): Promise<Desktop> {
    return this.desktopOf((device) => !device.replacing);
  }
  async desktopOf(matches: (device: Device) => boolean): Promise<Desktop> {
    const token = await this.world.store.read.tokenOfUser(this.user.id);
    const device = token === null ? undefined : (await this.world.store.read.devicesOfToken(token.id)).find(matches);
    const desktop = this.desktops.find(({ deviceId }) => deviceId === device?.id);
    if (desktop === undefined || device === undefined) throw new VinculoError('DEVICE_CLOSED');
    return desktop;
  }
}
