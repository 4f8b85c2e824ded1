/**
 * The life of a token as one piece of data. The authority runs it, the screens offer it, the tests walk it.
 * Nothing else may say from which state an event is allowed.
 */
export const tokenStates = ['available', 'assigned', 'pending_activation', 'active', 'blocked', 'revoked'] as const;
export type TokenState = (typeof tokenStates)[number];

/** Who causes an event. `issuer` acts from the command line, `authority` by itself (a destroyed PIN, two wrong triples). */
export type Actor = 'admin' | 'user' | 'issuer' | 'authority' | 'time';

export interface Transition {
  readonly from: readonly TokenState[];
  /** `'same'`: the state stays, something else about the token changes. */
  readonly to: TokenState | 'same';
  readonly by: readonly Actor[];
  /** Whether an admin must approve it on his own token first. */
  readonly approval: boolean;
  /** What happens to the devices of the token: whatever is not `keep` also closes sessions, sockets and approvals. */
  readonly device: 'keep' | 'discard' | 'suspend' | 'resume' | 'adopt';
  /** Whether a new invitation is sent (every older one of the token is void). */
  readonly invites: boolean;
}

export const transitions = {
  assign: { from: ['available'], to: 'assigned', by: ['admin', 'issuer'], approval: true, device: 'keep', invites: true },
  unassign: { from: ['assigned'], to: 'available', by: ['admin', 'issuer'], approval: true, device: 'discard', invites: false },
  resendInvitation: { from: ['assigned'], to: 'same', by: ['admin', 'issuer'], approval: false, device: 'keep', invites: true },
  bind: { from: ['assigned'], to: 'pending_activation', by: ['user'], approval: false, device: 'keep', invites: false },
  reject: { from: ['pending_activation'], to: 'assigned', by: ['admin', 'issuer', 'authority'], approval: true, device: 'discard', invites: false },
  activate: { from: ['pending_activation'], to: 'active', by: ['admin', 'issuer'], approval: true, device: 'adopt', invites: false },
  block: { from: ['active'], to: 'blocked', by: ['admin', 'issuer', 'authority'], approval: true, device: 'suspend', invites: false },
  unblock: { from: ['blocked'], to: 'active', by: ['admin', 'issuer'], approval: true, device: 'resume', invites: false },
  report: { from: ['active', 'pending_activation'], to: 'blocked', by: ['user'], approval: false, device: 'suspend', invites: false },
  replaceDevicePlanned: { from: ['active'], to: 'same', by: ['admin', 'issuer'], approval: true, device: 'keep', invites: true },
  /** The second half of a planned replacement: the new device, bound while the old one works, takes over. */
  activateReplacement: { from: ['active'], to: 'same', by: ['admin', 'issuer'], approval: true, device: 'adopt', invites: false },
  rejectReplacement: { from: ['active'], to: 'same', by: ['admin', 'issuer', 'authority'], approval: true, device: 'keep', invites: false },
  replaceDeviceLost: { from: ['active', 'blocked'], to: 'assigned', by: ['admin', 'issuer'], approval: true, device: 'discard', invites: true },
  revoke: { from: ['assigned', 'pending_activation', 'active', 'blocked'], to: 'revoked', by: ['admin', 'issuer'], approval: true, device: 'discard', invites: false },
  /** What deactivating a user does to his token: an assigned one goes back to the pool … */
  releaseOnDeactivation: { from: ['assigned'], to: 'available', by: ['admin', 'issuer'], approval: true, device: 'discard', invites: false },
  /** … any other one that could still be used is blocked. */
  blockOnDeactivation: { from: ['pending_activation', 'active'], to: 'blocked', by: ['admin', 'issuer'], approval: true, device: 'suspend', invites: false },
} as const satisfies Record<string, Transition>;

export type TokenEvent = keyof typeof transitions;
export const tokenEvents = Object.keys(transitions) as TokenEvent[];

/** The state after `event`, or null when the event is not allowed from `state` or not to this `actor`. Pure. */
export function nextState(state: TokenState, event: TokenEvent, actor: Actor): TokenState | null {
  const transition: Transition = transitions[event];
  if (!transition.from.includes(state) || !transition.by.includes(actor)) return null;
  return transition.to === 'same' ? state : transition.to;
}

/** What the screens offer for a row: the events this actor may cause from `state`. */
export function eventsFrom(state: TokenState, actor: Actor): TokenEvent[] {
  return tokenEvents.filter((event) => nextState(state, event, actor) !== null);
}

/** A token counts as taken from the pool in every state but the two at its ends. */
export function isHeld(state: TokenState): boolean {
  return state !== 'available' && state !== 'revoked';
}
