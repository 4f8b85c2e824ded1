import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as oidc from 'openid-client';
import type { Asked, Authority, Ended, Proof } from './authority.ts';
import { Question } from './question.ts';
import { AuthorityRefused, mayPass } from './rest.ts';

const asked: Asked = { id: 'i', kind: 'logins', number: '418207', qr: 'q', offlineQr: null, expiresIn: 120, response: { auth_req_id: 'r', expires_in: 120 } };
const proof: Proof = { user: 'ana', how: 'signature', requestHash: 'h' };
const nobody = (): Error => new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });

/** Answers each call with the next of what it was given; an error is thrown. The last one stays. */
function answering<T>(answers: (T | Error)[]): () => Promise<T> {
  return async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
}

function follow(states: (Ended | 'pending' | Error)[], proofs: (Proof | Error)[] = [proof]) {
  const [state, collect] = [vi.fn<(asked: Asked, wait: number) => Promise<Ended | 'pending'>>(answering(states)), vi.fn(answering(proofs))];
  const authority = { stateOf: state, collect, takeBack: vi.fn(answering<void>([undefined])) };
  const question = new Question(asked);
  const [told, approved]: [string[], Proof[]] = [[], []];
  question.onChange(() => told.push(question.state === 'pending' ? String(question.isAway) : question.state));
  const followed = question.follow(authority as unknown as Authority, 'ana', (given) => approved.push(given));
  return { question, authority, state, collect, told, approved, followed };
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('away for a moment: it is asked again, first without waiting, and the page is told of both', async () => {
  const { question, state, told, approved, followed } = follow([nobody(), nobody(), 'pending', 'approved']);
  await vi.advanceTimersByTimeAsync(0);
  expect(question).toMatchObject({ state: 'pending', isAway: true });
  await vi.advanceTimersByTimeAsync(500);
  expect(state).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  await followed;
  expect(state.mock.calls.map(([, wait]) => wait)).toEqual([25, 0, 0, 25]);
  expect(told).toEqual(['true', 'false', 'approved']);
  expect(approved).toEqual([proof]);
});

test('the pauses grow to five seconds, and end with the request', async () => {
  const { question, state, followed, approved } = follow([nobody()]);
  for (const [after, calls] of [[0, 1], [500, 2], [1_000, 3], [2_000, 4], [4_000, 5], [5_000, 6], [5_000, 7]] as const) {
    await vi.advanceTimersByTimeAsync(after);
    expect(state).toHaveBeenCalledTimes(calls);
  }
  await vi.advanceTimersByTimeAsync(102_499);
  expect(question.state).toBe('pending');
  await vi.advanceTimersByTimeAsync(1);
  await followed;
  expect(question.state).toBe('failed');
  expect(approved).toEqual([]);
});

test('approved, and away just then: the proof is collected when it is back', async () => {
  const { question, collect, followed } = follow(['approved'], [nobody(), new AuthorityRefused('HTTP_503', {}, 503), proof]);
  await vi.advanceTimersByTimeAsync(1_500);
  await followed;
  expect(collect).toHaveBeenCalledTimes(3);
  expect(question).toMatchObject({ state: 'approved', proof });
});

test.each([
  ['a request that it does not know', new AuthorityRefused('APPROVAL_UNKNOWN', {}, 404)],
  ['a proof that does not hold', new Error('the proof is of somebody else')],
])('%s is not asked for again', async (_name, refusal) => {
  const { question, state, followed } = follow([refusal]);
  await followed;
  expect(question.state).toBe('failed');
  expect(state).toHaveBeenCalledTimes(1);
});

test('taken back while the authority is away: the page says so at once, the token hears of it later, and nobody gets in', async () => {
  const { question, authority, approved, followed } = follow(['pending', nobody(), 'approved']);
  authority.takeBack.mockImplementation(answering<void>([nobody(), undefined]));
  await vi.advanceTimersByTimeAsync(0);
  const told = question.takeBack(authority as unknown as Authority);
  expect(question.state).toBe('cancelled');
  await vi.advanceTimersByTimeAsync(500);
  await Promise.all([told, followed]);
  expect(authority.takeBack).toHaveBeenCalledTimes(2);
  expect([question.state, approved]).toEqual(['cancelled', []]);
});

test.each([
  [true, nobody()], [true, new DOMException('', 'TimeoutError')], [true, new AuthorityRefused('INTERNAL', {}, 500)], [true, new AuthorityRefused('RATE_LIMITED', {}, 429)],
  [true, Object.assign(new oidc.ClientError('a gateway'), { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM' })],
  [false, new AuthorityRefused('APPROVAL_UNKNOWN', {}, 404)], [false, new AuthorityRefused('UNAUTHORIZED', {}, 401)], [false, new DOMException('', 'AbortError')], [false, new Error('a bug')],
  [false, Object.assign(new oidc.ClientError('a wrong signature'), { code: 'OAUTH_INVALID_RESPONSE' })],
])('%s: %s may pass', (passes, error) => expect(mayPass(error)).toBe(passes));
