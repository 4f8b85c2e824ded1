import type { ActionView, AuditEntry, TokenRow, UserRow } from '../../../shared/contract/admin.ts';
import type { ActionRow } from '../../../shared/contract/signed.ts';
import { type AdminActionKind, type TokenActionKind, tokenEventOf } from '../../../shared/domain/admin-actions.ts';
import type { AdminActionId, ApprovalId, CompanyId, DeviceId, HardwareTokenId, SerialNumber, TokenId, UserId } from '../../../shared/domain/ids.ts';
import { nextState, type TokenState } from '../../../shared/domain/token-states.ts';
import { assignmentObstaclesOf } from '../../../shared/domain/users.ts';
import type { InputOf, OutputOf } from '../bridge.ts';
import { FakeFailure, type FakeBridge, type Handlers } from './fake-bridge.ts';

/**
 * A company in memory for tests of the administration's screens and for pictures of them: pages by cursor, actions that wait
 * for a decision, rows that change elsewhere. It stands for the authority's answers, not for its rules.
 */
const uuid = (group: number, n: number) => `0000000${group}-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const worldIds = {
  token: (n: number) => uuid(1, n) as TokenId, user: (n: number) => uuid(2, n) as UserId, hardware: (n: number) => uuid(3, n) as HardwareTokenId,
  action: (n: number) => uuid(4, n) as AdminActionId, approval: (n: number) => `7c4d${String(n).padStart(4, '0')}-9a1e-4d2b-8f60-2b7e51aa03c4` as ApprovalId,
  company: uuid(6, 1) as CompanyId, device: uuid(7, 1) as DeviceId,
};

const given = ['Beatriz Elena', 'Andrés Felipe', 'María del Rosario', 'Jhon Jairo', 'Catalina', 'Óscar Iván', 'Yurleidy', 'Juan Sebastián', 'Luz Marina', 'Carlos Eduardo', 'Ximena', 'Álvaro Hernán', 'Aída Milena', 'Dora Lilia', 'Fabio Nelson', 'Alirio de Jesús', 'Adriana Lucía', 'Albeiro', 'Alba Nury', 'Alexánder'];
const family = ['Montoya de Echeverri', 'Quintero', 'Fernández de Córdoba y Villavicencio de la Santísima Trinidad', 'Mosquera Palacios', 'Ospina Jaramillo', 'Ñáñez Chamorro', 'Córdoba Asprilla', 'Arboleda Londoño', 'Hinestroza', 'Rincón Peña', 'Tobón Arbeláez', 'Ibargüen', 'Caicedo', 'Echavarría Toro', 'Guerrero', 'Bustamante', 'Betancourt Saldarriaga', 'Valderrama Ríos', 'Guerrero Toro', 'Cuéllar Sánchez', 'Úsuga David', 'Restrepo', 'Zapata Mejía'];
const stateOf = (n: number): TokenState => (['pending_activation', 'active', 'assigned', 'blocked', 'active', 'pending_activation', 'active', 'active', 'assigned', 'active', 'active', 'blocked'] as const)[n] ?? (n % 53 === 0 ? 'blocked' : n % 9 === 0 ? 'assigned' : n % 31 === 0 ? 'pending_activation' : 'active');
const ascii = (text: string) => text.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase();
const serialOf = (n: number) => `FEF${4900000 + n}` as SerialNumber;
const adminKinds: readonly TokenActionKind[] = ['unassign', 'reject', 'activate', 'block', 'unblock', 'replaceDevicePlanned', 'replaceDeviceLost', 'revoke'];

type ActionRequest = InputOf<'admin.actions.request'>['action'];

export interface WorldOptions { readonly now: number; readonly tokens?: number; readonly allocated?: number; readonly usersWithout?: number; /** Length of the trail; without it a handful of entries that show each kind. */ readonly trailLength?: number }

interface Person { user: UserRow; token: TokenRow | null }

export interface AdminWorld {
  readonly handlers: Handlers;
  readonly tokens: TokenRow[];
  readonly users: UserRow[];
  /** Decides the last action as its admin would on the token. */
  decide(decision: 'done' | 'denied' | 'reported' | 'expired' | 'stale' | 'awaiting_second'): void;
  readonly lastAction: () => ActionView | null;
  /** Changes a row as if somebody else had. */
  change(serial: string, changes: Partial<TokenRow>): void;
  connect(bridge: FakeBridge): void;
  /** The right triple of every device of this world. */
  readonly words: readonly string[];
}

export function createAdminWorld({ now, tokens: count = 1284, allocated = 1500, usersWithout = 180, trailLength }: WorldOptions): AdminWorld {
  const self = 6;
  const people: Person[] = Array.from({ length: count + usersWithout }, (_, n) => person(n));
  function person(n: number): Person {
    const name = n === self ? 'Mariana Restrepo Uribe' : `${given[n % given.length]} ${family[(n + Math.floor(n / given.length) * 7) % family.length]}`;
    const userName = n === self ? 'mrestrepo' : `${ascii(name.split(' ')[0] ?? '').slice(0, 1)}${ascii(name.split(' ').slice(-1)[0] ?? '')}${n}`;
    const without = n - count;
    const state = n === self ? 'active' : stateOf(n);
    const inactive = without >= 0 && without % 11 === 5;
    const facts = {
      active: !inactive, email: without >= 0 && without % 11 === 3 ? null : `${userName}@textilesdelvalle.example`, mobile: without >= 0 && without % 11 === 1 ? null : `+5731${String(5554471 + n * 37).padStart(8, '0').slice(-8)}`,
      emailBounced: without >= 0 && without % 17 === 9, mobileBounced: false, tokenState: without >= 0 ? null : state,
    };
    const user: UserRow = {
      ...facts, id: worldIds.user(n), userName, name, role: n === self || n === 40 ? 'admin' : 'member', language: 'es', inactiveSince: inactive ? now - 22 * 86_400_000 : null,
      contactsFreshUntil: n % 97 === 4 ? now + 40 * 3_600_000 : null, token: without >= 0 ? null : { id: worldIds.token(n), serial: serialOf(n + 32), state },
      hardwareToken: n % 5 === 0 ? { id: worldIds.hardware(n), serial: `BP-00${48213 + n}`, state: state === 'active' ? 'off' : 'on' } : null,
      obstacles: assignmentObstaclesOf(facts), mayHaveTemporaryCode: !inactive && (state === 'active' || state === 'blocked') && without < 0, isSelf: n === self,
    };
    return { user, token: without >= 0 ? null : rowOf(user, n, state) };
  }
  function rowOf(user: UserRow, n: number, state: TokenState): TokenRow {
    const row: TokenRow = {
      tokenId: worldIds.token(n), serial: serialOf(n + 32), state, updatedAt: now - 60_000 - n * 1_500_000, user: { id: user.id, name: user.name, userName: user.userName, role: user.role }, isSelf: user.isSelf,
      invitation: state === 'assigned' ? { status: n % 18 === 0 ? 'expired' : 'open', expiresAt: now - 60_000 - n * 1_500_000 + 72 * 3_600_000 } : null,
      replacement: n === 9 ? 'invited' : n === 10 ? 'bound' : null, deviceAcknowledged: n !== 62, blockedReason: state === 'blocked' ? (['pin_destroyed', 'reported', 'admin', 'not_me'] as const)[n % 4] ?? 'admin' : null, actions: [], mayResend: false,
    };
    return { ...row, ...offered(row) };
  }
  function offered(row: TokenRow): Pick<TokenRow, 'actions' | 'mayResend'> {
    if (row.isSelf || row.user === null) return { actions: [], mayResend: false };
    const all = adminKinds.filter((kind) => nextState(row.state, tokenEventOf[kind], 'admin') !== null && !(kind === 'replaceDevicePlanned' && row.replacement !== null));
    const codes: AdminActionKind[] = row.state === 'active' || row.state === 'blocked' ? ['temporaryCode'] : [];
    const actions: AdminActionKind[] = row.user.role === 'admin' ? all.filter((kind) => kind === 'block') : [...all, ...(row.replacement === 'bound' ? ['activate', 'reject'] as const : []), ...codes];
    return { actions, mayResend: row.user.role !== 'admin' && row.state === 'assigned' };
  }

  const held = () => people.flatMap(({ token }) => (token === null || token.state === 'available' || token.state === 'revoked' ? [] : [token]));
  const users = () => people.map(({ user }) => user);
  const wordsOf: readonly (readonly string[])[] = [['puente', 'granito', 'colibrí'], ['puente', 'colibrí', 'granito'], ['neblina', 'trigo', 'cóndor']];
  const confirmed = new Set<string>();
  const wrong = new Map<string, number>();
  let action: { view: ActionView; request: ActionRequest } | null = null;
  let actions = 0;
  let bridge: FakeBridge | null = null;
  const tell = (what: 'tokens' | 'users' | 'action', ids: readonly string[]) => bridge?.emit('admin.changed', { what, ids: [...ids] });

  function set(tokenId: string, changes: Partial<TokenRow>): void {
    const found = people.find(({ token }) => token?.tokenId === tokenId);
    if (found?.token === null || found === undefined) return;
    const next = { ...found.token, ...changes };
    found.token = { ...next, ...offered(next) };
    found.user = { ...found.user, token: { id: next.tokenId, serial: next.serial, state: next.state } };
  }

  function rowsOf(request: ActionRequest): ActionRow[] {
    const base = ({ user }: Person): ActionRow => ({ userId: user.id, userName: user.userName, name: user.name, email: user.email, mobile: user.mobile, serial: null, token: null, hardware: null, fields: [], device: null });
    switch (request.kind) {
      case 'assign':
        return people.filter(({ user }) => request.userIds.includes(user.id)).map((one, n) => ({ ...base(one), serial: serialOf(1284 + n + 1), token: { before: null, after: 'assigned' } }));
      case 'addUser':
        return [{ ...base(people[0]!), ...request.user, userId: worldIds.user(9999), fields: [] }];
      case 'editUser':
        return people.filter(({ user }) => user.id === request.userId).map((one) => ({ ...base(one), fields: Object.entries(request.changes).map(([field, after]) => ({ field: field as 'email', before: String(one.user[field as 'email'] ?? '') || null, after: after ?? null })) }));
      case 'deactivateUser': case 'reactivateUser':
        return people.filter(({ user }) => request.userIds.includes(user.id)).map((one) => ({ ...base(one), fields: [{ field: 'active', before: String(request.kind === 'deactivateUser'), after: String(request.kind !== 'deactivateUser') }] }));
      case 'hardwareTokenLost':
        return people.filter(({ user }) => request.userIds.includes(user.id)).map((one) => ({ ...base(one), hardware: { serial: one.user.hardwareToken?.serial ?? '', before: 'on', after: 'lost' } }));
      case 'temporaryCode':
        return people.filter(({ user }) => request.userIds.includes(user.id)).map(base);
      default:
        return people.filter(({ token }) => token !== null && request.tokenIds.includes(token.tokenId)).map((one) => ({
          ...base(one), serial: one.token!.serial, token: { before: one.token!.state, after: nextState(one.token!.state, tokenEventOf[request.kind], 'admin') },
          device: request.kind === 'activate' ? { id: worldIds.device, name: 'TDV-PT-0388', system: 'Windows 11 Pro 24H2', words: [...wordsOf[1]!] } : null,
        }));
    }
  }

  function run({ request, view }: { request: ActionRequest; view: ActionView }): string[] {
    if (request.kind === 'assign') {
      return request.userIds.flatMap((id, n) => {
        const found = people.find(({ user }) => user.id === id);
        if (found === undefined) return [];
        const serial = view.details.rows[n]?.serial ?? serialOf(1);
        found.token = { ...rowOf(found.user, 5000 + n, 'assigned'), tokenId: worldIds.token(5000 + n), serial, updatedAt: Date.now(), invitation: { status: 'open', expiresAt: Date.now() + 72 * 3_600_000 } };
        found.user = { ...found.user, token: { id: found.token.tokenId, serial, state: 'assigned' }, obstacles: ['has_token'] };
        return [found.token.tokenId];
      });
    }
    if ('tokenIds' in request) {
      for (const id of request.tokenIds) {
        const row = held().find((token) => token.tokenId === id);
        if (row !== undefined) set(id, { state: nextState(row.state, tokenEventOf[request.kind], 'admin') ?? row.state, updatedAt: Date.now(), replacement: null });
      }
      return [...request.tokenIds];
    }
    if (request.kind === 'editUser') for (const one of people) if (one.user.id === request.userId) { one.user = { ...one.user, ...request.changes } as UserRow; one.user = { ...one.user, obstacles: assignmentObstaclesOf({ ...one.user, tokenState: one.user.token?.state ?? null }) }; }
    if (request.kind === 'reactivateUser' || request.kind === 'deactivateUser') for (const one of people) if (request.userIds.includes(one.user.id)) { one.user = { ...one.user, active: request.kind === 'reactivateUser', inactiveSince: request.kind === 'reactivateUser' ? null : now }; one.user = { ...one.user, obstacles: assignmentObstaclesOf({ ...one.user, tokenState: one.user.token?.state ?? null }) }; }
    return [];
  }

  const compareText = (a: string, b: string) => a.localeCompare(b, 'es');
  const matches = (search: string, ...texts: (string | null)[]) => texts.some((text) => text !== null && text.toLowerCase().includes(search.toLowerCase()));
  /** A search is counted to here, as the authority does. */
  const countedHits = 500;
  function page<T>(all: readonly T[], { search = '', size = 25, position = 'first', cursor }: { search?: string | undefined; size?: number | undefined; position?: string | undefined; cursor?: string | undefined }) {
    const at = Number(cursor ?? '0');
    const from = position === 'last' ? Math.max(0, all.length - size) : position === 'after' ? at + 1 : position === 'before' ? Math.max(0, at - size) : 0;
    const rows = all.slice(from, position === 'before' ? at : from + size);
    const capped = search !== '' && all.length > countedHits;
    return { rows, page: { total: capped ? countedHits : all.length, capped, start: rows.length === 0 ? null : String(from), end: rows.length === 0 ? null : String(from + rows.length - 1), hasPrevious: from > 0, hasNext: from + rows.length < all.length } };
  }

  const entry = (sequence: number, event: string, ago: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
    sequence, at: now - ago, event, actor: { kind: 'admin', name: 'Mariana Restrepo Uribe' }, subject: { userId: worldIds.user(1), name: 'Andrés Felipe Quintero', serial: serialOf(33) }, ip: '203.0.113.48', result: 'recorded',
    detail: {}, hash: '9f3c71e0b2d4a17766d0c0ffee24815a0be1775a88c4d9920e11ab7f5a880c1e', approvalId: null, ...changes,
  });
  const trail = (): AuditEntry[] => [
    entry(48211, 'token.unblock', 2_400_000, { result: 'approved', approvalId: worldIds.approval(1), detail: { from: 'blocked', to: 'active', reason: 'Confirmado por teléfono con su jefe' } }),
    entry(48190, 'token.blockOnDeactivation', 3_240_000, { actor: { kind: 'authority', name: '' }, detail: { failures: 10 } }),
    entry(41020, 'token.activate', 172 * 86_400_000, { result: 'approved', approvalId: worldIds.approval(2), detail: { hardware: 'BP-0048213' } }),
    entry(41011, 'token.bind', 172 * 86_400_000 + 335_000, { actor: { kind: 'user', name: 'Andrés Felipe Quintero' }, ip: '198.51.100.27', detail: { secondProof: 'sms' } }),
    entry(40990, 'token.resendInvitation', 172 * 86_400_000 + 8_000_000),
    entry(40810, 'token.assign', 173 * 86_400_000, { result: 'approved', approvalId: worldIds.approval(3) }),
    entry(40809, 'action.request', 173 * 86_400_000 + 30_000, { result: 'recorded' }),
  ];
  const activity = (): AuditEntry[] => {
    const some = sampleActivity();
    if (trailLength === undefined) return some;
    return Array.from({ length: trailLength }, (_, n) => ({ ...some[n % some.length]!, sequence: trailLength - n, at: now - n * 310_000, ...(n % 3 === 0 ? { subject: { userId: worldIds.user(n % 40), name: people[n % 40]?.user.name ?? null, serial: serialOf(n % 40) } } : {}) }));
  };
  const sampleActivity = (): AuditEntry[] => [
    entry(48217, 'token.bind', 60_000, { actor: { kind: 'user', name: 'Beatriz Elena Montoya de Echeverri' }, subject: { userId: worldIds.user(0), name: 'Beatriz Elena Montoya de Echeverri', serial: serialOf(32) }, ip: '198.51.100.27' }),
    ...trail().slice(0, 2),
    entry(48180, 'approval.reported', 15_000_000, { actor: { kind: 'user', name: 'Jhon Jairo Mosquera Palacios' }, result: 'reported', ip: '192.0.2.201' }),
    entry(48170, 'token.assign', 20_000_000, { result: 'approved', approvalId: worldIds.approval(3) }),
    entry(48150, 'user.edit', 23_000_000, { result: 'approved', approvalId: worldIds.approval(2), detail: { fields: 'email,mobile' } }),
    entry(48140, 'action.stale', 26_000_000, { result: 'stale' }),
    entry(48130, 'token.revoke', 80_000_000, { result: 'denied' }),
    entry(48120, 'company.enable', 90_000_000, { actor: { kind: 'issuer', name: 'ops-lopez' }, subject: { userId: null, name: null, serial: null }, ip: null }),
    entry(48110, 'something.new', 95_000_000, { subject: { userId: null, name: null, serial: null } }),
    ...trail().slice(2),
  ].sort((a, b) => b.sequence - a.sequence);

  const summary = (): OutputOf<'admin.tokens.summary'> => {
    const counts = { available: 0, assigned: 0, pending_activation: 0, active: 0, blocked: 0, revoked: 0 };
    for (const token of held()) counts[token.state] += 1;
    return { allocated, counts: { ...counts, available: allocated - held().length }, updatedAt: Math.max(now, ...held().map((token) => token.updatedAt)) };
  };

  const handlers: Handlers = {
    'admin.tokens.summary': summary,
    'admin.tokens.list': ({ search = '', state, sort = 'updatedAt', direction = 'desc', ...request }) => {
      const rows = held().filter((row) => (state === null || state === undefined || row.state === state) && (search === '' || matches(search, row.user?.name ?? '', row.user?.userName ?? '', row.serial)));
      rows.sort((a, b) => (sort === 'name' ? compareText(a.user?.name ?? '', b.user?.name ?? '') : sort === 'updatedAt' ? a.updatedAt - b.updatedAt : compareText(a[sort], b[sort])) * (direction === 'asc' ? 1 : -1));
      return page(rows, { ...request, search });
    },
    'admin.tokens.byIds': ({ tokenIds }) => people.flatMap(({ token }) => (token !== null && tokenIds.includes(token.tokenId) ? [token] : [])),
    'admin.tokens.history': ({ tokenId, before, size = 25 }) => {
      const token = held().find((row) => row.tokenId === tokenId);
      if (token === undefined) throw new FakeFailure('TOKEN_UNKNOWN');
      return { token, device: { name: 'TDV-PT-0219', system: 'Windows 11 Pro' }, entries: trail().filter(({ sequence }) => before === undefined || sequence < before).slice(0, Math.min(size, 6)), total: 7 };
    },
    'admin.tokens.evidence': ({ approvalId }) => ({
      approvalId: approvalId as ApprovalId, request: compactOf({ kind: 'unblock', approvalId, now }), decision: 'eyJhbGciOiJFUzI1NiJ9.eyJkZWNpc2lvbiI6ImFwcHJvdmVkIn0.c2ln', state: 'approved', decidedAt: now - 2_400_000,
      signer: { serial: serialOf(38), device: 'TDV-PT-0412', name: 'Mariana Restrepo Uribe' }, checks: { authoritySignature: true, deviceSignature: true, chain: true, entry: 48211 }, answeredBy: 'signature', bundle: null,
    }),
    'admin.tokens.resendInvitation': () => ({ expiresAt: now + 72 * 3_600_000 }),
    'admin.activation.open': ({ tokenId }) => {
      const row = held().find((token) => token.tokenId === tokenId);
      if (row?.user === null || row === undefined) throw new FakeFailure('TOKEN_UNKNOWN');
      const done = confirmed.has(tokenId);
      return {
        tokenId: row.tokenId, serial: row.serial, user: { id: row.user.id, name: row.user.name }, device: { name: 'TDV-PT-0388', system: 'Windows 11 Pro 24H2', keyProtection: 'P-256 · llavero y PIN', boundAt: now - 60_000, ip: '198.51.100.27' },
        secondProof: { kind: 'hardware_otp', detail: 'BP-0048213' }, triples: done ? [] : wordsOf.map((words) => [...words]), confirmed: done, hardwareToken: { serial: 'BP-0048213', on: true }, needsSecondAdmin: row.serial === serialOf(37), replacement: row.replacement === 'bound',
      };
    },
    'admin.activation.pick': ({ tokenId, words }) => {
      if (words.join() === wordsOf[1]!.join()) { confirmed.add(tokenId); return { confirmedUntil: now + 600_000 }; }
      wrong.set(tokenId, (wrong.get(tokenId) ?? 0) + 1);
      if (wrong.get(tokenId) === 1) throw new FakeFailure('FINGERPRINT_WRONG');
      set(tokenId, { state: 'assigned', updatedAt: Date.now() });
      tell('tokens', [tokenId]);
      throw new FakeFailure('FINGERPRINT_REJECTED');
    },
    'admin.users.list': ({ search = '', filter = 'all', sort = 'name', direction = 'asc', ...request }) => {
      const all = users();
      const fits = { all: () => true, assignable: (user: UserRow) => user.obstacles.length === 0, not_assignable: (user: UserRow) => user.obstacles.length > 0, inactive: (user: UserRow) => !user.active };
      const rows = all.filter((user) => fits[filter](user) && (search === '' || matches(search, user.name, user.userName, user.email))).sort((a, b) => compareText(a[sort], b[sort]) * (direction === 'asc' ? 1 : -1));
      const count = (which: keyof typeof fits) => all.filter(fits[which]).length;
      return { ...page(rows, { ...request, search }), counts: { all: all.length, assignable: count('assignable'), notAssignable: count('not_assignable'), inactive: count('inactive') } };
    },
    'admin.users.temporaryCode': () => ({ code: '48213907', expiresAt: now + 3_600_000 }),
    'admin.users.sendPasswordLink': () => ({ expiresAt: now + 24 * 3_600_000 }),
    'admin.actions.request': ({ action: request }) => {
      if (request.kind === 'assign' && request.userIds.length > summary().counts.available) throw new FakeFailure('POOL_EXHAUSTED', { requested: request.userIds.length, available: summary().counts.available });
      if (request.kind === 'addUser' && users().some((user) => user.userName === request.user.userName)) throw new FakeFailure('USER_NAME_TAKEN');
      actions += 1;
      const requestedAt = Date.now() - 1000;
      const view: ActionView = {
        actionId: worldIds.action(actions), approvalId: worldIds.approval(actions), state: 'pending', approvalState: 'pending', requestedAt, deliveredAt: requestedAt + 700, decidedAt: null, expiresAt: requestedAt + 300_000,
        details: {
          type: 'admin-action', action: request.kind, company: { id: worldIds.company, name: 'Textiles del Valle S.A.S.' }, requestedBy: { userId: worldIds.user(self), name: 'Mariana Restrepo Uribe' }, firstApprovedBy: null, rows: rowsOf(request),
          pool: request.kind === 'assign' ? { before: summary().counts.available, after: summary().counts.available - request.userIds.length } : null, reason: 'reason' in request ? request.reason ?? null : null,
        },
        signerSerial: serialOf(38), staleRows: [], awaiting: [],
      };
      action = { view, request };
      return view;
    },
    'admin.actions.get': () => action?.view ?? fail('ACTION_UNKNOWN'),
    'admin.actions.cancel': () => {
      if (action === null) return fail('ACTION_UNKNOWN');
      action = { ...action, view: { ...action.view, state: 'cancelled', approvalState: 'cancelled' } };
      return action.view;
    },
    'admin.activity.list': ({ search = '', event, before, size = 25 }) => {
      const all = activity().filter((one) => (event === null || event === undefined || one.event === event) && (search === '' || matches(search, one.subject.name, one.subject.serial, one.actor.name)));
      return { entries: all.filter(({ sequence }) => before === undefined || sequence < before).slice(0, size), total: search === '' && !event && trailLength === undefined ? 48_217 : all.length, events: [...new Set(activity().map((one) => one.event))] };
    },
    'admin.activity.verify': () => ({ ok: true, entries: 48_217, anchoredUpTo: 48_210, checkpointAt: now - 720_000, firstBad: null }),
    'approvals.openWindow': () => undefined,
    'app.copy': () => undefined,
    'app.saveFile': () => ({ saved: true }),
    'app.retry': () => undefined,
  };

  return {
    handlers, words: wordsOf[1]!,
    get tokens() { return held(); },
    get users() { return users(); },
    lastAction: () => action?.view ?? null,
    connect: (to) => { bridge = to; },
    change(serial, changes) {
      const row = held().find((token) => token.serial === serial);
      if (row === undefined) return;
      set(row.tokenId, { updatedAt: Date.now(), ...changes });
      tell('tokens', [row.tokenId]);
    },
    decide(decision) {
      if (action === null) return;
      const decidedAt = Date.now();
      const ended = decision === 'reported' ? 'denied' : decision;
      const approvalState = decision === 'done' || decision === 'stale' || decision === 'awaiting_second' ? 'approved' : decision;
      action = { ...action, view: { ...action.view, state: ended, approvalState, decidedAt, staleRows: decision === 'stale' ? action.view.details.rows.slice(0, 1).map((row) => row.serial ?? row.name) : [], awaiting: decision === 'awaiting_second' ? ['Andrés Felipe Quintero'] : [] } };
      const ids = decision === 'done' ? run(action) : [];
      tell('action', [action.view.actionId]);
      if (ids.length > 0) tell('tokens', ids);
      tell('users', []);
    },
  };
}

function fail(code: ConstructorParameters<typeof FakeFailure>[0]): never {
  throw new FakeFailure(code);
}

/** A request as it is signed, with a signature that nobody checks. */
function compactOf({ kind, approvalId, now }: { kind: AdminActionKind; approvalId: string; now: number }): string {
  const payload = {
    iss: 'https://autoridad.bancoparamo.example', id: approvalId, serial: serialOf(38), kind: 'admin-action', portal: null,
    context: { ip: '203.0.113.48', agent: 'Vínculo 0.1.0', requestedAt: now - 2_424_000, place: null },
    details: {
      type: 'admin-action', action: kind, company: { id: worldIds.company, name: 'Textiles del Valle S.A.S.' }, requestedBy: { userId: worldIds.user(6), name: 'Mariana Restrepo Uribe' }, firstApprovedBy: null,
      rows: [{ userId: worldIds.user(1), userName: 'aquintero1', name: 'Andrés Felipe Quintero', email: null, mobile: null, serial: serialOf(33), token: { before: 'blocked', after: 'active' }, hardware: null, fields: [], device: null }], pool: null, reason: null,
    },
    nonce: 'bm9uY2U', iat: Math.floor(now / 1000) - 2424, exp: Math.floor(now / 1000) - 2124,
  };
  return compactJws(payload);
}

/** Three parts as a JWS has them (RFC 7515 §7.1), with a signature that nobody checks. */
export function compactJws(payload: object): string {
  const encode = (value: unknown) => btoa(Array.from(new TextEncoder().encode(JSON.stringify(value)), (byte) => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return `${encode({ alg: 'ES256', typ: 'vinculo-request+jwt' })}.${encode(payload)}.c2lnbmF0dXJl`;
}
