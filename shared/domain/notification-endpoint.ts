import { isLoopback } from './invitation-link.ts';

/**
 * Where a portal is told that a request has ended (CIBA ping): https, or http to this machine. No user, password or fragment
 * in it: the notification token is what it is told by.
 */
export function isNotificationEndpoint(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
